"""Show notes in HTML: read as a browser shows them, with the author's lines."""

from __future__ import annotations

import html
import re
from collections import Counter
from pathlib import Path, PurePosixPath
from typing import Any

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from castpress.read.front_matter import parse_head
from castpress.read.html_bounds import bounded
from castpress.read.html_notes import html_to_markdown
from castpress.read.html_source import blocks_to_markdown, is_html
from castpress.read.html_tokens import read_soup
from castpress.read.markdown import render_html
from castpress.read.notes import clean_markdown, parse_notes
from castpress.read.pairing import part_transcripts
from castpress.read.sanitise import sanitise, well_formed

CORPUS = Path(__file__).parent.parent / "corpus" / "notes"
KEPT = PurePosixPath("kept.md")


def markdown(text: str) -> str:
    return html_to_markdown(text).markdown.rstrip("\n")


def marks(text: str, name: str = "n.html", **settings: Any) -> list[tuple[int, str]]:
    notes, _ = parse_notes(text, PurePosixPath(name), **settings)
    return [(mark.start_ms // 1000, mark.title) for mark in notes.marks]


def page(text: str, name: str) -> str:
    notes, _ = parse_notes(text, PurePosixPath(name))
    return "".join(section.html for section in notes.sections)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("<p>One<p>Two", "One\n\nTwo"),
        ("One<br>Two<br><br>Three", "One  \nTwo\n\nThree"),
        ("One\ntwo\n\n<i>Three</i>", "One  \ntwo\n\n*Three*"),
        ("<div>One\ntwo\n\nThree</div>", "One two\n\nThree"),
        ("<p>One\n\ntwo</p>", "One two"),
        ("<h2>A <b>bold</b> head #</h2>", "## A bold head \\#"),
        ("<h2>Closed otherwise</h3><p>Text", "## Closed otherwise\n\nText"),
        ("<p>a <b>b </b>c", "a **b** c"),
        ("<b>a</b>b <b>c:</b>d", "**a**b <strong>c:</strong>d"),
        ("<b>a <i>b</i></b> <i>c</i>", "**a _b_** *c*"),
        ("<b style='font-weight:normal'>a</b> <span style='font-weight:700'>b</span>", "a **b**"),
        ("<style>.x{font-weight:bold}</style><span class=x>a</span>", "**a**"),
        ("<s>a</s> x<sup>2</sup> <code>`*`</code>", "~~a~~ x<sup>2</sup> `` `*` ``"),
        ("1. a # b<br># c<br>- d<br>[x] f", "1\\. a # b  \n\\# c  \n\\- d  \n\\[x] f"),
        ("*a* _b_ a_b [c](d) `e` &amp;lt; &lt;b&gt; ~ f", None),
        ("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>", "- a\n- b\n  - c\n- d"),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "- a\n  - b"),
        ("<ol start=9><li><p>a</p><li>b</ol>", "9. a\n10. b"),
        ("<ul><li>a</ul><ul><li>b</ul>", "- a\n\n* b"),
        ("<li>a<li>b", "- a\n- b"),
        ("<li><h3>0:00 a</h3>", "- **0:00 a**"),
        ("<blockquote>a<p>b</blockquote>", "> a\n>\n> b"),
        ("<pre>\na\n  ```b\n</pre>", "````\na\n  ```b\n````"),
        ("<dl><dt>a<dd>b<dd>c<dt>d<dd>e</dl>", "a\n: b\n: c\n\nd\n: e"),
        ("<dl><dt>0:00<dd>a<dt>1:00<dd>b</dl>", "- 0:00 a\n- 1:00 b"),
        ("<table><tr><td>a<td>b|c<tr><td>d</table>", "a b|c\n\nd"),
        (
            "<table><tr><th>a<th>b<tr><td>c|d<td>e<br>f</table>",
            "| a | b |\n|---|---|\n| c\\|d | e <br> f |",
        ),
        ("<table><tr><td><h2>a</h2><td><p>b</table>", "## a\n\nb"),
        ("<a href='https://e.org/(a) b'>x[y]</a>", "[x\\[y\\]](<https://e.org/(a)%20b>)"),
        ("<a href=https://e.org/a>https://e.org/a</a>", "<https://e.org/a>"),
        ("<a href=mailto:a@e.org>a@e.org</a>", "<a@e.org>"),
        ("<a href='#t=90'>1:30</a> <a href=#top>up</a>", "[1:30](#t=90) up"),
        ("<h2>A<a href=#a>#</a></h2>", "## A"),
        ("<base href=https://e.org/x/><a href=y>z</a>", "[z](https://e.org/x/y)"),
        ("<a href=u><h2>a</h2><p>b</p></a>", "## [a](u)\n\n[b](u)"),
        ("<img src=a.png alt='A  b'><img src=c.gif width=1>", "![A b](a.png)"),
        ("<img class=emoji alt='🎧' src=x.png> Hi", "🎧 Hi"),
        ("<iframe src=//player.vimeo.com/video/7></iframe>a", "<https://vimeo.com/7>\n\na"),
        ("<video><source src=https://e.org/a.mp4>none</video>", "<https://e.org/a.mp4>"),
        ("a<span style='display:none'>b</span><p hidden>c</p>", "a"),
        ("<nav>a</nav><template>b</template><button>c</button>d", "d"),
        ("<!-- a --><!doctype html><?b?><![CDATA[c]]>d", "cd"),
        ("a < b &amp; c <3 d", "a < b & c <3 d"),
        ("a <b never closed", "a \\<b never closed"),
        ("<q>a</q> &nbsp;\u200bb&shy;c", "“a” bc"),
        ("<title>T</title><p>a", "# T\n\na"),
        ("<title>T</title><h2>A</h2>", "## A"),
    ],
)
def test_html_becomes_markdown(text: str, wanted: str | None) -> None:
    made = markdown(text)

    if wanted is None:
        assert letters(render_html(made)) == letters(text)
    else:
        assert made == wanted


