"""Who is named in a note: its author, the people of its front matter, whom to write to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from castpress.commands.notes import Understood


def people_of(understood: Understood) -> tuple[tuple[str, str], ...]:
    """Names and roles; somebody who is named twice has the first role."""
    given = understood.head.settings
    author = given.author or understood.notes.author
    found: dict[str, str] = {author: "author"} if author else {}
    for entry in given.people:
        found.setdefault(entry.name, entry.role.lower())
    for contact in understood.notes.contacts:
        if contact.name:
            found.setdefault(contact.name, "contact")
    return tuple(found.items())
