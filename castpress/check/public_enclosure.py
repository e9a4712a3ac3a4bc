"""Whether apps can download new audio at its public address, and seek in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from castpress.check.public_words import Fault, refusal, type_fault
from castpress.model.web_answer import Answer, NoAnswer

_RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18}|\*)")
TAIL_BYTES = 1024
"""So much of the end of the audio is asked for."""


@dataclass(frozen=True, slots=True)
class EnclosureLook:
    """A new enclosure: what the feed promises, and what HEAD and a range at its end answered.

    What is None was not asked in time.
    """

    url: str
    byte_length: int
    media_type: str
    head: Answer | NoAnswer | None
    tail: Answer | NoAnswer | None

    @property
    def is_looked_at(self) -> bool:
        """Whether both answers are there."""
        return self.head is not None and self.tail is not None


def tail_range(byte_length: int) -> str:
    """The ``Range`` that asks for the last bytes; a suffix range is not known to every store.

    >>> tail_range(5000), tail_range(10)
    ('bytes=3976-4999', 'bytes=0-9')
    """
    return f"bytes={max(0, byte_length - TAIL_BYTES)}-{max(0, byte_length - 1)}"


def enclosure_fault(look: EnclosureLook) -> Fault | None:
    """The first thing that is wrong with an enclosure, None where apps can play it.

    Source: Apple Podcasts, "Podcast RSS feed requirements": HEAD requests and byte ranges.
    """
    head, tail = look.head, look.tail
    if head is not None and (isinstance(head, NoAnswer) or head.status != 200):
        return refusal("new audio", head)
    if head is not None:
        fault = _head_fault(look, head)
        if fault is not None:
            return fault
    if tail is None:
        return None
    if isinstance(tail, NoAnswer) or tail.status not in (200, 206, 416):
        return refusal("new audio", tail)
    return None if _is_right_range(look, tail) else _no_ranges(look, tail.status)


def _head_fault(look: EnclosureLook, head: Answer) -> Fault | None:
    coding = head.headers.get("Content-Encoding", "identity").strip().lower()
    length = head.headers.get("Content-Length", "").strip()
    if coding not in ("", "identity"):
        return Fault(
            "wrong-length",
            f"{look.url} is compressed on its way, so its length is not what the feed says",
            "have the CDN leave audio as it is",
        )
    if length != str(look.byte_length):
        found = f"{length} bytes" if length.isascii() and length.isdigit() else "no length"
        return Fault(
            "wrong-length",
            f"{look.url} comes with {found}, and the feed says {look.byte_length} bytes: downloads "
            "break off or look broken",
            "empty the CDN's cache; if that is no help, type `castpress publish --verify`",
        )
    if not head.media_type.startswith(("audio/", "video/")):
        return next(type_fault("new audio", head, (), look.media_type), None)
    return None


def _is_right_range(look: EnclosureLook, tail: Answer) -> bool:
    found = _RANGE.fullmatch(tail.headers.get("Content-Range", "").strip())
    if tail.status != 206 or found is None:
        return False
    first, last = int(found[1]), int(found[2])
    is_end = last == look.byte_length - 1 and found[3] in ("*", str(look.byte_length))
    return is_end and len(tail.body) == last - first + 1 and not tail.is_cut


def _no_ranges(look: EnclosureLook, status: int) -> Fault:
    return Fault(
        "no-range-requests",
        f"{look.url} cannot be read in parts (a range is answered with {status}): players cannot "
        "seek, and Apple refuses the show",
        "have the CDN or web server answer range requests; every S3 store does",
    )
