"""``theme:`` in show.yaml: twelve properties that give pages another look."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, model_validator

from castpress.model.look import COLOURS, MEASURES, Look
from castpress.read.schema import Schema, Text

_SHORT, _WHOLE = re.compile(r"#[0-9a-f]{3}"), re.compile(r"#[0-9a-f]{6}")
_FONTS = re.compile(r"[A-Za-z0-9 ,.'\"-]{1,200}")
_LENGTH = re.compile(r"(?:0|\d{0,3}(?:\.\d{1,3})?(?:rem|em|px|ch))")


def _colour(value: str) -> str:
    found = value.lower()
    if _SHORT.fullmatch(found):
        found = "#" + "".join(letter * 2 for letter in found[1:])
    if not _WHOLE.fullmatch(found):
        raise ValueError('expected a colour; write it in quotes as "#8a3a1c"')
    return found


def _fonts(value: str) -> str:
    if not _FONTS.fullmatch(value) or value.count('"') % 2 or value.count("'") % 2:
        raise ValueError("expected names of fonts; write some with commas: Georgia, serif")
    return value


def _length(value: str) -> str:
    if not _LENGTH.fullmatch(value):
        raise ValueError("expected a length; write one such as 0, 12px or 42rem")
    return value


Colour = Annotated[Text, AfterValidator(_colour)]
Fonts = Annotated[Text, AfterValidator(_fonts)]
Length = Annotated[Text, AfterValidator(_length)]


class ColourEntry(Schema):
    """A colour on light pages, and one on dark pages where that is another."""

    light: Colour | None = None
    dark: Colour | None = None

    @model_validator(mode="before")
    @classmethod
    def _as_entry(cls, value: object) -> object:
        return {"light": value} if isinstance(value, str) else value


class ThemeEntry(Schema):
    """The look of the pages; what is left out is the theme's own."""

    paper: ColourEntry | None = None
    raised: ColourEntry | None = None
    ink: ColourEntry | None = None
    soft: ColourEntry | None = None
    line: ColourEntry | None = None
    accent: ColourEntry | None = None
    on_accent: ColourEntry | None = None
    title_font: Fonts | None = None
    text_font: Fonts | None = None
    radius: Length | None = None
    measure: Length | None = None
    page: Length | None = None

    def as_look(self) -> Look:
        """The same as the model knows it."""
        given = {name: getattr(self, name) for name in (*COLOURS, *MEASURES)}
        colours = {name: given[name] for name in COLOURS if given[name] is not None}
        return Look(
            light=tuple((name, c.light) for name, c in colours.items() if c.light),
            dark=tuple((name, c.dark) for name, c in colours.items() if c.dark),
            measures=tuple((name, given[name]) for name in MEASURES if given[name]),
        )
