"""What a run showed, and what is broken by it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.faults.publisher import Verdict
from tests.faults.reader import MAIN_FEED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.faults.request import Request


@dataclass
class Outcome:
    """What a run showed: ``broken`` are invariants in words, ``line`` repeats it."""

    line: str
    broken: list[str] = field(default_factory=list)
    verdict: Verdict = field(default_factory=Verdict)
    polls: int = 0
    requests: int = 0
    struck: Counter[str] = field(default_factory=Counter)
    kills: int = 0

    def hold(self, holds: bool, words: str) -> None:
        """Note what is broken."""
        if not holds:
            self.broken.append(words)


def hold_order(outcome: Outcome, log: Iterable[Request]) -> None:
    """Feeds go after all that they name, and what is deleted goes after them."""
    ours = [
        r for r in log if r.changes and ".castpress/" not in r.path and "uploads" not in r.query
    ]
    feeds = [r.number for r in ours if r.method == "PUT" and r.path.endswith(MAIN_FEED)]
    if not feeds:
        return
    files = [r for r in ours if r.method != "DELETE" and not r.path.endswith(MAIN_FEED)]
    late = [r.path for r in files if r.number > min(feeds)]
    outcome.hold(not late, f"put after a feed: {late[:3]}")
    gone = [r for r in ours if r.method == "DELETE" and "uploadId" not in r.query]
    early = [r.path for r in gone if r.number < max(feeds)]
    outcome.hold(not early, f"deleted before a feed: {early[:3]}")
