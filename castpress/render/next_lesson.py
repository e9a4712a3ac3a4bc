"""The next lesson as the one before it announces it, in the feed's text and on pages."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from castpress.render.app_blocks import html_block
from castpress.render.html_text import day
from castpress.render.page_views import ComingView
from castpress.render.repeated_chapters import with_quiet_times
from castpress.render.text import one_line

if TYPE_CHECKING:
    from castpress.model.messages import Messages
    from castpress.model.podcast import Course
    from castpress.model.teaser import Teaser
    from castpress.render.description import Blocks


def with_teaser(
    blocks: Blocks, course: Course | None, teaser: Teaser | None, say: Messages
) -> Blocks:
    """The text with a paragraph on the next lesson.

    It says the same before and after that lesson is out, so that no item changes by the clock.
    """
    if course is None or teaser is None:
        return blocks
    title, text = one_line(teaser.title), one_line(teaser.text or "")
    first = next_lesson(course.own_word(say), say, title=title, date=day(teaser.published, say))
    lines = "<br>".join(escape(line, quote=False) for line in (first, text) if line)
    block = html_block(f"<p>{lines}</p>")
    return replace(blocks, teaser=(with_quiet_times(block) if blocks.chapters else block,))


def next_lesson(word: str | None, say: Messages, **said: str) -> str:
    """What announces a lesson, "Next lesson"; with its title and date where these are given.

    ``word`` is what the author calls a lesson, None for the language's own word.
    """
    name = "lesson.feed_next" if said else "lesson.next"
    if word is None:
        return say(name, **said)
    return say(f"{name}_own", word=word, word_lower=word.lower(), **said)


def view_coming(teaser: Teaser, say: Messages) -> ComingView:
    """A lesson that is not out, as pages show it."""
    return ComingView(
        title=teaser.title,
        text=teaser.text or "",
        date=day(teaser.published, say),
        date_iso=teaser.published.isoformat(),
    )
