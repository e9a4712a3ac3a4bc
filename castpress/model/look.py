"""A show's own look: what it changes of the theme's colours, fonts and measures."""

from __future__ import annotations

from dataclasses import dataclass

COLOURS: dict[str, tuple[str, str]] = {
    "paper": ("#fbfaf7", "#161412"),
    "raised": ("#ffffff", "#211e1b"),
    "ink": ("#1e1b18", "#eee9e1"),
    "soft": ("#625c55", "#b0a79c"),
    "line": ("#e4dfd6", "#38332d"),
    "accent": ("#8a3a1c", "#f0a47e"),
    "on_accent": ("#ffffff", "#1c110b"),
}
"""The theme's colours by name, on light and on dark pages, as ``#rrggbb``."""

MEASURES = {
    "title_font": "serif",
    "text_font": "sans",
    "radius": "radius",
    "measure": "measure",
    "page": "page",
}
"""All else that can be set, with the name of its property in the style sheet."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a show sets; what it leaves out is the theme's, and the accent the artwork's.

    ``light`` and ``dark`` are colours by name (``#rrggbb``), ``measures`` CSS values by name.
    """

    light: tuple[tuple[str, str], ...] = ()
    dark: tuple[tuple[str, str], ...] = ()
    measures: tuple[tuple[str, str], ...] = ()