def letters(markup: str) -> Counter[str]:
    """What can be seen of some HTML by the sanitiser's own parser, in no order."""
    text = nh3.clean(markup, tags=set(), clean_content_tags={"script", "style"})
    return Counter("".join(html.unescape(text).split()))


PIECES = [
    *("<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<i>", "</i>", "<em>", "</strong>", "<ul>"),
    *("</ul>", "<ol start=3>", "</ol>", "<li>", "</li>", "<table>", "</table>", "<tr>", "<td>"),
    *("</td>", "<th>", "<h2>", "</h2>", "<h3>", "</h4>", "<br>", "<hr>", "</a>", "<blockquote>"),
    *("</blockquote>", "<pre>", "</pre>", "<code>", "</code>", "<span>", "</span>", "<dl>", "<dt>"),
    *("<dd>", "</dl>", "<sup>", "</sup>", "<del>", "<a href='https://e.org/a_b?x=1&amp;y=(2)'>"),
    *("<a href=#t=90>", "<b style='font-weight:normal'>", "<span style='font-weight:700'>"),
    *("*", "_", "**", "`", "[", "]", "(x)", "!", "~", "#", "- ", "1. ", "> ", "|", "\\", "hello"),
    *("World", "0:00 Intro", "12:30", "don't", "a_b", "x*y", "  ", "\n", "\n\n", "é", "标题："),
    *("&amp;", "&lt;b&gt;", "&nbsp;", "&#65;", "🎉", ".", " ", "<ul class='lst-kix_a-1'>"),
]
# What is meant to be read otherwise than browsers do, or is left out with a problem.
ODD_PIECES = [
    *("<!--", "-->", "<script>", "</script>", "<style>", "</style>", "<form>", "</form>", "<nav>"),
    *("<title>", "</title>", "<svg>", "</svg>", "<x-y>", "</x-y>", "<x y", '<a b="', '"', ">", "<"),
    *("<!", "</", "<?", "<![CDATA[", "]]>", "<img src=a alt=b>", "<iframe src=//e.org/x>"),
    *("<p style='mso-list:l0 level2 lfo1'>", "<span style='mso-list:Ignore'>", "&#1114111;", "\0"),
    *("<p hidden>", "\U00100000\U000f0001", "&#1048576;", "\ud800", "\r\n", "<table><tr><td>"),
]


@given(pieces=st.lists(st.sampled_from(PIECES), max_size=30))
def test_all_text_of_any_soup_is_kept_as_it_is_shown(pieces: list[str]) -> None:
    text = "".join(pieces)

    assert letters(render_html(markdown(text))) == letters(text)


