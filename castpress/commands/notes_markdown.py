"""Notes as one clean Markdown file: front matter and body."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from castpress.read.furniture_advice import yaml_text

if TYPE_CHECKING:
    from castpress.read.front_matter import Head

_FENCE = "---"
_LINE_END = re.compile(r"\r\n?")


def whole_note(text: str, head: Head, body: str, author: str | None) -> str:
    """The file to keep: its front matter as it was, with the author whom a byline named.

    ``text`` is the whole file, ``body`` the clean Markdown of what stands below the front matter.
    """
    lines = _LINE_END.sub("\n", text).split("\n")[: head.first_line - 1]
    while lines and not lines[-1].strip():
        lines.pop()
    key = f"author: {yaml_text(author)}" if author and not head.settings.author else None
    if lines and key:
        lines.insert(len(lines) - 1, key)
    elif key:
        lines = [_FENCE, key, _FENCE]
    front = "\n".join(lines) + "\n\n" if lines else ""
    return front + body.strip("\n")
