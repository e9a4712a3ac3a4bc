"""A transcript's cues as people read them: grouped into paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from castpress.model.podcast import Chapter, Cue

_LONG_MS = 45_000  # a paragraph ends with the sentence after this
_LONGEST_MS = 90_000  # and here even without one
_PAUSE_MS = 3_000


def chapter_at(cue: Cue, chapters: Sequence[Chapter]) -> Chapter | None:
    """The chapter in which most of the cue is heard."""
    middle = (cue.start_ms + cue.end_ms) // 2
    return next((c for c in reversed(chapters) if c.start_ms <= middle), None)


def paragraphs_of(cues: Sequence[Cue], chapters: Sequence[Chapter]) -> Iterator[tuple[Cue, ...]]:
    """The cues in groups that read as paragraphs; a chapter begins with one of its own."""
    # Tools that name few cues name them where another speaker begins.
    is_sparse = sum(cue.speaker is not None for cue in cues) * 2 < len(cues)
    group: list[Cue] = []
    for cue in cues:
        if group and (
            _begins_anew(group, cue, is_sparse=is_sparse)
            or chapter_at(cue, chapters) is not chapter_at(group[-1], chapters)
        ):
            yield tuple(group)
            group = []
        group.append(cue)
    if group:
        yield tuple(group)


def words_of(cues: Sequence[Cue]) -> str:
    """What is said in the cues, on one line."""
    return " ".join(" ".join(cue.text.split()) for cue in cues)


def _begins_anew(group: Sequence[Cue], cue: Cue, *, is_sparse: bool) -> bool:
    """Another speaker, a pause, or enough said."""
    goes_on = cue.speaker == group[0].speaker or (cue.speaker is None and is_sparse)
    if not goes_on or cue.start_ms - group[-1].end_ms > _PAUSE_MS:
        return True
    so_far = cue.start_ms - group[0].start_ms
    is_sentence = group[-1].text.rstrip().endswith((".", "?", "!", "…", "。", "؟"))
    return so_far > _LONGEST_MS or (so_far > _LONG_MS and is_sentence)
