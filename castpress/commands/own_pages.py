"""The author's own pages, read anew by each build: a show has a handful of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from castpress.commands.collector import Collector
from castpress.commands.picture_files import PICTURE_SUFFIXES
from castpress.model.problem import Location, Problem, Severity
from castpress.read.own_pages import PAGE_SUFFIXES, parse_page, settle_pages
from castpress.store.sources import find_pages, read_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from castpress.model.own_pages import OwnPage
    from castpress.store.sources import Folder


def read_pages(
    root: Path, folder: Folder, zone: str = "UTC"
) -> tuple[tuple[OwnPage, ...], tuple[Problem, ...]]:
    """The pages in the order of their links, due or not, and what is wrong with them."""
    collector = Collector()
    found = []
    for file in folder.with_suffix(PAGE_SUFFIXES):
        text = collector.take(read_text(root, file))
        if text is not None and (page := collector.take(parse_page(text, file, zone))):
            found.append(page)
    collector.add(_no_pages(folder))
    return collector.take(settle_pages(found)), collector.problems


def slugs_of_pages(root: Path) -> tuple[str, ...]:
    """Where pages of the author's own lie, for whoever needs nothing else of a show."""
    folder, _ = find_pages(root)
    pages, _ = read_pages(root, folder)
    return tuple(page.link.slug for page in pages if not page.link.is_article)


def is_due(page: OwnPage, now: datetime) -> bool:
    """Whether the page is out; one without a date is."""
    return page.published is None or page.published <= now


def _no_pages(folder: Folder) -> Iterator[Problem]:
    for file in folder.without_suffix((*PAGE_SUFFIXES, *PICTURE_SUFFIXES)):
        yield Problem(
            "unknown-page",
            f"{file.name} is not read: pages are Markdown",
            Location(file),
            Severity.WARNING,
            f"call it {file.stem}.md, or keep it elsewhere",
        )
