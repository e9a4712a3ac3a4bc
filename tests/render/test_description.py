from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castpress.model.notes import Section, SectionRole
from castpress.model.podcast import CallToAction, Chapter, Cue, Episode, Transcript
from castpress.render.app_html import reduce_html
from castpress.render.description import gather_blocks
from tests.render import feed_sample
from tests.render.feed_sample import HERE, REST, SHOW, content_of, description_of, release

if TYPE_CHECKING:
    from castpress.model.feed_text import MissingText

# What stands behind the notes has tests of its own.
HILLS = replace(feed_sample.HILLS, corrections=(), sponsors=())

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
    plain: dict[str, object] = {
        "summary": "",
        "chapters": (),
        "sections": sections,
        "corrections": (),
    }
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
        "01:01:01 5∶30 pace ‹or› less &amp; more",
        "01:01:40 Chapter 4",
    ]


UP_AND_DOWN = (
    Chapter(0, 1, "Hello", added=True),
    Chapter(60_000, 2, "Up"),
    Chapter(90_500, 3, "Down & out"),
)
LINES = "<p>00:00:00 Hello<br>00:01:00 Up<br>00:01:30 Down &amp; out</p>"
UP = '<a href="#t=60">1:00</a>'
DOWN = '<a href="#t=90.5">1:30</a>'


@pytest.mark.parametrize(
    ("notes", "left"),
    [
        (f"<ul><li>{UP} Up</li><li>{DOWN} - Down &amp; out</li></ul>", ""),
        (f"<p>({UP}) Up<br>[@{DOWN}] <em>down &amp; Out</em></p>", ""),
        (f"<p>{UP} – Up {DOWN} – Down &amp; out</p>", ""),
        (f"<p>{UP}<br>Up</p><p>Down &amp; out · {DOWN}</p>", ""),
        (f"<p>{UP}-{DOWN} Up</p><p>{DOWN} Down &amp; out</p><p>x</p>", "<p>x</p>"),
        (f"<p>{UP}-{DOWN} Up<br>{DOWN}-end Down &amp; out</p><p>x</p>", "<p>x</p>"),
        (f"<table><tr><td>{UP}<td>Up<tr><td>{DOWN}<td>Down &amp; out</table>", ""),
        (f"<ul><li>{UP} Up<ul><li>{DOWN} Down &amp; out</li></ul></li></ul>", ""),
        # What says more is kept, but for the lines that do not.
        (f"<p>{UP} Up<br>Bring water</p>", "<p>Bring water</p>"),
        (f"<ul><li>{UP} Up</li><li>Water</li></ul>", "<ul><li>Water</li></ul>"),
        (f"<ul><li>{UP} Up<ul><li>hard</li></ul></li></ul>", None),
        (f'<p>{UP} <a href="https://a.example/">Up</a></p>', None),
        (f"<p>{UP} Up the hill</p>", None),
        (f"<p>At {UP} she goes up.</p>", None),
        ('<ul><li><a href="#t=61">1:01</a> Up</li></ul>', None),
        (f"<p><em>{UP} Up<br>{DOWN} Away</em></p>", None),
    ],
)
def test_what_the_chapter_lines_say_is_not_repeated(notes: str, left: str | None) -> None:
    html = body(described(notes, chapters=UP_AND_DOWN)).removeprefix(LINES).strip()

    Strict(html)
    if left is None:
        assert plain_text(html) == plain_text(notes).replace("1:", "1∶", html.count("∶"))
    else:
        assert html == left
    whole = body(described(notes, chapters=()))
    assert plain_text(whole) == plain_text(notes)


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        ("<p>3:15 Ann<br>(12:30:01) Bo<br>at 3:20 Cy</p>", "3∶15 Ann (12∶30∶01) Bo at 3:20 Cy"),
        ("<ul><li><em>[3:15</em>] Ann</li></ul>", "[3∶15] Ann"),
        ("<p>&gt; – 3:15 Ann &lt; 3:20 Bo</p>", "> – 3∶15 Ann < 3:20 Bo"),
        ('<p><a href="https://a.example/3:15">3:15</a></p>', "3∶15"),
        ("<p>3:1 and 1:2:3, 3:155</p>", "3:1 and 1:2:3, 3:155"),
    ],
)
def test_no_other_line_looks_like_a_chapter(notes: str, expected: str) -> None:
    shown = body(described(notes, summary="0:00 is when.", chapters=UP_AND_DOWN))

    assert shown.startswith(f"<p>0∶00 is when.</p>\n{LINES}\n")
    assert plain_text(shown.partition(LINES)[2]) == expected
    assert plain_text(body(described(notes))) == expected.replace("∶", ":")


