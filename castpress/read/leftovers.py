"""What came along with a paste and is no part of the notes: mail heads, skip links.

``without_leftovers`` blanks such lines, so that line numbers stay what they were, and names them;
``source_fault`` tells files that hold the source of another format.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SKIP_LINK = re.compile(
    r"\[?skip (?:to|navigation)(?: (?:the )?(?:main |primary )?(?:content|navigation|menu|footer))?"
    r"\]?(?:\(#[\w-]*\))?",
    re.IGNORECASE,
)
_MAIL_FIELD = re.compile(
    r"[*_]{0,2}(subject|from|to|cc|bcc|date|sent|reply-to|betreff|von|an|gesendet|datum|objet|de|à"
    r"|envoyé|asunto|para|enviado|oggetto|da|assunto):[*_]{0,2}\s+\S.*",
    re.IGNORECASE,
)
_MAIL_CUT = re.compile(
    r"[-_ ]{2,}(?:original message|forwarded message|ursprüngliche nachricht"
    r"|weitergeleitete nachricht|message transféré)[-_ ]{2,}|begin forwarded message:",
    re.IGNORECASE,
)
_WROTE = re.compile(
    r"(?:on|am|le|el)\b.{6,120}\b(?:wrote|schrieb.{0,60}|a écrit|escribió)\s*:", re.I
)
# What one of the above needs at the start of its line, to pass most lines by at once.
_BEGINNING = re.compile(r"[-_\[]|skip|begin|(?:on|am|le|el)\b", re.IGNORECASE)

_OTHER_FORMATS = (
    ("{\\rtf", "Rich Text Format"),
    ("%PDF-", "a PDF"),
    ("PK\x03\x04", "a word processor's own format"),
    ("bplist", "an Apple property list"),
)


@dataclass(frozen=True, slots=True)
class Leftover:
    """A line that is left out; ``line`` counts from 1."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class SourceFault:
    """Why a text is the source of something and no notes; ``help`` says how to get them."""

    code: str
    message: str
    help: str


def source_fault(text: str) -> SourceFault | None:
    r"""The fault of a file that holds another format's source, None where it holds notes.

    >>> source_fault("{\\rtf1 Hello}").code, source_fault("<p>Hello</p>")
    ('not-plain-text', None)
    """
    start = text[:200].lstrip("\ufeff \t\r\n")
    for mark, name in _OTHER_FORMATS:
        if start.startswith(mark):
            return SourceFault(
                "not-plain-text",
                f"the file is {name} inside, not plain text",
                "save it as plain text, or copy the text into a new .txt file",
            )
    return None


def without_leftovers(text: str) -> tuple[str, tuple[Leftover, ...]]:
    """The text with the lines blanked that no reader should see, and those lines."""
    lines = text.split("\n")
    left_out: list[Leftover] = []
    is_head = True  # nothing but leftovers so far
    index = 0
    while index < len(lines):
        count = 0
        line = lines[index].strip()
        if line and (is_head or _BEGINNING.match(line)):
            count = _leftover_count(lines, index, line, is_head=is_head)
            is_head = (is_head and count > 0) or _MAIL_CUT.fullmatch(line) is not None
        for place in range(index, index + count):
            if lines[place].strip():
                left_out.append(Leftover(lines[place].strip(), place + 1))
            lines[place] = ""
        index += max(count, 1)
    if not left_out:
        return text, ()
    return "\n".join(lines), tuple(left_out)


def _leftover_count(lines: list[str], index: int, line: str, *, is_head: bool) -> int:
    """How many lines from here on are left out."""
    if _MAIL_CUT.fullmatch(line):
        return 1
    if _SKIP_LINK.fullmatch(line):
        return 1
    if is_head and _MAIL_FIELD.fullmatch(line):
        end = index
        names = set()
        while end < len(lines) and (field := _MAIL_FIELD.fullmatch(lines[end].strip())):
            names.add(field[1].lower())
            end += 1
        return end - index if len(names) >= 2 else 0
    if len(line) < 250 and _WROTE.fullmatch(line):
        end = index + 1
        while end < len(lines) and (not lines[end].strip() or lines[end].lstrip()[0] == ">"):
            end += 1
        is_quoting = any(lines[place].strip() for place in range(index + 1, end))
        return end - index if is_quoting else 0
    return 0


def with_signature(markdown: str) -> str:
    r"""The Markdown with the mark of a mail's signature kept from underlining a heading.

    Two dashes are such a mark with a space behind them, or below several lines of a paragraph.

    >>> with_signature("Cheers\nBob\n--\nBob Smith"), with_signature("Title\n--")
    ('Cheers\nBob\n\\--\nBob Smith', 'Title\n--')
    """
    if "\n--" not in markdown:
        return markdown
    lines = markdown.split("\n")
    for index, line in enumerate(lines):
        has_space = line == "-- "
        has_lines = index >= 2 and bool(lines[index - 1].strip() and lines[index - 2].strip())
        if has_space or (line == "--" and has_lines):
            lines[index] = f"\\{line}"
    return "\n".join(lines)
