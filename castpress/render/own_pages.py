"""The author's own pages: a title and what they wrote."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from markupsafe import Markup

from castpress.model.own_pages import ARTICLES_PATH
from castpress.render.episode_view import page_root
from castpress.render.html_text import day, for_page, plain_text
from castpress.render.markdown_page import MARKDOWN_FILE, MARKDOWN_TYPE, render_own_markdown
from castpress.render.metadata import view_page
from castpress.render.notes_view import opening
from castpress.render.page_file import feeds_of, page_of
from castpress.render.page_parts import edit_url, view_site, view_tags
from castpress.render.page_views import ArticleView, OwnPageView, SectionView
from castpress.render.shown_pictures import with_pictures
from castpress.render.text import one_line, reading_minutes, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from castpress.model.messages import Messages
    from castpress.model.own_pages import OwnPage
    from castpress.model.podcast import Show
    from castpress.render.catalogue import Frame
    from castpress.render.page_file import Rendered
    from castpress.render.theme import Theme

_SUMMARY_CHARS = 260


def render_own_page(own: OwnPage, frame: Frame, theme: Theme) -> Iterator[Rendered]:
    """One page of the author's own, and what it says as Markdown beside it."""
    show = frame.show
    path = own.link.path
    root = page_root(path)
    page = view_page(
        show,
        own.link.title,
        opening(own),
        path,
        artwork=theme.brand.card(show.feed.path),
        data=article_data(show, own) if own.link.is_article else None,
        feeds=feeds_of(frame),
    )
    sections = tuple(
        SectionView(
            title=section.title,
            level=section.level,
            anchor=section.anchor,
            role=section.role.value,
            html=for_page(
                with_pictures(section.html, own.shown, root), "", frame.say("site.table")
            ),
            after=Markup(),
            time=None,
        )
        for section in own.sections
    )
    page = replace(page, alternates=((MARKDOWN_TYPE, MARKDOWN_FILE),))
    view = OwnPageView(
        title=own.link.title,
        summary=own.summary,
        sections=sections,
        date=day(own.published, frame.say) if own.published else None,
        date_iso=own.published.isoformat() if own.published else None,
        author=own.author,
        is_article=own.link.is_article,
        tags=view_tags(own.tags, root),
        minutes=_minutes(own),
        edit_url=edit_url(show, own.location),
    )
    site = view_site(frame, theme, root, path)
    text = theme.render("page.html", site=site, page=page, own=view)
    yield page_of(f"{path}index.html", text)
    yield render_own_markdown(own, frame), ()


def view_articles(pages: Iterable[OwnPage], say: Messages, root: str) -> tuple[ArticleView, ...]:
    """The pages as rows, in their order."""
    return tuple(
        ArticleView(
            title=own.link.title,
            url=root + own.link.path,
            summary=shorten(one_line(opening(own)), _SUMMARY_CHARS),
            date=day(own.published, say) if own.published else None,
            date_iso=own.published.isoformat() if own.published else None,
            minutes=_minutes(own),
        )
        for own in pages
    )


def _minutes(own: OwnPage) -> int:
    sections = own.sections
    return reading_minutes((own.summary, *(plain_text(section.html) for section in sections)))


def articles_of(pages: Iterable[OwnPage]) -> tuple[OwnPage, ...]:
    """The articles among the pages, the newest first."""
    return tuple(own for own in pages if own.link.is_article)


def render_reading(pages: Sequence[OwnPage], frame: Frame, theme: Theme) -> Iterator[Rendered]:
    """The page that lists all articles; none where there are none."""
    show = frame.show
    root = page_root(ARTICLES_PATH)
    articles = view_articles(articles_of(pages), frame.say, root)
    if not articles:
        return
    page = view_page(
        show,
        frame.say("home.reading"),
        frame.say("describe.reading", title=show.title),
        ARTICLES_PATH,
        artwork=theme.brand.card(show.feed.path),
        feeds=feeds_of(frame),
    )
    site = view_site(frame, theme, root, ARTICLES_PATH)
    text = theme.render("articles.html", site=site, page=page, articles=articles)
    yield page_of(f"{ARTICLES_PATH}index.html", text)


def article_data(show: Show, own: OwnPage) -> dict[str, object]:
    """``Article``, for machines."""
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": own.link.title,
        "url": show.url(own.link.path),
        "inLanguage": show.feed.language,
        "author": {"@type": "Person", "name": own.author or show.feed.author},
    }
    if own.published:
        data["datePublished"] = own.published.isoformat()
    if own.tags:
        data["keywords"] = list(own.tags)
    if summary := one_line(opening(own)):
        data["description"] = shorten(summary, _SUMMARY_CHARS)
    return data
