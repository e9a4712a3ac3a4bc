"""Pages of the show that an author names as related: by address, file name, number or title."""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from castpress.model.own_pages import PageLink
    from castpress.model.podcast import Episode
    from castpress.model.problem import Location

_SUFFIXES = (".md", ".markdown", ".txt", ".html", ".htm")
_NEAR = 2
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class NamedPage:
    """An entry of ``related`` without an address: what the author calls the page, and where."""

    name: str
    location: Location


@dataclass(frozen=True, slots=True)
class FoundPage:
    """The page that was meant; ``path`` lies below the site."""

    title: str
    path: str


class Directory:
    """The episodes and pages of a show by all that an author may call them.

    ``waiting`` are the addresses of pages that are not out.
    """

    def __init__(
        self,
        episodes: Iterable[Episode],
        pages: Iterable[PageLink],
        waiting: Sequence[Episode] = (),
    ) -> None:
        self.waiting = frozenset(episode.page_path for episode in waiting)
        self._episodes: dict[str, list[Episode]] = {}
        self._pages: dict[str, PageLink] = {}
        self._spoken: dict[str, str] = {}
        for episode in (*episodes, *waiting):
            for name in _names_of(episode):
                self._episodes.setdefault(_key(name), []).append(episode)
            for name in (episode.slug, episode.title):
                self._spoken.setdefault(_key(name), name)
        for page in pages:
            for name in (page.slug, page.stem, page.title):
                self._pages.setdefault(_key(name), page)
            for name in (page.slug, page.title):
                self._spoken.setdefault(_key(name), name)

    def find(self, name: str, asking: Episode) -> FoundPage | None:
        """The page that is called so, seen from that episode; never its own.

        Of several, one of the same course is meant, else the show's own before those of courses.
        """
        for key in dict.fromkeys((_key(name), _key(_last_part(name)))):
            found = [each for each in self._episodes.get(key, ()) if each.guid != asking.guid]
            if found:
                best = min(
                    found, key=lambda each: (each.course != asking.course, each.course or "")
                )
                return FoundPage(best.title, best.page_path)
            if page := self._pages.get(key):
                return FoundPage(page.title, page.path)
        return None

    def near(self, name: str, asking: Episode) -> tuple[str, ...]:
        """What may have been meant by a name that nothing has."""
        own = set(map(_key, _names_of(asking)))
        known = [key for key in self._spoken if key not in own]
        close = difflib.get_close_matches(_key(_last_part(name)), known, n=_NEAR)
        return tuple(self._spoken[key] for key in close)


def _names_of(episode: Episode) -> Iterator[str]:
    """All that an episode may be called."""
    yield from (episode.slug, episode.stem, episode.title, *episode.aliases)
    if episode.decimal_number:
        yield episode.decimal_number
    elif episode.number is not None:
        yield str(episode.number)


def _last_part(name: str) -> str:
    """The name itself of a path or a file: ``003-hills.md``, ``../pages/about.md``, ``/about/``.

    >>> _last_part("../pages/about.md"), _last_part("/about/")
    ('about', 'about')
    """
    last = name.strip("/").rpartition("/")[2]
    return next((last.removesuffix(end) for end in _SUFFIXES if last.endswith(end)), last)


def _key(name: str) -> str:
    """A name without case, accents, punctuation and leading zeros.

    >>> _key("Why do HILLS hurt?") == _key("why-do-hills-hurt"), _key("003.5"), _key("Café")
    (True, '3.5', 'cafe')
    """
    if _NUMBER.fullmatch(name):
        return name.lstrip("0") or "0"
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(filter(str.isalnum, letters)) or name