@given(pieces=st.lists(st.sampled_from(PIECES + ODD_PIECES), max_size=30))
def test_no_html_raises_and_all_places_exist(pieces: list[str]) -> None:
    text = "".join(pieces)
    lines = text.replace("\r\n", "\n").split("\n")

    for name in ("n.html", "n.md", "n.txt"):
        notes, problems = parse_notes(text, PurePosixPath(name), first_line=7)

        places = [s.location for s in notes.sections] + [p.location for p in problems]
        assert all(7 <= place.line < 7 + len(lines) for place in places)


def test_lines_and_columns_are_those_of_the_file() -> None:
    text = (
        "<html>\n<head>\n<!-- a\ncomment --></head>\n<body\n class=x>\n  <h2>A</h2>\n"
        "<ul>\n <li>0:00 One</li>\n <li><b>1:75</b>\n   Two</li><li>2:00 Three</li></ul>\n"
        "<script>\n\n</script>"
    )

    notes, problems = parse_notes(text, PurePosixPath("a.html"), first_line=4)

    assert [(p.code, str(p.location)) for p in problems] == [
        ("bad-time-range", "a.html:13:9"),
        ("dropped-html", "a.html:15:1"),
    ]
    assert [str(mark.location) for mark in notes.marks] == ["a.html:12:6", "a.html:14:16"]
    assert str(notes.lists[0].location) == "a.html:12:6"


def test_lines_beside_html_blocks_stay_exact() -> None:
    text = (
        "# T\n\n<ul><li>0:00 A</li>\n<li>1:00 B</li></ul>\n\n## Bad [1:75]\n\n<p>x</p>\n\n"
        "See `x` and [b](javascript:x)\n"
    )

    notes, problems = parse_notes(text, PurePosixPath("a.md"), title="Another")

    assert [str(mark.location) for mark in notes.marks] == ["a.md:3:9", "a.md:4:5"]
    assert [(p.code, str(p.location)) for p in problems] == [
        ("bad-time-range", "a.md:6:8"),
        ("unusable-link", "a.md:10:13"),
    ]


@pytest.mark.parametrize(
    ("text", "name", "wanted"),
    [
        ("just words", "a.html", True),
        ("<!DOCTYPE html><p># no heading", "a.md", True),
        ("<p>One</p>\ntwo\nthree", "a.md", True),
        ("Words<br>\nmore<br />\n- dash<br>", "a.txt", True),
        ("<div>\n\n# Title\n\n</div>", "a.md", False),
        ("<p>One</p>\n\n- two [x](y)", "a.md", False),
        ("One **two**<br>three<br>", "a.md", False),
        ("A line with <b>one</b> word", "a.txt", False),
        ("Three lines\nwith <a href='x'>one</a>\nlink", "a.txt", True),
        ("1 < 2", "a.md", False),
    ],
)
def test_what_is_html_through_and_through(text: str, name: str, wanted: bool) -> None:
    assert is_html(text, PurePosixPath(name).suffix) is wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("<ul>\n<li>a</li>\n\n<li>b</li>\n</ul>\n\nc", "- a\n- b\n\nc"),
        ("a\n<p>*b*<br>c</p>\nd\n\n# e", "a\n\n\\*b\\*  \nc\n\nd\n\n# e"),
        ("<div align=center>\n\n**a**\n\n</div>", "\n**a**\n"),
        ("<table><tr><td>a</table>\n\n<figure>b</figure>", "a\n\n<figure>b</figure>"),
        ("<ul>\n\n<figure>a</figure>\n\n</ul>", None),
        ("<details><p>a</p></details>", None),
        ("- <p>a</p>", None),
        ("a <b>b</b><br>c", None),
    ],
)
def test_blocks_in_markdown_are_said_in_markdown(text: str, wanted: str | None) -> None:
    converted = blocks_to_markdown(text)

    assert (converted.markdown if converted else None) == wanted
    assert converted is None or len(converted.places) == converted.markdown.count("\n") + 1


