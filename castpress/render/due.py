"""When the next build is due, for machines: JSON, a line for cron, a workflow for GitHub.

A run with nothing due changes nothing, and a late run publishes with the promised date. So each
of these may run once too often or a while too late, but not too early only.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import Enum, auto
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import tzinfo

SECOND_CHANCE_MINUTES = 25
"""GitHub drops runs when it is busy, most of all at the full hour; this much later is another."""

_MOST_TIMES = 12
_HOURLY = ("17 * * * *",)
_MINUTE = timedelta(minutes=1)
_ANY_DAY = date(2026, 1, 15)
_PLAIN = re.compile(r"\.?/[A-Za-z0-9 ./_=-]*")


class SignIn(Enum):
    """How a workflow comes to the place of publication: not at all, by a role at AWS, by keys."""

    NONE = auto()
    ROLE = auto()
    KEYS = auto()


# The variables and secrets are set once in the repository's settings; none stands in the file.
_ROLE_STEP = (
    "      # A role at AWS that trusts this repository; docs/s3.md tells how to make one.",
    "      - uses: aws-actions/configure-aws-credentials@v5",
    "        with:",
    "          role-to-assume: ${{ vars.AWS_ROLE }}",
    "          aws-region: ${{ vars.AWS_REGION }}",
)
_KEYS_OF_STEP = (
    "        env:",
    "          AWS_ACCESS_KEY_ID: ${{ secrets.AWS_ACCESS_KEY_ID }}",
    "          AWS_SECRET_ACCESS_KEY: ${{ secrets.AWS_SECRET_ACCESS_KEY }}",
)


def due_json(
    due: datetime | None, zone: str, command: str, *, title: str | None = None, waiting: int = 0
) -> dict[str, str | int | None]:
    """The next release as one object: what, when (in the show's zone and in UTC), what to run.

    ``waiting`` is how many episodes have a date to come. All that is not known is null.
    """
    local = None if due is None else due.astimezone(ZoneInfo(zone))
    return {
        "next_due": None if local is None else local.isoformat(),
        "next_due_utc": None if due is None else due.astimezone(UTC).isoformat(),
        "time_zone": zone,
        "title": title,
        "waiting": waiting,
        "command": command,
    }


def cron_lines(
    due: datetime | None, command: str, machine_zone: tzinfo, *, says_zone: bool = False
) -> tuple[str, ...]:
    """Lines for ``crontab -e`` that run the command once it is due: comments, and one line of cron.

    A crontab has no year and, on most machines, no zone but the machine's. With ``says_zone`` a
    line ``CRON_TZ=`` names ``machine_zone`` for a cron that knows it (cronie); the zone must have
    a name then, else it is left out. Where nothing is due there is only a comment.
    """
    if due is None:
        return ("# Nothing is scheduled: no episode has a date to come.",)
    run = _past_the_fold(_next_minute(due), machine_zone)
    name = getattr(machine_zone, "key", None)
    lines = [f"# Due {due.isoformat(' ')}. The times below are those of {name or run.tzname()}."]
    if says_zone and name:
        lines += [
            "# CRON_TZ holds for all lines below it; a cron that does not know it takes the "
            "machine's zone.",
            f"CRON_TZ={name}",
        ]
    lines += [
        "# Cron knows no year, so this runs again each year; with nothing due it changes nothing.",
        f"{run.minute} {run.hour} {run.day} {run.month} * {_cron_command(command)}",
    ]
    return tuple(lines)


def workflow_lines(
    dues: Iterable[datetime], zone: str, command: str, sign_in: SignIn = SignIn.NONE
) -> tuple[str, ...]:
    """A workflow file for GitHub Actions that runs the command each day at the promised times.

    ``dues`` are the dates of all that waits. Each time of day in the show's zone is run at in
    UTC, at both hours where the zone changes its clocks. Without dates it runs by hand only.
    """
    place = ZoneInfo(zone)
    moments = sorted({_next_minute(due) for due in dues})
    promised = sorted({moment.astimezone(place).time() for moment in moments})
    times = _utc_times(moments, promised, place)
    schedule = _daily_lines(times) if len(promised) <= _MOST_TIMES else _HOURLY
    return (
        "# Publishes what is due; put it into .github/workflows/publish.yaml.",
        *_why(promised, zone),
        "name: Publish",
        '"on":',
        "  workflow_dispatch:",
        *(["  schedule:"] if schedule else []),
        *(f'    - cron: "{line}"' for line in schedule),
        "permissions:",
        "  contents: read",
        *(["  id-token: write"] if sign_in is SignIn.ROLE else []),
        "concurrency:",
        "  group: publish",
        "  cancel-in-progress: false",
        "jobs:",
        "  publish:",
        "    runs-on: ubuntu-latest",
        "    timeout-minutes: 30",
        "    steps:",
        "      - uses: actions/checkout@v5",
        *(_ROLE_STEP if sign_in is SignIn.ROLE else ()),
        f"      - run: {_yaml_text(command)}",
        *(_KEYS_OF_STEP if sign_in is SignIn.KEYS else ()),
    )


def _why(promised: Sequence[time], zone: str) -> Iterator[str]:
    """What a reader of the workflow wonders about, as comments."""
    if not promised:
        yield "# Nothing is scheduled, so it runs by hand only; make it anew once a date is set."
        return
    if len(promised) <= _MOST_TIMES:
        times = ", ".join(clock.isoformat("minutes") for clock in promised)
        yield f"# Promised in {zone}: {times}. The lines of cron below are in UTC: where the zone"
        yield "# changes its clocks, at both hours; and each once more later, as GitHub drops runs."
    else:
        yield f"# Promised in {zone}: {len(promised)} times of day, so it looks once an hour."
    yield "# A run with nothing due changes nothing; a late one publishes with the promised date."
    yield "# GitHub runs schedules of the default branch only, and in a public repository it stops"
    yield "# them after 60 days without a commit."


def _utc_times(
    moments: Sequence[datetime], promised: Iterable[time], zone: ZoneInfo
) -> set[tuple[int, int]]:
    """Hours and minutes in UTC at which it is one of the promised times on some day of the year."""
    noons = (
        datetime(year, 1, 1, 12, tzinfo=UTC) + timedelta(days=day)
        for year in {moment.year for moment in moments}
        for day in range(365)
    )
    offsets = {noon.astimezone(zone).utcoffset() or timedelta() for noon in noons}
    runs = [
        _next_minute(datetime.combine(_ANY_DAY, clock, timezone(offset)))
        for clock in promised
        for offset in offsets
    ]
    return {(run.hour, run.minute) for run in (*runs, *moments)}


def _daily_lines(times: set[tuple[int, int]]) -> tuple[str, ...]:
    """The lines of cron for daily runs, one for each minute of the hour."""
    hours: dict[int, set[int]] = {}
    for hour, minute in times:
        for late in (0, SECOND_CHANCE_MINUTES):
            more, run_minute = divmod(minute + late, 60)
            hours.setdefault(run_minute, set()).add((hour + more) % 24)
    return tuple(
        f"{minute} {','.join(str(hour) for hour in sorted(hours[minute]))} * * *"
        for minute in sorted(hours)
    )


def _next_minute(moment: datetime) -> datetime:
    """The moment in UTC, or the next full minute: cron that runs seconds too early is no use."""
    whole = moment.astimezone(UTC).replace(second=0, microsecond=0)
    return whole if whole >= moment else whole + _MINUTE


def _past_the_fold(moment: datetime, zone: tzinfo) -> datetime:
    """The local moment; the first one after, where the clock says this time for a second time.

    Cron runs a line once, at the first of the two, and would then be an hour too early.
    """
    while moment.astimezone(zone).fold:
        moment += _MINUTE
    return moment.astimezone(zone)


def _cron_command(command: str) -> str:
    """The command on one line; cron takes a bare percent sign for the end of it."""
    return " ".join(command.split()).replace("%", r"\%")


def _yaml_text(command: str) -> str:
    """The command as a YAML scalar: as it is where nothing in it means anything to YAML."""
    line = " ".join(command.split())
    return line if _PLAIN.fullmatch(line) else json.dumps(line, ensure_ascii=False)
