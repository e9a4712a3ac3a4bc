"""feeds.opml: all feeds of the show as one list, which apps and readers import.

Source: http://opml.org/spec2.opml, "Subscription lists".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from castpress.model.artifact import Artifact, Wave
from castpress.render.itunes import format_date
from castpress.render.text import file_url, one_line

if TYPE_CHECKING:
    from datetime import datetime

    from castpress.render.catalogue import Frame

OPML_FILE = "feeds.opml"


def has_opml(frame: Frame) -> bool:
    """Whether there is anything to list: one feed needs no list."""
    return len(frame.feeds) > 1


def render_opml(frame: Frame, changed: datetime | None) -> Artifact:
    """The feeds that people can subscribe to, the main one first."""
    show = frame.show
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = one_line(show.title)
    if changed:
        etree.SubElement(head, "dateModified").text = format_date(changed)
    etree.SubElement(head, "ownerName").text = one_line(show.feed.author)
    body = etree.SubElement(root, "body")
    for feed in frame.feeds:
        title = one_line(feed.title)
        etree.SubElement(
            body,
            "outline",
            type="rss",
            version="RSS2",
            text=title,
            title=title,
            description=one_line(feed.description),
            language=feed.language,
            htmlUrl=file_url(show, feed.page_path),
            xmlUrl=file_url(show, feed.path),
        )
    content = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return Artifact(OPML_FILE, Wave.PAGE, content)
