"""What counts as plain, and that those who pass it by would have left it as it is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castpress.model.plain_html import line_pattern
from castpress.read import sanitise as sanitising
from castpress.read.sanitise import sanitise
from castpress.render.app_blocks import ready_blocks

LINE = re.compile(line_pattern())


@pytest.mark.parametrize(
    "line",
    [
        "",
        'Rock &amp; <strong>roll</strong>, it\'s "loud"',
        'See <a href="https://example.org/a?b=1&amp;c=2#d">here</a>, <em>now</em>.',
        '<a href="#t=125">2:05</a>',
    ],
)
def test_plain_lines_are_known(line: str) -> None:
    assert LINE.fullmatch(line)


@pytest.mark.parametrize(
    "line",
    [
        "a < b",
        "a &nbsp; b",
        "a\xa0b",
        "<script>x</script>",
        "<strong>never <em>two</em></strong>",
        "<em>left open",
        '<em onclick="x()">x</em>',
        '<a href="javascript:x()">x</a>',
        '<a href="https://example.org/" title="x">x</a>',
        '<a href="https://example.org:99999/">no such port</a>',
        '<a href="https://xn--a.example/">no such host</a>',
        '<a href="#t=2:05">not its one form</a>',
    ],
)
def test_all_else_is_not_plain(line: str) -> None:
    assert LINE.fullmatch(line) is None


TEXTS = st.sampled_from(
    ["word ", "é", "漢", "&amp;", "&lt;", "&amp;lt;", "'", '"', " ", "\n", "\u3000", "&nbsp;", "<"]
)
ADDRESSES = st.sampled_from(
    ["https://example.org/a_(b)?c=1&amp;d=2", "#t=0", "#t=90", "#t=1:30", "../x/", "https://a b"]
)


def elements(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    wrapped = st.builds("<{0}>{1}</{0}>".format, st.sampled_from(["strong", "em", "b"]), inside)
    linked = st.builds('<a href="{}">{}</a>'.format, ADDRESSES, inside)
    return st.lists(wrapped | linked | TEXTS, max_size=4).map("".join)


LINES = st.recursive(TEXTS, elements, max_leaves=6)
LISTS = st.builds(
    lambda kind, items: (
        f"<{kind}>\n{''.join(f'<li>{item}</li>{chr(10)}' for item in items)}</{kind}>"
    ),
    st.sampled_from(["ul", "ol"]),
    st.lists(LINES, max_size=3),
)
NOTES = st.lists(LINES.map("<p>{}</p>".format) | LISTS, max_size=3).map("\n".join)


@given(NOTES)
def test_what_is_not_sanitised_is_what_the_sanitiser_would_give(html: str) -> None:
    assert sanitise(html) == sanitising._cleaned(html)


@given(NOTES)
def test_a_block_that_was_not_parsed_is_what_parsing_it_would_give(html: str) -> None:
    from lxml import etree

    blocks, _ = ready_blocks(" ".join(html.split()), lambda address: address)

    for block in blocks:
        parsed = etree.tostring(block.tree(), encoding="unicode", method="html", with_tail=False)
        assert block.html == parsed
