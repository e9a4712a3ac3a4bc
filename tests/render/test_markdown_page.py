"""Markdown twins: what they say is what the page says, and other readers of Markdown read it so."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pyromark
import pytest
from hypothesis import given
from hypothesis import strategies as st

from castpress.model.podcast import Edition, Exercise, Link
from castpress.read.sanitise import sanitise
from castpress.render.app_html import link_target
from castpress.render.catalogue import catalogue
from castpress.render.html_text import plain_text
from castpress.render.markdown_page import render_llms, render_markdown_page
from castpress.render.markdown_text import escape_markdown, markdown_of
from tests.render import sample

if TYPE_CHECKING:
    from castpress.model.podcast import Release

PAGE = "https://stride.example/episodes/x/"
OPTIONS = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_STRIKETHROUGH


def html_of(markdown: str) -> str:
    return pyromark.html(markdown, options=OPTIONS)


def words(html: str) -> str:
    return re.sub(r"\s", "", plain_text(html))


def twin(release: Release) -> str:
    listed = catalogue(Edition(sample.SHOW, (release,)))
    content = render_markdown_page(release, listed.frame).content
    assert content is not None
    return content.decode("utf-8")


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>A <strong>goose</strong>, <em>twice</em>.</p>", "A **goose**, *twice*."),
        ("<p>one<br>two</p>", "one\\\ntwo"),
        ('<p><a href="#t=125">2:05</a></p>', f"[2:05]({PAGE}#t=125)"),
        ('<p><a href="../y/">y</a></p>', "[y](https://stride.example/episodes/y/)"),
        ('<p><a href="https://a.example/b_(c)">b</a></p>', "[b](<https://a.example/b_(c)>)"),
        ('<p><a href="javascript:x()">b</a></p>', "b"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
        ('<ol start="3"><li>a</li><li>b</li></ol>', "3. a\n4. b"),
        ("<ol><li><p>a</p><p>b</p></li></ol>", "1. a\n\n   b"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("<pre><code>a\n  b*\n</code></pre>", "```\na\n  b*\n```"),
        ("<p><code>a`b</code></p>", "``a`b``"),
        ("<p>1. a</p><p># b</p><p>- c</p>", "1\\. a\n\n\\# b\n\n\\- c"),
        ("<p>10<sup>2</sup> &lt; 5_000_0</p>", "10<sup>2</sup> \\< 5\\_000\\_0"),
        ('<p><img src="/a.png" alt="A"></p>', "![A](https://stride.example/a.png)"),
        (
            "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1|2</td></tr></tbody>"
            "</table>",
            "| a | b |\n| --- | --- |\n| 1\\|2 |  |",
        ),
        ("", ""),
        ("<p> </p>", ""),
    ],
)
def test_html_becomes_markdown(html: str, markdown: str) -> None:
    assert markdown_of(html, link_target(PAGE)) == markdown


@given(st.text(alphabet="ab1.*_`[]()<>#+-~|\\!&;:/ é\n", max_size=60))
def test_text_is_read_back_as_it_was_written(text: str) -> None:
    escaped = escape_markdown(text)
    assert words(html_of(escaped)) == words(escape_html(text))


def escape_html(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@given(
    st.lists(
        st.sampled_from(
            (
                *("<p>", "</p>", "<ul><li>", "</li></ul>", "<ol><li>", "</li></ol>", "<em>"),
                *("</em>", "<strong>", "</strong>", "<blockquote>", "</blockquote>", "<br>"),
                *("<pre>", "</pre>", "<code>", "</code>", "<hr>", "<table><tr><td>x", "#"),
                *("a ", "b*", "1. ", "- ", "`"),
            )
        ),
        max_size=25,
    )
)
def test_any_sanitised_html_is_written_without_losing_a_word(pieces: list[str]) -> None:
    html = sanitise("".join(pieces))
    read = words(html_of(markdown_of(html, link_target(PAGE))))
    letters = re.compile("[abx]")
    assert letters.findall(read) == letters.findall(words(html))


def test_what_is_nested_beyond_measure_keeps_its_words() -> None:
    html = "<ul><li>" * 150 + "deep" + "</li></ul>" * 150
    assert markdown_of(html, link_target(PAGE)) == "deep"


def test_a_twin_says_what_the_page_says() -> None:
    release = sample.MIDBACK
    text = twin(release)
    episode = release.episode
    assert text.startswith(f"# {escape_markdown(episode.title)}\n")
    assert f"<https://stride.example/{release.enclosure.path}>" in text
    for chapter in episode.chapters:
        assert f"#t={chapter.start_ms // 1000}) {escape_markdown(chapter.title)}" in text
    for name in ("Coach Mira", "Coach Dan"):
        assert f"{name} (Host)" in text
    assert "transcript.en.txt>" in text


def test_what_the_notes_do_not_hold_stands_below_them() -> None:
    episode = replace(
        sample.MIDBACK.episode,
        topics=("Hills [steep]",),
        exercises=(Exercise("Heel walks", "for the shins", "/heels/"),),
        links=(Link("A *star*", "https://a.example/"), Link("No", "javascript:x()")),
    )
    text = twin(replace(sample.MIDBACK, episode=episode))
    assert "## Topics\n\n- Hills \\[steep\\]\n" in text
    assert "## Exercises\n\n- [Heel walks](https://stride.example/heels/): for the shins\n" in text
    assert "## Links\n\n- [A \\*star\\*](https://a.example/)\n" in text
    assert "javascript" not in text


def test_llms_txt_lists_every_episode_once_at_its_twin() -> None:
    content = render_llms(catalogue(sample.EDITION)).content
    assert content is not None
    found = re.findall(r"\]\(https://stride\.example/([^)]*index\.md)\)", content.decode("utf-8"))
    expected = [f"{r.episode.page_path}index.md" for r in sample.EDITION.releases]
    assert sorted(found) == sorted(expected)
    assert all(PurePosixPath(path).name == "index.md" for path in found)
