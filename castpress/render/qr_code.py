"""A QR code as the path of an inline SVG: no image file, no request."""

from __future__ import annotations

from dataclasses import dataclass

_QUIET_ZONE = 4  # modules, as ISO/IEC 18004 asks


@dataclass(frozen=True, slots=True)
class QrCode:
    """A square of ``size`` modules with its quiet zone; ``path`` draws the dark ones."""

    size: int
    path: str


def qr_code(text: str) -> QrCode:
    """The code that opens the address on a phone; one path segment a run of dark modules."""
    import segno  # for one page of many, and with it half of the standard library's network

    matrix = segno.make(text, error="m", micro=False).matrix
    segments = []
    for y, row in enumerate(matrix, start=_QUIET_ZONE):
        start = None
        for x, dark in enumerate((*row, 0), start=_QUIET_ZONE):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                segments.append(f"M{start} {y}h{x - start}v1h-{x - start}z")
                start = None
    return QrCode(len(matrix) + 2 * _QUIET_ZONE, "".join(segments))
