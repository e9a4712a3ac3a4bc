"""What single pages say: the episode, the lesson, the course, the heads, faulty templates."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from html import escape
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from castpress.model.notes import SectionRole
from castpress.model.podcast import (
    Cue,
    Edition,
    Episode,
    FeedType,
    Link,
    Release,
    Remark,
    Transcript,
)
from castpress.read.sanitise import sanitise
from castpress.read.transcript import parse_transcript
from castpress.render.catalogue import catalogue
from castpress.render.episode_view import view_episode
from castpress.render.html_text import calm, for_page, plain_text
from castpress.render.metadata import view_page
from castpress.render.pages import render_pages
from castpress.render.theme import prepare_theme
from castpress.render.transcript import render_transcripts
from tests.messages import MESSAGES
from tests.render import sample

EPISODE = "episodes/turning-from-the-middle/index.html"
LESSON = "courses/run-without-pain/the-lower-back/index.html"
AUDIO = f"../../{sample.MIDBACK.enclosure.path}"


@cache
def site() -> dict[str, str]:
    artifacts, problems = render_pages(sample.EDITION, sample.templates())
    assert not problems
    return {a.path: (a.content or b"").decode("utf-8") for a in artifacts}


def page(path: str) -> html.HtmlElement:
    return html.document_fromstring(site()[path])


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def data_of(path: str) -> dict[str, Any]:
    (block,) = page(path).xpath("//script[@type='application/ld+json']/text()")
    data: dict[str, Any] = json.loads(block)
    return data


def view_of(episode: Episode, **show: object) -> Any:
    release = Release(episode, sample.MIDBACK.enclosure)
    edition = Edition(replace(sample.SHOW, **show), (release,))  # type: ignore[arg-type]
    listed = catalogue(edition)
    return view_episode(release, listed.surroundings(release), listed.frame)


def test_moments_in_the_notes_play_without_a_script() -> None:
    (link,) = page(EPISODE).xpath("//div[contains(@class, 'prose')]//a[@data-seek]")

    assert (link.get("href"), link.get("data-seek")) == (f"{AUDIO}#t=75", "75")


def test_timed_sections_show_their_range_and_untimed_ones_none() -> None:
    sections = page(EPISODE).xpath("//section[contains(@class, 'role-text')]")
    ranges = [" ".join(words(p) for p in s.xpath("div/p[@class='range']")) or None
              for s in sections]  # fmt: skip

    assert ranges == ["0:00 – 2:00", "2:00 – 5:00", "5:00 – 8:00", None]
    assert sections[0].xpath("div/p/a/@aria-label") == ["Play 0:00 – 2:00"]
    assert sections[0].xpath("div/a[@class='anchor']/@href") == ["#letters-and-a-diagram"]
    assert words(sections[0].xpath("div/h2")[0]) == "Letters and a diagram"


def test_chapters_are_links_into_the_audio_with_anchors_of_their_own() -> None:
    items = page(EPISODE).xpath("//nav[@class='chapters']//li")

    assert [item.get("id") for item in items] == ["t=0", "t=120", "t=300", "t=405", "t=480"]
    assert items[3].xpath("a/@href") == [f"{AUDIO}#t=405"]
    assert words(items[3]) == "6:45 Which way first? 1 min"


def test_player_names_the_audio_and_loads_none() -> None:
    (player,) = page(EPISODE).xpath("//castpress-player")
    (audio,) = player.xpath("audio")

    assert (audio.get("preload"), audio.get("src")) == ("none", AUDIO)
    assert audio.get("controls") is not None
    assert player.get("data-seconds") == "600"
    assert player.get("data-share") == f"https://stride.example/{EPISODE[:-10]}"


def test_links_that_the_notes_hold_are_not_repeated() -> None:
    (title,) = page(EPISODE).xpath("//h2[text()='Mentioned']")

    assert [words(a) for a in title.getparent().xpath(".//li")] == ["Ottilie's diagram"]


def test_download_says_how_much_it_is() -> None:
    (link,) = page(EPISODE).xpath("//ul[@class='player-links']//a[@download]")

    assert (link.get("href"), words(link)) == (AUDIO, "Download 9.6 MB")


def test_address_of_the_show_is_veiled_and_the_subject_filled() -> None:
    assert "hello@stride.example" not in site()[EPISODE]
    assert page(EPISODE).xpath("//p[@class='contact']/a/@href") == [
        "mailto:hello@stride.example?subject=Why%20does%20your%20mid-back%20decide%20how%20far%20"
        "you%20can%20run%3F"
    ]


def test_transcript_is_in_paragraphs_with_speakers_and_files() -> None:
    (transcript,) = page(EPISODE).xpath("//section[@id='page_transcript']")

    assert [words(p) for p in transcript.xpath(".//p[@class='speaker']")][:3] == [
        "Mira", "Dan", "Mira",
    ]  # fmt: skip
    said = [words(p) for p in transcript.xpath(".//p[@class='said']")]
    assert said[2] == "0:09 You sent us forty letters about stiff backs. Forty. Somebody drew a diagram."  # fmt: skip  # noqa: E501
    assert transcript.xpath(".//a[@download]/@href") == [
        "transcript.en.vtt", "transcript.en.srt", "transcript.en.json", "transcript.en.txt",
    ]  # fmt: skip
    assert transcript.xpath("details/@open")


def test_long_transcripts_are_folded_and_the_own_language_is_shown() -> None:
    cue = sample.MIDBACK_CUES[0]
    long = tuple(replace(cue, start_ms=n * 4000, end_ms=n * 4000 + 4000) for n in range(60))
    transcripts = (
        Transcript("de", sample.MIDBACK_CUES, cue_place()),
        Transcript("en", long, cue_place()),
    )

    episode = replace(sample.MIDBACK.episode, transcripts=transcripts, chapters=())
    shown = view_of(episode).transcript

    assert (shown.language, shown.is_long) == ("en", True)
    assert shown.files[0].title == "WebVTT (de)"
    assert len(shown.paragraphs) == 5


def test_only_transcripts_that_say_something_are_shown_and_linked() -> None:
    silent = Transcript("en", (replace(sample.MIDBACK_CUES[0], text=" \x00"),), cue_place())
    spoken = Transcript("pt/BR", sample.MIDBACK_CUES, cue_place())
    typed = sample.section("Transcript", "<p>Mira: hello</p>", role=SectionRole.TRANSCRIPT)
    episode = replace(sample.MIDBACK.episode, sections=(typed,))

    shown = view_of(replace(episode, transcripts=(silent, spoken))).transcript
    assert (shown.language, shown.files[0].url) == ("pt/BR", "transcript.ptBR.vtt")
    view = view_of(replace(episode, transcripts=(silent,)))
    assert (view.transcript, len(view.sections)) == (None, 1)


def cue_place() -> Any:
    return sample.place("x")


def test_a_transcript_has_the_chapters_for_headings() -> None:
    titles = page(EPISODE).xpath("//h3[@class='transcript-chapter']")

    assert [words(title) for title in titles] == [
        "Letters and a diagram",
        "What the mid-back does while you run",
        "A drill while the kettle boils",
    ]
    assert words(titles[1].getnext()) == "2:00 So, when you run, the trunk winds up against the hips. If the middle of the back does not turn, something else has to."  # fmt: skip  # noqa: E501


def test_a_typed_transcript_gives_way_to_the_timed_one() -> None:
    typed = sample.section("Transcript", "<p>Mira: hello</p>", role=SectionRole.TRANSCRIPT)
    episode = replace(sample.MIDBACK.episode, sections=(typed,))

    assert view_of(episode).sections == ()
    assert len(view_of(replace(episode, transcripts=())).sections) == 1


def test_a_transcript_without_times_has_paragraphs_and_nothing_to_click() -> None:
    remarks = (Remark("Hello <b>you</b>.", "Mira"), Remark("Well.", "Mira"), Remark("Bye.", "Dan"))
    untimed = Transcript("en", (), cue_place(), remarks)
    release = replace(
        sample.MIDBACK, episode=replace(sample.MIDBACK.episode, transcripts=(untimed,))
    )
    artifacts, _ = render_pages(Edition(sample.SHOW, (release,)), sample.templates())
    files = {artifact.path: artifact.content or b"" for artifact in artifacts}

    (shown,) = html.document_fromstring(files[EPISODE]).xpath("//section[@id='page_transcript']")

    assert [words(p) for p in shown.xpath(".//p[@class='speaker' or @class='said']")] == [
        "Mira", "Hello <b>you</b>.", "Well.", "Dan", "Bye.",
    ]  # fmt: skip
    assert shown.xpath(".//@data-start | .//@data-seek") == []
    assert shown.xpath(".//a/@href") == ["transcript.en.html", "transcript.en.txt"]


HOSTILE = sorted(Path("tests/corpus/transcripts").glob("*hostile*/talk.*"))


@pytest.mark.parametrize("file", HOSTILE, ids=lambda file: file.parent.name)
def test_no_markup_of_a_transcript_is_markup_of_the_page(file: Path) -> None:
    place = PurePosixPath(file.name)
    transcript, _ = parse_transcript(file.read_text("utf-8"), place, "en")
    vector = "</p><script>x()</script><img src=x onerror=x()>"
    spoken = replace(transcript, cues=(*transcript.cues, Cue(9_000, 9_500, vector, vector)))
    said = (Remark(vector, vector), *(Remark(c.text, c.speaker) for c in spoken.cues))
    for shown in (spoken, replace(spoken, cues=(), remarks=said)):
        release = replace(
            sample.MIDBACK, episode=replace(sample.MIDBACK.episode, transcripts=(shown,))
        )
        pages, _ = render_pages(Edition(sample.SHOW, (release,)), sample.templates())
        files = {artifact.path: artifact.content or b"" for artifact in pages}
        files |= {f.path: f.content or b"" for f in render_transcripts(release)}
        written = [files[EPISODE], *(data for path, data in files.items() if "en.html" in path)]
        for data in written:
            document = html.document_fromstring(data)
            [section] = document.xpath("//section[@id='page_transcript']") or [document]
            names = {element.tag for element in section.iter()}
            assert not names & {"script", "img", "svg", "iframe", "style", "object", "b"}
            assert not section.xpath("//@*[starts-with(name(), 'on')]")
            assert not section.xpath("//@href[contains(., 'javascript')]")


def test_speakers_named_where_they_change_speak_on() -> None:
    said = (("Mira", "One."), (None, "Two."), (None, "Three."), ("Dan", "Four."), (None, "Five."))
    cues = tuple(Cue(n * 999, n * 999 + 999, text, name) for n, (name, text) in enumerate(said))
    episode = replace(
        sample.MIDBACK.episode, transcripts=(Transcript("en", cues, cue_place()),), chapters=()
    )

    assert [(p.speaker, p.text) for p in view_of(episode).transcript.paragraphs] == [
        ("Mira", "One. Two. Three."),
        ("Dan", "Four. Five."),
    ]


def test_the_transcript_of_another_country_is_nearer_than_another_language() -> None:
    transcripts = tuple(
        Transcript(language, sample.MIDBACK_CUES, cue_place()) for language in ("de", "EN-gb")
    )
    episode = replace(sample.MIDBACK.episode, transcripts=transcripts)

    assert view_of(episode).transcript.language == "EN-gb"


def test_lesson_knows_its_place_and_what_comes_next() -> None:
    lesson = page(LESSON)

    assert words(lesson.xpath("//p[@class='eyebrow']")[0]) == "Run Without Pain · Lesson 6 of 8"
    assert words(lesson.xpath("//h1")[0]) == "The lower back"
    assert words(lesson.xpath("//h2[@id='next_title']")[0]) == (
        "Next lesson Those forgotten shoulders"
    )
    assert lesson.xpath("//a[@rel='prev']/@href") == ["../../../courses/run-without-pain/hips/"]
    assert lesson.xpath("//link[@rel='alternate']/@href")[0].endswith("run-without-pain/feed.xml")


def test_the_last_lesson_promises_nothing() -> None:
    lesson = page("courses/run-without-pain/putting-it-together/index.html")

    assert words(lesson.xpath("//h2[@id='next_title']")[0]) == "That is all so far"
    assert not lesson.xpath("//a[@rel='next']")


def test_exercises_and_topics_stand_in_for_their_lists() -> None:
    lesson = page(LESSON)
    (exercises,) = lesson.xpath("//section[contains(@class, 'role-exercises')]")

    assert [words(n) for n in exercises.xpath(".//p[@class='exercise-name']")] == [
        "Foam roll, upper back", "Long lunge", "Dead bug",
    ]  # fmt: skip
    assert "take the ones that fit" in words(exercises)
    assert "roll and a mat" in words(exercises)
    assert len(exercises.xpath(".//li")) == 3
    (topics,) = lesson.xpath("//section[contains(@class, 'role-topics')]")
    assert [words(item) for item in topics.xpath(".//li")] == list(sample.LOWER_BACK.episode.topics)


def test_topics_and_exercises_that_the_notes_say_are_not_repeated() -> None:
    lesson = sample.LOWER_BACK.episode
    pasted = sample.section(
        "",
        "<p>Today:</p><ul><li>Why the lower back hurts on long runs;</li>"
        "<li>Two tests for stability and mobility; and</li>"
        "<li>What to train, and what to leave alone</li></ul>",
    )

    joined = replace(lesson, topics=(lesson.topics[0], "Two tests for stability and mobility",
                                     "What to train, and what to leave alone"))  # fmt: skip
    said = view_of(replace(joined, course=None, sections=(pasted,)))
    unsaid = view_of(replace(lesson, course=None, sections=()))

    assert (said.topics, len(said.exercises)) == ((), 3)
    (section,) = said.sections
    assert (section.topics, section.html, section.after) == (joined.topics, "<p>Today:</p>", "")
    assert (unsaid.topics, unsaid.exercises[0].reason) == (
        lesson.topics, "So that the turning happens where it should.",
    )  # fmt: skip


@pytest.mark.parametrize(
    "listed",
    [
        '<ul><li>Why it hurts, <a href="https://a.example/">in short</a></li></ul>',
        "<ul><li>Why it hurts, in short</li><li>Something else</li></ul>",
        "<ul><li>Why it hurts, in short: a drawing</li></ul>",
        "<ul><li>And<ul><li>Why it hurts, in short</li></ul></li></ul>",
    ],
)
def test_a_list_that_says_more_than_the_topics_stays(listed: str) -> None:
    pasted = sample.section("", f"<p>Today:</p>{listed}")
    episode = replace(sample.MIDBACK.episode, topics=("Why it hurts, in short",))

    (section,) = view_of(replace(episode, sections=(pasted,))).sections

    assert (section.topics, section.html) == ((), pasted.html)


def test_exercises_in_a_sentence_become_cards() -> None:
    lesson = sample.LOWER_BACK.episode
    pasted = sample.section(
        "",
        "<p>Take one:</p><ul><li>Foam roll, upper back – it turns</li><li>Long lunge</li>"
        '<li><a href="https://example.com/bug">Dead bug</a> – keep still</li></ul><p>Done.</p>',
    )

    (section,) = view_of(replace(lesson, course=None, sections=(pasted,))).sections

    assert [e.name for e in section.exercises] == [e.name for e in lesson.exercises]
    assert (section.html, section.after) == ("<p>Take one:</p>", "<p>Done.</p>")


MOMENT = '<a href="#t={}">{}</a>'


@pytest.mark.parametrize(
    ("markup", "stays"),
    [
        ("<p>{0} One\n{1} Two</p>", False),
        ("<ul><li>{0} – One</li><li>{1} – Two</li></ul>", False),
        ("<ul><li>One ({0})</li><li>Two ({1})</li></ul>", False),
        ("<p>Listen to both:</p><p>{0} One\n{1} Two</p>", True),
        ("<p>{0} One</p>", True),
        ("<p>{0} One\n{1} Two, with Ann</p>", True),
    ],
)
def test_a_section_that_says_only_the_chapters_is_left_to_them(markup: str, stays: bool) -> None:
    stamps = [MOMENT.format(0, "00:00"), MOMENT.format(65, "01:05")]
    chapters = sample.chapters((0, "One"), (65, "Two"))
    section = sample.section("Chapters", markup.format(*stamps))
    episode = replace(sample.MIDBACK.episode, chapters=chapters, sections=(section,))

    assert bool(view_of(episode).sections) is stays


def test_the_video_stands_behind_the_section_that_speaks_of_it() -> None:
    episode = replace(sample.MIDBACK.episode, video_anchor="letters-and-a-diagram")
    view = view_of(episode)

    assert [s.video is not None for s in view.sections] == [False, True, False, False, False]
    assert (view.video, view.sections[1].video.place) == (None, "video.example.com")
    assert view_of(replace(episode, video_anchor="gone")).video == view.sections[1].video


def test_a_video_is_not_called_like_the_episode() -> None:
    episode = sample.MIDBACK.episode
    same = replace(episode, video=Link(episode.title, "https://www.youtube.com/watch?v=1"))

    view = view_of(same).video
    assert (view.title, view.place) == ("", "youtube.com")
    assert view_of(replace(episode, video=Link("x", "javascript:1"))).video.url is None


def test_a_video_of_the_shows_own_is_on_no_other_site() -> None:
    own = Link("Drill", "https://www.stride.example/drill.mp4")

    assert view_of(replace(sample.MIDBACK.episode, video=own)).video.place == ""


def test_whole_addresses_of_the_shows_own_are_not_marked_as_elsewhere() -> None:
    css = next(text for path, text in site().items() if path.endswith(".css"))

    assert 'a[href^="https://stride.example/"],a[href^="http://stride.example/"]{--external:none}' in css  # fmt: skip  # noqa: E501


def test_capitals_are_not_shouted() -> None:
    opening = sample.section(
        "", "<p><strong>LOWER BACKS – A BBC &amp; us</strong></p><p>SO IT IS</p>"
    )
    view = view_of(replace(sample.LOWER_BACK.episode, course=None, sections=(opening,)))

    assert view.sections[0].html == (
        '<p><strong><span class="caps">LOWER BACKS – A BBC</span> &amp; us</strong></p>'
        "<p>SO IT IS</p>"
    )
    assert calm("Why <b> NASA runs") == "Why &lt;b&gt; NASA runs"
    assert calm("שלום עולם 12 34") == "שלום עולם 12 34"


def test_addresses_in_the_notes_are_veiled_from_harvesters() -> None:
    markup = '<p>Write to <a href="mailto:ann@a.example">ann@a.example</a>, see a.example/@ann.</p>'
    episode = replace(sample.MIDBACK.episode, sections=(sample.section("", markup),))

    (section,) = view_of(episode).sections

    assert "ann@" not in section.html.replace("/@ann", "")
    assert html.tostring(html.fragment_fromstring(section.html)) == html.tostring(
        html.fragment_fromstring(markup)
    )


MARKUP = ['<a href="#t=5">', "<table>", "</table>", "<ul><li>", "</ul>", "<img src=x onerror=y>"]
MARKUP += ["<", ">", '"', "'", "&", "&lt;", "ann@example.org", "{{ x }}", "--", "#t=5", " ", "ü"]


@given(st.lists(st.sampled_from(MARKUP), max_size=6).map("".join))
def test_nothing_in_an_attribute_passes_for_markup(text: str) -> None:
    """What reads sanitised HTML by pattern relies on the sanitiser to write out < and >."""
    typed = escape(text)
    link = f'<a href="https://a.example/?{typed}" title="{typed}">x</a>'
    clean = sanitise(f'<p>{link}<img src="x.png" alt="{typed}"></p>')

    assert re.fullmatch(r"<p><a( \w+=\"[^<>\"]*\")*>x</a><img( \w+=\"[^<>\"]*\")*></p>", clean)
    whole = html.fragment_fromstring(for_page(clean, "../a.mp3"))
    (shown,), (image,) = whole.xpath("a"), whole.xpath("img")
    assert (set(shown.attrib), set(image.attrib)) == ({"href", "title"}, {"src", "alt"})
    assert (shown.get("title"), image.get("alt")) == (text, text)
    assert plain_text(clean) == "x"


def test_a_table_scrolls_in_a_frame_that_the_keyboard_reaches() -> None:
    table = sample.section("T", "<table><tbody><tr><td>1</td></tr></tbody></table><p>x</p>")
    (section,) = view_of(replace(sample.MIDBACK.episode, sections=(table,))).sections

    (frame,) = html.fragment_fromstring(section.html, create_parent=True).xpath("div")
    assert (frame.get("tabindex"), frame.get("role"), len(frame)) == ("0", "group", 1)
    assert section.html.endswith("</table></div><p>x</p>")


def test_the_front_page_names_the_newest_once() -> None:
    home = page("index.html")
    titles = [words(t) for t in home.xpath("//h2[@id='newest_title'] | //h3[@class='row-title']")]

    assert titles[0] == sample.MIDBACK.episode.title
    assert len(titles) == len(set(titles)) == len(sample.EPISODES)


def test_lead_is_said_once() -> None:
    episode = sample.MIDBACK.episode

    assert view_of(episode).lead == ""
    assert view_of(replace(episode, sections=())).lead == episode.summary
    assert view_of(replace(sample.LOWER_BACK.episode, course=None)).lead == ""


def test_related_episodes_share_tags_and_the_authors_choice_wins() -> None:
    (release,) = (r for r in sample.EDITION.releases if r.episode.slug == sample.MIDBACK.episode.slug)  # fmt: skip  # noqa: E501
    listed = catalogue(sample.EDITION)
    chosen = replace(
        release, episode=replace(release.episode, related=(Link("A roller", "gear/roller/"),))
    )

    rows = view_episode(release, listed.surroundings(release), listed.frame).related_rows
    assert [r.title for r in rows] == ["Hills without hatred", "Rest days are training days"]
    view = view_episode(chosen, listed.surroundings(chosen), listed.frame)
    assert (view.related_rows, view.related[0].url) == ((), "../../gear/roller/")


def test_serial_shows_are_told_from_the_beginning() -> None:
    feed = replace(sample.SHOW.feed, feed_type=FeedType.SERIAL)
    edition = replace(sample.EDITION, show=replace(sample.SHOW, feed=feed))

    order = [r.episode.slug for r in catalogue(edition).order[None]]

    assert order == ["hello", "first-ten", "rest-days", "on-hills", "turning-from-the-middle"]


def test_course_lists_its_lessons_from_the_first_with_its_own_feed() -> None:
    course = page("courses/run-without-pain/index.html")

    titles = [words(t) for t in course.xpath("//h3[@class='row-title']")]
    assert (titles[0], titles[5], len(titles)) == ("How to use this course", "The lower back", 8)
    assert "podcast://stride.example/courses/run-without-pain/feed.xml" in course.xpath("//@href")
    assert words(course.xpath("//header//p[@class='meta']")[0]) == "8 lessons · 1 h 20 min in all"
    pills = course.xpath("//section[@class='follow']//a[@class='pill']")
    assert [words(pill) for pill in pills] == [
        "Apple Podcasts", "AntennaPod", "Pocket Casts", "Podcast Addict", "More apps",
    ]  # fmt: skip
    assert pills[-1].get("href") == "../../subscribe/#course_feeds_title"


def test_archive_goes_by_year() -> None:
    archive = page("archive/index.html")

    assert [words(h) for h in archive.xpath("//h2")] == ["2026", "2025"]
    assert len(archive.xpath("//li[@class='row']")) == len(sample.EDITION.releases)


def test_subscribe_offers_each_app_once() -> None:
    subscribe = page("subscribe/index.html")
    names = [words(a) for a in subscribe.xpath("//a[@class='app' or @class='pill']")]

    assert names[:2] == ["Apple Podcasts", "Spotify"]
    assert len(names) == len(set(names))
    links = subscribe.xpath("//@href")
    assert "https://podcastaddict.com/feed/https%3A%2F%2Fstride.example%2Ffeed.xml" in links
    assert subscribe.xpath("//input[@id='feed-address']/@value") == [
        "https://stride.example/feed.xml"
    ]
    assert subscribe.xpath("//*[@class='qr-code']/*[@class='qr-ink']/@d")


def test_head_tells_machines_what_the_page_is() -> None:
    head = page(EPISODE)
    meta = dict(zip(head.xpath("//meta/@property"), head.xpath("//meta[@property]/@content"), strict=True))  # fmt: skip  # noqa: E501

    assert meta["og:title"] == sample.MIDBACK.episode.title
    assert meta["og:type"] == "article"
    assert meta["og:image"] == "https://stride.example/" + sample.COVER.path
    assert meta["og:audio"] == "https://stride.example/" + sample.MIDBACK.enclosure.path
    assert meta["article:published_time"] == "2026-05-12T06:00:00+02:00"
    assert head.xpath("//link[@rel='canonical']/@href") == ["https://stride.example/" + EPISODE[:-10]]  # fmt: skip  # noqa: E501
    assert head.xpath("//link[@type='application/json+chapters']/@href") == ["chapters.json"]


def test_json_ld_names_the_episode_its_audio_and_its_clips() -> None:
    data = data_of(EPISODE)

    assert (data["@type"], data["episodeNumber"], data["duration"]) == ("PodcastEpisode", 14, "PT10M")  # fmt: skip  # noqa: E501
    assert data["partOfSeries"]["url"] == "https://stride.example/"
    assert data["associatedMedia"]["contentUrl"].endswith(sample.MIDBACK.enclosure.path)
    assert data["hasPart"][3] == {
        "@type": "Clip",
        "name": "Which way first?",
        "startOffset": 405,
        "endOffset": 480,
        "url": "https://stride.example/episodes/turning-from-the-middle/#t=405",
    }
    lesson = data_of(LESSON)
    assert lesson["teaches"] == list(sample.LOWER_BACK.episode.topics)
    assert lesson["potentialAction"][2]["@type"] == "ExerciseAction"
    assert data_of("index.html")["webFeed"] == "https://stride.example/feed.xml"


def test_a_right_to_left_episode_turns_its_page() -> None:
    episode = replace(sample.MIDBACK.episode, language="he", title="למה הגב האמצעי חשוב")
    artifacts, _ = render_pages(
        Edition(sample.SHOW, (replace(sample.MIDBACK, episode=episode),)), sample.templates()
    )
    (text,) = (a.content for a in artifacts if a.path == EPISODE)

    root = html.document_fromstring((text or b"").decode())
    assert (root.get("lang"), root.get("dir")) == ("he", "rtl")


@pytest.mark.parametrize(
    ("name", "text", "line", "message"),
    [
        ("episode.html", "one\n{{ episode.titel }}", 2, "has no attribute 'titel'"),
        ("episode.html", "one\ntwo\n{% if %}", 3, "Expected an expression"),
        ("episode.html", "{{ 1 + 'a' }}", 1, "unsupported operand"),
        ("episode.html", "\n{{ 1 // 0 }}", 2, "division"),
        ("episode.html", "{% include 'mine.html' %}", 1, "mine.html"),
        ("parts.html", "{% macro player(", 1, "unexpected"),
        ("base.html", "\n\n{{ nothing }}", 3, "'nothing' is undefined"),
    ],
)
def test_a_faulty_template_is_a_problem_with_its_line(
    name: str, text: str, line: int, message: str
) -> None:
    artifacts, problems = render_pages(sample.EDITION, sample.templates() | {name: text})

    assert {p.code for p in problems} == {"template-error"}
    assert [str(p.location) for p in problems] == [f"templates/{name}:{line}"]
    assert message in problems[0].message
    paths = {a.path for a in artifacts}
    assert EPISODE not in paths
    assert ("archive/index.html" in paths) == (name == "episode.html")


def test_a_missing_template_is_named() -> None:
    templates = sample.templates()
    del templates["archive.html"]

    artifacts, problems = render_pages(sample.EDITION, templates)

    assert [p.message for p in problems] == ["there is no template named archive.html"]
    assert EPISODE in {a.path for a in artifacts}


def test_a_show_may_replace_one_template_and_build_on_another() -> None:
    own = {"episode.html": "{% extends 'base.html' %}{% block main %}<h1>{{ episode.title }}</h1>"
           "{% endblock %}"}  # fmt: skip

    artifacts, problems = render_pages(sample.EDITION, sample.templates() | own)

    assert not problems
    (text,) = (a.content for a in artifacts if a.path == EPISODE)
    assert b"castpress-player" not in (text or b"")


def test_templates_meet_undefined_names_strictly() -> None:
    theme = prepare_theme({"x.html": "{{ missing }}"}, None, "A", messages=MESSAGES)
    page = view_page(sample.SHOW, "A page", "", None)

    assert theme.render("x.html", page=page)[0] is None
