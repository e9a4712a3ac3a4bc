"""What a page is once its template has run, and the feeds that browsers find in its head."""

from __future__ import annotations

from typing import TYPE_CHECKING

from castpress.model.artifact import Artifact, Wave, text_artifact
from castpress.render.json_feed import JSON_FEED, JSON_FEED_TYPE
from castpress.render.page_views import LinkView
from castpress.render.text import file_url

if TYPE_CHECKING:
    from castpress.model.podcast import Feed, Show
    from castpress.model.problem import Problem
    from castpress.render.catalogue import Frame

Rendered = tuple[Artifact | None, tuple["Problem", ...]]


def page_of(path: str, rendered: tuple[str | None, tuple[Problem, ...]]) -> Rendered:
    """The text of a template as a file at that path; None and the problem where it was faulty."""
    text, problems = rendered
    return (None if text is None else text_artifact(path, text, Wave.PAGE)), problems


def json_feed_of(show: Show) -> tuple[tuple[str, str], ...]:
    """The newest of the main feed for readers of JSON, on the pages that list the same."""
    return ((JSON_FEED_TYPE, file_url(show, JSON_FEED)),)


def feeds_of(frame: Frame, first: Feed | None = None) -> tuple[LinkView, ...]:
    """All feeds for discovery; browsers offer the first one."""
    others = [feed for feed in frame.feeds if first is None or feed.path != first.path]
    feeds = [first, *others] if first else others
    return tuple(LinkView(feed.title, frame.show.url(feed.path)) for feed in feeds)
