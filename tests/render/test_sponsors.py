"""Who pays for an episode is named wherever it is shown, and behind the notes."""

from __future__ import annotations

from dataclasses import replace

from castpress.model.podcast import Sponsor
from castpress.render.catalogue import catalogue
from castpress.render.description import gather_blocks
from castpress.render.markdown_page import render_markdown_page
from castpress.render.search_document import render_search_document
from tests.render import sample
from tests.render.test_group_pages import site, with_fields

SPONSORS = (
    Sponsor("Sole <Mates>", "https://sole.example/?a=1&b=2", "Ten percent & more."),
    Sponsor("The Hall", "https://hall.example/"),
)
RELEASE = with_fields(sample.MIDBACK, sponsors=SPONSORS)
PATH = RELEASE.episode.page_path
FRAME = catalogue(replace(sample.EDITION, releases=(RELEASE,))).frame


def test_they_stand_behind_the_notes_with_links_that_say_what_they_are() -> None:
    page = site(RELEASE)[PATH]

    (section,) = page.xpath("//section[@aria-labelledby='sponsors_title']")
    assert [" ".join(row.text_content().split()) for row in section.xpath(".//li")] == [
        "Sole <Mates> Ten percent & more.",
        "The Hall",
    ]
    links = [(link.get("href"), link.get("rel")) for link in section.xpath(".//a")]
    assert links == [(s.url, "sponsored nofollow noopener") for s in SPONSORS]
    order = page.xpath("//section[contains(@class, 'role-') or @aria-labelledby='sponsors_title']")
    assert order[-1] is section


def test_apps_show_them_behind_the_notes_while_there_is_room() -> None:
    blocks = gather_blocks(sample.SHOW, RELEASE.episode)

    tail = (
        "<p><strong>Sponsors</strong></p>\n"
        '<p><a href="https://sole.example/?a=1&amp;b=2">Sole &lt;Mates&gt;</a>'
        " – Ten percent &amp; more.</p>\n"
        '<p><a href="https://hall.example/">The Hall</a></p>'
    )
    assert "\n".join(block.html for block in blocks.notes).endswith(tail)
    missing = blocks.missing(len(blocks.whole().encode()) - 40)
    assert missing is not None
    assert missing.cut == "Sponsors"


def test_one_that_may_not_be_followed_is_named() -> None:
    release = with_fields(RELEASE, sponsors=(Sponsor("Bad", "javascript:x()", "No."),))

    (section,) = site(release)[PATH].xpath("//section[@aria-labelledby='sponsors_title']")
    assert (section.xpath(".//a"), section.xpath("string(.//li)").split()) == ([], ["Bad", "No."])
    assert gather_blocks(sample.SHOW, release.episode).notes[-1].html == "<p>Bad – No.</p>"
    assert "\n- Bad – No.\n" in (render_markdown_page(release, FRAME).content or b"").decode()


def test_markdown_names_them_last() -> None:
    text = (render_markdown_page(RELEASE, FRAME).content or b"").decode()

    first = "- [Sole \\<Mates\\>](https://sole.example/?a=1&b=2) – Ten percent & more."
    assert text.endswith(f"\n## Sponsors\n\n{first}\n- [The Hall](https://hall.example/)\n")


def test_the_search_passes_them_over() -> None:
    assert b"Hall" not in (render_search_document(RELEASE, FRAME).content or b"")


def test_an_episode_without_any_says_nothing() -> None:
    assert not site(sample.MIDBACK)[PATH].xpath("//*[@id='sponsors_title']")
