"""Pages of the author's own (``pages/*.md``): "About", "Equipment", whatever a show needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from castpress.model.publication.bucket_policy import SITE_FILES, SITE_FOLDERS

if TYPE_CHECKING:
    from datetime import datetime

    from castpress.model.image import ShownPicture
    from castpress.model.notes import Section, TypedLink
    from castpress.model.podcast import Artwork
    from castpress.model.problem import Location

ARTICLES_PATH = "articles/"
RESERVED = frozenset(SITE_FOLDERS) | {name.split(".")[0] for name in SITE_FILES}
"""First parts of addresses that are castpress's own."""


@dataclass(frozen=True, slots=True)
class PageLink:
    """What the rest of the site knows of a page: enough to link to it, nothing of its text.

    ``stem`` is the name of its file; ``is_in_nav`` puts it at the top of every page, else it
    stands at the foot. An article is in neither: it is listed among what there is to read.
    """

    slug: str
    title: str
    stem: str
    is_in_nav: bool = False
    is_article: bool = False

    @property
    def path(self) -> str:
        """Where the page lies, with a trailing slash."""
        return f"{ARTICLES_PATH}{self.slug}/" if self.is_article else f"{self.slug}/"


@dataclass(frozen=True, slots=True)
class OwnPage:
    """One page with its text. ``order`` is its place among the links, before those without one.

    ``published`` is aware: what has a date waits for it. Articles go by it, the newest first.
    ``is_found`` says that the site's search knows it. ``images`` are the pictures of the show's
    folder that its text shows, ``shown`` what is published of them, by their addresses as typed.
    ``typed_links`` are those to the site itself, but not to another such page.
    """

    link: PageLink
    summary: str
    sections: tuple[Section, ...]
    location: Location
    order: int | None = None
    published: datetime | None = None
    author: str | None = None
    is_found: bool = True
    tags: tuple[str, ...] = ()
    images: tuple[ShownPicture, ...] = ()
    shown: tuple[tuple[str, Artwork], ...] = ()
    typed_links: tuple[TypedLink, ...] = ()
