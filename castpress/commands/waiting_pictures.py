"""Which pictures wait: nothing of a draft or of an episode that is not out may be seen early."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from castpress.commands.tasks import ReadTask
    from castpress.model.own_pages import OwnPage
    from castpress.model.podcast import Show

_FOLDER = "artwork/"


def waiting_pictures(
    show: Show,
    tasks: Iterable[ReadTask],
    released: Collection[str],
    pages: Iterable[OwnPage],
    due: Collection[OwnPage],
) -> frozenset[str]:
    """The published paths of pictures that only what is not out shows.

    ``released`` are the guids of what is out, ``due`` the pages of the author's own that are.
    """
    seen = set(_paths_in((show.feeds, show.courses), show.base_url))
    waiting: set[str] = set()
    for page in pages:
        (seen if page in due else waiting).update(_paths_in(page.shown, ""))
    for task in tasks:
        own = _paths_in((task.artwork, task.pictures, task.shown, task.portraits), "")
        (seen if task.guid in released else waiting).update(own)
    return frozenset(waiting - seen)


def _paths_in(value: object, base_url: str) -> Iterator[str]:
    """Every path of a published picture that a value of the model holds, however deep."""
    if isinstance(value, str):
        path = value.removeprefix(base_url)
        if path.startswith(_FOLDER):
            yield path
    elif isinstance(value, tuple):
        for each in value:
            yield from _paths_in(each, base_url)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _paths_in(getattr(value, field.name), base_url)
