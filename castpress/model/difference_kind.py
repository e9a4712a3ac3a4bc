"""One thing that subscribers notice, and the kinds there are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, auto

from castpress.model.problem import Severity


class Kind(StrEnum):
    """What has changed; the value is the name in kebab-case, for ``--json``."""

    @staticmethod
    def _generate_next_value_(
        name: str,
        start: int,
        count: int,
        last_values: list[str],
    ) -> str:
        return name.lower().replace("_", "-")

    FEED_GONE = auto()
    FEED_NEW = auto()
    PODCAST_GUID_CHANGED = auto()
    FEED_MOVED = auto()
    FEED_RETITLED = auto()
    GUID_CHANGED = auto()
    GONE_EPISODE = auto()
    ARCHIVED = auto()
    ENCLOSURE_CHANGED = auto()
    DATE_MOVED = auto()
    ORDER_MOVED = auto()
    TYPE_CHANGED = auto()
    VISIBILITY_CHANGED = auto()
    COMPLETE_CHANGED = auto()
    LANGUAGE_CHANGED = auto()
    NEW_EPISODE = auto()
    RETITLED = auto()
    NUMBER_CHANGED = auto()
    NOTES_CHANGED = auto()
    CHAPTERS_CHANGED = auto()
    DURATION_CHANGED = auto()
    ALTERNATES_CHANGED = auto()
    LINK_MOVED = auto()
    ARTWORK_CHANGED = auto()
    DETAILS_CHANGED = auto()
    PAGES_DIVIDED = auto()
    FEED_SIZE = auto()


@dataclass(frozen=True, slots=True)
class Difference:
    """One change, as a subscriber meets it.

    ``guid`` is the episode's, the new one where it has changed, None where the show is meant;
    ``title`` is the episode's or the show's. ``text`` goes on where the title ends: "Hills" "has a
    new audio file". A note is harmless, a warning is noticed by subscribers, an error loses them or
    makes them download everything again. ``before`` and ``after`` are the values where they are
    short, for programs.
    """

    kind: Kind
    guid: str | None
    title: str
    text: str
    severity: Severity
    before: str | None = None
    after: str | None = None


_UNSEEN = frozenset({Kind.FEED_SIZE, Kind.PAGES_DIVIDED})


def is_noticed(change: Difference) -> bool:
    """Whether anybody but a program sees it: a feed that has grown a little is nothing to see."""
    return change.kind not in _UNSEEN or change.severity > Severity.NOTE


def as_json_object(difference: Difference) -> dict[str, str | None]:
    """The difference as ``--json`` writes it."""
    return {
        "kind": difference.kind.value,
        "severity": difference.severity.word,
        "guid": difference.guid,
        "title": difference.title,
        "text": difference.text,
        "before": difference.before,
        "after": difference.after,
    }


def bytes_text(count: int) -> str:
    """A size that people can read.

    >>> bytes_text(31_415_926), bytes_text(3_499), bytes_text(7)
    ('31.4 MB', '3 kB', '7 bytes')
    """
    if count >= 100_000:
        return f"{count / 1_000_000:.1f} MB"
    return f"{count // 1000} kB" if count >= 1000 else f"{count} bytes"


def two_sizes(before: int, after: int) -> tuple[str, str]:
    """Two sizes in words that differ; in bytes where the larger units would be the same."""
    words = bytes_text(before), bytes_text(after)
    return words if words[0] != words[1] else (f"{before} bytes", f"{after} bytes")
