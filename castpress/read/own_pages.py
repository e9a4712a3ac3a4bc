"""The author's own pages: a title, an address, and Markdown as in notes but without times."""

from __future__ import annotations

import re
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from pydantic import Field
from slugify import slugify

from castpress.model.address import has_scheme
from castpress.model.notes import Section, Vocabulary
from castpress.model.own_pages import RESERVED, OwnPage, PageLink
from castpress.model.problem import Location, Problem, Severity, by_place
from castpress.read.blocks import Places
from castpress.read.dates import publication_date
from castpress.read.front_matter import DateText, Tags, split_head
from castpress.read.leftovers import source_fault
from castpress.read.links import address_edits, typed_links
from castpress.read.markdown import Edit, read_document
from castpress.read.normalise import clean_text
from castpress.read.sanitise import html_problems
from castpress.read.schema import LONGEST_SLUG, Number, Prose, Schema, Slug, Text, validate
from castpress.read.sections import name_anchors, read_parts, render_parts, take_title
from castpress.read.shown_pictures import pictures_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import PurePosixPath

    from castpress.model.notes import TypedLink
    from castpress.read.blocks import Document
    from castpress.read.sections import Part

PAGE_SUFFIXES = (".md", ".markdown")
_HREF = re.compile(r'(<a [^>]*?href=")(?![a-zA-Z][a-zA-Z0-9+.-]*:|//|#)([^"#?]*)')
_UP = re.compile(r"^(?:\.{0,2}/)+")


class PageType(StrEnum):
    """What a page is for."""

    PAGE = "page"
    ARTICLE = "article"


class PageHead(Schema):
    """All keys that a page may begin with."""

    title: Text | None = Field(default=None, min_length=1, max_length=255)
    slug: Slug | None = None
    summary: Prose | None = None
    nav: bool = False
    order: Number | None = None
    draft: bool = False
    type: PageType = PageType.PAGE
    published: DateText | None = None
    author: Text | None = None
    search: bool = True
    tags: Tags = ()

    @classmethod
    def renamed(cls) -> Mapping[str, str]:
        """Words that people bring along from other tools."""
        return {
            "description": "write `summary:`",
            "permalink": "write `slug:`, its last part alone",
            "menu": "write `nav: true`",
            "weight": "write `order:`",
            "date": "write `published:`",
            "keywords": "write `tags:`",
        }


def parse_page(
    text: str, file: PurePosixPath, zone: str = "UTC"
) -> tuple[OwnPage | None, tuple[Problem, ...]]:
    """One page; None where it is a draft or has no address. ``zone`` is that of its date."""
    source, body, first_line, problems = split_head(text, file)
    settings, misfits = validate(PageHead, source)
    found = [*problems, *misfits]
    head = settings or PageHead()
    fault = source_fault(body)
    if fault is not None:
        place = Location(file, first_line)
        problem = Problem(fault.code, fault.message, place, Severity.ERROR, fault.help)
        return None, (*found, problem)
    markdown = clean_text(body).text
    places = Places(file, markdown, first_line)
    document = read_document(markdown)
    parts = read_parts(document, places, Vocabulary())
    heading = take_title(parts, head.title)
    title = head.title or (heading.text if heading else None) or _title_of(file)
    sections = _sections(document, parts, heading)
    found += html_problems(document.html, document.links, document.images, places)
    slug = head.slug or str(slugify(file.stem, max_length=LONGEST_SLUG, word_boundary=True))
    if not slug:
        found.append(_no_address(file))
        return None, by_place(found)
    page = OwnPage(
        link=PageLink(slug, title, file.stem, head.nav, is_article=head.type is PageType.ARTICLE),
        summary=head.summary or "",
        sections=sections,
        location=source.place(("slug",)) if head.slug else Location(file, 1),
        order=head.order,
        published=publication_date(head.published, zone) if head.published else None,
        author=head.author,
        is_found=head.search,
        tags=head.tags,
        images=pictures_in(document, places),
        typed_links=typed_links(document, places, address_edits(document.blocks)),
    )
    return None if head.draft else page, by_place(found)


