"""Links to the show's own site that lead to nothing there."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from castpress.model.address import path_on_site
from castpress.model.problem import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from castpress.model.notes import TypedLink

_OURS = frozenset(
    {
        *("archive", "articles", "courses", "episodes", "exercises"),
        *("people", "search", "seasons", "subscribe", "tags"),
    }
)
"""Folders that only castpress writes pages to; what else lies on the host is not known to it."""
_NEAR = 2


@dataclass(frozen=True, slots=True)
class Linking:
    """A page and the links of its text to the site itself."""

    path: str
    links: tuple[TypedLink, ...]


def check_own_links(
    base_url: str, linking: Iterable[Linking], known: Collection[str]
) -> Iterator[Problem]:
    """A note for each link into castpress's own folders where no page is.

    ``known`` are the addresses of all pages below the site, each with its last slash.
    """
    for page in linking:
        for link in page.links:
            path = path_on_site(link.url, base_url, page.path)
            if path is None or path.split("/")[0] not in _OURS or _is_there(path, known):
                continue
            near = difflib.get_close_matches(_as_page(path), sorted(known), n=_NEAR)
            advice = (
                f"did you mean {' or '.join(f'/{each}' for each in near)}?"
                if near
                else "take the link out, or write the address of a page that is there"
            )
            yield Problem(
                "own-link-missing",
                f"the link to {link.url[:80]!r} leads to {f'/{path[:80]}'!r}, where no page is",
                link.location,
                Severity.NOTE,
                advice,
            )


def _is_there(path: str, known: Collection[str]) -> bool:
    """Whether that is a page, a further page of a list, or a file or transcript beside a page."""
    page = _as_page(path)
    above, _, last = page[:-1].rpartition("/")
    is_beside = last.isdecimal() or "." in last or last == "transcript"
    return page in known or (is_beside and f"{above}/" in known)


def _as_page(path: str) -> str:
    return f"{path.removesuffix('index.html').rstrip('/')}/"