@pytest.mark.parametrize(
    "line",
    [
        "<b>{}</b> {}<br>",
        "<strong>[{}]</strong> {}<br/>",
        '<a href="https://e.org/?t=1">{}</a> {}<BR>',
        "<a href='#t=1'><b>{}</b></a> – {}<br>",
        "<time datetime=PT1M>{}</time> {}<br>",
        '<span style="color:red">{}</span> {}  ',
        "({}) <i>{}</i><br>",
    ],
)
def test_tags_in_markdown_hide_no_stamp(line: str) -> None:
    wanted = [(0, "One"), (65, "Two"), (130, "Three")]
    stamps = "\n".join(line.format(f"0{s // 60}:{s % 60:02}", title) for s, title in wanted)

    assert marks(f"# T\n\nA [link](https://e.org) first.\n\n{stamps}\n", "n.md") == wanted


def test_a_raw_link_is_one_of_the_notes_links() -> None:
    text = '# T\n\nSee <a href="https://e.org/?a=1&amp;b=2">the *page*</a> <a name=x>at 1:00</a>.\n'

    notes, _ = parse_notes(text, PurePosixPath("n.md"))

    assert [(link.title, link.url) for link in notes.links] == [
        ("the page", "https://e.org/?a=1&b=2")
    ]


def test_notes_may_end_in_html() -> None:
    files = [PurePosixPath(name) for name in ("1.html", "2.HTM", "3.transcript.html", "4.png")]

    notes, transcripts = part_transcripts(files, [])

    assert [file.name for file in notes] == ["1.html", "2.HTM"]
    assert [file.name for file in transcripts] == ["3.transcript.html"]


def test_what_is_missed_is_named_once() -> None:
    text = (
        "<head><script>a</script></head><script>b</script><script>c</script><object></object>\n"
        "<canvas></canvas><form><input></form><embed><x-player></x-player><x-y>kept</x-y><name>"
        "<iframe srcdoc=x></iframe><o:p></o:p><section><center><svg></svg><label>l</label>"
    )

    _, problems = parse_notes(text, PurePosixPath("n.html"))

    missed = [p.message.split()[0] for p in problems if p.code == "dropped-html"]
    wanted = "<script> <object> <canvas> <form> <embed> <x-player> <name> <iframe>"
    assert missed == wanted.split()
    assert "kept" in page(text, "n.html")


DEEP = (
    *("<div>x", "<ul><li>x", "<table><tr><td>x", "<blockquote>x", "<dl><dd>x", "<span hidden>x"),
    *("<b>x", "<b><p>x", "<font color=1>x", "<a href=x>y", "<h2>x", "<svg>x", "<form>x", "<nav>x"),
    *("<!--x", '<a b="x', "<script>x", "<title>x", "&#1;x", "<p style='mso-list:l0 level9 lfo1'>x"),
    *("<", "</", "<!", "`_*[", "![](", "\n\n", "<b><i><s><code><p>x", "<ol start=999999999><li>x"),
)


@pytest.mark.parametrize("piece", DEEP)
def test_nothing_nests_or_grows_without_bound(piece: str) -> None:
    text = piece * (6_000 // len(piece))

    made = html_to_markdown(text).markdown

    depth = deepest = 0
    for close in re.findall(r"<(/?)(?!br|hr|img)[a-z]", well_formed(read_soup(text).markup)):
        depth += -1 if close else 1
        deepest = max(deepest, depth)
    assert deepest < 900
    assert len(made) < 6 * len(text) + 100
    assert parse_notes(text, PurePosixPath("n.md"))[0] is not None
    assert bounded(text).count("<") <= text.count("<")


@pytest.mark.parametrize(
    "source", sorted(CORPUS.glob("html-*/notes.*")), ids=lambda source: source.parent.name
)
def test_the_markdown_to_keep_says_the_same(source: Path) -> None:
    head, _ = parse_head(source.read_text("utf-8"), PurePosixPath(source.name))
    read, _ = parse_notes(head.body, PurePosixPath(source.name))

    again, _ = parse_notes(clean_markdown(head.body, PurePosixPath(source.name)), KEPT)

    assert [(m.start_ms, m.title) for m in again.marks] == [
        (m.start_ms, m.title) for m in read.marks
    ]
    assert [(s.title, s.level, s.html) for s in again.sections] == [
        (s.title, s.level, s.html) for s in read.sections
    ]
    assert again.links == read.links


def test_open_tags_of_raw_html_do_not_multiply() -> None:
    text = "".join(f"<p><b id=b{number}><i id=i{number}>x" for number in range(400))

    assert len(sanitise(text)) < 2 * len(text)
