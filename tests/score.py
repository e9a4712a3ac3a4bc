"""How well chapters are found in notes that people wrote: precision and recall.

A case is a folder with ``notes.md`` (or ``.txt``, ``.html``) and ``chapters.txt``: a first line
``# why the case is there``, perhaps ``duration 1:02:03``, then one ``12:30 Title`` a chapter, all
written by hand. A chapter counts where its start to the second and its title are right.

    ./run score              the project's own cases
    ./run score FOLDER...    any other folders of cases; every miss is shown
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from castpress.model.timecode import format_clock, parse_clock
from castpress.read.chapters import resolve_chapters
from castpress.read.front_matter import parse_head
from castpress.read.notes import parse_notes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

CORPUS = Path(__file__).parent / "corpus" / "notes"
GOAL = 0.99
KINDS = {"Markdown": (".md",), "pasted text": (".txt",), "HTML": (".html", ".htm")}

Heard = tuple[int, str]
"""Start in whole seconds, and title."""


@dataclass(frozen=True)
class Case:
    """One set of notes and the chapters that a person sees in it."""

    name: str
    source: Path
    reason: str
    duration_ms: int | None
    wanted: tuple[Heard, ...]


@dataclass(frozen=True)
class Score:
    """What was found of what was wanted, in all cases or in one."""

    right: int
    found: int
    wanted: int

    @property
    def precision(self) -> float:
        """Of the chapters found, how many are right; 1 where none was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Of the chapters wanted, how many were found; 1 where none is wanted."""
        return self.right / self.wanted if self.wanted else 1.0


def read_case(folder: Path) -> Case:
    """The case in a folder."""
    [source] = folder.glob("notes.*")
    lines = (folder / "chapters.txt").read_text(encoding="utf-8").splitlines()
    assert lines, f"{folder}: chapters.txt begins with a line: # why the case is there"
    assert lines[0].startswith("# "), f"{folder}: the first line says # why the case is there"
    duration_ms = None
    wanted: list[Heard] = []
    for line in lines[1:]:
        first, _, rest = line.strip().partition(" ")
        if first == "duration":
            duration_ms = parse_clock(rest)
        elif first:
            wanted.append((parse_clock(first) // 1000, " ".join(rest.split())))
    return Case(folder.name, source, lines[0][2:], duration_ms, tuple(wanted))


def read_cases(corpus: Path) -> list[Case]:
    """All cases below a folder that have their chapters written down."""
    return [read_case(path.parent) for path in sorted(corpus.glob("**/chapters.txt"))]


def find_chapters(case: Case) -> tuple[Heard, ...]:
    """What castpress finds, without the opening chapter that it adds."""
    name = PurePosixPath(case.source.name)
    head, _ = parse_head(case.source.read_bytes().decode("utf-8", "replace"), name)
    title = head.settings.title
    notes, _ = parse_notes(head.body, name, title=title, duration_ms=case.duration_ms)
    chapters, _ = resolve_chapters(notes.marks, case.duration_ms, title or "Opening")
    return tuple(
        (chapter.start_ms // 1000, " ".join(chapter.title.split()))
        for chapter in chapters
        if not chapter.added
    )


def score(found: Sequence[Heard], wanted: Sequence[Heard]) -> Score:
    """Found against wanted; each counts once, however often it is there."""
    return Score(len(set(found) & set(wanted)), len(set(found)), len(set(wanted)))


def total(scores: Iterable[Score]) -> Score:
    """All of them as one."""
    listed = list(scores)
    return Score(
        sum(one.right for one in listed),
        sum(one.found for one in listed),
        sum(one.wanted for one in listed),
    )


def _misses(found: Sequence[Heard], wanted: Sequence[Heard]) -> Iterable[str]:
    for start, title in wanted:
        if (start, title) not in found:
            yield f"    missed  {format_clock(start * 1000)} {title}"
    for start, title in found:
        if (start, title) not in wanted:
            yield f"    wrong   {format_clock(start * 1000)} {title}"


def main(folders: Sequence[str]) -> int:
    """Print the misses and the table; 1 where precision or recall is below the goal."""
    rows: dict[str, list[tuple[Case, Score]]] = {name: [] for name in (*KINDS, "all")}
    cases = [case for folder in folders or [str(CORPUS)] for case in read_cases(Path(folder))]
    for case in cases:
        found = find_chapters(case)
        for name in (_kind(case), "all"):
            rows[name].append((case, score(found, case.wanted)))
        misses = list(_misses(found, case.wanted))
        if misses:
            print(f"{case.name}: {case.reason}", *misses, sep="\n")
    print("| notes | cases | chapters | precision | recall | without a chapter, and none found |")
    print("|---|---:|---:|---:|---:|---:|")
    for name, scored in rows.items():
        if scored:
            print(_row(name, scored))
    whole = total(one for _, one in rows["all"])
    return int(min(whole.precision, whole.recall) < GOAL)


def _kind(case: Case) -> str:
    return next((name for name, endings in KINDS.items() if case.source.suffix in endings), "all")


def _row(name: str, scored: Sequence[tuple[Case, Score]]) -> str:
    whole = total(one for _, one in scored)
    empty = [one for case, one in scored if not case.wanted]
    clean = sum(not one.found for one in empty)
    figures = f"{len(scored)} | {whole.wanted} | {whole.precision:.4f} | {whole.recall:.4f}"
    return f"| {name} | {figures} | {clean} of {len(empty)} |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
