from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from castpress.render.due import (
    SECOND_CHANCE_MINUTES,
    SignIn,
    cron_lines,
    due_json,
    workflow_lines,
)

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = st.sampled_from(
    [
        "America/St_Johns",
        "Asia/Kathmandu",
        "Australia/Lord_Howe",
        "Africa/Casablanca",
        "Europe/Berlin",
        "Pacific/Chatham",
        "Pacific/Kiritimati",
        "UTC",
    ]
)
MOMENTS = st.datetimes(
    min_value=datetime(1971, 1, 1),  # noqa: DTZ001 - hypothesis wants it naive
    max_value=datetime(2199, 12, 30),  # noqa: DTZ001
    timezones=st.just(UTC),
)


def when(text: str, zone: tzinfo = BERLIN) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def schedule_of(lines: tuple[str, ...]) -> list[str]:
    workflow = yaml.safe_load("\n".join(lines))
    return [row["cron"] for row in workflow["on"].get("schedule", [])]


def runs_of(lines: tuple[str, ...]) -> set[tuple[int, int]]:
    """Hour and minute in UTC of each daily run."""
    runs = set()
    for cron in schedule_of(lines):
        minutes, hours, *rest = cron.split()
        assert rest == ["*", "*", "*"]
        hours = ",".join(map(str, range(24))) if hours == "*" else hours
        runs |= {(int(h), int(m)) for h in hours.split(",") for m in minutes.split(",")}
    return runs


def fires(lines: tuple[str, ...], year: int) -> datetime:
    """The naive local time at which the one line of cron runs in that year."""
    (cron,) = (line for line in lines if line[:1].isdigit())
    minute, hour, day, month, weekday, *_ = cron.split()
    assert weekday == "*"
    return datetime(year, int(month), int(day), int(hour), int(minute))  # noqa: DTZ001


def test_the_next_release_as_json() -> None:
    found = due_json(
        datetime(2026, 7, 1, 4, tzinfo=UTC),
        "Europe/Berlin",
        "./run publish",
        title="Hills",
        waiting=3,
    )
    assert json.loads(json.dumps(found)) == {
        "next_due": "2026-07-01T06:00:00+02:00",
        "next_due_utc": "2026-07-01T04:00:00+00:00",
        "time_zone": "Europe/Berlin",
        "title": "Hills",
        "waiting": 3,
        "command": "./run publish",
    }
    nothing = due_json(None, "UTC", "./run publish")
    assert (nothing["next_due"], nothing["next_due_utc"], nothing["title"]) == (None, None, None)


@pytest.mark.parametrize(
    ("due", "zone", "line"),
    [
        ("2026-03-01T06:00:00+00:00", BERLIN, "0 7 1 3 *"),
        ("2026-12-31T23:30:00+00:00", BERLIN, "30 0 1 1 *"),  # next year, there
        ("2026-12-31T23:59:30+00:00", UTC, "0 0 1 1 *"),  # never before it is due
        ("2028-02-29T06:00:00+01:00", ZoneInfo("Asia/Kathmandu"), "45 10 29 2 *"),
        ("2026-03-29T01:00:00+00:00", BERLIN, "0 3 29 3 *"),  # the clock goes from 2 to 3
        ("2026-03-29T00:59:00+00:00", BERLIN, "59 1 29 3 *"),
        ("2026-10-25T00:30:00+00:00", BERLIN, "30 2 25 10 *"),  # the first 2:30 of two
        ("2026-10-25T01:30:00+00:00", BERLIN, "0 3 25 10 *"),  # the second: cron skips it
        ("2026-04-04T15:15:00+00:00", ZoneInfo("Australia/Lord_Howe"), "0 2 5 4 *"),
        ("2026-03-01T06:00:00+00:00", timezone(timedelta(hours=5, minutes=45)), "45 11 1 3 *"),
    ],
)
def test_the_line_of_cron(due: str, zone: tzinfo, line: str) -> None:
    lines = cron_lines(datetime.fromisoformat(due), "./run publish", zone)
    assert lines[-1] == f"{line} ./run publish"
    assert all(comment.startswith("# ") for comment in lines[:-1])


@given(MOMENTS, ZONES)
def test_cron_never_runs_too_early_and_within_the_hour(due: datetime, zone: str) -> None:
    place = ZoneInfo(zone)
    year = (due + timedelta(minutes=1)).astimezone(place).year
    # The first of two equal local times is when cron runs.
    run = fires(cron_lines(due, "x", place), year).replace(tzinfo=place).astimezone(UTC)
    assert due <= run <= due + timedelta(hours=1, minutes=1)


