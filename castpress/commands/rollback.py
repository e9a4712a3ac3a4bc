"""``castpress rollback``: put the feeds of an earlier publication back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from castpress.commands import exit_codes
from castpress.commands.options import add_show, typed
from castpress.commands.publish import add_place, wall_clock
from castpress.commands.reporter import report

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from castpress.commands.publishing.rollback import RolledBack
    from castpress.commands.reporter import Reporter
    from castpress.model.publication.live import Publication, Snapshot


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``rollback``."""
    add_show(parser)
    add_place(parser)
    parser.add_argument(
        "snapshot",
        nargs="?",
        type=int,
        metavar="NUMBER",
        help="the publication to go back to; without one they are listed",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="tell what would be done; change nothing"
    )
    parser.add_argument("--json", action="store_true", help="print the result as one JSON object")
    parser.add_argument(
        "--take-over",
        action="store_true",
        help="go back although another publication has not ended, because it hangs",
    )


def run(arguments: argparse.Namespace, reporter: Reporter) -> int:
    """List what can be gone back to, or go back."""
    from castpress.commands.publishing.after import (
        Afterwards,
        afterwards_lines,
        afterwards_object,
        look_after,
    )
    from castpress.commands.publishing.place import find_place
    from castpress.commands.publishing.rollback import roll_back

    root: Path = arguments.show
    place, problems = find_place(root, root / "public", arguments.to)
    if place is None:
        return report(reporter, problems, root, is_strict=True, notes=False)
    rolled = roll_back(
        root,
        place,
        arguments.snapshot,
        reporter,
        wall_clock,
        is_dry=arguments.dry_run,
        takes_over=arguments.take_over,
    )
    done = Afterwards()
    if rolled.is_done and rolled.prepared is not None:
        done = look_after(rolled.prepared, rolled.live, reporter, said=arguments.to)
    code = report(reporter, rolled.problems, root, is_strict=False, notes=False)
    if arguments.json:
        told = {**_as_object(rolled), "after": afterwards_object(done)}
        reporter.result(json.dumps(told, ensure_ascii=False))
    else:
        report(reporter, done.problems, root, is_strict=False, notes=False)
        for line in _lines(rolled, place.target.name, is_dry=arguments.dry_run):
            (reporter.result if rolled.chosen is None else reporter.say)(line)
        for line in afterwards_lines(done):
            reporter.say(line)
    return exit_codes.NETWORK if rolled.has_failed else code


def _lines(rolled: RolledBack, name: str, *, is_dry: bool) -> Iterator[str]:
    if rolled.problems:
        yield f"{name}: nothing was changed"
        return
    if rolled.chosen is None:
        yield from _list_lines(rolled.live, name)
        return
    chosen = _words(rolled.chosen)
    if is_dry:
        yield f"{name}: would go back to {chosen}"
        yield "this was a dry run; nothing was changed"
        return
    yield f"{name}: went back to {chosen}"
    yield (
        "pages are as they were; put right what was wrong: a publication that brings back all "
        "that was taken away is refused, unless you say --allow superseded-feed"
    )


def _list_lines(live: Publication, name: str) -> Iterator[str]:
    if live.since is None:
        yield f"{name}: nothing is published there yet"
        return
    since = live.since.isoformat(" ", "minutes")
    yield f"{name}: publication {live.number} is live since {since}"
    if not live.snapshots:
        yield "there is no earlier one to go back to"
    for snapshot in reversed(live.snapshots):
        yield f"  {_words(snapshot)}"
    if live.snapshots:
        back = typed(f"rollback {live.snapshots[-1].number}")
        yield f"to go back: {back}"


def _words(snapshot: Snapshot) -> str:
    count = snapshot.episode_count
    episodes = "1 episode" if count == 1 else f"{count} episodes"
    feeds = "1 feed" if len(snapshot.feeds) == 1 else f"{len(snapshot.feeds)} feeds"
    since = snapshot.since.isoformat(" ", "minutes")
    return f"{snapshot.number}: of {since}, {episodes} in {feeds}"


def _as_object(rolled: RolledBack) -> dict[str, object]:
    live = rolled.live
    return {
        "done": rolled.is_done,
        "went_back_to": rolled.chosen.number if rolled.chosen else None,
        "number": live.number,
        "since": live.since.isoformat() if live.since else None,
        "snapshots": _rows(live.snapshots),
        "problems": [{"code": p.code, "message": p.message} for p in rolled.problems],
    }


def _rows(snapshots: Sequence[Snapshot]) -> list[dict[str, object]]:
    return [
        {
            "number": snapshot.number,
            "since": snapshot.since.isoformat(),
            "episodes": snapshot.episode_count,
            "feeds": [path for path, _ in snapshot.feeds],
        }
        for snapshot in reversed(snapshots)
    ]
