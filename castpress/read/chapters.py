"""Marks to chapters, once the audio's length is known: ends, overlaps, the opening chapter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from castpress.model.podcast import Chapter
from castpress.model.problem import Problem, Severity
from castpress.model.timecode import MINUTE_MS, format_clock
from castpress.read.clock_check import another_cut, crowded_start, rising_marks, uncovered_audio

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from castpress.model.notes import Mark
    from castpress.model.podcast import Artwork
    from castpress.read.front_matter import ChapterEntry


def resolve_chapters(
    marks: Sequence[Mark], duration_ms: int | None, opening_title: str
) -> tuple[tuple[Chapter, ...], tuple[Problem, ...]]:
    """The chapters of an episode, starts strictly rising, all within the audio.

    ``marks`` are in their order; one whose time goes back becomes no chapter.
    Open ends run to the next chapter or the end of the audio; stated ends stay, gaps stay. Of
    two that overlap both starts stay and the earlier end is cut, unless the later is a nested
    section. What is inverted, past the end, or begins where another begins becomes no chapter;
    several past the end are one problem. Where the first begins after 0, an opening chapter is
    added. With ``duration_ms`` None (no audio at hand) an end that nothing states is the chapter's
    own start.
    """
    kept: list[Mark] = []
    ordered, slips = rising_marks(marks, duration_ms)
    problems = list(slips)
    fitting = [m for m in ordered if duration_ms is None or m.start_ms < duration_ms]
    inverted = [m for m in ordered[len(fitting) :] if _is_inverted(m)]
    past = [m for m in ordered[len(fitting) :] if not _is_inverted(m)]
    if duration_ms is not None and len(past) > 1:
        problems.append(another_cut(ordered, past, duration_ms))
        ordered = (*fitting, *inverted)
    elif duration_ms is not None:
        problems += crowded_start(ordered, duration_ms)
    for mark in ordered:
        problem = _refused(mark, kept[-1] if kept else None, duration_ms)
        if problem is not None:
            problems.append(problem)
        else:
            kept.append(mark)
    chapters: list[Chapter] = []
    for index, mark in enumerate(kept):
        following = kept[index + 1] if index + 1 < len(kept) else None
        end_ms = _end(mark, following, duration_ms)
        if mark.end_ms is not None and duration_ms is not None and len(past) < 2:
            problems += _past_end(mark, duration_ms)
        cutting = _cutting(kept, index, end_ms)
        if cutting is not None:
            problems.append(_overlap(mark, cutting, end_ms))
            end_ms = cutting.start_ms
        chapters.append(Chapter(mark.start_ms, end_ms, mark.title, location=mark.location))
    if duration_ms is not None:
        problems += uncovered_audio(kept, duration_ms)
    if chapters and chapters[0].start_ms > 0:
        first = chapters[0]
        chapters.insert(0, Chapter(0, first.start_ms, opening_title, True, first.location))
        problems.append(_added(kept[0], opening_title))
    return tuple(chapters), tuple(problems)


def with_extras(
    chapters: Sequence[Chapter],
    given: Mapping[int, ChapterEntry],
    pictures: Mapping[str, Artwork],
) -> tuple[Chapter, ...]:
    """The chapters with the image and the link that front matter gives them, by their starts.

    ``pictures`` are the published ones by name; one that could not be taken in is left out.
    """
    found = []
    for chapter in chapters:
        entry = None if chapter.added else given.get(chapter.start_ms)
        if entry is None:
            found.append(chapter)
            continue
        image = pictures.get(entry.image or "")
        if image is not None:
            image = replace(image, alt=entry.image_alt or "")
        found.append(replace(chapter, image=image, url=entry.url))
    return tuple(found)


def _is_inverted(mark: Mark) -> bool:
    return mark.end_ms is not None and mark.end_ms <= mark.start_ms


def _refused(mark: Mark, before: Mark | None, duration_ms: int | None) -> Problem | None:
    start = format_clock(mark.start_ms)
    if mark.end_ms is not None and _is_inverted(mark):
        end = format_clock(mark.end_ms)
        return Problem(
            "inverted-range",
            f"{mark.title!r} would end at {end}, before it begins at {start}",
            mark.location,
            Severity.ERROR,
            help=f"write [{end}-{start}] if the two were swapped"
            if mark.end_ms < mark.start_ms
            else "write an end that is later than the start",
        )
    if duration_ms is not None and mark.start_ms >= duration_ms:
        return Problem(
            "chapter-past-end",
            f"{mark.title!r} begins at {start}, but the audio ends at {format_clock(duration_ms)}",
            mark.location,
            Severity.WARNING,
            help=f"write a start before {format_clock(duration_ms)}",
        )
    if before is not None and mark.start_ms == before.start_ms:
        return Problem(
            "equal-chapter-starts",
            f"{mark.title!r} begins at {start}, where {before.title!r} on line "
            f"{before.location.line} begins already; the first stays",
            mark.location,
            Severity.WARNING,
            help="give each its own start, or leave one of the two times out",
        )
    return None


def _end(mark: Mark, following: Mark | None, duration_ms: int | None) -> int:
    """The stated end within the audio, else the next start, else the end of the audio."""
    if mark.end_ms is not None:
        return mark.end_ms if duration_ms is None else min(mark.end_ms, duration_ms)
    if following is not None and not mark.runs_to_end:
        return following.start_ms
    return duration_ms if duration_ms is not None else mark.start_ms


def _past_end(mark: Mark, duration_ms: int) -> list[Problem]:
    """An end past the audio; ends in whole minutes may be rounded up by less than one."""
    if mark.end_ms is None or mark.end_ms <= duration_ms:
        return []
    if mark.end_ms % MINUTE_MS == 0 and mark.end_ms - duration_ms < MINUTE_MS:
        return []
    end, length = format_clock(mark.end_ms), format_clock(duration_ms)
    return [
        Problem(
            "chapter-past-end",
            f"{mark.title!r} would end at {end}, but the audio ends at {length}; it ends there",
            mark.location,
            Severity.WARNING,
            help=f"write {length} or the word end for its end",
        )
    ]


def _cutting(marks: Sequence[Mark], index: int, end_ms: int) -> Mark | None:
    """The first mark that begins before the one at the index ends and is no part of it.

    A deeper heading whose range lies within its section's is nested, not an overlap.
    """
    mark = marks[index]
    for place in range(index + 1, len(marks)):
        other = marks[place]
        if other.start_ms >= end_ms:
            return None
        is_deeper = other.level > mark.level and mark.end_ms is not None
        if not is_deeper or (other.end_ms is not None and other.end_ms > end_ms):
            return other
    return None


def _overlap(mark: Mark, following: Mark, end_ms: int) -> Problem:
    start = format_clock(following.start_ms)
    return Problem(
        "chapter-overlap",
        f"{following.title!r} begins at {start}, before {mark.title!r} on line "
        f"{mark.location.line} ends at {format_clock(end_ms)}; the earlier one is cut",
        following.location,
        Severity.WARNING,
        help=f"end {mark.title!r} at {start}, or begin {following.title!r} later",
    )


def _added(first: Mark, opening_title: str) -> Problem:
    return Problem(
        "added-opening-chapter",
        f"the first chapter begins at {format_clock(first.start_ms)}; "
        f"{opening_title!r} was added from 0:00, because players want one there",
        first.location,
        Severity.NOTE,
        help="begin the first section at 0, or add a line 0:00 with the title you want",
    )
