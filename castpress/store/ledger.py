"""show.lock on disk: JSON that a person can read in a diff, written by the tool, committed."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from castpress.model.ledger import LEDGER_FILE, Ledger, LedgerEntry
from castpress.model.problem import Location, Problem, Severity
from castpress.store.output import OutputError

if TYPE_CHECKING:
    from pathlib import Path

_VERSION = 1


def read_ledger(show: Path) -> tuple[Ledger, tuple[Problem, ...]]:
    """What show.lock says; an unreadable one is an error, never taken for an empty one."""
    path = show / LEDGER_FILE
    if path.exists() and not path.is_file():
        return Ledger(), (_unreadable("it is no file"),)
    try:
        data = json.loads(path.read_bytes())
        json.dumps(data, ensure_ascii=False).encode()  # halves of characters are no text
    except FileNotFoundError:
        return Ledger(), ()
    except (OSError, ValueError, RecursionError) as error:
        return Ledger(), (_unreadable(str(error)),)
    try:
        if data["castpress"] != _VERSION:
            return Ledger(), (_unreadable("it was written by a newer castpress"),)
        entries = tuple(
            LedgerEntry(
                guid=str(entry["guid"]),
                stem=str(entry["stem"]),
                fingerprint=str(entry["audio_sha256"]),
                is_retired=bool(entry.get("retired", False)),
                slug=_text(entry.get("slug")),
                old_slugs=tuple(str(slug) for slug in entry.get("old_slugs", ())),
            )
            for entry in data["episodes"]
        )
        feeds = tuple(sorted((str(path), str(guid)) for path, guid in data["feeds"].items()))
    except (KeyError, TypeError, AttributeError) as error:
        return Ledger(), (_unreadable(f"{error} is not where it belongs"),)
    live = Counter(entry.stem for entry in entries if not entry.is_retired)
    for stem, count in live.items():
        if count > 1:
            return Ledger(), (_unreadable(f"{stem} stands in it twice, as after a merge"),)
    return Ledger(entries, feeds), ()


def write_ledger(show: Path, ledger: Ledger) -> None:
    """Put the ledger in the place of the one before, at once.

    Raises:
        OutputError: the show's folder cannot be written.
    """
    path = show / LEDGER_FILE
    draft = path.with_suffix(".lock.draft")
    try:
        draft.write_bytes(ledger_bytes(ledger))
        draft.replace(path)
    except OSError as error:
        reason = f"cannot be written: {(error.strerror or str(error)).lower()}; nothing was changed"
        advice = "make the show's folder writable: show.lock keeps its guids there"
        raise OutputError(path, reason, advice) from error


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _unreadable(why: str) -> Problem:
    return Problem(
        "unreadable-lock",
        f"show.lock holds the guids that subscribers have and cannot be read: {why}",
        Location(LEDGER_FILE),
        Severity.ERROR,
        "take it back from Git or a backup: `git checkout show.lock`",
    )


def ledger_bytes(ledger: Ledger) -> bytes:
    """The text of show.lock, one line a value, so that two people's changes merge."""
    data = {
        "castpress": _VERSION,
        "feeds": dict(ledger.feed_guids),
        "episodes": [
            {
                "stem": entry.stem,
                "guid": entry.guid,
                "audio_sha256": entry.fingerprint,
                **({"slug": entry.slug} if entry.slug else {}),
                **({"old_slugs": entry.old_slugs} if entry.old_slugs else {}),
                **({"retired": True} if entry.is_retired else {}),
            }
            for entry in ledger.entries
        ],
    }
    return (json.dumps(data, indent=2, ensure_ascii=False) + "\n").encode("utf-8")
