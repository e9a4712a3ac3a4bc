"""Each tag that a feed of ours can have, right and wrong in each way.

A file in tests/corpus/tags/ is one tag or one key with its cases: what the author types, then
``must``, by hand, what the answer has to hold. ``--accept`` writes ``expected/`` only: for each
case the problems as they stand on a terminal, or the lines that the feed has more (+) or less (-)
than that of a show which says nothing of it.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from lxml import etree

from castpress.check.feed_xml import check_feed_xml
from castpress.commands.reporter import as_text
from castpress.model.element_rules import NAMESPACES
from castpress.model.feed_files import MAIN_FEED
from castpress.model.ledger import Ledger
from castpress.model.problem import Severity
from castpress.render import paging
from castpress.render.feed_tags import CHANNEL_TAGS, ITEM_TAGS
from tests.show_in_memory import SETTINGS_FILE, Built, Folder, build, command

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from castpress.model.problem import Problem

CORPUS = Path(__file__).parent / "corpus" / "tags"
FILES = sorted(CORPUS.glob("*.yaml"))
DOCS = (Path(__file__).parents[1] / "docs" / "settings.md").read_text("utf-8")
EXAMPLES = re.findall(
    r"^```yaml\n(.*?)^```", DOCS.partition("## More that")[2].partition("\n## ")[0], re.M | re.S
)
NOTE = "published: 2026-03-01 06:00\n"
BODY = "# Talk\n\nA goose.\n"
# What pydantic says when nobody has put it into an author's words.
FOREIGN = re.compile(
    r"Input |Field required|should (be|have|match)|Value error|pydantic|<class|None"
)


@dataclass(frozen=True)
class Case:
    """What the author types over a show that says nothing, and what has to come of it.

    ``show`` are lines of show.yaml, ``note`` lines of the front matter; ``audio`` are facts of the
    episode's audio, ``beside`` other notes by name, ``commands`` those before the build.
    """

    about: str
    is_right: bool
    must: tuple[str, ...]
    must_not: tuple[str, ...] = ()
    show: str = ""
    note: str = ""
    body: str = BODY
    without: tuple[str, ...] = ()
    audio: dict[str, Any] | None = None
    pictures: dict[str, dict[str, Any]] = field(default_factory=dict)
    transcripts: dict[str, str] = field(default_factory=dict)
    beside: dict[str, str] = field(default_factory=dict)
    commands: tuple[str, ...] = ()
    feed: str = MAIN_FEED

    @property
    def folder(self) -> Folder:
        """The sources of the whole show."""
        date = "" if re.search("^(published|draft):", self.note, re.MULTILINE) else NOTE
        return Folder(
            settings=self.show,
            without=self.without,
            notes={"talk.md": f"---\n{self.note}{date}---\n{self.body}", **self.beside},
            audio={"talk.mp3": self.audio} if self.audio else {},
            transcripts=self.transcripts,
            pictures=self.pictures,
        )


def read_cases(file: Path) -> list[Case]:
    found = []
    for data in yaml.safe_load(file.read_text("utf-8")):
        (is_right,) = {"right": True, "wrong": False}.keys() & data.keys()
        about = data.pop(is_right)
        given: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in data.items()
        }
        found.append(Case(about, is_right == "right", **given))
    return found


CASES = {file.stem: read_cases(file) for file in FILES}


@cache
def answer(name: str, index: int) -> Built:
    case = CASES[name][index]
    ledger = Ledger()
    for line in case.commands:
        ledger = command(case.folder, ledger, line)
    return build(case.folder, ledger)


@cache
def silent(body: str) -> list[str]:
    """The feed of a show that says nothing beyond what each has to."""
    return lines_of(build(Folder(notes={"talk.md": f"---\n{NOTE}---\n{body}"}), Ledger()))


def lines_of(built: Built, feed: str = MAIN_FEED) -> list[str]:
    return built.feeds[feed].decode("utf-8").splitlines()


def printed(case: Case, problems: tuple[Problem, ...]) -> str:
    """The problems as the command line prints them, with the lines that they point at."""
    texts = {SETTINGS_FILE.name: case.folder.settings_text, **case.folder.notes}
    found = []
    for problem in problems:
        lines = texts.get(problem.location.file.name, "").splitlines()
        at = problem.location.line - 1
        found.append(as_text(problem, lines[at] if 0 <= at < len(lines) else None))
    return "\n".join(found)


def changes(case: Case, built: Built) -> str:
    """The lines of the feed that the case alone has, and those that it lacks."""
    pairs = difflib.unified_diff(silent(case.body), lines_of(built, case.feed), lineterm="", n=0)
    return "\n".join(row for row in list(pairs)[2:] if not row.startswith("@@"))


@pytest.mark.parametrize("name", CASES)
def test_each_tag_right_and_wrong(name: str, golden: Callable[[Path, str], None]) -> None:
    told: list[str] = []
    for index, case in enumerate(CASES[name]):
        built = answer(name, index)
        problems = printed(case, built.problems)
        if case.is_right:
            _hold_right(case, built, problems)
        else:
            _hold_wrong(case, built, problems)
        heading = f"{'right' if case.is_right else 'wrong'}: {case.about}"
        written = changes(case, built) if built.feeds else ""
        told += [heading, *filter(None, (problems, written)), ""]
    golden(CORPUS / "expected" / f"{name}.txt", "\n".join(told))


def _hold_right(case: Case, built: Built, problems: str) -> None:
    """Nothing to complain of, the lines written by hand, and nothing that apps refuse."""
    bad = [p for p in built.problems if p.severity > Severity.NOTE]
    assert not bad, f"{case.about}\n{problems}"
    feed = built.feeds[case.feed].decode("utf-8")
    for part in case.must:
        assert part in feed, f"{case.about}\nmust hold {part}\n{changes(case, built)}"
    for part in case.must_not:
        assert part not in feed, f"{case.about}\nmust not hold {part}"
    assert check_feed_xml(built.feeds[case.feed]) == (), case.about


def _hold_wrong(case: Case, built: Built, problems: str) -> None:
    """A place, what is wrong and what to type; the wrong value is in no feed."""
    bad = [p for p in built.problems if p.severity > Severity.NOTE]
    assert bad, f"{case.about}\nnothing is wrong\n{changes(case, built)}"
    for part in case.must:
        assert part in problems, f"{case.about}\nmust hold {part}\n{problems}"
    for problem in bad:
        assert problem.location.line, f"{case.about}\nhas no line\n{problems}"
        assert problem.location.column, f"{case.about}\nhas no column\n{problems}"
        assert problem.help.strip(), f"{case.about}\nhas no help\n{problems}"
        assert not {"\n", "\r"} & {*problem.message, *problem.help}, case.about
    said = [f"{p.message} {p.help}" for p in bad]
    assert not any(map(FOREIGN.search, said)), f"{case.about}\n{problems}"
    assert len({(p.location, p.message) for p in bad}) == len(bad), f"said twice\n{problems}"
    written = b"".join(built.feeds.values()).decode("utf-8")
    assert not (written and any(p.severity is Severity.ERROR for p in bad)), case.about
    for part in case.must_not:
        assert part not in written, f"{case.about}\nmust not hold {part}"
        assert part not in problems, f"{case.about}\nmust not say {part}"


def test_each_case_says_what_it_is_about_and_what_has_to_be() -> None:
    for name, cases in CASES.items():
        assert any(case.is_right for case in cases), name
        assert len({case.about for case in cases}) == len(cases), name
        assert all(case.must for case in cases), name
        assert all(case.about.endswith(".") for case in cases), name


def test_nothing_is_expected_of_a_tag_that_is_gone() -> None:
    assert {file.stem for file in (CORPUS / "expected").iterdir()} == set(CASES)


@pytest.mark.parametrize("example", EXAMPLES)
def test_what_the_docs_show_is_right(example: str) -> None:
    built = build(Folder(settings=example, notes={"talk.md": f"---\n{NOTE}---\n{BODY}"}), Ledger())

    assert built.problems == ()
    assert check_feed_xml(built.feeds[MAIN_FEED]) == ()


def _rows(table: Any) -> set[str]:
    """The tags that an author brings about; parts of a large feed are no matter of one of them."""
    return {tag.name for tag in table if getattr(tag.read, "__module__", "") != paging.__name__}


def _written() -> Iterator[Any]:
    """The channels of all that is right."""
    for name, cases in CASES.items():
        for index, case in enumerate(cases):
            if case.is_right:
                yield etree.fromstring(answer(name, index).feeds[case.feed])[0]


def test_each_row_of_the_tables_has_a_case_that_is_right() -> None:
    lacking_channel, lacking_item = _rows(CHANNEL_TAGS), _rows(ITEM_TAGS)
    for channel in _written():
        item = channel.find("item")
        lacking_channel -= {n for n in lacking_channel if channel.find(n, NAMESPACES) is not None}
        if item is not None:
            lacking_item -= {n for n in lacking_item if item.find(n, NAMESPACES) is not None}

    assert lacking_channel == set()
    assert lacking_item == set()