def settle_pages(
    pages: Iterable[OwnPage],
) -> tuple[tuple[OwnPage, ...], tuple[Problem, ...]]:
    """The pages in the order of their links, each at an address of its own.

    Links between them lead to where they lie, however the author has typed them.
    """
    taken: dict[str, OwnPage] = {}
    problems = []
    for page in pages:
        link = page.link
        first = taken.get(link.path)
        if (link.slug in RESERVED and not link.is_article) or first is not None:
            problems.append(_taken(page, first))
            continue
        taken[link.path] = page
    ordered = sorted(taken.values(), key=_place)
    links = tuple(page.link for page in ordered)
    settled = []
    for page in ordered:
        depth = page.link.path.count("/")
        sections = with_page_links(page.sections, links, depth=depth)
        beside = links_beside(page.typed_links, links)
        settled.append(replace(page, sections=sections, typed_links=beside))
    return tuple(settled), tuple(problems)


def _place(page: OwnPage) -> tuple[bool, float, bool, int, str]:
    """Pages as they are numbered, then articles, the newest first and undated ones last."""
    link = page.link
    age = -page.published.timestamp() if link.is_article and page.published else 0.0
    return (link.is_article, age, page.order is None, page.order or 0, link.title.casefold())


def with_page_links(
    sections: Sequence[Section], pages: Sequence[PageLink], *, depth: int
) -> tuple[Section, ...]:
    """The sections with links to the author's own pages as they are seen from so deep a page.

    ``../about/``, ``/about/`` and ``../pages/about.md`` all mean the same page: what an editor
    completes, what other sites take, and where it lies.
    """
    if not pages:
        return tuple(sections)
    known = _by_names(pages)

    def linked(found: re.Match[str]) -> str:
        below = _UP.sub("", found[2]).rstrip("/")
        path = known.get(below)
        return found[0] if path is None else f"{found[1]}{'../' * depth}{path}"

    return tuple(
        replace(section, html=_HREF.sub(linked, section.html))
        if 'href="' in section.html
        else section
        for section in sections
    )


def page_address(address: str, pages: Sequence[PageLink]) -> str:
    """The address of the author's own page that is meant, below the site; any other as it is."""
    if has_scheme(address) or address.startswith(("#", "//")):
        return address
    name = re.split(r"[?#]", address, maxsplit=1)[0]
    path = _by_names(pages).get(_UP.sub("", name).rstrip("/"))
    return address if path is None else f"/{path}{address[len(name) :]}"


def links_beside(links: Iterable[TypedLink], pages: Sequence[PageLink]) -> tuple[TypedLink, ...]:
    """The links that are neither to one of the author's own pages nor, by a scheme, elsewhere."""
    return tuple(
        link
        for link in links
        if (link.url.startswith(("http:", "https:")) or not has_scheme(link.url))
        and page_address(link.url, pages) == link.url
    )


def _by_names(pages: Iterable[PageLink]) -> dict[str, str]:
    """Where each page lies, by all that an address may call it."""
    return {
        name: page.path
        for page in pages
        for name in (page.path[:-1], f"{page.path}index.html", *_file_names(page.stem))
    }


def _file_names(stem: str) -> tuple[str, ...]:
    names = [f"{stem}{suffix}" for suffix in PAGE_SUFFIXES]
    return (*names, *(f"pages/{name}" for name in names))


def _sections(document: Document, parts: list[Part], title: Part | None) -> tuple[Section, ...]:
    """Each heading with what stands below it; a time in one is a part of its words."""
    edits = [edit for edit, _, _ in address_edits(document.blocks)]
    edits += [Edit(at, at + 1, "&lt;") for at in document.typed_tags]
    name_anchors(parts)
    render_parts(document, parts, title, edits)
    return tuple(
        Section(part.text, part.level, part.anchor, part.html, part.location)
        for part in parts
        if part.heading is not None or part.html
    )


def _title_of(file: PurePosixPath) -> str:
    """The name of the file as words."""
    letters = "".join(c if c.isprintable() else " " for c in file.stem)
    words = " ".join(re.sub(r"[-_]+", " ", letters).split())
    return words[:1].upper() + words[1:] or "Untitled"


def _no_address(file: PurePosixPath) -> Problem:
    return Problem(
        "page-without-address",
        f"{file.name} has no letters that an address could be made of",
        Location(file, 1),
        Severity.ERROR,
        "write `slug: about`, or what it is to be called, at its top",
    )


def _taken(page: OwnPage, first: OwnPage | None) -> Problem:
    whose = f"that of {first.location.file.name}" if first else "castpress's own"
    return Problem(
        "page-address-taken",
        f"{page.location.file.name} would lie at {page.link.path}, which is {whose}",
        page.location,
        Severity.ERROR,
        f"write another address at its top: `slug: {page.link.slug}-page`",
    )
