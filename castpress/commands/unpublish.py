"""``castpress unpublish``: take an episode back; its notes and audio stay in the folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from castpress.commands import exit_codes
from castpress.commands.clock import moment
from castpress.commands.ledger_changes import (
    Found,
    Tale,
    add_change,
    carry_out,
    facts_of,
    find_episode,
    refusal,
    refuse,
    replace_ledger,
)
from castpress.commands.options import cache_of, typed
from castpress.model.ledger import LEDGER_FILE, withdrawn
from castpress.model.problem import Location
from castpress.model.staged import is_staged

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from castpress.commands.reporter import Reporter


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``unpublish``."""
    parser.add_argument(
        "episode", metavar="EPISODE", help="its files' name, guid or page's address"
    )
    parser.add_argument("--undo", action="store_true", help="bring it back, as the same episode")
    add_change(parser)


def run(arguments: argparse.Namespace, reporter: Reporter) -> int:
    """Note in show.lock that the episode is not to be published, or is again."""
    from castpress.commands.walk import walk

    root = arguments.show
    walked, problems = walk(root, moment(None), cache_of(root), reporter)
    if walked is None:
        return refuse(reporter, problems, root)
    found, unknown = find_episode(walked, arguments.episode)
    if found is None:
        return refuse(reporter, unknown, root, exit_codes.USAGE)
    entry = found.entry
    if entry is None or is_staged(entry):
        return refuse(
            reporter,
            [
                refusal(
                    "not-out",
                    f"{found.stem} has not been out, so it cannot be taken back",
                    found.episode.location if found.episode else Location(LEDGER_FILE),
                    "write `draft: true` at the top of its note to hold it back",
                )
            ],
            root,
        )
    is_withdrawn = not arguments.undo
    facts = facts_of(found) | {"is_withdrawn": is_withdrawn}
    if entry.is_withdrawn is is_withdrawn:
        state = "taken back already" if is_withdrawn else "not taken back"
        return carry_out(
            arguments, reporter, Tale((f"Nothing to do: {found.stem} is {state}.",), facts), None
        )
    known = withdrawn(walked.recorded, entry.guid, is_withdrawn=is_withdrawn)
    lines = tuple(_undo_tale(found) if arguments.undo else _tale(found))
    return carry_out(arguments, reporter, Tale(lines, facts), replace_ledger(arguments, known))


def _tale(found: Found) -> Iterator[str]:
    yield (
        f"{found.stem} leaves feed and pages with the next publication; apps drop it from their "
        "lists, and its page's address answers 404."
    )
    yield "Whoever has downloaded it keeps the file: nobody can take that back."
    yield "Its guid is never given to another episode."
    undo = typed(f"unpublish {found.stem} --undo")
    yield f"`{undo}` brings it back as the same episode."


def _undo_tale(found: Found) -> Iterator[str]:
    yield (
        f"{found.stem} is in the feed again with the next publication, under the same guid: apps "
        "that know it do not take it for a new one, all others list it at its date."
    )
    if found.episode is None:
        yield "Its notes are gone: put them back, or there is nothing to publish."
