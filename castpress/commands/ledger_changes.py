"""How commands change show.lock on purpose: find the episode, tell what follows, then do it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from castpress.commands import exit_codes
from castpress.commands.options import add_show
from castpress.model.episode_names import EpisodeName, find_named
from castpress.model.problem import Problem, Severity

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from castpress.commands.reporter import Reporter
    from castpress.commands.walk import Walked
    from castpress.model.ledger import Ledger, LedgerEntry
    from castpress.model.podcast import Episode
    from castpress.model.problem import Location


def add_change(parser: argparse.ArgumentParser) -> None:
    """The options of every command that changes something on purpose."""
    add_show(parser)
    parser.add_argument(
        "--dry-run", action="store_true", help="tell what would happen, and change nothing"
    )
    parser.add_argument("--json", action="store_true", help="print the result as one JSON object")


@dataclass(frozen=True, slots=True)
class Tale:
    """What a command will do: ``lines`` in the words of listeners, ``facts`` for programs."""

    lines: tuple[str, ...]
    facts: Mapping[str, object] = field(default_factory=dict)


def carry_out(
    arguments: argparse.Namespace, reporter: Reporter, tale: Tale, change: Callable[[], None] | None
) -> int:
    """Tell first, then change, unless it is a dry run or there is nothing to do (None)."""
    from castpress.commands.build import output_problem
    from castpress.store.output import OutputError

    is_done = change is not None and not arguments.dry_run
    if not arguments.json:
        for line in tale.lines:
            if is_done:
                reporter.say(line)
            else:
                reporter.result(line)
    if change is not None and is_done:
        try:
            change()
        except OutputError as error:
            return refuse(reporter, [output_problem(error, arguments.show)], arguments.show)
    if arguments.json:
        result = {
            "command": arguments.command,
            **tale.facts,
            "notices": tale.lines,
            "done": is_done,
        }
        reporter.result(json.dumps(result, ensure_ascii=False))
    elif change is not None and not is_done:
        reporter.say("this was a dry run; nothing was changed")
    return exit_codes.OK


def refuse(
    reporter: Reporter,
    problems: Iterable[Problem],
    root: Path,
    code: int = exit_codes.PROBLEMS,
) -> int:
    """Say why nothing was changed, and return the exit code."""
    reporter.problems(tuple(problems), root)
    return code


def refusal(code: str, message: str, place: Location, advice: str) -> Problem:
    """The problem of something that is not done."""
    return Problem(code, message, place, Severity.ERROR, advice)


@dataclass(frozen=True, slots=True)
class Found:
    """An episode that was named on the command line.

    ``entry`` is what show.lock says by now, None where it has never been out; ``episode`` is
    assembled from its notes, None where there are none any more.
    """

    stem: str
    entry: LedgerEntry | None
    episode: Episode | None


def find_episode(walked: Walked, text: str) -> tuple[Found | None, tuple[Problem, ...]]:
    """The episode of the show that is meant by a stem, a file, an address or a guid."""
    episodes = {episode.guid: episode for episode in every_episode(walked)}
    entries = walked.ledger.by_guid()
    name, problems = find_named(tuple(_names(episodes, entries)), text)
    if name is None or name.guid is None:
        return None, problems
    # What is on the disk is what is changed; the walk only says by which name it goes today.
    entry = walked.recorded.by_guid().get(name.guid)
    return Found(name.stem, entry, episodes.get(name.guid)), ()


def every_episode(walked: Walked) -> Iterator[Episode]:
    """All episodes that have notes and audio, whether they are out or not."""
    plan = walked.schedule
    for group in (plan.released, plan.scheduled, plan.undated, plan.drafts, plan.withdrawn):
        yield from group


def _names(
    episodes: Mapping[str, Episode], entries: Mapping[str, LedgerEntry]
) -> Iterator[EpisodeName]:
    for guid in entries.keys() | episodes.keys():
        episode, entry = episodes.get(guid), entries.get(guid)
        slugs = (
            *((episode.slug,) if episode else ()),
            *((entry.slug,) if entry and entry.slug else ()),
            *(entry.old_slugs if entry else ()),
        )
        yield EpisodeName(
            stem=episode.stem if episode else entry.stem if entry else guid,
            guid=guid,
            slugs=tuple(dict.fromkeys(slugs)),
            is_retired=entry is not None and entry.is_retired,
        )


def replace_ledger(arguments: argparse.Namespace, ledger: Ledger) -> Callable[[], None]:
    """The change that puts this ledger into show.lock."""

    def change() -> None:
        from castpress.store.ledger import write_ledger

        write_ledger(arguments.show, ledger)

    return change


def facts_of(found: Found) -> dict[str, object]:
    """Who the episode is, for ``--json``."""
    guid = found.entry.guid if found.entry else found.episode.guid if found.episode else None
    return {"episode": found.stem, "guid": guid}
