"""All rows, and how what was read is compared with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from castpress.render.feed_element import Channel
from tests.readers.cells import Row, same
from tests.readers.feeds import SOURCES
from tests.readers.item_namespace_rows import ITEM_NAMESPACE_ROWS
from tests.readers.item_rows import ITEM_ROWS
from tests.readers.namespace_rows import NAMESPACE_ROWS
from tests.readers.rss_rows import RSS_ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.readers.feeds import Source
    from tests.readers.parsers import Reading

TABLES: dict[str, tuple[Row, ...]] = {
    "channel": (*RSS_ROWS, *NAMESPACE_ROWS),
    "channel/item": (*ITEM_ROWS, *ITEM_NAMESPACE_ROWS),
}
"""The rows by where their elements stand."""


def faults(parser: str, readings: Mapping[str, Reading]) -> Iterator[str]:
    """One line for each cell of the parser that does not tell the truth."""
    for scope, rows in TABLES.items():
        for row in rows:
            fault = _fault(row, parser, list(_cases(scope, readings)))
            if fault:
                yield f"{scope} {row}: {fault}"


def silent(parser: str) -> Iterator[tuple[str, Row]]:
    """The rows that the parser is said to read nothing of, with where they stand."""
    for scope, rows in TABLES.items():
        for row in rows:
            if row.cell(parser).read is None:
                yield scope, row


def _fault(row: Row, parser: str, cases: list[tuple[Any, Any]]) -> str | None:
    cell = row.cell(parser)
    if cell.read is None:
        return None
    is_seen = False
    for model, read in cases:
        found, expected = cell.read(read), row.expected(model)
        instead = cell.instead(model) if cell.instead else expected
        is_seen |= not same(instead, expected)
        if not same(found, instead):
            mended = same(found, expected)
            return f"mended, say so: {cell.reason}" if mended else f"{found!r}, not {instead!r}"
    return None if is_seen == bool(cell.instead) else f"no feed shows it: {cell.reason}"


def _cases(scope: str, readings: Mapping[str, Reading]) -> Iterator[tuple[Any, Any]]:
    """What each feed's channel or item is made from, with what was read of it."""
    for name, source in SOURCES.items():
        if scope == "channel":
            yield _channel(source), readings[name].channel
        else:
            for item in source.items():
                yield item, readings[name].items[source.show.url(item.release.enclosure.path)]


def _channel(source: Source) -> Channel:
    return Channel(
        source.show,
        source.feed,
        max(release.changed for release in source.releases),
        max(release.published for release in source.releases),
        tuple(r for r in source.releases if r.episode.episode_type == "trailer"),
    )
