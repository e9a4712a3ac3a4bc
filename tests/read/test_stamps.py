"""Stamped lines, in the forms that real notes have."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castpress.read.stamps import read_stamp, split_run_on


@pytest.mark.parametrize(
    ("line", "start_ms", "title"),
    [
        ("00:15 Hello", 15_000, "Hello"),
        ("00:02:06 Hello", 126_000, "Hello"),
        ("1:55 - Hello", 115_000, "Hello"),
        ("04:20 – Hello", 260_000, "Hello"),
        ("(00:05:22) Hello", 322_000, "Hello"),
        ("[09:39] Hello", 579_000, "Hello"),
        ("[@01:35] - Hello", 95_000, "Hello"),
        ("@1:24 hello there", 84_000, "hello there"),
        ("00:14 - Hello", 14_000, "Hello"),
        ("3:00 ~ : Hello", 180_000, "Hello"),
        ("11:18标题", 678_000, "标题"),
        ("• 12:30 Hello", 750_000, "Hello"),
        ("[12:30]", 750_000, ""),
        ("12:30-14:00 Hello", 750_000, "Hello"),
        ("75:10 Hello", 4_510_000, "Hello"),
        ("12:00 Why: a question", 720_000, "Why: a question"),
        ("12:00 The 16 : 8 fast", 720_000, "The 16 : 8 fast"),
        ("Hello - 00:04:12.", 252_000, "Hello"),
        ("Hello (5:35)", 335_000, "Hello"),
        ("Hello(6:26)", 386_000, "Hello"),
        ("Hello (4:30~)", 270_000, "Hello"),
        ("Hello: 06:40", 400_000, "Hello"),
        ("00:00:15,500 Hello", 15_500, "Hello"),
        ("Hello @ 5:00", 300_000, "Hello"),
        ("Hello at 5:00", 300_000, "Hello"),
        ("Hello,13:00", 780_000, "Hello"),
        ("Hello ... 15:00", 900_000, "Hello"),
        ("Hello…15:00", 900_000, "Hello"),
        ("Hello\t15:00", 900_000, "Hello"),
        ("🌱 0:15 Hello", 15_000, "Hello"),
        ("0:15：Hello", 15_000, "Hello"),
        ("00:15 - 02:10 | Hello", 15_000, "Hello"),
        ("0:15-end Hello", 15_000, "Hello"),
        ("[0:15 - end] Hello", 15_000, "Hello"),
        ("0:15 - End of the road", 15_000, "End of the road"),
        ("０２：１５ 第２回", 135_000, "第２回"),
        ("【０２：１５】第２回", 135_000, "第２回"),
        ("٠٢:١٥ - البداية", 135_000, "البداية"),
        ("\u200f۰۲:۱۵ شروع", 135_000, "شروع"),
        ("0h05m Hello", 300_000, "Hello"),
        ("1h02m03s - Hello", 3_723_000, "Hello"),
        ("12m30s: Hello", 750_000, "Hello"),
        ("12'30 Hello", 750_000, "Hello"),
        ("12分30秒 話", 750_000, "話"),
        ("<12:30> Hello", 750_000, "Hello"),
        ("「12:30」話", 750_000, "話"),
        ("Min. 12:30 Hello", 750_000, "Hello"),
        ("שיחה (۱۲:۳۰)", 750_000, "שיחה"),
    ],
)
def test_stamps(line: str, start_ms: int, title: str) -> None:
    stamp = read_stamp(line)

    assert stamp is not None
    assert (stamp.start_ms, stamp.title, stamp.fault) == (start_ms, title, None)


@pytest.mark.parametrize(
    "line",
    [
        *("1;29:26 A", "00.12.30 A", "1:75 A", "?? A", "?:?? A", "1:5 A", "4.00 A", "2.30 – A"),
        *("5 min: A", "Minute 5 - A"),
    ],
)
def test_slips_of_the_keyboard(line: str) -> None:
    stamp = read_stamp(line)

    assert stamp is not None
    assert stamp.fault is not None


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Hello",
        "3:15 AM",
        "12:30pm start",
        "5:30 min/km",
        "5:30/km",
        "16 : 8",
        "10 min",
        "12:30x",
        "4.00",
        "4.000 A",
        "5 min walk",
    ],
)
def test_lines_without_a_stamp(line: str) -> None:
    assert read_stamp(line) is None


def test_a_run_on_paragraph_begins_with_its_first_stamp() -> None:
    assert [s.title for s in split_run_on("[0:00] A: b [1:00] C")] == ["A: b", "C"]
    assert split_run_on("See (0:00) and (1:00)") == []
    assert split_run_on("(0:00) alone") == []
    assert [s.title for s in split_run_on("0:00 A: b 1:00 C 2:00 D")] == ["A: b", "C", "D"]
    assert split_run_on("0:00 A 2:00 B 1:00 C") == []


@given(st.one_of(st.text(), st.text("0123456789:;.-–[]()@~? Aé\n", max_size=40)))
def test_no_line_raises_and_the_stamp_is_where_it_says(line: str) -> None:
    stamp = read_stamp(line)
    if stamp is not None:
        assert line[stamp.at[0] : stamp.at[1]].strip() == line[stamp.at[0] : stamp.at[1]]
    split_run_on(line)
