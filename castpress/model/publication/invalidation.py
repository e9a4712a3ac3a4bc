"""Which copies a CDN has to forget after a publication."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from castpress.model.address import address_of_file
from castpress.model.publication.headers import headers_of
from castpress.model.publication.plan import Action

if TYPE_CHECKING:
    from collections.abc import Iterable

    from castpress.model.publication.plan import Plan

MOST_PATHS = 30
"""Beyond so many, whole folders are named: each path costs, a folder no more than a file."""

_PAGE = "index.html"


def outdated_files(plan: Plan, *, is_purge: bool = False) -> tuple[str, ...]:
    """The files of which a CDN may hold another copy than what is there now.

    One whose name is a digest never changes. But in a purge even those that were deleted must go
    everywhere.
    """
    return tuple(
        step.path
        for step in plan.of(Action.UPLOAD, Action.HEADERS, Action.DELETE)
        if "immutable" not in headers_of(step.path).cache_control
        or (is_purge and step.action is Action.DELETE)
    )


def invalidation_paths(
    base_url: str, files: Iterable[str], most: int = MOST_PATHS
) -> tuple[str, ...]:
    """The paths as CloudFront takes them: below the host, percent-encoded, folders for many.

    A page is known by the address of its folder, too. Source: Amazon CloudFront Developer Guide,
    "What you need to know when invalidating files".

    >>> invalidation_paths("https://a.example/pod/", ["feed.xml", "episodes/é/index.html"])
    ('/pod/episodes/%C3%A9/', '/pod/episodes/%C3%A9/index.html', '/pod/feed.xml')
    """
    names = set(files)
    names |= {name.removesuffix(_PAGE) for name in names if _is_page(name)}
    if len(names) > most:
        names = {_folder(name) for name in names}
    if len(names) > most:
        names = {"*"}
    return tuple(sorted(urlsplit(address_of_file(base_url, name)).path or "/" for name in names))


def _is_page(name: str) -> bool:
    return name == _PAGE or name.endswith("/" + _PAGE)


def _folder(name: str) -> str:
    """The topmost folder with all that is in it, or a file beside the folders."""
    top, slash, _ = name.partition("/")
    return f"{top}/*" if slash else name
