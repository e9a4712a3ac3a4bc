"""Words with a time each, joined to cues that can be read: a sentence, or as much as one says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from castpress.read.transcript_parts import Said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_SENTENCE_ENDS = (".", "?", "!", "…", "。", "？", "！", "؟")
_AFTER_SENTENCES = "\"'”’»)]"
_SHORTEST = 20  # letters; "Dr." and "Yes." alone are no cue
_LONGEST = 160
_PAUSE_MS = 1_500
_FEWEST_WORDS = 12
_SINGLE_SHARE = 0.9
_SCRIPTS_WITHOUT_SPACES = "\u2e80"


@dataclass(frozen=True, slots=True)
class Word:
    """A word and when it is heard; a mark of punctuation may have no time of its own."""

    text: str
    start_ms: int | None
    end_ms: int | None
    speaker: str | None = None
    line: int = 0


def are_single_words(pieces: Sequence[Word]) -> bool:
    """Whether nearly each piece is a single word, and not a short sentence."""
    words = [piece.text.strip() for piece in pieces if piece.start_ms is not None]
    single = sum(" " not in word and "\n" not in word for word in words)
    ending = sum(word.endswith(_SENTENCE_ENDS) for word in words)
    return (
        len(words) >= _FEWEST_WORDS
        and single >= _SINGLE_SHARE * len(words)
        and ending * 2 <= len(words)
    )


def join_words(words: Iterable[Word]) -> Iterator[Said]:
    """The words as cues: at ends of sentences, pauses, other speakers, and where one gets long."""
    group: list[Word] = []
    length = 0
    for word in words:
        text = word.text.strip()
        if not text:
            continue
        if group and word.start_ms is not None and _ends(group, length, word):
            yield _joined(group)
            group, length = [], 0
        if group or word.start_ms is not None:
            group.append(word)
            length += len(text) + 1
    if group:
        yield _joined(group)


def _ends(group: Sequence[Word], length: int, word: Word) -> bool:
    before = group[-1]
    last_ms = next((w.end_ms for w in reversed(group) if w.end_ms is not None), None)
    is_pause = last_ms is not None and (word.start_ms or 0) - last_ms > _PAUSE_MS
    is_other = word.speaker is not None and word.speaker != group[0].speaker
    text = before.text.strip().rstrip(_AFTER_SENTENCES)
    is_sentence = text.endswith(_SENTENCE_ENDS) and length >= _SHORTEST
    return is_pause or is_other or is_sentence or length >= _LONGEST


def _joined(group: Sequence[Word]) -> Said:
    text = ""
    for word in group:
        piece = word.text.strip()
        is_mark = word.start_ms is None or not any(c.isalnum() for c in piece)
        is_tight = bool(text) and text[-1] >= _SCRIPTS_WITHOUT_SPACES
        joint = "" if not text or (is_mark and len(piece) == 1) or is_tight else " "
        text += joint + piece
    end_ms = next((w.end_ms for w in reversed(group) if w.end_ms is not None), None)
    return Said(text, group[0].line, group[0].start_ms, end_ms, group[0].speaker)
