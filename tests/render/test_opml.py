"""feeds.opml: the list of all feeds, as OPML 2.0 asks for subscription lists."""

from __future__ import annotations

from dataclasses import replace
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from lxml import etree, html

from castpress.render.pages import render_pages
from tests.render import sample

if TYPE_CHECKING:
    from castpress.model.podcast import Edition

BASE = sample.SHOW.base_url


def files_of(edition: Edition) -> dict[str, bytes]:
    artifacts, problems = render_pages(edition, sample.templates())
    assert not problems
    return {artifact.path: artifact.content or b"" for artifact in artifacts}


def test_it_lists_all_feeds_the_main_one_first() -> None:
    root = etree.fromstring(files_of(sample.EDITION)["feeds.opml"])
    assert (root.tag, root.get("version")) == ("opml", "2.0")
    assert [child.tag for child in root] == ["head", "body"]
    assert root.findtext("head/title") == "The Long Way Round"
    changed = parsedate_to_datetime(root.findtext("head/dateModified"))
    assert changed == sample.EDITION.newest_change
    outlines = root.findall("body/outline")
    assert [dict(o.attrib)["xmlUrl"] for o in outlines] == [
        f"{BASE}feed.xml", f"{BASE}courses/run-without-pain/feed.xml",
    ]  # fmt: skip
    assert [o.get("htmlUrl") for o in outlines] == [BASE, f"{BASE}courses/run-without-pain/"]
    for outline in outlines:
        assert outline.get("type") == "rss"
        assert outline.get("text") == outline.get("title") != ""


def test_what_xml_cannot_hold_is_left_out() -> None:
    title = 'A <b> & "c" \x01\x0b'
    show = replace(sample.SHOW, feed=replace(sample.SHOW.feed, title=title))
    root = etree.fromstring(files_of(replace(sample.EDITION, show=show))["feeds.opml"])
    assert (root.find("body/outline").get("text") or "").startswith('A <b> & "c"')


def test_the_subscribe_page_leads_to_it_where_there_are_several() -> None:
    def links(files: dict[str, bytes]) -> list[str]:
        page = html.document_fromstring(files["subscribe/index.html"])
        return [str(href) for href in page.xpath("//a/@href") if href.endswith(".opml")]

    assert links(files_of(sample.EDITION)) == ["../feeds.opml"]
    alone = replace(
        sample.EDITION,
        show=replace(sample.SHOW, courses=()),
        releases=sample.newest_first(sample.EPISODES),
    )
    files = files_of(alone)
    assert links(files) == []
    assert "feeds.opml" not in files
