"""``castpress due``: when the next build has something to release, for people and machines."""

from __future__ import annotations

import contextlib
import json
import os
import shlex
import shutil
import sys
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from castpress.commands import exit_codes
from castpress.commands.clock import moment
from castpress.commands.ledger_changes import refuse
from castpress.commands.options import add_show, cache_of, program

if TYPE_CHECKING:
    import argparse
    from datetime import datetime, tzinfo

    from castpress.commands.reporter import Reporter
    from castpress.render.due import SignIn


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``due``."""
    add_show(parser)
    parser.add_argument(
        "--now",
        metavar="WHEN",
        help="what is released at this moment, as 2026-03-01T06:00:00-05:00 (the clock; "
        "SOURCE_DATE_EPOCH comes before it)",
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print the result as one JSON object")
    form.add_argument("--cron", action="store_true", help="print lines for this machine's crontab")
    form.add_argument("--workflow", action="store_true", help="print a workflow for GitHub Actions")


def run(arguments: argparse.Namespace, reporter: Reporter) -> int:
    """Say when the next episode is due; change nothing."""
    from castpress.commands.walk import walk
    from castpress.render.due import cron_lines, due_json, workflow_lines

    root = arguments.show
    walked, problems = walk(root, moment(arguments.now), cache_of(root), reporter)
    if walked is None:
        return refuse(reporter, problems, root)
    zone, waiting = walked.show.time_zone, walked.schedule.scheduled
    due = walked.schedule.next_due
    if arguments.json:
        title = waiting[0].title if waiting else None
        told = due_json(due, zone, _command(root), title=title, waiting=len(waiting))
        reporter.result(json.dumps(told, ensure_ascii=False))
    elif arguments.cron:
        for line in cron_lines(due, _command(root), machine_zone(due)):
            reporter.result(line)
    elif arguments.workflow:
        dues = [episode.published for episode in waiting if episode.published is not None]
        command, needs = _workflow_command(root)
        for line in (*needs, *workflow_lines(dues, zone, command, _sign_in(root))):
            reporter.result(line)
    elif due is None:
        reporter.result("nothing is scheduled: no episode has a date to come")
    else:
        for episode in waiting:
            if episode.published is not None:
                local = episode.published.astimezone(ZoneInfo(zone))
                reporter.result(f"{local.isoformat(' ', 'minutes')}  {episode.title}")
        reporter.say(f"next build due at {due.astimezone(ZoneInfo(zone)).isoformat()}")
    return exit_codes.OK


def _sign_in(root: Path) -> SignIn:
    from castpress.commands.publishing.place import settings_of
    from castpress.render.due import SignIn

    placed, _ = settings_of(root)
    if placed is None or not (placed.settings.publish_to or "").startswith("s3:"):
        return SignIn.NONE
    return SignIn.KEYS if placed.settings.s3.endpoint else SignIn.ROLE


def _command(root: Path) -> str:
    """What publishes this show from any folder, with the few programs that cron finds by name."""
    words = (*_program_words(), "publish", "--show", str(root.resolve()))
    return " ".join(shlex.quote(word) for word in words)


def _program_words() -> tuple[str, ...]:
    """The program by its path: the script of a clone, else what is installed."""
    name = program()
    called = Path(name if name != "castpress" else sys.argv[0])
    if called.name == "__main__.py":
        return (sys.executable, "-m", "castpress")
    if name == "castpress" and called.name != name:
        return (shutil.which(name) or name,)
    # Of a link the folder is made plain and not the link: it stays where it is found.
    return (str(called.parent.resolve() / called.name),)


def _workflow_command(root: Path) -> tuple[str, tuple[str, ...]]:
    """What a workflow runs, and what it needs: the runner has the repository and nothing else."""
    folder = root.resolve()
    if (folder / "run").is_file():
        return "./run publish", ()
    name = program()
    clone = Path(name).resolve().parent if name != "castpress" else None
    if clone is not None and folder.is_relative_to(clone):
        inside = shlex.quote(folder.relative_to(clone).as_posix())
        return f"./run publish --show {inside}", ()
    return "./run publish", (
        "# The repository has to be a clone of castpress with this show at its top: there is no",
        "# `run` in this folder, and without it the workflow fails. docs/s3.md tells more.",
    )


def machine_zone(due: datetime | None) -> tzinfo:
    """The zone that cron goes by here: by its name, else its offset at the moment that is due."""
    link = os.path.realpath("/etc/localtime")
    for name in (os.environ.get("TZ", "").removeprefix(":"), link.partition("/zoneinfo/")[2]):
        with contextlib.suppress(OSError, ValueError, KeyError):
            if name:
                return ZoneInfo(name)
    return (due.astimezone().tzinfo if due else None) or UTC
