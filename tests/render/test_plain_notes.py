"""The notes as plain text: whole, readable, and ready to be pasted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castpress.model.artifact import Wave
from castpress.model.notes import Section
from castpress.model.publication.headers import headers_of
from castpress.render.app_html import link_target, reduce_html
from castpress.render.description import gather_blocks
from castpress.render.plain_notes import plain_block, plain_notes, render_plain_notes
from tests.render.feed_sample import HERE, HILLS, REST, SHOW, release
from tests.render.test_description import FRAGMENTS

PAGE = SHOW.url("episodes/hills/")
HILLS_AS_TEXT = f"""\
Why do hills hurt? & other questions

Ann asks Dr. Çelik (https://example.net/celik) why hills hurt, and what a body makes of it.

00:00 Hello
02:15 Uphill & down
15:00 5∶30 pace, is it for you?

Uphill
Short steps. At 2:05 she shows how.

- lean in
- look up
  1. not down

Further <reading>
The one about rest (https://example.org/run/episodes/rest/), a bad link & a good one \
(https://example.net/a?b=1&c=2).

Corrections
4 March 2026: Hills are <100 m, & not 200.

Sponsors
Socks & Sons (https://socks.example/?a=1&b=2) – Warm <feet>.

Need a plan? We write one for you. Book a call (https://example.org/book)

Show notes and transcript: {PAGE}
"""


def test_it_is_a_file_beside_the_page() -> None:
    made = render_plain_notes(SHOW, release(HILLS), gather_blocks(SHOW, HILLS))

    assert (made.path, made.wave) == ("episodes/hills/notes.txt", Wave.PAGE)
    assert (made.content or b"").decode() == HILLS_AS_TEXT
    assert headers_of(made.path).content_type == "text/plain; charset=utf-8"


def test_an_episode_of_nearly_nothing_has_its_title_and_its_page() -> None:
    bare = replace(REST, sections=(), call_to_action=None)

    text = plain_notes(bare, gather_blocks(SHOW, bare), SHOW.url("episodes/rest/"))

    assert text == "Rest\n\nShow notes: https://example.org/run/episodes/rest/\n"


def test_nothing_is_cut_and_no_line_is_wrapped() -> None:
    paragraph = "word and word " * 1000
    episode = replace(HILLS, sections=(Section("", 0, "", f"<p>{paragraph}</p>", HERE),))

    assert paragraph.strip() in plain_notes(episode, gather_blocks(SHOW, episode), PAGE).split("\n")


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        ("<p>a &amp; <em>b</em><br>c &lt;d&gt;</p>", "a & b\nc <d>"),
        (
            "<ul><li>a<br>b<ul><li>c<br>d</li></ul></li><li>e</li></ul>",
            "- a\n  b\n  - c\n    d\n- e",
        ),
        ("<ol>" + "<li>x</li>" * 10 + "</ol>", "\n".join(f"{n}. x" for n in range(1, 11))),
        ("<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>", "1. a\n   - b\n2. c"),
        ("<pre>if a:\n    b()</pre>", "if a:\n    b()"),
        ("<p>5\xa0km\u3000走る</p>", "5\xa0km\u3000走る"),
        ('<p><a href="https://a.example/x">text</a>!</p>', "text (https://a.example/x)!"),
        ('<p><a href="https://a.example/">https://a.example/</a></p>', "https://a.example/"),
        ('<p><a href="https://a.example/">a.example</a></p>', "https://a.example/"),
        (
            '<p><a href="https://a.example/?b=1&amp;c"><em>a</em></a></p>',
            "a (https://a.example/?b=1&c)",
        ),
        ('<p><a href="mailto:hi@a.example">hi@a.example</a></p>', "hi@a.example"),
        ('<p><a href="mailto:hi@a.example">write</a></p>', "write (hi@a.example)"),
        ('<p>at <a href="#t=5">0:05</a><sup><a href="#footnote-1">1</a></sup></p>', "at 0:05¹"),
        ('<p><a href="javascript:alert(1)">x</a></p>', "x"),
        ("<table><tr><td>a<td>b<tr><td>c<td>d</table>", "a – b\nc – d"),
        ("<p>שלום <a href='https://a.example/'>עולם</a></p>", "שלום עולם (https://a.example/)"),
    ],
)
def test_blocks_read_well_as_text(notes: str, expected: str) -> None:
    blocks = reduce_html(notes, link_target(PAGE))

    assert [plain_block(block.html, PAGE) for block in blocks] == [expected]


@given(FRAGMENTS)
def test_no_word_is_lost_of_any_notes(notes: str) -> None:
    blocks = reduce_html(notes, lambda _: None)

    shown = "".join(plain_block(block.html) for block in blocks)

    def letters(text: str) -> list[str]:
        return [character for character in text if character.isalpha()]

    assert letters(shown) == letters("".join(block.words() for block in blocks))


@given(st.lists(st.sampled_from(["<ul>", "<ol>", "<li>", "</li>", "</ul>", "</ol>", "a"])))
def test_lists_however_broken_become_lines(parts: list[str]) -> None:
    for block in reduce_html("".join(parts), lambda _: None):
        lines = plain_block(block.html).split("\n")

        assert all(line.strip() for line in lines)
        assert sum(line.count("a") for line in lines) == block.html.count("a")
