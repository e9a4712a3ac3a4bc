"""Times that look like chapters and are none: what people say, hours of the day."""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from castpress.model.timecode import MINUTE_MS
from castpress.read.rising import out_of_order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from castpress.read.chapter_candidates import Candidate

# Chapters are minutes long; what one says is seconds, and soon another has the word.
_FASTEST_MS, _SPEECH_MS, _TURN_MS = 10_000, 45_000, 90_000
_QUARTER_MS, _ROUND_MS = 15_000, 5_000  # what is typed h:mm and read m:ss
_SLOWEST_SPEECH = 5  # characters a second
_LONGEST_TITLE = 160
_SPOKEN_ENDS = (".", "!", "?", "…", "。", "！", "？", ",", "，")
_SPEAKER = re.compile(r"([^:：]{1,30})[:：]\s*\S")
LONGEST_LINE = 60  # a longer one is a sentence


def reads_like_transcript(starts: Sequence[int], titles: Sequence[str]) -> bool:
    """Whether the lines follow each other as speech does, or a few names come again and again."""
    gaps = [after - before for before, after in pairwise(starts)]
    pace = median(gaps)
    if pace <= 2_000:
        return True
    speakers = [match[1] for title in titles if (match := _SPEAKER.match(title))]
    is_most = len(titles) > 3 and len(speakers) * 5 >= len(titles) * 4
    name_count = len(set(speakers))
    if pace >= _TURN_MS:
        # A question may be as long as what is said; but what is said fills the time.
        lengths = [width(title) for title in titles[:-1]]
        rate = median(
            length * 1000 / max(gap, 1) for length, gap in zip(lengths, gaps, strict=True)
        )
        spoken = sum(title.endswith(_SPOKEN_ENDS) for title in titles)
        is_talk = (
            is_most
            and len(titles) > 4
            and 1 < name_count <= len(speakers) // 2
            and spoken * 5 >= len(titles) * 4
        )
        return is_talk or (median(lengths) > _LONGEST_TITLE and rate > _SLOWEST_SPEECH)
    if len(titles) > 4 and pace < _FASTEST_MS:
        return True
    if len(titles) > 8 and len(set(titles)) * 2 < len(titles):
        return True
    return is_most and name_count * 2 <= len(speakers)


def are_names(candidate: Candidate, titles: Sequence[str]) -> bool:
    """Whether few titles come again and again, and other text stands between them."""
    return len(titles) > 3 and len(set(titles)) * 2 <= len(titles) and not candidate.is_unbroken


def reads_like_speech(starts: Sequence[int], titles: Sequence[str]) -> bool:
    """Whether lines of text, not of a list, are sentences that follow each other within seconds."""
    pace = median([after - before for before, after in pairwise(starts)])
    spoken = sum(title.endswith(_SPOKEN_ENDS) for title in titles)
    is_long = median(map(width, titles)) > LONGEST_LINE
    is_sentences = is_long or spoken * 5 > len(titles) * 3
    return pace < 2 * _FASTEST_MS or (pace < _SPEECH_MS and is_sentences)


def width(text: str) -> int:
    """How long a text is to readers: what is written in wide characters says twice as much."""
    return len(text) + sum(character >= "\u2e80" for character in text)


def are_quarters(starts: Sequence[int]) -> bool:
    """Whether all would be quarters of an hour, were they hours of the day."""
    return all(start % _QUARTER_MS == 0 for start in starts)


def looks_like_hours(starts: Sequence[int]) -> bool:
    """Round hours from the morning on: a timetable typed as h:mm reads as m:ss."""
    slips = out_of_order(starts)
    day = [start for index, start in enumerate(starts) if index not in slips]
    if len(day) > 4 and day[0] > 0 and are_quarters(day):
        return day[-1] < 24 * MINUTE_MS
    step_ms = _QUARTER_MS if len(day) < 4 else _ROUND_MS
    return (
        day[0] >= 6 * MINUTE_MS
        and day[-1] < 24 * MINUTE_MS
        and all(start % step_ms == 0 for start in day)
    )
