"""Who is on the show: people with a role of the podcast namespace's taxonomy."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from castpress.model.address import is_absolute, path_below_site
from castpress.model.outline import PortraitFile
from castpress.model.person_taxonomy import PERSON_ROLES
from castpress.model.podcast import Person
from castpress.model.problem import Problem, Severity
from castpress.read.schema import Prose, Schema, Text, Url, one_or_many
from castpress.read.show_entries import LinkEntry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from castpress.model.podcast import Artwork
    from castpress.model.problem import Location

_GROUP_OF = {
    role.lower(): group.lower() for group, roles in reversed(PERSON_ROLES.items()) for role in roles
}
_GROUPS = tuple(group.lower() for group in PERSON_ROLES)
_USUAL = "host, co-host, guest, producer, editor"


def _picture(value: str) -> str:
    if not is_absolute(value) and path_below_site(value) is None:
        raise ValueError(
            "expected where the picture is; write artwork/amy.jpg for a file in the show's folder, "
            "or https://example.org/amy.jpg"
        )
    return value


class PersonEntry(Schema):
    """A host, guest or helper; the group follows from the role where nobody gives it."""

    name: Text = Field(min_length=1, max_length=128)
    role: Annotated[Text, Field(min_length=1, max_length=128)] = "host"
    group: Annotated[Text, Field(min_length=1, max_length=128)] | None = None
    href: Url | None = None
    img: Annotated[Text, AfterValidator(_picture)] | None = None
    bio: Prose | None = None
    links: Annotated[tuple[LinkEntry, ...], BeforeValidator(one_or_many)] = ()

    @classmethod
    def renamed(cls) -> Mapping[str, str]:
        """Words that people guess."""
        return {
            **dict.fromkeys(("url", "link", "website"), "write `href:`"),
            **dict.fromkeys(("social", "profiles"), "write `links:`, each `title:` and `url:`"),
            **dict.fromkeys(("image", "photo", "picture"), "write `img:`"),
        }

    @property
    def file(self) -> str | None:
        """The picture as a path in the show's folder; None where it lies elsewhere or is none."""
        if self.img is None or is_absolute(self.img):
            return None
        return path_below_site(self.img)

    def as_person(self, portraits: Mapping[str, Artwork]) -> Person:
        """The same as the model knows it; role and group in lower case, as the taxonomy allows.

        ``portraits`` are the published pictures by their paths in the show's folder; one that
        could not be taken in is left out.
        """
        role = self.role.lower()
        group = self.group.lower() if self.group else _GROUP_OF.get(role, "cast")
        portrait = portraits.get(self.file) if self.file else None
        img = portrait.path if portrait else None if self.file else self.img
        links = tuple(entry.as_link() for entry in self.links)
        return Person(self.name, role, group, self.href, img, self.bio, portrait, links)


def portrait_files(
    entries: Iterable[PersonEntry], place: Callable[..., Location]
) -> Iterator[PortraitFile]:
    """The photos that lie in the show's folder; ``place`` tells where a value of people stands."""
    for index, entry in enumerate(entries):
        if entry.file is not None:
            yield PortraitFile(entry.name, entry.file, place(index, "img"))


def role_doubts(
    entries: Iterable[PersonEntry], place: Callable[..., Location]
) -> Iterator[Problem]:
    """Roles and groups that are not in the taxonomy: apps show such people as something else.

    ``place`` tells where a value below ``people`` stands.
    """
    for index, entry in enumerate(entries):
        if entry.role.lower() not in _GROUP_OF:
            message = (
                f"{entry.role!r} is no role that apps know; they take {entry.name} for a host, or "
                "show nothing"
            )
            advice = _advice("role", entry.role, tuple(_GROUP_OF), _USUAL)
            yield Problem("unknown-role", message, place(index, "role"), Severity.WARNING, advice)
        if entry.group and entry.group.lower() not in _GROUPS:
            message = f"{entry.group!r} is no group that apps know"
            advice = _advice("group", entry.group, _GROUPS, ", ".join(_GROUPS[:4]))
            yield Problem("unknown-group", message, place(index, "group"), Severity.WARNING, advice)


def _advice(key: str, found: str, known: tuple[str, ...], usual: str) -> str:
    near = difflib.get_close_matches(found.lower(), known, n=1)
    if near:
        return f"did you mean `{key}: {near[0]}`?"
    return f"write one such as {usual}; docs/settings.md lists all"
