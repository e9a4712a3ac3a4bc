from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castpress.read.dates import publication_date
from castpress.read.front_matter import parse_head

FILE = PurePosixPath("show_notes/one.md")


def typed(date: str) -> str | None:
    """What is kept of a date in a head, None where it is refused."""
    head, problems = parse_head(f'---\npublished: "{date}"\n---\n', FILE)
    assert bool(problems) == (head.settings.published is None)
    return head.settings.published


@pytest.mark.parametrize(
    ("text", "zone", "meant"),
    [
        ("2026-03-29 01:59", "Europe/Berlin", "2026-03-29T01:59:00+01:00"),
        ("2026-03-29 02:00", "Europe/Berlin", "2026-03-29T03:00:00+02:00"),
        ("2026-03-29 02:30", "Europe/Berlin", "2026-03-29T03:30:00+02:00"),
        ("2026-10-25 02:30", "Europe/Berlin", "2026-10-25T02:30:00+02:00"),
        ("2026-10-25 02:30 +01:00", "Europe/Berlin", "2026-10-25T02:30:00+01:00"),
        ("2026-10-25 03:00", "Europe/Berlin", "2026-10-25T03:00:00+01:00"),
        ("2026-10-04 02:10", "Australia/Lord_Howe", "2026-10-04T02:40:00+11:00"),
        ("2026-04-24", "Africa/Cairo", "2026-04-24T01:00:00+03:00"),  # a day without midnight
        ("2011-12-30", "Pacific/Apia", "2011-12-31T00:00:00+14:00"),  # a day that never was
        ("2026-03-01", "Asia/Kathmandu", "2026-03-01T00:00:00+05:45"),
        ("2026-03-01 24:00", "UTC", None),
        ("2026-02-29", "UTC", None),
        ("2028-02-29 23:59:59", "UTC", "2028-02-29T23:59:59+00:00"),
        ("2026-03-01T06:00Z", "Asia/Kathmandu", "2026-03-01T06:00:00+00:00"),
        ("2026-03-01 06:00 -0930", "UTC", "2026-03-01T06:00:00-09:30"),
        ("2026-03-01 06:00 +14:00", "UTC", "2026-03-01T06:00:00+14:00"),
        ("2026-03-01 06:00 +14:01", "UTC", None),
        ("2026-03-01 06:00 +05:75", "UTC", None),
        ("2026-03-01 06:00 +٠١:٠٠", "UTC", None),
        ("٢٠٢٦-03-01", "UTC", None),
        ("1990-01-01 00:00 +14:00", "UTC", "1990-01-01T00:00:00+14:00"),
        ("1989-12-31", "UTC", None),
        ("2199-12-31 23:59 -14:00", "UTC", "2199-12-31T23:59:00-14:00"),
        ("2200-01-01", "UTC", None),
        ("2100-07-01 06:00", "Europe/Berlin", "2100-07-01T06:00:00+02:00"),
    ],
)
def test_a_date_means_one_moment(text: str, zone: str, meant: str | None) -> None:
    kept = typed(text)
    assert (kept and publication_date(kept, zone).isoformat()) == meant


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2199, 12, 31)),  # noqa: DTZ001 - naive is the point
    st.sampled_from(["Europe/Berlin", "Australia/Lord_Howe", "Africa/Cairo", "America/New_York"]),
)
def test_no_date_is_moved_by_more_than_the_gap(local: datetime, zone: str) -> None:
    kept = typed(local.strftime("%Y-%m-%d %H:%M"))
    assert kept is not None
    moment = publication_date(kept, zone)
    asked = local.replace(second=0, microsecond=0)
    moved = moment.replace(tzinfo=None) - asked
    assert timedelta() <= moved <= timedelta(hours=1)
    assert moment.fold == 0
    # It exists: through UTC and back it is the same.
    assert moment.astimezone(UTC).astimezone(ZoneInfo(zone)).isoformat() == moment.isoformat()


@given(st.from_regex(r"\A\d{4}-\d\d-\d\d([T ]\d\d:\d\d ?([+-]\d\d:?\d\d|Z)?)?\Z"))
def test_what_is_kept_of_a_date_can_be_read(text: str) -> None:
    kept = typed(text)
    if kept is not None:
        assert publication_date(kept, "Europe/Berlin").tzinfo is not None


@pytest.mark.parametrize(
    ("start", "ms"),
    [
        ("12:30", 750_000),
        ("1:02:03.5", 3_723_500),
        ("750", 750_000),
        ("0.5", 500),
        ("2 min", 120_000),
        ("1h05", 3_900_000),
        ("'2m15s'", 135_000),
        ("１２：３０", 750_000),
        ("soon", None),
        ("1:75", None),
        ("-5", None),
        ("[1, 2]", None),
    ],
)
def test_a_chapters_start_is_typed_as_clock_as_counts_or_in_seconds(
    start: str, ms: int | None
) -> None:
    head, problems = parse_head(f"---\nchapters: [{{start: {start}, title: A}}]\n---\n", FILE)

    assert [entry.start for entry in head.settings.chapters] == ([] if ms is None else [ms])
    assert [p.code for p in problems] == ([] if ms is not None else ["bad-value"])


@pytest.mark.parametrize(
    ("line", "message", "help_"),
    [
        ("2:75 Bad", "2:75 is no clock time", "`2:15 Title`"),
        ("2:75: Bad", "2:75 is no clock time", "`2:15 Title`"),
        ("2;15 Bad", "2;15 is no clock time", "`2:15 Title`"),
        ("9:00", "a title is missing", "write 9:00 and a title: `9:00 Mailbag`"),
        ("'9:00': ", "a title is missing", "write 9:00 and a title: `9:00 Mailbag`"),
        ("Mailbag", "expected a time and a title", "`2:15 Title`"),
    ],
)
def test_a_chapters_line_that_is_none_says_what_to_write(
    line: str, message: str, help_: str
) -> None:
    head, problems = parse_head(f"---\nchapters:\n  - {line}\n---\n", FILE)

    assert head.settings.chapters == ()
    assert [problem.code for problem in problems] == ["bad-value"]
    assert message in problems[0].message
    assert help_ in (problems[0].help or "")


def test_a_picture_of_a_chapter_has_to_be_described() -> None:
    row = "{start: 1:00, title: A, image: a.jpg%s}"
    head, problems = parse_head(f"---\nchapters:\n  - {row % ''}\n---\n", FILE)

    assert head.settings.chapters == ()
    assert [(p.code, p.location.line) for p in problems] == [("bad-value", 3)]
    assert "write `image_alt:` and what it shows" in (problems[0].help or "")

    for typed, alt in ((", image_alt: A goose", "A goose"), (', image_alt: ""', "")):
        head, problems = parse_head(f"---\nchapters:\n  - {row % typed}\n---\n", FILE)
        assert problems == ()
        assert [entry.image_alt for entry in head.settings.chapters] == [alt]


@pytest.mark.parametrize("line", ["9:00 Mailbag", "9:00: Mailbag", "9:00 - Mailbag"])
def test_a_chapter_may_be_a_line(line: str) -> None:
    head, problems = parse_head(f"---\nchapters:\n  - {line}\n---\n", FILE)

    assert problems == ()
    assert [(entry.start, entry.title) for entry in head.settings.chapters] == [
        (540_000, "Mailbag")
    ]
