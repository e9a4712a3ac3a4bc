"""``castpress retag``: write today's title, chapters and artwork into audio that is out."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from castpress.commands import exit_codes
from castpress.commands.clock import moment
from castpress.commands.ledger_changes import (
    Found,
    Tale,
    add_change,
    carry_out,
    find_episode,
    refusal,
    refuse,
    replace_ledger,
)
from castpress.commands.options import cache_of
from castpress.model.ledger import WrittenTags, retagged
from castpress.model.problem import Location, Severity

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from castpress.commands.reporter import Reporter
    from castpress.commands.walk import Walked
    from castpress.model.ledger import Ledger
    from castpress.model.problem import Problem

_WORDS = {"artwork_sha256": "artwork", "link": "page's address"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``retag``."""
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument(
        "episodes",
        metavar="EPISODE",
        nargs="*",
        default=[],
        help="their files' names, guids or pages' addresses",
    )
    which.add_argument(
        "--all", action="store_true", help="every episode whose audio has fallen behind"
    )
    add_change(parser)


def run(arguments: argparse.Namespace, reporter: Reporter) -> int:
    """Let the next build tag the audio anew, at a new address."""
    from castpress.commands.walk import walk

    root = arguments.show
    now = moment(None)
    walked, problems = walk(root, now, cache_of(root), reporter)
    if walked is None:
        return refuse(reporter, problems, root)
    chosen, unknown = _chosen(walked, arguments)
    if unknown:
        return refuse(reporter, unknown, root, exit_codes.USAGE)
    faults = tuple(fault for found in chosen for fault in _cannot(found))
    if faults and not arguments.all:
        return refuse(reporter, faults, root)
    ready = tuple(found for found in chosen if not tuple(_cannot(found)))
    today, problems = _tags_today(walked, ready, now, reporter)
    if today is None:
        return refuse(reporter, problems, root)
    told = {found: words for found in ready if (words := tuple(_differing(found, today)))}
    facts = {
        "episodes": [{"episode": found.stem, "changes": words} for found, words in told.items()]
    }
    left = tuple(f"{fault.message}; it stays as it is" for fault in faults)
    if not told:
        line = "Nothing to do: the published audio says what the notes say."
        return carry_out(arguments, reporter, Tale((*left, line), facts), None)
    known = _retagged(walked.recorded, told)
    lines = (*_tale(told), *left)
    return carry_out(arguments, reporter, Tale(lines, facts), replace_ledger(arguments, known))


def _retagged(ledger: Ledger, chosen: Iterable[Found]) -> Ledger:
    for found in chosen:
        if found.entry is not None:
            ledger = retagged(ledger, found.entry.guid)
    return ledger


def _tags_today(
    walked: Walked, chosen: Iterable[Found], now: datetime, reporter: Reporter
) -> tuple[Mapping[str, WrittenTags | None] | None, tuple[Problem, ...]]:
    """What the next build would write into the audio, by guid: a dry build that forgot the rest."""
    from castpress.commands.build import build

    forgetful = _retagged(walked.recorded, chosen)
    output = walked.root / "public"
    built = build(walked.root, output, now, reporter, is_strict=False, live=forgetful, is_dry=True)
    errors = tuple(p for p in built.problems if p.severity is Severity.ERROR)
    if errors:
        return None, errors
    return {
        guid: each.audio.tags for guid, each in built.enclosed.items() if each.audio is not None
    }, ()


def _chosen(
    walked: Walked, arguments: argparse.Namespace
) -> tuple[tuple[Found, ...], tuple[Problem, ...]]:
    if arguments.all:
        recorded = walked.recorded.by_guid()
        return tuple(
            Found(episode.stem, recorded.get(episode.guid), episode)
            for episode in sorted(walked.schedule.released, key=lambda e: e.stem)
        ), ()
    found: list[Found] = []
    problems: list[Problem] = []
    for text in arguments.episodes:
        one, faults = find_episode(walked, text)
        problems += faults
        if one is not None:
            found.append(one)
    return tuple(dict.fromkeys(found)), tuple(problems)


def _differing(found: Found, today: Mapping[str, WrittenTags | None]) -> Iterator[str]:
    """What the published file says otherwise than the notes do by now, one phrase a difference."""
    audio = found.entry.audio if found.entry else None
    if audio is None or found.entry is None or found.entry.guid not in today:
        return
    now = today[found.entry.guid]
    if now is not None and audio.tags is None:
        yield "it was published without title, artwork and chapters"
    elif now is not None and audio.tags is not None:
        yield from _phrases(audio.tags, now)


def _phrases(was: WrittenTags, now: WrittenTags) -> Iterator[str]:
    for name in (field.name for field in fields(WrittenTags)):
        before, after = getattr(was, name), getattr(now, name)
        if before == after:
            continue
        if name == "chapters":
            from castpress.model.chapter_changes import chapter_change

            yield str(chapter_change(before, after))
        elif name == "artwork_sha256":
            yield "other artwork" if after else "no artwork any more"
        else:
            yield f"{_WORDS.get(name, name)} {_said(after)}, {_said(before)} before"


def _said(value: object) -> str:
    return "none" if value is None else repr(value) if isinstance(value, str) else str(value)


def _cannot(found: Found) -> Iterator[Problem]:
    """Nothing can be written into audio that is not here."""
    episode = found.episode
    if episode is not None and episode.audio.location is None:
        yield refusal(
            "no-new-audio",
            f"the audio of {found.stem} is not in episodes/, so nothing can be written into it",
            Location(episode.location.file),
            "put the audio that was published back into episodes/, then type this again",
        )
    elif (
        episode is not None
        and found.entry is not None
        and found.entry.audio is not None
        and found.entry.audio.facts.sha256 not in ("", episode.audio.sha256)
    ):
        yield refusal(
            "audio-replaced",
            f"the audio of {found.stem} is another than the one that is published",
            Location(episode.location.file),
            f"type `castpress replace {found.stem}`: that writes the tags too",
        )


def _tale(told: Mapping[Found, Sequence[str]]) -> Iterator[str]:
    yield (
        "Apps that have downloaded the file keep it as it is; whoever downloads from the next "
        "publication on gets the new one, under the same entry and at a new address."
    )
    yield "Nobody is told that it changed."
    for found, words in told.items():
        yield f"{found.stem}: {'; '.join(words)}"
