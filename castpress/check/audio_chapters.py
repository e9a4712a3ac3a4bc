"""The chapters that the audio file carries of its own, beside those of the notes."""

from __future__ import annotations

from collections import Counter
from statistics import median_low
from typing import TYPE_CHECKING

from castpress.model.problem import Problem, Severity
from castpress.model.timecode import SECOND_MS, format_clock

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from castpress.model.podcast import Chapter, Episode, Show

    Pairs = Sequence[tuple[Chapter, Chapter]]

_FAR_MS = 5 * SECOND_MS  # closer than that, two people have heard the same beginning
_STEADY_MS = 2 * SECOND_MS
_FEWEST = 3


def audio_chapters_differ(episode: Episode, show: Show) -> Iterator[Problem]:
    """Chapters begin elsewhere in the audio file's own list.

    Where all are as much later or earlier, something was put in front of the audio or taken away
    since the notes were written.
    """
    del show
    ours, theirs = [c for c in episode.chapters if not c.added], episode.audio.chapters
    pairs = _of_one_title(ours, theirs)
    shift_ms = _shift(pairs)
    if not pairs and len(ours) == len(theirs):
        pairs = list(zip(ours, theirs, strict=True))
        shift_ms = _shift(pairs)
        if shift_ms is None:
            return  # of other titles and at other times, they are another list
    far = [pair for pair in pairs if abs(_apart(pair)) > _FAR_MS]
    if not far:
        return
    message, advice = _moved(pairs, shift_ms) if shift_ms else _elsewhere(pairs, far)
    place = far[0][0].location or episode.location
    yield Problem("audio-chapters-differ", message, place, Severity.NOTE, advice)


def _of_one_title(ours: Sequence[Chapter], theirs: Sequence[Chapter]) -> Pairs:
    """The chapters that both lists have by title; a title that comes twice tells nothing."""
    counts = Counter(map(_compared, theirs))
    own_counts = Counter(map(_compared, ours))
    by_title = {_compared(chapter): chapter for chapter in theirs}
    names = ((chapter, _compared(chapter)) for chapter in ours)
    return [
        (chapter, by_title[name])
        for chapter, name in names
        if name and counts[name] == 1 == own_counts[name]
    ]


def _shift(pairs: Pairs) -> int | None:
    """By how much all are later, in milliseconds, None where they are not moved as one.

    The first chapter begins at 0 in either list, whatever was put in front.
    """
    moved = [_apart(pair) for pair in pairs if pair[0].start_ms > 0]
    if len(moved) < _FEWEST:
        return None
    middle_ms = median_low(moved)
    is_steady = all(abs(ms - middle_ms) <= _STEADY_MS for ms in moved)
    return middle_ms if is_steady and abs(middle_ms) > _FAR_MS else None


def _moved(pairs: Pairs, shift_ms: int) -> tuple[str, str]:
    by = format_clock(abs(shift_ms) + SECOND_MS // 2)
    count = sum(1 for ours, _ in pairs if ours.start_ms > 0)
    but = " but the first" if count < len(pairs) else ""
    is_later = shift_ms > 0
    message = (
        f"all {len(pairs)} chapters{but} are {by} {'later' if is_later else 'earlier'} in the "
        f"audio's own list: was an intro {'added' if is_later else 'cut'}?"
    )
    change = f"add {by} to" if is_later else f"take {by} from"
    return message, f"if the audio is right, {change} each time in the notes; else type nothing"


def _elsewhere(pairs: Pairs, far: Pairs) -> tuple[str, str]:
    ours, theirs = far[0]
    message = (
        f"{len(far)} of {len(pairs)} chapters begin{'s' if len(far) == 1 else ''} elsewhere in the "
        f"audio's own list, "
        f"{ours.title!r} at {format_clock(theirs.start_ms)} and not at "
        f"{format_clock(ours.start_ms)}; the notes are used"
    )
    return message, "correct the times in the notes, if the audio is right; else type nothing"


def _apart(pair: tuple[Chapter, Chapter]) -> int:
    ours, theirs = pair
    return theirs.start_ms - ours.start_ms


def _compared(chapter: Chapter) -> str:
    return "".join(filter(str.isalnum, chapter.title.casefold()))
