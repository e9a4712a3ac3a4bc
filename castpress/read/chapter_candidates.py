"""The stamped lines of one container, before it is known what they are."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from castpress.model.notes import SectionRole
    from castpress.model.problem import Location
    from castpress.read.stamps import Stamp

SENTENCE_ENDS = tuple(".!?;,…。！？；，")


@dataclass(slots=True)
class Entry:
    """One stamped line: what it says, where it stands, and the bytes of a stamp without link.

    ``lines`` are the byte offsets of the lines it was read from, ``index`` the first one's place
    among the lines of its container; ``starts_block`` says that a paragraph or an item begins
    with it; ``depth`` is how deep its item is nested.
    """

    stamp: Stamp
    location: Location
    edit_range: tuple[int, int] | None = None
    lines: tuple[int, ...] = ()
    index: int = 0
    starts_block: bool = True
    depth: int = 0

    @property
    def line_count(self) -> int:
        """How many lines it was read from."""
        return max(len(self.lines), 1)


@dataclass(slots=True)
class Candidate:
    """Stamped lines of one container, before it is known what they are.

    ``context`` is the heading and the line that leads in; ``item_count`` are all items of a list
    or table, 0 for lines of text, among which prose may stand.
    """

    entries: list[Entry]
    context: str
    role: SectionRole
    item_count: int = 0

    @property
    def heading(self) -> str:
        """The heading that it stands under; "" where there is none, or one about its subject."""
        return self.context.partition("\n")[0]

    @property
    def in_listing(self) -> bool:
        """Whether the lines are items of a list or rows of a table."""
        return self.item_count > 0

    @property
    def leads(self) -> bool:
        """Whether most of the times stand first in their lines."""
        return sum(entry.stamp.is_first for entry in self.entries) * 2 >= len(self.entries)

    @property
    def first_ms(self) -> int:
        """The earliest time that can be read, 0 where there is none."""
        return min((e.stamp.start_ms for e in self.entries if e.stamp.fault is None), default=0)

    @property
    def last_ms(self) -> int:
        """The latest time that can be read, 0 where there is none."""
        return max((e.stamp.start_ms for e in self.entries if e.stamp.fault is None), default=0)

    @property
    def place(self) -> int:
        """Where it begins, as a byte offset of the Markdown."""
        return self.entries[0].lines[0]

    @property
    def rises(self) -> bool:
        """Whether each time is later than the one before."""
        return rise([e.stamp.start_ms for e in self.entries if e.stamp.fault is None])

    @property
    def may_join(self) -> bool:
        """Whether its lines look like chapters that other text has parted from their list."""
        return all(_may_join(entry, self) for entry in self.entries)

    @property
    def is_unbroken(self) -> bool:
        """Whether no other line stands between the stamped ones; what is around them is free."""
        return all(
            before.index + before.line_count == after.index
            for before, after in pairwise(self.entries)
        )

    @property
    def line_count(self) -> int:
        """All items of a listing; of text, the lines from the first stamped one to the last."""
        if self.item_count:
            return self.item_count
        first, last = self.entries[0], self.entries[-1]
        return last.index + last.line_count - first.index


def _may_join(entry: Entry, candidate: Candidate) -> bool:
    stamp = entry.stamp
    if stamp.fault is not None or not stamp.title:
        return False
    if not stamp.is_first:
        return candidate.in_listing and stamp.is_marked
    if stamp.is_marked or stamp.has_hours:
        return True
    if candidate.item_count > len(candidate.entries):
        return False  # an item among others that carry no time
    is_sentence = not candidate.in_listing and stamp.title.endswith(SENTENCE_ENDS)
    return entry.starts_block and not is_sentence


def rise(starts: Sequence[int]) -> bool:
    """Whether each time is later than the one before."""
    return all(before < after for before, after in pairwise(starts))
