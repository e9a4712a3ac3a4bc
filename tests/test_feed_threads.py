"""What users of other systems complained of, one case a fault: does castpress get it right?

A case is a file in tests/corpus/threads/: the sources of a show that would have met the fault, the
threads that tell of it, and what a feed has to hold for it not to happen. Those lines (``must`` and
its kin) are written by hand; ``--accept`` writes ``expected/`` only, which shows the whole answer.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from lxml import etree

from castpress.model.element_rules import NAMESPACES
from castpress.model.feed_files import MAIN_FEED
from castpress.model.ledger import Ledger
from tests.show_in_memory import LAST_STEP, Built, Folder, build, command

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CORPUS = Path(__file__).parent / "corpus" / "threads"
FILES = sorted(CORPUS.glob("*.yaml"))
ELSEWHERE = CORPUS / "not-ours.txt"
THREAD = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+#[1-9][0-9]*")
SOURCES = ("settings", "without", "notes", "audio", "transcripts", "pictures")
PLAIN_NOTE = "---\npublished: 2026-03-01 06:00\n---\n# Talk\n\nA goose.\n"
# By hand, each of them: what the answer holds, what it does not, what a step leaves or changes.
ASSERTIONS = ("must", "must_not", "kept", "changed")


@dataclass(frozen=True)
class Step:
    """One build: the sources that are new, the moment, commands before it, and what has to come."""

    sources: dict[str, Any]
    now: datetime
    commands: tuple[str, ...] = ()
    must: tuple[str | list[str], ...] = ()
    must_not: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    """A fault, the threads that tell of it, and the builds that would show it."""

    fault: str
    threads: tuple[str, ...]
    steps: tuple[Step, ...]
    look: tuple[str, ...] = ()
    feed: str = MAIN_FEED


@dataclass
class Answer:
    """What one build says: its feed, cut into elements where wanted, and its problems."""

    built: Built
    path: str
    channel: Any = field(init=False)

    def __post_init__(self) -> None:
        content = self.built.feeds.get(self.path)
        parser = etree.XMLParser(strip_cdata=False)
        self.channel = None if content is None else etree.fromstring(content, parser)[0]

    @property
    def text(self) -> str:
        """The feed as it would be written, then a line for each problem."""
        content = self.built.feeds.get(self.path)
        feed = "no feed is written" if content is None else content.decode("utf-8")
        return "\n".join((feed, *self.problems))

    @property
    def problems(self) -> list[str]:
        return [
            f"{p.location} {p.severity.word} {p.code}: {p.message} | {p.help}"
            for p in self.built.problems
        ]

    def elements(self, name: str) -> list[str]:
        """The elements of that name in the order of the feed: the channel's, then each item's.

        ``channel/link`` and ``item/link`` are of one of the two; ``feed`` is the whole answer.
        """
        if name == "feed":
            return [self.text]
        if self.channel is None:
            return []
        owner, _, own_name = name.rpartition("/")
        parents = [self.channel] if owner != "item" else []
        parents += self.channel.findall("item") if owner != "channel" else []
        found = (e for parent in parents for e in parent.findall(own_name, NAMESPACES))
        whole = (etree.tostring(e, encoding="unicode", with_tail=False) for e in found)
        # Without what the root declares already.
        return [re.sub(r' xmlns:\w+="[^"]*"', "", element) for element in whole]


def read_case(file: Path) -> Case:
    data = yaml.safe_load(file.read_text("utf-8"))
    shared = {key: data.pop(key) for key in ("fault", "threads", "look", "feed") if key in data}
    steps = data.pop("steps", None) or [data]
    shared |= {key: tuple(shared[key]) for key in ("threads", "look") if key in shared}
    return Case(steps=tuple(map(_step, steps)), **shared)


def _step(data: dict[str, Any]) -> Step:
    sources = {key: data.pop(key) for key in SOURCES if key in data}
    if "copies" in data:
        (note,) = sources["notes"].values()
        sources["notes"] = _copies(note, data.pop("copies"))
    now = datetime.fromisoformat(data.pop("now")) if "now" in data else LAST_STEP
    return Step(sources, now, **{key: tuple(lines) for key, lines in data.items()})


def _copies(note: str, count: int) -> dict[str, str]:
    """The note as often as that, each with its number and a day of its own."""
    first = date(2020, 1, 1)
    return {
        f"{n:04}.md": note.replace("{n}", str(n)).replace("{date}", str(first + timedelta(n)))
        for n in range(1, count + 1)
    }


def answers(case: Case) -> Iterator[Answer]:
    """What each build says; each knows what the ones before have published."""
    folder, ledger = Folder(), Ledger()
    if "notes" not in case.steps[0].sources:
        folder.notes["talk.md"] = PLAIN_NOTE
    for step in case.steps:
        for name, found in step.sources.items():
            if isinstance(found, dict):
                _lay_over(getattr(folder, name), found, keeps_none=name == "audio")
            else:
                setattr(folder, name, found)
        for line in step.commands:
            ledger = command(folder, ledger, line)
        built = build(folder, ledger, step.now)
        ledger = built.ledger
        yield Answer(built, case.feed)


def _lay_over(known: dict[str, Any], new: dict[str, Any], *, keeps_none: bool) -> None:
    """The new files over the known ones; None takes one away, or says that there is no audio."""
    for name, content in new.items():
        if content is None and not keeps_none:
            known.pop(name, None)
        else:
            known[name] = content


CASES = {file.stem: read_case(file) for file in FILES}


@pytest.mark.parametrize("name", CASES)
def test_what_happened_elsewhere_does_not_happen_here(
    name: str, golden: Callable[[Path, str], None]
) -> None:
    case = CASES[name]
    told: list[str] = []
    before: Answer | None = None
    for number, (step, answer) in enumerate(zip(case.steps, answers(case), strict=True), start=1):
        _hold(step, answer, before)
        told += _told(case, number, answer)
        before = answer
    golden(CORPUS / "expected" / f"{name}.txt", "\n".join(told) + "\n")


def _hold(step: Step, answer: Answer, before: Answer | None) -> None:
    """What was written by hand; looked at before anything is recorded."""
    for wanted in step.must:
        rest = answer.text
        for part in [wanted] if isinstance(wanted, str) else wanted:
            assert part in rest, f"must hold {part}; {answer.problems}"
            rest = rest.partition(part)[2]
    for unwanted in step.must_not:
        assert unwanted not in answer.text, f"must not hold {unwanted}"
    if step.kept or step.changed:
        assert before is not None, "the first step has nothing to keep"
        for names, is_same in ((step.kept, True), (step.changed, False)):
            for name in names:
                then, now = before.elements(name), answer.elements(name)
                assert now, f"there is no {name}"
                assert (then == now) is is_same, (name, then, now)


def _told(case: Case, number: int, answer: Answer) -> Iterator[str]:
    if len(case.steps) > 1:
        yield f"{number}."
    if answer.channel is None:
        yield "no feed is written"
    for name in case.look if answer.channel is not None else ():
        yield from answer.elements(name) or [f"no {name}"]
    yield from answer.problems or ["no problems"]


def listed_elsewhere() -> list[str]:
    """Threads that no feed can answer, each with its reason on the line."""
    lines = ELSEWHERE.read_text("utf-8").splitlines()
    rows = [line.split(maxsplit=1) for line in lines if line and not line.startswith("#")]
    assert all(len(row) == 2 for row in rows), "each thread has its reason"
    return [thread for thread, _ in rows]


def test_each_thread_is_well_formed_and_stands_once() -> None:
    cited = [thread for case in CASES.values() for thread in case.threads] + listed_elsewhere()

    assert [thread for thread in cited if not THREAD.fullmatch(thread)] == []
    assert [thread for thread, count in Counter(cited).items() if count > 1] == []


@pytest.mark.parametrize("name", CASES)
def test_each_case_says_what_was_wrong_and_what_has_to_be(name: str) -> None:
    case = CASES[name]

    assert case.threads
    assert case.fault.endswith(".")
    assert all(any(getattr(step, key) for key in ASSERTIONS) for step in case.steps[-1:])


def test_nothing_is_expected_of_a_case_that_is_gone() -> None:
    assert {file.stem for file in (CORPUS / "expected").iterdir()} == set(CASES)


def test_a_show_that_a_case_says_nothing_of_has_no_problems() -> None:
    folder = Folder(notes={"talk.md": PLAIN_NOTE})

    assert build(folder, Ledger()).problems == ()
