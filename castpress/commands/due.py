"""``castpress due``: when the next build has something to release, for people and machines."""

from __future__ import annotations

import contextlib
import json
import os
import shlex
from datetime import UTC
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from castpress.commands import exit_codes
from castpress.commands.clock import moment
from castpress.commands.ledger_changes import refuse
from castpress.commands.options import add_show, cache_of, program

if TYPE_CHECKING:
    import argparse
    from datetime import datetime, tzinfo
    from pathlib import Path

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
        told = due_json(due, zone, _command(), title=title, waiting=len(waiting))
        reporter.result(json.dumps(told, ensure_ascii=False))
    elif arguments.cron:
        folder = shlex.quote(str(root.absolute()))
        command = f"cd {folder} && {_command()}"
        for line in cron_lines(due, command, machine_zone(due)):
            reporter.result(line)
    elif arguments.workflow:
        dues = [episode.published for episode in waiting if episode.published is not None]
        # The runner has a clone, and nothing that is installed here.
        for line in workflow_lines(dues, zone, "./run publish", _sign_in(root)):
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


def _command() -> str:
    return f"{program()} publish"


def machine_zone(due: datetime | None) -> tzinfo:
    """The zone that cron goes by here: by its name, else its offset at the moment that is due."""
    link = os.path.realpath("/etc/localtime")
    for name in (os.environ.get("TZ", "").removeprefix(":"), link.partition("/zoneinfo/")[2]):
        with contextlib.suppress(OSError, ValueError, KeyError):
            if name:
                return ZoneInfo(name)
    return (due.astimezone().tzinfo if due else None) or UTC
