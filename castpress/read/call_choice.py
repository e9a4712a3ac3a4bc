"""Which call to action an episode gets, and what of the notes need not be said twice then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from castpress.model.address import is_absolute
from castpress.model.podcast import CallToAction, Link
from castpress.read.show import call_of, unknown_call

if TYPE_CHECKING:
    from castpress.model.notes import Notes, Section
    from castpress.model.podcast import Course, Show
    from castpress.model.problem import Problem
    from castpress.read.front_matter import Head
    from castpress.read.settings import PlacedSettings


def choose_call(
    head: Head, notes: Notes, course: Course | None, show: Show, placed: PlacedSettings
) -> tuple[CallToAction | None, tuple[Problem, ...]]:
    """The one that front matter names, else the notes' own, else the course's, else the show's.

    One in the notes whose address was lost stays text.
    """
    name = head.settings.call_to_action
    faults = unknown_call(placed.settings, name, head.place("call_to_action"))
    own = call_of(placed.settings, name) or _typed_call(notes)
    return own or (course.call_to_action if course else show.call_to_action), faults


def without_call(
    sections: tuple[Section, ...], notes: Notes, call: CallToAction | None
) -> tuple[Section, ...]:
    """The sections without the notes' own call to action, where it is the episode's."""
    typed = notes.call_to_action
    if typed is None or call is None or call != _typed_call(notes):
        return sections
    return tuple(section for section in sections if section.anchor != typed.anchor)


def linked_cards(notes: Notes) -> tuple[Link, ...]:
    """The related articles whose addresses the notes give."""
    return tuple(Link(card.title, card.url) for card in notes.related if card.url is not None)


def _typed_call(notes: Notes) -> CallToAction | None:
    typed = notes.call_to_action
    if typed is None or typed.url is None or not is_absolute(typed.url):
        return None
    return CallToAction(typed.heading, typed.text, typed.button, typed.url)
