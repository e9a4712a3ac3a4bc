"""The lines of one paragraph of HTML: white space as browsers read it, breaks as typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from castpress.read.html_content import Line, Run, Style, Text, joined, shown
from castpress.read.stamps import may_hold_stamp, read_stamp

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SPACES = re.compile(r"\s+")
_BREAK = "\n"  # the text of a run that stands for a line's end of the source


class Paragraph:
    """Takes in the text between two blocks and gives it back as paragraphs or a heading.

    ``keeps_lines`` tells that the lines of the source are meant.
    """

    def __init__(self, *, keeps_lines: bool = False) -> None:
        self._keeps_lines = keeps_lines
        self._lines: list[Line] = [[]]
        self._space = ""

    def add(self, text: str, style: Style, at: int, *, is_tight: bool) -> None:
        """Add text; ``is_tight`` where a blank line in it is the source's only.

        Elsewhere, between paragraphs that nobody marked as such, it parts them: editors that add
        the marks when they show a text write none.
        """
        core = text.strip()
        if not core:
            self.add_space(text, is_tight=is_tight)
            return
        if len(core) == len(text):
            self._put(Run(_SPACES.sub(" ", core), style, at))
            return
        start = text.index(core[0])
        self.add_space(text[:start], is_tight=is_tight)
        self._put(Run(_SPACES.sub(" ", core), style, at))
        self.add_space(text[start + len(core) :], is_tight=is_tight)

    def add_picture(self, address: str, text: str, style: Style, at: int) -> None:
        """Add a picture."""
        self._put(Run(text, style, at, address))

    def end_line(self) -> None:
        """Break the line."""
        self._lines.append([])
        self._space = ""

    def take(self, level: int = 0) -> Iterator[Text]:
        """Give what was added as texts, and begin anew.

        A heading is one line. Two breaks one after another part paragraphs.
        """
        lines, self._lines, self._space = self._lines, [[]], ""
        if level:
            line = [run for one in lines if one for run in (*one, Run(_BREAK, Style(), -1))]
            if line:
                yield Text([_on_one_line(line[:-1])], level)
            return
        group: list[Line] = []
        for line in [*lines, []]:
            if line:
                group.append(line)
            elif group:
                yield Text(_settled(group, keeps_lines=self._keeps_lines))
                group = []

    def _put(self, run: Run) -> None:
        line = self._lines[-1]
        if line and self._space:
            last = line[-1].style
            style = last if last == run.style else _common(last, run.style)
            line.append(Run(self._space, style, run.at))
        self._space = ""
        line.append(run)

    def add_space(self, text: str, *, is_tight: bool) -> None:
        """Add white space, as much as there is of it."""
        if not text:
            return
        ends = text.count("\n")
        if ends > 1 and not is_tight:
            self._lines += [[], []]
            self._space = ""
        elif ends or not self._space:
            self._space = _BREAK if ends else " "


def _settled(lines: Sequence[Line], *, keeps_lines: bool) -> list[Line]:
    """The lines of a paragraph; where none was broken, those of the source may be meant.

    They are where several begin or end with a time: some hosts show them as typed.
    """
    if len(lines) == 1 and any(run.text == _BREAK for run in lines[0]):
        typed: list[Line] = [[]]
        for run in lines[0]:
            if run.text == _BREAK:
                typed.append([])
            else:
                typed[-1].append(run)
        typed = [line for line in typed if line]
        if keeps_lines or sum(_is_stamped(line) for line in typed) > 1:
            return [joined(line) for line in typed]
    return [_on_one_line(line) for line in lines]


def _is_stamped(line: Line) -> bool:
    text = shown(line)
    return may_hold_stamp(text) and read_stamp(text) is not None


def _on_one_line(line: Sequence[Run]) -> Line:
    return joined([run._replace(text=" ") if run.text == _BREAK else run for run in line])


def _common(first: Style, second: Style) -> Style:
    """What two styles share: the style of the space between them."""
    return Style(
        first.link if first.link == second.link else -1,
        first.is_bold and second.is_bold,
        first.is_italic and second.is_italic,
        first.is_struck and second.is_struck,
        first.raised if first.raised == second.raised else "",
        first.is_code and second.is_code,
    )
