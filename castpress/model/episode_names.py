"""Which episode a person means: by its files' name, its guid or its address."""

from __future__ import annotations

import difflib
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from castpress.model.ledger import LEDGER_FILE
from castpress.model.problem import Location, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True, slots=True)
class EpisodeName:
    """All that an episode may be called; ``slugs`` are its addresses, the present one first.

    ``guid`` is None for one that has none yet.
    """

    stem: str
    guid: str | None
    slugs: tuple[str, ...] = ()
    is_retired: bool = False


def find_named(
    names: Sequence[EpisodeName], text: str
) -> tuple[EpisodeName | None, tuple[Problem, ...]]:
    """The episode that is meant, else a problem that says what is near.

    The name of a file counts more than an address, a present address more than an old one, and
    whoever is there more than who is gone.
    """
    wanted = unicodedata.normalize("NFC", text.strip())
    file = PurePosixPath(wanted).stem if PurePosixPath(wanted).suffix else wanted
    signs: tuple[Callable[[EpisodeName], bool], ...] = (
        lambda name: name.stem == wanted,
        lambda name: name.guid is not None and name.guid.lower() == wanted.lower(),
        lambda name: name.stem == file,
        lambda name: name.slugs[:1] == (wanted,),
        lambda name: wanted in name.slugs,
    )
    if not wanted:
        return None, (_unknown(text, names),)
    for is_retired in (False, True):
        for is_meant in signs:
            found = [one for one in names if one.is_retired is is_retired and is_meant(one)]
            if len(found) == 1:
                return found[0], ()
            if found:
                return None, (_ambiguous(wanted, found),)
    return None, (_unknown(wanted, names),)


def _unknown(text: str, names: Sequence[EpisodeName]) -> Problem:
    known = {word: name.stem for name in names for word in (*name.slugs, name.stem)}
    near = difflib.get_close_matches(text, list(known), n=1, cutoff=0.5)
    advice = (
        f"did you mean {known[near[0]]}?"
        if near
        else "write the name of its files without the ending, its guid, or the last part of its "
        "page's address"
    )
    message = f"no episode is called {text!r}"
    return Problem("unknown-episode", message, Location(LEDGER_FILE), Severity.ERROR, advice)


def _ambiguous(text: str, found: Sequence[EpisodeName]) -> Problem:
    stems = " and ".join(sorted({name.stem for name in found}))
    guids = " or ".join(sorted(name.guid or name.stem for name in found))
    return Problem(
        "ambiguous-episode",
        f"{text!r} may be each of {len(found)} episodes: {stems}",
        Location(LEDGER_FILE),
        Severity.ERROR,
        f"write the guid: {guids}",
    )
