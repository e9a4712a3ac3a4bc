"""The next lesson in the feed's text, in the plain notes and on pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from lxml import html

from castpress.model.podcast import Edition, EpisodeType, Release
from castpress.model.teaser import Coming, Teaser
from castpress.render.description import gather_blocks
from castpress.render.next_lesson import with_teaser
from castpress.render.pages import render_pages
from castpress.render.plain_notes import plain_notes
from tests.messages import ENGLISH
from tests.render import sample

COURSE = sample.COURSE
LAST = sample.LESSONS[-1]
TEASER = Teaser("g9", "Rest & <be> well", "0:30 of sleep.", datetime(2026, 10, 20, 6, tzinfo=UTC))
LINES = "<p>Next lesson: Rest &amp; &lt;be&gt; well (20 October 2026)<br>0:30 of sleep.</p>"


def pages(edition: Edition) -> dict[str, html.HtmlElement]:
    made, problems = render_pages(edition, sample.templates())
    assert problems == ()
    return {
        page.path: html.fromstring(page.content)
        for page in made
        if page.path.endswith(".html") and page.content
    }


def block(page: html.HtmlElement) -> tuple[str, list[str]]:
    (found,) = page.xpath("//section[contains(@class, 'up-next')]")
    return " ".join(found.text_content().split()), found.xpath(".//a/@href")


@pytest.mark.parametrize(
    ("release", "lines"),
    [(LAST, LINES), (sample.LOWER_BACK, LINES.replace("0:30", "0∶30"))],
    ids=["without chapters", "with chapters, whose apps take times for them"],
)
def test_it_stands_before_the_call_to_action(release: Release, lines: str) -> None:
    bare = gather_blocks(sample.SHOW, release.episode)
    blocks = with_teaser(bare, COURSE, TEASER, ENGLISH)

    (call,) = bare.call_to_action
    assert f"{lines}\n{call.html}" in blocks.whole()
    text = plain_notes(release.episode, blocks, "https://a.example/")
    assert "\n\nNext lesson: Rest & <be> well (20 October 2026)\n0" in text
    assert text.index("Next lesson") < text.index(sample.ACTION.heading)


def test_without_a_teaser_or_outside_of_a_course_nothing_is_added() -> None:
    bare = gather_blocks(sample.SHOW, LAST.episode)
    assert with_teaser(bare, COURSE, None, ENGLISH) is bare
    assert with_teaser(bare, None, TEASER, ENGLISH) is bare


def test_notes_that_fit_are_not_cut_for_it_and_longer_ones_are() -> None:
    bare = gather_blocks(sample.SHOW, LAST.episode)
    blocks = with_teaser(bare, COURSE, TEASER, ENGLISH)
    size = len(bare.whole().encode())

    assert blocks.within(size) == bare.whole()
    assert "Next lesson" in blocks.within(size - 1)
    assert blocks.within(len(blocks.whole().encode())) == blocks.whole()
    missing = blocks.missing(size)
    assert missing is not None
    assert missing.parts == ("the teaser of the next lesson",)


def edition(teaser: Teaser, **coming: Coming) -> Edition:
    return replace(sample.EDITION, teasers={LAST.episode.guid: teaser}, coming=coming)


def test_the_page_shows_a_scheduled_lesson_without_a_link() -> None:
    shown = pages(edition(TEASER))[f"{LAST.episode.page_path}index.html"]

    words, links = block(shown)
    assert words == "Next lesson Rest & <be> well 0:30 of sleep. from 20 October 2026"
    assert links == []


def test_the_page_leads_to_the_next_lesson_once_it_is_out() -> None:
    later = replace(LAST.episode, guid="g9", slug="rest", title="Rest & <be> well", number=9)
    release = Release(later, LAST.enclosure)
    whole = edition(TEASER)
    out = replace(whole, releases=(release, *whole.releases))
    shown = pages(out)[f"{LAST.episode.page_path}index.html"]

    words, links = block(shown)
    assert words.startswith("Next lesson Rest & <be> well 0:30 of sleep. Lesson 9 · ")
    assert links == ["../../../courses/run-without-pain/rest/"]
    assert "That is all so far" in block(pages(out)[f"{later.page_path}index.html"])[0]


def test_the_page_of_a_course_says_what_comes() -> None:
    listed = edition(TEASER, **{COURSE.slug: Coming(TEASER, 2, 10)})
    words, links = block(pages(listed)[f"{COURSE.feed.page_path}index.html"])

    assert words == "Stay tuned Rest & <be> well 0:30 of sleep. from 20 October 2026"
    assert links == []
    assert not pages(sample.EDITION)[f"{COURSE.feed.page_path}index.html"].xpath(
        "//section[contains(@class, 'up-next')]"
    )


@pytest.mark.parametrize(
    ("coming", "label", "count"),
    [
        (None, "Lesson 8 of 8", "8 lessons · 1 h 20 min in all"),
        (Coming(TEASER, 1, 9), "Lesson 8 of 9", "8 of 9 lessons out · 1 h 20 min"),
        (Coming(TEASER, 2, 12), "Lesson 8 of 12", "8 of 10 lessons out · 1 h 20 min"),
        (Coming(TEASER, 2, 0), "Lesson 8 of 10", "8 of 10 lessons out · 1 h 20 min"),
    ],
    ids=["all out", "one to come", "numbers left out", "without numbers"],
)
def test_lessons_that_are_announced_are_counted(
    coming: Coming | None, label: str, count: str
) -> None:
    shown = pages(edition(TEASER, **({COURSE.slug: coming} if coming else {})))
    last, course = (
        shown[f"{path}index.html"] for path in (LAST.episode.page_path, COURSE.feed.page_path)
    )

    (eyebrow,) = last.xpath("//p[@class='eyebrow']")
    assert eyebrow.text_content().split("·")[1].strip() == label
    (said,) = course.xpath("//header//p[@class='meta']")
    assert " ".join(said.text_content().split()) == count
    card = shown["index.html"].xpath("//li[@class='course-card']//p[@class='meta']")[0]
    assert " ".join(card.text_content().split()) == count.removesuffix(" in all")


def test_a_bonus_is_no_lesson() -> None:
    bonus = replace(LAST.episode, guid="b", slug="b", episode_type=EpisodeType.BONUS)
    more = replace(
        sample.EDITION, releases=(replace(LAST, episode=bonus), *sample.EDITION.releases)
    )
    alone = replace(more, releases=more.releases[:1])

    for listed, count in ((more, "8 lessons"), (alone, "1 lesson")):
        (said,) = pages(listed)[f"{COURSE.feed.page_path}index.html"].xpath(
            "//header//p[@class='meta']"
        )
        assert " ".join(said.text_content().split()).partition(" ·")[0] == count