def test_a_zone_is_named_only_where_it_has_a_name() -> None:
    due = when("2026-03-01T06:00")
    named = cron_lines(due, "./run publish", BERLIN, says_zone=True)
    assert "CRON_TZ=Europe/Berlin" in named
    assert named[-1] == "0 6 1 3 * ./run publish"
    nameless = cron_lines(due, "./run publish", timezone(timedelta(hours=1)), says_zone=True)
    assert not any("CRON_TZ" in line for line in nameless)


def test_cron_gets_one_line_without_percent_signs_of_its_own() -> None:
    lines = cron_lines(when("2026-03-01T06:00"), "cd '100%'\n./run publish", BERLIN)
    assert lines[-1] == r"0 6 1 3 * cd '100\%' ./run publish"


def test_nothing_due_is_only_said() -> None:
    assert all(line.startswith("#") for line in cron_lines(None, "./run publish", BERLIN))
    assert schedule_of(workflow_lines((), "Europe/Berlin", "./run publish")) == []


def test_a_workflow_runs_at_both_hours_of_a_zone_that_changes_its_clocks() -> None:
    lines = workflow_lines([when("2026-01-05T06:00")], "Europe/Berlin", "./run publish")
    assert schedule_of(lines) == ["0 4,5 * * *", "25 4,5 * * *"]
    lines = workflow_lines([when("2026-01-05T06:00")], "Asia/Kathmandu", "./run publish")
    assert schedule_of(lines) == ["0 5 * * *", "25 5 * * *"]


def test_equal_times_of_day_are_one_line_in_summer_and_in_winter() -> None:
    weekly = [when("2026-01-05T06:00") + timedelta(days=7 * week) for week in range(52)]
    lines = workflow_lines(weekly, "Europe/Berlin", "./run publish")
    assert schedule_of(lines) == ["0 4,5 * * *", "25 4,5 * * *"]


def test_a_second_chance_may_be_after_midnight() -> None:
    lines = workflow_lines([when("2026-12-31T23:40", UTC)], "UTC", "./run publish")
    assert schedule_of(lines) == ["5 0 * * *", "40 23 * * *"]


def test_many_times_of_day_are_looked_at_hourly() -> None:
    many = [when("2026-01-05T06:00") + timedelta(minutes=7 * n) for n in range(13)]
    assert schedule_of(workflow_lines(many, "UTC", "./run publish")) == ["17 * * * *"]
    assert (0, 17) not in runs_of(workflow_lines(many[:12], "UTC", "./run publish"))


@given(st.lists(MOMENTS, min_size=1, max_size=5), ZONES)
def test_a_workflow_runs_when_it_is_due_and_once_more(dues: list[datetime], zone: str) -> None:
    lines = workflow_lines(dues, zone, "./run publish")
    runs = runs_of(lines)
    for due in dues:
        whole = due.replace(second=0, microsecond=0)
        run = whole if whole == due else whole + timedelta(minutes=1)
        assert (run.hour, run.minute) in runs
        late = run + timedelta(minutes=SECOND_CHANCE_MINUTES)
        assert (late.hour, late.minute) in runs


@pytest.mark.parametrize(
    "command",
    ["./run publish", "python3 build.py publish --show 'a: b' # x", 'say "hi"', "true", "- é", ""],
)
def test_the_workflow_runs_the_command_as_typed(command: str) -> None:
    lines = workflow_lines([when("2026-01-05T06:00")], "UTC", command)
    (job,) = yaml.safe_load("\n".join(lines))["jobs"].values()
    assert job["steps"][-1] == {"run": command}


@pytest.mark.parametrize("sign_in", SignIn)
def test_the_workflow_signs_in_without_a_key_in_it(sign_in: SignIn) -> None:
    lines = workflow_lines([when("2026-01-05T06:00")], "UTC", "./run publish", sign_in)
    file = yaml.safe_load("\n".join(lines))
    steps = file["jobs"]["publish"]["steps"]
    assert ("id-token" in file["permissions"]) == (sign_in is SignIn.ROLE)
    assert any("role-to-assume" in step.get("with", {}) for step in steps) == (
        sign_in is SignIn.ROLE
    )
    assert ("env" in steps[-1]) == (sign_in is SignIn.KEYS)
    assert all(value.startswith("${{ secrets.") for value in steps[-1].get("env", {}).values())
