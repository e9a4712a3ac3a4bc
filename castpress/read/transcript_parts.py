"""What the readers of all transcript formats hand on: what was said, and when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

# Markup of captions. What else stands in such brackets may be said, as <laughs> or <div>, unless it
# has attributes.
_NAMES = "b big br c em font i lang p rp rt ruby s small span strong tt u v"
_FORMATTING = frozenset(_NAMES.split())
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)\b([^<>]*)>|<[0-9:.]+>|</>")
# What is not said: how a word is pronounced, programs, styles.
_UNSAID = re.compile(r"<(rt|script|style)\b[^<>]*>[^<]*</\1>", re.IGNORECASE)
VOICE = re.compile(r"<v(?:\.[^\s<>]*)?\s([^<>]*)>", re.IGNORECASE)
"""The tag of WebVTT that says who speaks, its name as the only group."""
_OVERRIDE = re.compile(r"\{\\[^{}\n]{1,80}\}")


@dataclass(frozen=True, slots=True)
class Said:
    """What was said in one go; times and speaker are None where the source does not give them.

    ``text`` keeps its lines; ``line`` is the source's.
    """

    text: str
    line: int
    start_ms: int | None = None
    end_ms: int | None = None
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader found in a file; ``language`` is the one that the file itself names."""

    said: tuple[Said, ...]
    language: str | None = None


def plain_words(text: str) -> str:
    r"""The text of a cue without markup; a line break stays one.

    >>> plain_words("<i>Two</i><br>words &amp; <laughs> {\\an8}")
    'Two\nwords & <laughs> '
    """
    if "<" in text:
        text = _TAG.sub(_kept, _UNSAID.sub("", text))
    if "{" in text:
        text = _OVERRIDE.sub("", text)
    return unescape(text) if "&" in text else text


def _kept(tag: re.Match[str]) -> str:
    name = (tag[1] or "").lower()
    if name == "br":
        return "\n"
    is_markup = not name or name in _FORMATTING or "=" in tag[2]
    return "" if is_markup else tag[0]


def tidy_lines(text: str) -> str:
    r"""The text with each line trimmed and single-spaced, and without empty ones.

    >>> tidy_lines("  One,\n\n two  words ")
    'One,\ntwo words'
    """
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))
