"""docs/readers.md: its tables are those that the test compares with."""

from __future__ import annotations

import re
from importlib.metadata import version
from typing import TYPE_CHECKING

from tests.node.packages import wanted
from tests.readers.cells import PARSERS
from tests.readers.node import IN_NODE
from tests.readers.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.readers.cells import Cell, Row

BETWEEN = re.compile(r"(<!-- parsers: [^>]*-->\n).*(<!-- /parsers -->)", re.DOTALL)

TITLES = {"channel": "About the show", "channel/item": "About an episode"}


def with_tables(page: str) -> str:
    """The page with its tables made anew, between the two comments.

    Raises:
        ValueError: the comments are gone.
    """
    match = BETWEEN.search(page)
    if match is None:
        raise ValueError("docs/readers.md has lost the comments that its tables stand between")
    tables = "\n".join(_lines())
    return page[: match.end(1)] + tables + page[match.start(2) :]


def _lines() -> Iterator[str]:
    said: dict[tuple[str, str], str] = {}
    for scope, rows in TABLES.items():
        yield f"\n## {TITLES[scope]}\n"
        yield "| element | " + " | ".join(f"{p} {_version(p)}" for p in PARSERS) + " |"
        yield "|---" * (1 + len(PARSERS)) + "|"
        for row in rows:
            cells = (_cell(parser, row.cell(parser), said) for parser in PARSERS)
            yield f"| {_element(row)} | " + " | ".join(cells) + " |"
    yield "\n## What is wrong or ignored\n"
    for parser in PARSERS:
        yield f"### {parser}\n"
        yield from (f"{mark}. {why}" for (who, why), mark in said.items() if who == parser)
        yield ""


def _element(row: Row) -> str:
    parts = " ".join(f"`{part.lstrip('@')}`" for part in row.part.split())
    return f"`{row.name}`" + (f", {parts}" if parts else "")


def _cell(parser: str, cell: Cell, said: dict[tuple[str, str], str]) -> str:
    """The verdict, with the number of its reason; each reason of a parser has one."""
    if not cell.reason:
        return "–" if cell.verdict == "not known" else cell.verdict
    count = sum(who == parser for who, _ in said) + 1
    return f"{cell.verdict} ({said.setdefault((parser, cell.reason), str(count))})"


def _version(parser: str) -> str:
    if parser in IN_NODE:
        return wanted()[parser]
    return version(parser)
