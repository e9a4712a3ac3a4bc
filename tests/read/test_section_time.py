"""Every way to write a section's time that docs/notes.md names, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castpress.read.section_time import read_timed_title
from castpress.read.spans import Span

MIN = 60_000


@pytest.mark.parametrize(
    ("heading", "title", "start_ms", "end_ms"),
    [
        ("Odd news [0-2 min]", "Odd news", 0, 2 * MIN),
        ("Odd news [0–2 mins]", "Odd news", 0, 2 * MIN),
        ("Odd news [0 to 2 minutes]", "Odd news", 0, 2 * MIN),
        ("Odd news (0-2 min)", "Odd news", 0, 2 * MIN),
        ("Odd news[0 — 2 Min.]", "Odd news", 0, 2 * MIN),
        ("Mail [12 min]", "Mail", 12 * MIN, None),
        ("Mail [12 min -]", "Mail", 12 * MIN, None),
        ("Mail [12+ min]", "Mail", 12 * MIN, None),
        ("Mail [from 12 min]", "Mail", 12 * MIN, None),
        ("Tip [30-90 sec]", "Tip", 30_000, 90_000),
        ("Tip [30s-90s]", "Tip", 30_000, 90_000),
        ("Tip [1.5-2.5 min]", "Tip", 90_000, 150_000),
        ("Tip [1-1.5 h]", "Tip", 60 * MIN, 90 * MIN),
        ("Drill [2:15-10:40]", "Drill", 135_000, 640_000),
        ("Drill [2:15 to 10:40]", "Drill", 135_000, 640_000),
        ("Tip [30s–90s]", "Tip", 30_000, 90_000),
        ("Drill [1:02:03 – 1:10:00]", "Drill", 3_723_000, 4_200_000),
        ("Drill [00:02:15.500]", "Drill", 135_500, None),
        ("Drill [75:10]", "Drill", 4_510_000, None),
        ("Drill [2m15s]", "Drill", 135_000, None),
        ("Drill [1h2m-1h10m]", "Drill", 62 * MIN, 70 * MIN),
        ("Drill [1h05]", "Drill", 65 * MIN, None),
        ("Drill [0'-2']", "Drill", 0, 2 * MIN),
        ("Drill [0:30 - 2 min]", "Drill", 30_000, 2 * MIN),
        ("12:30 Title", "Title", 750_000, None),
        ("[12:30] Title", "Title", 750_000, None),
        ("(12:30) Title", "Title", 750_000, None),
        ("12:30 – Title", "Title", 750_000, None),
        ("12:30: Title", "Title", 750_000, None),
        ("1:02:03 Title", "Title", 3_723_000, None),
        ("11:18标题", "标题", 678_000, None),
        ("[0-2 min] Title", "Title", 0, 2 * MIN),
        ("2:15-10:40 Title", "Title", 135_000, 640_000),
        ("Title (4:30~)", "Title", 270_000, None),
        ("16 : 8 fasting [0-2 min]", "16 : 8 fasting", 0, 2 * MIN),
        ("Why (really)? [2-4 min]", "Why (really)?", 2 * MIN, 4 * MIN),
        ("Intro - [0:00]", "Intro", 0, None),
        ("Middle: [5:00]", "Middle", 5 * MIN, None),
        ("00:05:00,500 Title", "Title", 300_500, None),
        ("Boden [0 bis 8 Minuten]", "Boden", 0, 8 * MIN),
        ("Le sol [2 à 8 minutes]", "Le sol", 2 * MIN, 8 * MIN),
        ("El suelo [2 minutos a 1 hora]", "El suelo", 2 * MIN, 60 * MIN),
        ("O solo [2-90 segundos]", "O solo", 2_000, 90_000),
        ("De bodem [2 minuten tot 1 uur]", "De bodem", 2 * MIN, 60 * MIN),
        ("Il suolo [2-8 minuti]", "Il suolo", 2 * MIN, 8 * MIN),
        ("Jorden [2-8 minuter]", "Jorden", 2 * MIN, 8 * MIN),
        ("Gleba [2 do 8 minut]", "Gleba", 2 * MIN, 8 * MIN),
        ("Почва [2-8 мин]", "Почва", 2 * MIN, 8 * MIN),
        ("土【2分〜8分】", "土", 2 * MIN, 8 * MIN),
        ("土壤 [2到8分钟]", "土壤", 2 * MIN, 8 * MIN),
        ("Mail (ab Min. 25)", "Mail", 25 * MIN, None),
        ("Mail [from 9 min on]", "Mail", 9 * MIN, None),
        ("Mail (9 min onwards)", "Mail", 9 * MIN, None),
        ("Mail [9分以降]", "Mail", 9 * MIN, None),
        ("Mail [ab Minute 9]", "Mail", 9 * MIN, None),
        ("Mail [ab der 9. Minute]", "Mail", 9 * MIN, None),
        ("Mail [from minute 9]", "Mail", 9 * MIN, None),
        ("Mail [desde el minuto 9]", "Mail", 9 * MIN, None),
        ("Mail [a partir do minuto 9]", "Mail", 9 * MIN, None),
        ("Mail [à partir de la 9e minute]", "Mail", 9 * MIN, None),
        ("Mail [с 9-й минуты]", "Mail", 9 * MIN, None),
        ("Mail [vanaf minuut 9]", "Mail", 9 * MIN, None),
        ("Mail [min 30 - 40]", "Mail", 30 * MIN, 40 * MIN),
        ("Mail [from 2 to 9 min]", "Mail", 2 * MIN, 9 * MIN),
        ("Mail [von 2 bis 9 Min]", "Mail", 2 * MIN, 9 * MIN),
        ("Mail [de 2 à 9 minutes]", "Mail", 2 * MIN, 9 * MIN),
        ("Mail [desde 2 hasta 9 min]", "Mail", 2 * MIN, 9 * MIN),
        ("Mail [del minuto 2 al 9]", "Mail", 2 * MIN, 9 * MIN),
        ("Mail [de 2 a 9 minutos]", "Mail", 2 * MIN, 9 * MIN),
        ("Mail [van 2 tot 9 min]", "Mail", 2 * MIN, 9 * MIN),
        ("Mail [da 2 a 9 minuti]", "Mail", 2 * MIN, 9 * MIN),
        ("Mail [från 2 till 9 min]", "Mail", 2 * MIN, 9 * MIN),
        ("Mail [od 2 do 9 min]", "Mail", 2 * MIN, 9 * MIN),
        ("Mail [с 2 до 9 мин]", "Mail", 2 * MIN, 9 * MIN),
        ("Mail [2分から9分まで]", "Mail", 2 * MIN, 9 * MIN),
        ("Mail [从2到9分钟]", "Mail", 2 * MIN, 9 * MIN),
        ("Mail [2분에서 9분까지]", "Mail", 2 * MIN, 9 * MIN),
        ("Mail [من 2 إلى 9 دقائق]", "Mail", 2 * MIN, 9 * MIN),
        ("Mail [מ-2 עד 9 דקות]", "Mail", 2 * MIN, 9 * MIN),
        ("Mail [~2-9 min]", "Mail", 2 * MIN, 9 * MIN),
        ("Mail [approx. 2 - 9 min]", "Mail", 2 * MIN, 9 * MIN),
        ("Mail [ca. 2-9 min]", "Mail", 2 * MIN, 9 * MIN),
        ("Mail [2 min - about 9 min]", "Mail", 2 * MIN, 9 * MIN),
        ("Mail {2-9 min}", "Mail", 2 * MIN, 9 * MIN),
        ("Mail <2-9 min>", "Mail", 2 * MIN, 9 * MIN),
        ("Mail [vom Anfang bis 9 Min]", "Mail", 0, 9 * MIN),
        ("Mail [from about 5 min]", "Mail", 5 * MIN, None),
        ("Mail [about 5 min]", "Mail", 5 * MIN, None),
        ("Mail (0 min)", "Mail", 0, None),
        ("Mail（0分）", "Mail", 0, None),
        ("Mail（12:00ごろ）", "Mail", 12 * MIN, None),
        ("Mail (12:00頃)", "Mail", 12 * MIN, None),
        ("Mail (12:00 environ)", "Mail", 12 * MIN, None),
        ("Mail (circa 12:00)", "Mail", 12 * MIN, None),
        ("[~12:00] Mail", "Mail", 12 * MIN, None),
    ],
)
def test_times_in_headings(heading: str, title: str, start_ms: int, end_ms: int | None) -> None:
    timed = read_timed_title(heading)

    assert timed.fault is None
    assert timed.span is not None
    assert (timed.title, timed.span.start_ms, timed.span.end_ms) == (title, start_ms, end_ms)


def test_the_end_of_the_audio_has_a_word() -> None:
    timed = read_timed_title("Wrap-up [55 min - end]")

    assert timed.span == Span(55 * MIN, unit_ms=MIN, to_end=True)


@pytest.mark.parametrize("word", ["Ende", "fin", "fim", "einde", "fine", "slut", "koniec", "конец"])
def test_the_end_has_a_word_in_other_languages(word: str) -> None:
    span = read_timed_title(f"Wrap-up [55 min - {word}]").span

    assert span is not None
    assert span.to_end


@pytest.mark.parametrize(
    "inside",
    [
        "min 9 - end",
        "from minute 9 to the end",
        "9 min bis zum Ende",
        "de 9 min à la fin",
        "9 min hasta el final",
        "dal minuto 9 alla fine",
        "od minuty 9 do końca",
        "от 9 мин до конца",
        "从第9分钟到最后",
        "9분부터 끝까지",
    ],
)
def test_to_the_end_is_said_in_several_ways(inside: str) -> None:
    timed = read_timed_title(f"Wrap-up [{inside}]")

    assert timed.span == Span(9 * MIN, unit_ms=MIN, to_end=True)


@pytest.mark.parametrize(
    ("heading", "title", "start_ms", "end_ms"),
    [
        ("The drill [2-9 min] (with Kim)", "The drill (with Kim)", 2 * MIN, 9 * MIN),
        ("The drill [2:00-9:00] with Kim", "The drill with Kim", 2 * MIN, 9 * MIN),
        ("2分15秒 本題", "本題", 135_000, None),
        ("0分 導入", "導入", 0, None),
        ("導入 0分", "導入", 0, None),
        ("Main 1:00", "Main", MIN, None),
        ("D – 5:00", "D", 5 * MIN, None),
        ("E @ 6:00", "E", 6 * MIN, None),
        ("P: 17:00 - 18:00", "P", 17 * MIN, 18 * MIN),
        ("J 11 min", "J", 11 * MIN, None),
        ("Easy jog 10-15 min", "Easy jog", 10 * MIN, 15 * MIN),
        ("John 3:16", "John", 196_000, None),
    ],
)
def test_numbers_at_the_end_may_be_a_time(
    heading: str, title: str, start_ms: int, end_ms: int | None
) -> None:
    timed = read_timed_title(heading)

    assert (timed.title, timed.span) == (heading, None)
    assert timed.bare is not None
    assert timed.bare.title == title
    assert (timed.bare.span.start_ms, timed.bare.span.end_ms) == (start_ms, end_ms)


@pytest.mark.parametrize(
    "heading",
    [
        "5.30 Middle",
        "A [5.30]",
        "2.10 – Setting up",
        "A [2-14]",
        "A [kutoka 2-9 min]",
        "A [2-9 min, with Kim]",
        "A [2:00-9:00 with Kim]",
    ],
)
def test_only_siblings_make_these_a_fault(heading: str) -> None:
    timed = read_timed_title(heading)

    assert timed.fault is not None
    assert timed.fault.is_weak


@pytest.mark.parametrize("heading", ["Main set [20 min]", "Plank (1:30)"])
def test_a_single_value_may_be_a_start_or_a_length(heading: str) -> None:
    span = read_timed_title(heading).span

    assert span is not None
    assert span.is_lone


def test_a_count_in_round_brackets_is_a_length() -> None:
    span = read_timed_title("Warm-up (10 min)").span

    assert span is not None
    assert span.is_length


@pytest.mark.parametrize(
    ("heading", "unit_ms"),
    [("A [0-2 min]", MIN), ("A [0.5-2 min]", 1000), ("A [2:15]", 1000), ("A [1-2 h]", 60 * MIN)],
)
def test_the_unit_says_how_fine_a_time_is(heading: str, unit_ms: int) -> None:
    span = read_timed_title(heading).span

    assert span is not None
    assert span.unit_ms == unit_ms


@pytest.mark.parametrize(
    "heading",
    [
        "Easy jog 10-15 min",
        "John 3:16",
        "3:15 AM wake-up",
        "3:15 p.m. start",
        "5:30 min/km tempo",
        "5:30/km",
        "Ratio 4:1",
        "Sets [5-10 reps]",
        "Sets [3 sets of 30-60 sec]",
        "Talk [encore]",
        "Talk [ca. 1998]",
        "Talk [about 2-3 people]",
        "Set (20 min) with weights",
        "Under <5 min",
        "3分クッキング",
        "Talk (2024)",
        "Talk [2 mi]",
        "Talk [3]",
        "Part [2/3]",
        "A score of [2:1]",
        "",
        "[]",
    ],
)
def test_headings_without_a_time(heading: str) -> None:
    timed = read_timed_title(heading)

    assert (timed.title, timed.span, timed.fault) == (heading, None, None)


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("A [1:75]", "bad-time-range"),
        ("1:75 A", "bad-time-range"),
        ("A [1;29:26]", "bad-time-range"),
        ("A [2:15-10]", "bad-time-range"),
        ("A [0-2 min)", "unmatched-bracket"),
        ("A (0-2 min]", "unmatched-bracket"),
        ("A [0-2min", "unmatched-bracket"),
        ("A 0-2 min]", "unmatched-bracket"),
        ("A [0-2 mim]", "unknown-unit"),
        ("A [0-2 minuts]", "unknown-unit"),
        ("A [2-14]", "missing-unit"),
        ("A [55 - end]", "missing-unit"),
        ("A [start - 2]", "missing-unit"),
        ("A [2-9 min>", "unmatched-bracket"),
    ],
)
def test_slips_are_named_and_the_text_stays(heading: str, code: str) -> None:
    timed = read_timed_title(heading)

    assert timed.span is None
    assert timed.fault is not None
    assert timed.fault.code == code


@given(st.one_of(st.text(), st.text("0123456789:;.,-–[]() mhsin'+~Aé", max_size=40)))
def test_no_heading_raises(heading: str) -> None:
    timed = read_timed_title(heading)

    assert timed.span is None or timed.fault is None