def test_a_list_whose_lines_no_app_takes_stays_in_the_notes() -> None:
    two = (Chapter(0, 1, "Hello"), Chapter(60_000, 2, "Up"))

    html = body(described(f"<p>{UP} Up</p>", chapters=two))

    assert plain_text(html) == "1:00 Up"
    assert "00:01:00" not in html


def test_a_heading_without_text_is_kept_where_no_chapter_line_says_it() -> None:
    sections = (
        Section("Up", 2, "up", "", HERE, start_ms=60_000),
        Section("Part one", 2, "part", "", HERE),
        Section("A picture", 2, "picture", "<p><img src='a.jpg' alt=''></p>", HERE),
        Section("Thanks", 2, "thanks", "", HERE),
    )

    html = described(sections=sections, chapters=UP_AND_DOWN)

    assert body(html) == (
        f"{LINES}\n<p><strong>Part one</strong></p>\n<p><strong>Thanks</strong></p>"
    )
    assert "<strong>Up" in body(described(sections=sections))


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
        ("<pre>a\n  b  c\n\td</pre>", "<p>a<br>\xa0\xa0b c<br>\xa0\xa0\xa0\xa0d</p>"),
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
        ("<p>H<sub>2</sub>O, 10<sup>-3</sup>, 1<sup>st</sup></p>", "<p>H₂O, 10⁻³, 1st</p>"),
        ('<p>a.<sup><a href="#footnote-1">12</a></sup></p>', "<p>a.¹²</p>"),
        ("<p>a <a href='https://b.example/'> </a>c</p>", "<p>a c</p>"),
        (
            "<p><a href='https://b.example/'><img src='b.png' alt=' Buy\n it'></a></p>",
            '<p><a href="https://b.example/">Buy it</a></p>',
        ),
        ("<p>a</p><p><a href='https://b.example/'><img src='b.png'></a></p>", "<p>a</p>"),
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


def test_a_paragraph_that_alone_would_fill_the_room_ends_at_a_word() -> None:
    html = described(f"<h2>Long</h2><p>{'one two ' * 470}</p>", call_to_action=None)

    Strict(html)
    assert 3700 < len(html.encode()) <= 4000
    assert "<p><strong>Long</strong></p>" in html


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


@pytest.mark.parametrize(
    "notes",
    [
        "<p>" + '<a href="https://a.example/">https://a.example/</a><br>' * 200 + "</p>",
        "<table>" + "<tr><td>one<td>two</tr>" * 400 + "</table>",
        "<pre>" + "code(); // now\n" * 400 + "</pre>",
    ],
    ids=["addresses", "table", "code"],
)
def test_lines_end_with_a_whole_one(notes: str) -> None:
    html = described(notes)

    Strict(html)
    assert 3700 < len(html.encode()) <= 4000
    lines = re.findall(r"<p>(.*<br>.*)</p>", html)[0].split("<br>")
    assert len(set(lines)) == 1
    assert "…" not in html


def test_an_item_that_never_fits_ends_at_a_word() -> None:
    inner = "word <em>and</em> another " * 300

    html = description_of(
        SHOW, release(with_notes(f"<p>a</p><ul><li>b<ol><li>{inner}</li><li>c</li></ol></li></ul>"))
    )

    Strict(html)
    assert 3700 < len(html.encode()) <= 4000
    assert re.search(r"(word|and</em>|another)…</li></ol></li></ul>", html)


@given(st.integers(0, 300))
def test_a_text_that_just_fits_is_whole(size: int) -> None:
    notes = f"<p>{'ü' * 1400}</p><ul><li>{'x' * size}</li><li>last</li></ul>"
    blocks = gather_blocks(SHOW, with_notes(notes))
    whole = blocks.whole()
    limit = len(whole.encode())

    assert blocks.within(limit) == whole
    assert blocks.missing(limit) is None
    assert len(blocks.within(limit - 1).encode()) < limit
    assert blocks.missing(limit - 1) is not None


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


def test_a_summary_of_paragraphs_ends_with_a_whole_one_where_it_can() -> None:
    summary = "\n\n".join(f"Paragraph {n}. {'word ' * 100}" for n in range(20))

    html = described(summary=summary, chapters=HILLS.chapters, call_to_action=None)

    Strict(html)
    opening = html.partition("<p>00:00:00")[0]
    assert 3400 < len(html.encode()) <= 4000
    assert opening.count("<p>Paragraph") == 7
    assert opening.endswith(" word</p>\n")


