"""Transcripts as tools and people write them: a folder of the corpus is a case."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pytest

from castpress.model.podcast import Person
from castpress.model.problem import Location
from castpress.read.speakers import Cast, match_speakers
from castpress.read.transcript import parse_transcript
from castpress.store.sources import read_export

if TYPE_CHECKING:
    from collections.abc import Callable

    from castpress.model.problem import Problem

CORPUS = Path(__file__).parent.parent / "corpus" / "transcripts"
HEAD = PurePosixPath("note.md")


def shown(problem: Problem) -> str:
    told = f"{problem.location} {problem.severity.word}[{problem.code}]: {problem.message}"
    return f"{told}\n  help: {problem.help}\n"


@pytest.mark.parametrize("case", sorted(CORPUS.iterdir()), ids=lambda case: case.name)
def test_transcripts_read_as_recorded(case: Path, golden: Callable[[Path, str], None]) -> None:
    [source] = case.glob("talk.*")
    file = case / "given.json"
    facts = json.loads(file.read_text("utf-8")) if file.exists() else {}
    people = tuple(Person(name, role) for name, role in facts.get("people", ()))
    cast = Cast(people, facts.get("speakers", {}), lambda _: Location(HEAD, 2))

    text, faults = read_export(case, PurePosixPath(source.name))
    transcript, problems = parse_transcript(
        text or "",
        PurePosixPath(source.name),
        facts.get("language", "en"),
        known=cast.names(),
        duration_ms=facts.get("duration", 0) * 1000 or None,
    )
    [transcript], doubts = match_speakers([transcript], cast)

    rows = [[c.line, c.start_ms, c.end_ms, c.speaker, c.text] for c in transcript.cues]
    rows += [[remark.line, remark.speaker, remark.text] for remark in transcript.remarks]
    lines = ",\n ".join(json.dumps(row, ensure_ascii=False) for row in rows)
    golden(case / "expected.json", f"[{lines}]\n")
    told = faults if text is None else (*faults, *problems, *doubts)
    golden(case / "problems.txt", "".join(map(shown, told)))
