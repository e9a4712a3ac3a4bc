from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castpress.model.notes import Section, SectionRole
from castpress.model.podcast import CallToAction, Chapter, Cue, Episode, Transcript
from castpress.render.app_html import reduce_html
from tests.render.feed_sample import HERE, HILLS, REST, SHOW, content_of, description_of, release

PAGE = SHOW.url("episodes/hills/")
PAGE_LINK = f'<p>Show notes and transcript: <a href="{PAGE}">{PAGE}</a></p>'
ALLOWED = {"p", "ol", "ul", "li", "a", "strong", "em", "b", "i", "br"}


class Strict(HTMLParser):
    """Fails on a tag that apps do not know, is not closed, or stands where it may not."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open, f"left open: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED
        assert [name for name, _ in attrs] == (["href"] if tag == "a" else [])
        if tag in {"p", "ul", "ol"}:
            assert "p" not in self.open
        if tag == "li":
            assert self.open[-1] in {"ul", "ol"}
        self.links += [value or "" for _, value in attrs]
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


def described(*html: str, **changes: object) -> str:
    sections = tuple(Section("", 0, "", text, HERE) for text in html)
    plain: dict[str, object] = {"summary": "", "chapters": (), "sections": sections}
    return description_of(SHOW, release(replace(HILLS, **{**plain, **changes})))  # type: ignore[arg-type]


def plain_text(html: str) -> str:
    """The words that an app shows of the HTML, on one line."""
    return " ".join(" ".join(block.words().split()) for block in reduce_html(html, lambda _: None))


def body(html: str) -> str:
    """The notes of a description alone."""
    return html.partition("<p><strong>Need a plan?")[0].strip()


def with_notes(html: str, **changes: object) -> Episode:
    return replace(HILLS, sections=(Section("", 0, "", html, HERE),), **changes)  # type: ignore[arg-type]


# --- what is in it, in which order ---


def test_the_parts_come_in_the_order_of_their_weight() -> None:
    html = description_of(SHOW, release(HILLS))

    marks = [
        "why hills hurt",
        "00:02:15 Uphill",
        "<strong>Uphill",
        "<strong>Need a plan?",
        PAGE_LINK,
    ]
    places = [html.index(mark) for mark in marks]
    assert places == sorted(places)
    assert html.endswith(PAGE_LINK)
    Strict(html)


def test_the_summary_stands_there_once_and_keeps_its_links() -> None:
    html = description_of(SHOW, release(HILLS))

    assert html.count("why hills hurt") == 1
    assert html.startswith('<p>Ann asks <a href="https://example.net/celik">')
    assert "this episode about" not in html


def test_what_the_summary_section_says_beyond_the_summary_stays() -> None:
    section = Section("About", 2, "a", "<p>Short.</p><p>More.</p>", HERE, role=SectionRole.SUMMARY)

    html = described(summary="Short.", sections=(section,))

    assert body(html) == "<p>Short.</p>\n<p><strong>About</strong></p>\n<p>More.</p>"


def test_a_summary_that_is_the_first_paragraph_is_not_repeated() -> None:
    assert body(described("<p>Lie  down.</p><p>Now.</p>", summary="Lie down.")) == (
        "<p>Lie down.</p>\n<p>Now.</p>"
    )


def test_chapter_lines_are_what_players_parse() -> None:
    episode = replace(
        HILLS,
        chapters=(
            Chapter(0, 60_000, "Intro\nwith a line end"),
            Chapter(60_500, 3_661_000, "10 tips"),
            Chapter(3_661_000, 3_700_000, "5:30 pace <or> less & more"),
            Chapter(3_700_000, 3_800_000, "\x00"),
        ),
    )

    html = description_of(SHOW, release(episode))

    (block,) = re.findall(r"<p>(00:00:00 .*?)</p>", html)
    assert block.split("<br>") == [
        "00:00:00 Intro with a line end",
        "00:01:00 10 tips",
        "01:01:01 5∶30 pace &lt;or&gt; less &amp; more",
        "01:01:40 Chapter 4",
    ]


def test_the_authors_own_chapter_list_is_not_repeated_but_other_lists_are_kept() -> None:
    chapters = (
        Chapter(0, 1, "Hello", added=True),
        Chapter(60_000, 2, "Up"),
        Chapter(90_500, 3, "Down"),
    )
    own = '<ul><li><a href="#t=60">1:00</a> Up</li><li><a href="#t=90.5">1:30</a> - Down</li></ul>'
    other = '<ul><li><a href="#t=61">1:01</a> Up</li><li><a href="#t=90.5">1:30</a> Down</li></ul>'

    assert body(described(own, chapters=chapters)).count("<ul>") == 0
    assert body(described(other, chapters=chapters)).count("<ul>") == 1
    assert body(described(own)).count("<ul>") == 1


def test_a_transcript_in_the_notes_stays_on_the_page() -> None:
    assert "Ann: Hello." not in content_of(SHOW, release(HILLS))


@pytest.mark.parametrize("course", [None, "first-5k"])
def test_the_call_to_action_is_the_one_that_the_episode_has(course: str | None) -> None:
    own = CallToAction("Mine", "", "", "gear/")

    html = described("<p>x</p>", course=course, call_to_action=own)

    assert "<p><strong>Mine</strong>" in html
    assert "https://example.org/run/gear/" in html
    assert "<strong>" not in described("<p>x</p>", course=course, call_to_action=None)


def test_without_a_call_to_action_or_transcript_there_is_still_the_page() -> None:
    silent = (Transcript("en", (Cue(0, 1, " \x00"),), HERE),)
    bare = replace(REST, sections=(), call_to_action=None, transcripts=silent)

    html = description_of(SHOW, release(bare))

    page = SHOW.url("episodes/rest/")
    assert html == f'<p>Show notes: <a href="{page}">{page}</a></p>'


# --- notes as apps can show them ---


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        ("<h3>Why?</h3><p>So.</p>", "<p><strong>Why?</strong></p>\n<p>So.</p>"),
        (
            "<p>a <code>b</code> <del>c</del> <strong>d</strong></p>",
            "<p>a b c <strong>d</strong></p>",
        ),
        ("loose <em>text</em><p>p</p> more", "<p>loose <em>text</em></p>\n<p>p</p>\n<p>more</p>"),
        ("<ul><li><p>a</p><p>b</p></li><li>c</li></ul>", "<ul><li>a<br>b</li><li>c</li></ul>"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("<blockquote><p>q</p></blockquote>", "<p>q</p>"),
        ("<pre>a\n  b</pre>", "<p>a<br> b</p>"),
        ("<table><tr><th>a<th>b<tr><td>c<td><em>d</em></table>", "<p>a – b<br>c – <em>d</em></p>"),
        ("<table><tr><td><p>a</p><td>b</table>", "<p>a</p>\n<p>b</p>"),
        (
            "<dl><dt>IT band</dt><dd>a tendon</dd></dl>",
            "<p><strong>IT band</strong></p>\n<p>a tendon</p>",
        ),
        ("<figure><img src=x><figcaption>Cap</figcaption></figure>", "<p>Cap</p>"),
        ("<p><img src='a.jpg' alt='A'></p><p>x</p><hr><p> </p>", "<p>x</p>"),
        ("<script>alert(1)</script><p onclick='x'>y</p><!-- z -->", "<p>y</p>"),
        ("<h2>A <strong>b</strong></h2><p>c</p>", "<p><strong>A b</strong></p>\n<p>c</p>"),
        ("<p>one\n  two</p>", "<p>one two</p>"),
        ("<p>]]> &amp;amp; &lt;b&gt;</p>", "<p>]]&gt; &amp;amp; &lt;b&gt;</p>"),
        ("</div></body><p>after</p>", "<p>after</p>"),
        ("<p>x<p>y", "<p>x</p>\n<p>y</p>"),
    ],
)
def test_notes_are_reduced_to_what_apps_render(notes: str, expected: str) -> None:
    assert body(described(notes)) == expected


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("#t=125", PAGE + "#t=125"),
        ("#t=125.5", PAGE + "#t=125.5"),
        ("#uphill", PAGE + "#uphill"),
        ("../rest/", SHOW.url("episodes/rest/")),
        ("https://example.net/?a=1&amp;b=2", "https://example.net/?a=1&b=2"),
        ("mailto:hi@example.org", "mailto:hi@example.org"),
        ("javascript:alert(1)", None),
        ("java\tscript:alert(1)", None),
        ("data:text/html,x", None),
        ("http://[", None),
        ("", None),
    ],
)
def test_links_lead_somewhere_from_an_app(href: str, expected: str | None) -> None:
    html = described(f'<p>see <a href="{href}" target="_blank" rel="x">this</a></p>')

    links = Strict(body(html)).links
    assert links == ([] if expected is None else [expected])
    assert plain_text(body(html)) == "see this"


# --- what fits ---


def test_notes_give_way_first_and_end_with_a_whole_block() -> None:
    notes = "".join(f"<p>paragraph {n} {'ü' * 100}</p>" for n in range(60))

    html = description_of(SHOW, release(with_notes(notes)))

    assert 3700 < len(html.encode()) <= 4000
    assert "why hills hurt" in html
    assert "00:02:15 Uphill" in html
    assert "<strong>Need a plan?" in html
    assert html.endswith(PAGE_LINK)
    shown = re.findall(r"<p>paragraph (\d+) (ü+)</p>", html)
    assert [int(number) for number, _ in shown] == list(range(len(shown)))
    assert {len(rest) for _, rest in shown} == {100}
    assert "paragraph 59" in content_of(SHOW, release(with_notes(notes)))


@pytest.mark.parametrize(
    "words_of_it",
    [
        "lean in and <a href='#t=5'>look <em>up</em></a>, not down; ",
        "坡道上步子要小，身体向前倾。",
        "naïve <strong>ideas &amp; <em>hills</em></strong> ",
    ],
)
def test_a_paragraph_that_never_fits_ends_at_a_word(words_of_it: str) -> None:
    notes = f"<p>first</p><h2>Long</h2><p>{words_of_it * 400}</p><p>after</p>"

    html = description_of(SHOW, release(with_notes(notes)))

    Strict(html)
    assert 3700 < len(html.encode()) <= 4000
    _, _, rest = html.partition("<p><strong>Long</strong></p>\n")
    shown = plain_text(rest.partition("</p>")[0])
    whole = plain_text(f"<p>{words_of_it * 400}</p>")
    assert shown.endswith("…")
    assert whole.startswith(shown.removesuffix("…"))
    cut_at = whole[len(shown) - 1]
    assert not (cut_at.isascii() and cut_at.isalnum())
    assert "after" not in html
    assert whole in plain_text(content_of(SHOW, release(with_notes(notes))))


def test_a_paragraph_that_fits_alone_is_there_whole_or_not_at_all() -> None:
    notes = f"<p>{'one two ' * 200}</p><p>{'three four ' * 200}</p>"

    html = description_of(SHOW, release(with_notes(notes)))

    assert "one two</p>" in html
    assert "three" not in html


@pytest.mark.parametrize("depth", [90, 200, 300, 3000])
@pytest.mark.parametrize("tag", ["blockquote", "ul><li", "em"])
def test_no_word_is_lost_however_deep_it_lies(tag: str, depth: int) -> None:
    opening = f"<{tag}>" * depth
    closing = "".join(f"</{name}>" for name in reversed(tag.split("><"))) * depth
    notes = f"<p>before</p>{opening}deep &amp; down{closing}<p>after</p>"

    html = body(described(notes))

    Strict(html)
    assert plain_text(html) == "before deep & down after"


def test_a_list_ends_with_a_whole_item() -> None:
    items = "".join(f"<li>item {n} {'x' * 90}</li>" for n in range(60))

    html = description_of(SHOW, release(with_notes(f"<ol>{items}</ol>")))

    Strict(html)
    assert 3700 < len(html.encode()) <= 4000
    assert html.count("<li>item ") == html.count("x" * 90 + "</li>") > 10


def test_no_heading_is_left_without_its_text() -> None:
    html = description_of(SHOW, release(with_notes(f"<p>a</p><h2>Long</h2><p>{'x' * 4000}</p>")))

    assert "<p>a</p>" in html
    assert "Long" not in html


def test_a_long_summary_is_shortened_before_anything_else_is_lost() -> None:
    html = described("<p>notes</p>", summary="many words " * 900, chapters=HILLS.chapters)

    assert len(html.encode()) <= 4000
    assert re.search(r"many( words)?…</p>", html)
    assert "00:02:15 Uphill" in html
    assert html.endswith(PAGE_LINK)


def test_chapter_lines_are_all_there_or_not_at_all() -> None:
    def chapters(count: int) -> tuple[Chapter, ...]:
        return tuple(Chapter(n * 1000, n * 1000 + 1000, f"Chapter {n:03}") for n in range(count))

    many, too_many = (described("<p>n</p>", chapters=chapters(count)) for count in (120, 200))

    assert many.count("<br>") == 119
    assert too_many.count("<br>") == 0
    assert len(many.encode()) <= 4000


# --- any text at all ---

TAGS = (
    "p",
    "ul",
    "ol",
    "li",
    "h2",
    "br",
    "table",
    "tr",
    "td",
    "b",
    "pre",
    "div",
    "script",
    "dl",
    "dd",
)
PIECES = [f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]
PIECES += ["<a href='#t=5'>", "</a>", "<!--", "-->", "]]>", "&", "&lt;", "&nbsp;", "<b"]
FRAGMENTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=20), max_size=30).map("".join)


@given(FRAGMENTS, st.text(max_size=3000), st.integers(0, 4000))
def test_any_notes_give_valid_html_within_the_limit(notes: str, summary: str, limit: int) -> None:
    episode = release(with_notes(notes, summary=summary))

    html = description_of(SHOW, episode, limit)

    assert len(html.encode()) <= limit
    Strict(html)
    Strict(content_of(SHOW, episode))


@given(st.text(min_size=1, max_size=300))
def test_no_word_of_the_notes_is_lost(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")

    shown = plain_text(f"<div><h2>x</h2>{escaped}</div>")

    def letters(found: str) -> str:
        return "".join(character for character in found if character.isalnum())

    assert letters(shown) == "x" + letters(text)


@given(st.text("👩‍🚀e\u0301שa ]>&", max_size=2000), st.integers(200, 1500))
def test_a_cut_summary_is_whole_characters(summary: str, limit: int) -> None:
    episode = replace(HILLS, summary=summary, sections=(), chapters=(), call_to_action=None)

    html = description_of(SHOW, release(episode), limit)

    assert len(html.encode()) <= limit
    Strict(html)
    assert "\N{ZERO WIDTH JOINER}…" not in html


LINE = st.lists(
    st.sampled_from(["word", " ", "\n", "<br>", "<em>word </em>", "<a href='#t=5'> word</a>"]),
    max_size=8,
).map("".join)
KNOWN = LINE.map("<p>{}</p>\n".format) | st.lists(LINE, min_size=4, max_size=4).map(
    lambda lines: "<ul>\n<li>{}</li> <li>{}\n<ol><li>{}</li></ol>\n</li>{}</ul>".format(*lines)
)


@given(st.lists(KNOWN, max_size=3).map("".join))
def test_blocks_that_apps_know_already_come_out_as_if_written_anew(notes: str) -> None:
    # A comment is no part of what apps know, so each block with one takes the longer way.
    commented = notes.replace("word", "word<!-- -->")

    assert body(described(notes)) == body(described(commented))