def test_a_summary_of_signs_that_are_long_in_html_is_not_lost() -> None:
    html = described(summary="& " * 3_000)

    assert len(html.encode()) <= 4000
    assert html.count("&amp;") > 500


def test_chapter_lines_are_all_there_or_not_at_all() -> None:
    def chapters(count: int) -> tuple[Chapter, ...]:
        return tuple(Chapter(n * 1000, n * 1000 + 1000, f"Chapter {n:03}") for n in range(count))

    many, too_many = (described("<p>n</p>", chapters=chapters(count)) for count in (120, 200))

    assert many.count("<br>") == 119
    assert too_many.count("<br>") == 0
    assert len(many.encode()) <= 4000


# --- what is told of the rest ---


def missing(*bodies: tuple[str, str], limit: int = 4000, **changes: object) -> MissingText | None:
    """What is missing of notes of those sections: title and HTML, on lines 1, 2, …."""
    sections = tuple(
        Section(title, 2, title, html, replace(HERE, line=line))
        for line, (title, html) in enumerate(bodies, start=1)
    )
    plain: dict[str, object] = {
        "summary": "",
        "chapters": (),
        "sections": sections,
        "corrections": (),
    }
    return gather_blocks(SHOW, replace(HILLS, **{**plain, **changes})).missing(limit)  # type: ignore[arg-type]


LONG = f"<p>{'one two ' * 250}</p>"


def test_nothing_is_missing_of_what_fits() -> None:
    assert missing(("A", "<p>x</p>")) is None


def test_sections_that_are_missing_are_named_and_so_is_the_one_that_is_cut() -> None:
    found = missing(("", "<p>x</p>"), ("A", LONG + LONG), ("B", LONG), ("C", ""))

    assert found is not None
    assert (found.parts, found.cut, found.sections) == ((), "A", ("B", "C"))
    assert found.location == replace(HERE, line=2)
    assert found.whole_bytes > 6_000


def test_a_heading_that_goes_with_its_text_makes_its_section_missing() -> None:
    found = missing(("A", LONG), ("B", LONG))

    assert found is not None
    assert (found.cut, found.sections, found.location) == (None, ("B",), replace(HERE, line=2))


def test_what_is_no_section_is_named_too() -> None:
    many = tuple(Chapter(n * 60_000, n * 60_000 + 1, "x" * 40) for n in range(99))

    no_lines = missing(("A", "<p>x</p>"), chapters=many)
    no_room = missing(("A", "<p>x</p>"), limit=150, summary="word " * 50)

    assert no_lines is not None
    assert (no_lines.parts, no_lines.cut, no_lines.sections) == (("the chapter lines",), None, ())
    assert no_room is not None
    assert no_room.parts == ("the end of the summary", "the call to action")
    assert no_room.sections == ("A",)


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
    whole = content_of(SHOW, episode)
    Strict(whole)
    left_out = gather_blocks(SHOW, episode.episode).missing(limit)
    assert (left_out is None) == (html == whole)
    assert left_out is None or left_out.whole_bytes == len(whole.encode())


@given(st.text(min_size=1, max_size=300))
def test_no_word_of_the_notes_is_lost(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")

    shown = plain_text(f"<div><h2>x</h2>{escaped}</div>")

    def letters(found: str) -> str:
        return "".join(character for character in found if character.isalnum())

    assert letters(shown) == "x" + letters(text)


MARKUP = ["<p>", "<br>", "<ul>", "<li>", "</li>", "<em>", "</em>", "<td>", "<h2>", "<pre>", "&gt;"]
STAMPS = ["0:00", "3:15", "12:30:01", UP, DOWN, "(", "- ", " ", "\n", "Up", "Down &amp; out", "a"]
STAMPED = st.lists(st.sampled_from(MARKUP + STAMPS), max_size=20).map("".join)


@given(STAMPED, STAMPED)
def test_whatever_the_notes_say_apps_read_the_chapters_and_no_others(
    notes: str, summary: str
) -> None:
    html = described(notes, summary=plain_text(summary), chapters=UP_AND_DOWN)

    Strict(html)
    lines = (unescape(re.sub("<[^>]*>", "", line)) for line in re.split("<br>|</p>|<li>", html))
    found = [line.strip() for line in lines if re.match(r"\W*\d+:\d\d(?!\d)", line)]
    assert found == unescape(LINES[3:-4]).split("<br>")


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
