"""Styled text to Markdown that reads as just this text in just this style."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby
from string import punctuation
from typing import TYPE_CHECKING

from castpress.read.html_content import Run, Style

if TYPE_CHECKING:
    from collections.abc import Sequence

_PLAIN = Style()
_OPENING = ("[", "*", "*", "~", "<", "`")  # what each field of a style begins with
_TAGS = {"is_bold": "strong", "is_italic": "em", "is_struck": "del"}
_ACTIVE = re.compile(r"https?://[^\s<>\"()\[\]]+|[\\`*_~\[\]<&!|]")
_RISKY = re.compile(r"[*~`\\|]|_(?![^\W_])|(?<![^\W_])_|&[#\w]+;")
_REFERENCE = re.compile(r"&(?:#[0-9]|#[xX][0-9a-fA-F]|[a-zA-Z])[a-zA-Z0-9]{0,31};")
_TRAILING = ".,;:!?'*_~`\\|"
_UNSAFE = re.compile(r"[\s<>\\\"|`]")
_START = re.compile(
    r"(?P<mark>#{1,6}(?=\s|$)|[-+](?=\s|$)|[=-]+\s*$|>|:(?=\s|$)|\[(?=[ xX]\])|\|)"
    r"|(?P<digits>[0-9]{1,9})(?=[.)](?:\s|$))"
)
_AUTOLINK = re.compile(r"(?:https?://|mailto:)[^\s<>\\\[\]()*_`~|&]+")
_FENCES = re.compile("`+")


def write_line(
    runs: Sequence[Run], addresses: Sequence[str], *, in_table: bool = False, is_start: bool = True
) -> str:
    r"""One line of Markdown; nothing in the text begins a block or a style of its own.

    ``is_start`` tells lines of their own from what stands in a heading or a cell.

    >>> write_line([Run("1. a*b", Style(), 0), Run("c", Style(is_bold=True), 0)], [])
    '1\\. a\\*b**c**'
    """
    text = _Writer(addresses, in_table=in_table).write(runs, _kinds_of(runs), "", "").strip()
    match = _START.match(text) if is_start else None
    if match is None:
        return text
    at = match.end() if match["digits"] else 0
    return f"{text[:at]}\\{text[at:]}"


class _Writer:
    """Writes the runs of one line."""

    def __init__(self, addresses: Sequence[str], *, in_table: bool) -> None:
        self._addresses = addresses
        self._in_table = in_table

    def write(self, runs: Sequence[Run], kinds: Sequence[int], before: str, behind: str) -> str:
        """The runs in styles of these kinds, between two characters ("" for none)."""
        if not kinds:
            return self._plain(runs, behind)
        out = ""
        groups = [list(group) for _, group in groupby(runs, key=lambda run: run.style[kinds[0]])]
        for index, group in enumerate(groups):
            following = groups[index + 1][0] if index + 1 < len(groups) else None
            after = behind if following is None else _first_character(following, kinds)
            out += self._group(group, kinds, out[-1:] or before, after)
        return out

    def _group(self, runs: Sequence[Run], kinds: Sequence[int], before: str, behind: str) -> str:
        style, name = runs[0].style, Style._fields[kinds[0]]
        if style[kinds[0]] == _PLAIN[kinds[0]]:
            return self.write(runs, kinds[1:], before, behind)
        if name == "is_code":
            return _code("".join(run.text for run in runs), in_table=self._in_table)
        if name == "raised":
            inner = self.write(runs, kinds[1:], ">", "<")
            return f"<{style.raised}>{inner}</{style.raised}>"
        if name == "link":
            return self._link(runs, kinds[1:], self._addresses[style.link])
        typed = self.write(runs, kinds[1:], "*", "*")
        inner = typed.strip()
        if not inner:
            return typed
        start = typed.index(inner[0])
        space, more = typed[:start], typed[start + len(inner) :]
        mark = "**" if name == "is_bold" else "~~" if name == "is_struck" else "*"
        if name == "is_italic" and style.is_bold:
            mark = "_"
        if _holds(mark, inner, space or before, more or behind):
            return f"{space}{mark}{inner}{mark}{more}"
        return f"{space}<{_TAGS[name]}>{inner}</{_TAGS[name]}>{more}"

    def _link(self, runs: Sequence[Run], kinds: Sequence[int], address: str) -> str:
        inner = self.write(runs, kinds, "[", "]").strip()
        shown = "".join(run.text for run in runs)
        if not inner:
            return ""
        if _AUTOLINK.fullmatch(address) and address in {shown, f"mailto:{shown}"}:
            return f"<{shown}>"
        return f"[{inner}]({_target(address)})"

    def _plain(self, runs: Sequence[Run], behind: str) -> str:
        out = ""
        for index, run in enumerate(runs):
            after = _first_character(runs[index + 1], ()) if index + 1 < len(runs) else behind
            if run.image:
                out += f"![{self._escaped(run.text, ']', in_link=True)}]({_target(run.image)})"
            else:
                out += self._escaped(run.text, after, in_link=run.style.link >= 0)
        return out

    def _escaped(self, text: str, behind: str, *, in_link: bool) -> str:
        if _ACTIVE.search(text) is None:
            return text

        def escaped(match: re.Match[str]) -> str:
            found = match[0]
            before = text[match.start() - 1 : match.start()]
            after = text[match.end() : match.end() + 1] or behind
            if len(found) > 1:
                return self._address(found, after, in_link=in_link)
            return f"\\{found}" if self._is_read(match, before, after, in_link=in_link) else found

        return _ACTIVE.sub(escaped, text)

    def _is_read(self, match: re.Match[str], before: str, after: str, *, in_link: bool) -> bool:
        """Whether Markdown would take a character for more than text."""
        found = match[0]
        if found in "*~":
            return not (before.isspace() and after.isspace())
        if found == "_":
            return not (before.isalnum() and after.isalnum())
        if found == "[":
            return in_link or after == "^"
        if found == "]":
            return in_link or after in set("([:")
        if found == "<":
            return after.isalpha() or after in set("/!?") or not after
        if found == "&":
            return _REFERENCE.match(match.string, match.start()) is not None
        if found == "!":
            return after == "["
        return found != "|" or self._in_table

    def _address(self, url: str, behind: str, *, in_link: bool) -> str:
        """A bare address: as it is, or in angle brackets where it holds signs of Markdown."""
        core = url.rstrip(_TRAILING)
        rest = self._escaped(url[len(core) :], behind, in_link=in_link)
        if not _RISKY.search(core):
            return core + rest
        if in_link or _UNSAFE.search(core):
            return re.sub(r"([\\`*_~|&])", r"\\\1", core) + rest
        return f"<{core}>{rest}"


def _kinds_of(runs: Sequence[Run]) -> list[int]:
    """Which fields of a style differ from plain text in any run; each encloses the later ones."""
    styles = {run.style for run in runs}
    if styles == {_PLAIN}:
        return []
    return [
        kind for kind in range(len(_PLAIN)) if any(style[kind] != _PLAIN[kind] for style in styles)
    ]


def _first_character(run: Run, kinds: Sequence[int]) -> str:
    """The character that a run begins with where styles of these kinds are still to be written."""
    if run.text[:1].isspace():  # it is written before the mark
        return " "
    for kind in kinds:
        if run.style[kind] != _PLAIN[kind]:
            return _OPENING[kind]
    return "!" if run.image else run.text[:1]


def _holds(mark: str, inner: str, before: str, behind: str) -> bool:
    """Whether Markdown reads the marks around a text as marks (CommonMark 6.2)."""
    if mark[0] in {before, behind, inner[0], inner[-1]}:
        return False
    is_free_before, is_free_behind = _parts(before), _parts(behind)
    if mark == "_":
        return is_free_before and is_free_behind
    return (is_free_before or not _parts(inner[0])) and (is_free_behind or not _parts(inner[-1]))


def _parts(character: str) -> bool:
    """Whether a character stands between words."""
    if not character or character.isspace() or character in punctuation:
        return True
    return not character.isalnum() and unicodedata.category(character)[0] in "PS"


def _code(text: str, *, in_table: bool) -> str:
    if not text.strip():
        return text
    longest = max((len(found) for found in _FENCES.findall(text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text[0] in "` " or text[-1] in "` " else ""
    return f"{fence}{pad}{text.replace('|', chr(92) + '|') if in_table else text}{pad}{fence}"


def _target(address: str) -> str:
    """An address as the target of a link, with what would end it written as bytes."""
    safe = _UNSAFE.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), address)
    safe = _REFERENCE.sub(lambda match: f"\\{match[0]}", safe)
    return f"<{safe}>" if "(" in safe or ")" in safe else safe
