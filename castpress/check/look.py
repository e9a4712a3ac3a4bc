"""Whether what is written in a show's own colours can be read (WCAG 2.2, 1.4.3: 4.5 to 1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from castpress.model.look import COLOURS, Look
from castpress.model.palette import contrast
from castpress.model.problem import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from castpress.model.palette import Palette
    from castpress.model.problem import Location

_LEAST = 4.5
_PAIRS = (
    ("ink", "paper"),
    ("ink", "raised"),
    ("soft", "paper"),
    ("soft", "raised"),
    ("accent", "paper"),
    ("accent", "raised"),
    ("on_accent", "accent"),
)


def check_look(look: Look, palette: Palette | None, place: Location) -> Iterator[Problem]:
    """A warning for each pair of colours that many cannot tell apart, on light and dark pages.

    ``palette`` holds the accents that come from the artwork where the show sets none.
    """
    for index, (scheme, given) in enumerate((("light", look.light), ("dark", look.dark))):
        set_here = dict(given)
        colours = {name: found[index] for name, found in COLOURS.items()}
        if palette is not None:
            colours["accent"] = (palette.light, palette.dark)[index]
        colours |= set_here
        for text, ground in _PAIRS:
            if text == "on_accent" and text not in set_here:
                continue  # black or white is chosen by the accent
            ratio = contrast(colours[text], colours[ground])
            if {text, ground} & set_here.keys() and ratio < _LEAST:
                yield Problem(
                    "theme-contrast",
                    f"on {scheme} pages `{text}` {colours[text]} on `{ground}` {colours[ground]} "
                    f"has a contrast of {ratio:.1f}; many cannot read that",
                    place,
                    Severity.WARNING,
                    f"make one of the two lighter or darker, until it is {_LEAST} or more",
                )
