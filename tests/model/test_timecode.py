"""Times as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castpress.model.timecode import (
    TimecodeError,
    format_clock,
    format_hms,
    format_hms_ms,
    format_seconds,
    parse_clock,
    parse_moment,
    parse_units,
)

MOMENTS = st.integers(0, 10**10)


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("0:00", 0),
        ("12:30", 750_000),
        ("75:10", 4_510_000),
        ("1:02:03", 3_723_000),
        ("00:02:15.500", 135_500),
        ("1:02:03,5", 3_723_500),
        ("0:00.0005", 1),
        (" 2:15 ", 135_000),
        ("٢:١٥", 135_000),
        ("０２：１５", 135_000),
    ],
)
def test_clock_times(text: str, ms: int) -> None:
    assert parse_clock(text) == ms


@pytest.mark.parametrize(
    "text", ["", "12", "1:75", "1:2", "1:60:00", "1:00:60", "-1:00", "1:2:3:4", "4:1", "a"]
)
def test_what_is_no_clock_time(text: str) -> None:
    with pytest.raises(TimecodeError):
        parse_clock(text)


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("2m15s", 135_000),
        ("1h2m", 3_720_000),
        ("1h05", 3_900_000),
        ("1.5 min", 90_000),
        ("1,5 h", 5_400_000),
        ("2 Mins.", 120_000),
        ("0'", 0),
        ("90 sec", 90_000),
    ],
)
def test_unit_times(text: str, ms: int) -> None:
    assert parse_units(text) == ms


@pytest.mark.parametrize("text", ["", "5", "5 reps", "15s2m", "2m2m", "min", "2:15", "5 mi"])
def test_what_is_no_unit_time(text: str) -> None:
    with pytest.raises(TimecodeError):
        parse_units(text)


@given(MOMENTS)
def test_what_is_written_reads_the_same(ms: int) -> None:
    whole = ms // 1000 * 1000
    assert parse_clock(format_clock(ms)) == whole
    assert parse_clock(format_hms(ms)) == whole
    assert parse_clock(format_hms_ms(ms)) == ms
    assert round(float(format_seconds(ms)) * 1000) == ms


@given(st.one_of(st.text(), st.text("0123456789:.,-–hms '\"", max_size=20)))
def test_nothing_but_a_timecode_error(text: str) -> None:
    for parse in (parse_clock, parse_units, parse_moment):
        try:
            parse(text)
        except TimecodeError:
            continue


def test_a_moment_before_the_beginning_cannot_be_written() -> None:
    with pytest.raises(TimecodeError):
        format_clock(-1)
    with pytest.raises(TimecodeError):
        format_seconds(-1)
