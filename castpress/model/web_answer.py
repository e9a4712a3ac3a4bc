"""What an address of the web answered, or why it did not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whatever the status: ``url`` is where it came from in the end.

    Names of ``headers`` are written ``Content-Type``; of several with one name it is the first.
    ``is_cut`` says that there is more than ``body``.
    """

    url: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    is_cut: bool = False

    @property
    def media_type(self) -> str:
        """The type without its parameters, in small letters; "" where none is given.

        >>> Answer("https://a.example/", 200, {"Content-Type": "Text/HTML; charset=x"}).media_type
        'text/html'
        """
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """That nothing whole came back; ``reason`` says why, in one clause."""

    url: str
    reason: str
