"""The feeds read back by four parsers that nobody here wrote, tag by tag against the model."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

from castpress.model.element_rules import NAMESPACES
from tests.readers.cells import PARSERS
from tests.readers.common import stamp
from tests.readers.docs_page import with_tables
from tests.readers.feeds import BUNDLED, MAIN, SOURCES, paths, without
from tests.readers.node import IN_NODE
from tests.readers.parsers import IN_PYTHON, Reading, read_by_node, read_here
from tests.readers.tables import TABLES, faults, silent

if TYPE_CHECKING:
    from collections.abc import Callable

OLD_ADDRESS = b"https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md"


@functools.cache
def contents() -> dict[str, bytes]:
    """The feeds that are rendered from a model, by name."""
    return {name: source.content for name, source in SOURCES.items()}


@functools.cache
def feeds() -> dict[str, bytes]:
    """All that is read: these, each without what a parser does not read, and a committed one."""
    return {
        **contents(),
        **{
            f"{name}, without what {parser} does not read": content
            for parser in PARSERS
            for name, content in without(contents(), silent(parser)).items()
        },
        "bundled": BUNDLED.read_bytes(),
    }


@pytest.fixture(
    params=[pytest.param(p, marks=[pytest.mark.node] * (p in IN_NODE)) for p in PARSERS]
)
def parser(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def readings(parser: str, request: pytest.FixtureRequest) -> dict[str, Reading]:
    """What the parser made of each feed."""
    if parser in IN_PYTHON:
        return read_here(parser, feeds())
    return read_by_node(feeds(), request.getfixturevalue("node_folder"))[parser]


def test_each_tag_that_a_parser_knows_arrives(parser: str, readings: dict[str, Reading]) -> None:
    assert list(faults(parser, readings)) == []
    # What it is said not to read makes no difference to it.
    for name in SOURCES:
        assert readings[f"{name}, without what {parser} does not read"] == readings[name]
    # The committed feed of the bundled show, which is compared with itself.
    assert bundled_as_read(parser, readings["bundled"]) == bundled_as_written()


def bundled_as_written() -> list[tuple[object, ...]]:
    """Guid, title, date, and the enclosure's address, bytes and type of each item."""
    found: list[tuple[object, ...]] = []
    for item in etree.fromstring(feeds()["bundled"]).iterfind("channel/item"):
        enclosure = item.find("enclosure")
        assert enclosure is not None
        texts = (item.findtext("guid"), item.findtext("title"), stamp(item.findtext("pubDate")))
        found.append((*texts, *(enclosure.get(name) for name in ("url", "length", "type"))))
    assert found
    return found


def bundled_as_read(parser: str, reading: Reading) -> list[tuple[object, ...]]:
    names = ("guid", "title", "pubDate", "enclosure")
    rows = {str(row): row for row in TABLES["channel/item"]}
    reads: list[Any] = [rows[name].cell(parser).read for name in names]
    found: list[tuple[object, ...]] = []
    for item in reading.items.values():
        guid, title, published, (url, length, kind) = (read(item) for read in reads)
        found.append((guid, title, published, url, str(length), kind))
    return found


def test_every_element_of_the_feed_is_in_the_tables() -> None:
    rows = {(scope, row.name) for scope, table in TABLES.items() for row in table}
    missing = {
        (scope, path)
        for content in contents().values()
        for scope, path in paths(content)
        if not any(
            scope == where and (_is_in(path, name) or _is_in(name, path)) for where, name in rows
        )
    }
    assert missing == set()


def _is_in(path: str, other: str) -> bool:
    return f"{path}/".startswith(f"{other}/")


def test_podcastparser_reads_the_podcast_namespace_under_its_old_address() -> None:
    content = MAIN.content.replace(NAMESPACES["podcast"].encode(), OLD_ADDRESS)
    reading = read_here("podcastparser", {"old": content})["old"]

    episode = MAIN.releases[0].episode
    item = reading.items[MAIN.show.url(MAIN.releases[0].enclosure.path)]
    assert item["chapters_json_url"] == MAIN.show.url(f"{episode.page_path}chapters.json")
    assert item["persons"][-1]["name"] == episode.people[-1].name
    assert reading.channel["funding_url"] == MAIN.feed.funding[-1].url


def test_the_page_is_made_of_the_tables(golden: Callable[[Path, bytes | str], None]) -> None:
    page = Path("docs/readers.md")
    golden(page, with_tables(page.read_text("utf-8")))
