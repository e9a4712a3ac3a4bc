from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from castpress.model import value_kinds as kinds
from castpress.model.value_kinds import Kind

KINDS = {name: kind for name, kind in vars(kinds).items() if isinstance(kind, Kind)}


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        ("TITLE", ("a", "é" * 255), ("", " a", "a ", "é" * 256)),
        ("NAME", ("é" * 128,), ("é" * 129,)),
        ("LABEL", ("é" * 32,), ("é" * 33,)),
        ("RECORD", ("é" * 4000,), ("é" * 4001,)),
        ("ANY_TEXT", ("a" * 9000, " a "), ("", " \n")),
        ("DESCRIPTION", ("é" * 2000,), ("", "é" * 2001)),
        (
            "WEB",
            ("https://example.org/é?a=1#b", "http://a", "HTTPS://a.b"),
            ("", "//a", "a/b", "mailto:a@b.c", "https://", "https:///x", "https://a b", "tel:1"),
        ),
        ("HTTPS", ("https://example.org/",), ("http://example.org/", "https://", "x")),
        (
            "URI",
            ("ipfs://Qm1", "nostr:note1", "https://a", "at://did:plc:1/post"),
            ("", "a", "://a", "1a:b", "a:b c", "a:<b>"),
        ),
        ("COUNT", ("0", "12"), ("", "-1", "+1", "1.0", "1e3", "٣", "1_0", "9" * 5000)),
        ("FROM_ONE", ("1", "01"), ("0", "00", "-1", "")),
        ("INTEGER", ("-3", "0"), ("", "--1", "1.5")),
        ("DECIMAL", ("0", "1.5", "0.00000005000"), ("", ".5", "1.", "-1", "1,5", "nan", "1e3")),
        ("POSITIVE", ("0.5", "60"), ("0", "0.00", "-1", "")),
        ("PERCENT", ("0", "100"), ("101", "-1", "5.5", "")),
        ("HOUR", ("0", "19", "23"), ("09", "24", "-1", "")),
        (
            "DATE",
            ("Sun, 01 Mar 2026 06:30:00 +0000", "Thu, 29 Feb 2024 23:59:59 GMT"),
            (
                *("Mon, 01 Mar 2026 06:30:00 +0000", "Thu, 29 Feb 2026 06:30:00 +0000"),
                *("So, 01 Mär 2026 06:30:00 +0000", "Sun, 01 Mar 2026 06:30:00 EST"),
                *("Sun, 01 Mar 2026  06:30:00 +0000", "Sun, 01 Mar 2026 24:30:00 +0000"),
                *("Sun, 01 Mar 26 06:30:00 +0000", "2026-03-01T06:30:00Z", ""),
            ),
        ),
        (
            "MOMENT",
            ("2026-12-01T18:00:00-05:00", "2021-09-26T07:30:00.000-0600", "2026-12-01T18:00Z"),
            (
                *("2026-12-01", "2026-12-01T18:00:00", "2026-13-01T18:00:00Z", "tomorrow"),
                *("2026-02-29T18:00:00Z", "2026-12-01 18:00:00Z", "2026-12-01T25:00:00Z", ""),
            ),
        ),
        (
            "DAY_OR_MOMENT",
            ("2026-12-01", "2026-12-01T18:00:00", "2023-08-28T00:00:00.000Z"),
            ("2026-02-30", "20261201", "1 May", ""),
        ),
        (
            "UUID",
            ("917393e3-1b1e-5cef-ace4-edaa54e1f810",),
            ("917393e31b1e5ceface4edaa54e1f810", "{917393e3-1b1e-5cef-ace4-edaa54e1f810}", ""),
        ),
        ("LANGUAGE", ("en", "pt-BR", "zh-Hant-TW", "de-x-ab"), ("", "e", "english", "en_US")),
        ("YES_NO", ("yes", "no"), ("Yes", "true", "")),
        ("TRUE_FALSE", ("true", "false"), ("True", "yes", "1", "")),
        (
            "MEDIA_TYPE",
            ("audio/mpeg", "application/x-mpegURL", "application/json+chapters"),
            ("", "mp3", "audio/", "audio mpeg", "audio/a b", "/mpeg"),
        ),
        ("EMAIL", ("a@b.org",), ("", "a", "a@b", "a b@c.org", "<a@b.org>", "Ann <a@b.org>")),
        ("EMAIL_AND_NAME", ("a@b.org", "a@b.org (Ann B)"), ("", "Ann", "Ann <a@b.org>")),
        ("HOST", ("irc.example.org", "localhost:6667", "a-b.c"), ("", "irc://a", "a/b", "-")),
        ("CLOCK_TIME", ("00:02:15.000", "123:00:00.500"), ("2:15", "00:60:00.000", "00:02:15", "")),
        ("DURATION", ("1800", "2:15", "1:02:03"), ("", "1:75", "1.5", "1:2:3:4")),
        (
            "GEO",
            ("geo:43.65,-79.38", "geo:1,2,3", "geo:1,2;u=10"),
            ("43.65,-79.38", "geo:43.65", "geo:91,0", "geo:0,181", "geo:a,b", "geo:1, 2", ""),
        ),
        ("OSM", ("R324211", "W1#2", "n5"), ("324211", "X1", "R", "R1#", "")),
        ("COUNTRY", ("CA", "us"), ("CAN", "C", "1A", "")),
        ("RATIO", ("16/9", "1", "1.91/1", "16 / 9"), ("16:9", "wide", "16/", "")),
        ("PURPOSES", ("artwork", "artwork social", "a/b"), ("", " a", "a  b", "a\nb", "a" * 129)),
        (
            "RRULE",
            (
                *("FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;COUNT=10"),
                *("FREQ=YEARLY;BYDAY=+4TH;BYMONTH=11", "FREQ=MONTHLY;BYMONTHDAY=-1"),
                *("FREQ=WEEKLY;UNTIL=20231231T000000Z;BYDAY=MO", "FREQ=DAILY;UNTIL=20231231"),
                "FREQ=WEEKLY;UNTIL=2023-12-31T00:00:00.000Z;BYDAY=MO",
            ),
            (
                *("", "weekly", "INTERVAL=2", "FREQ=FORTNIGHTLY", "FREQ=WEEKLY;", "FREQ=DAILY;X=1"),
                *("FREQ=WEEKLY;COUNT=2;UNTIL=20231231", "FREQ=DAILY;FREQ=DAILY", "FREQ"),
                *("FREQ=WEEKLY;INTERVAL=0", "FREQ=WEEKLY;BYDAY=XX", "RRULE:FREQ=DAILY"),
            ),
        ),
        ("CATEGORY", ("Sports", "Running", "Health & Fitness"), ("sports", "Health and Fitness")),
    ],
)  # fmt: skip
def test_each_kind_takes_what_is_right_and_nothing_else(
    kind: str, right: tuple[str, ...], wrong: tuple[str, ...]
) -> None:
    assert [text for text in right if not KINDS[kind].fits(text)] == []
    assert [text for text in wrong if KINDS[kind].fits(text)] == []


@pytest.mark.parametrize("name", sorted(KINDS))
def test_the_example_of_a_kind_is_one(name: str) -> None:
    assert KINDS[name].fits(KINDS[name].example)


@settings(max_examples=50)
@given(st.text() | st.from_regex(r"(geo:|FREQ=|https://|20)[\w:;,.=/\[\]-]*", fullmatch=True))
def test_no_text_makes_a_kind_raise(text: str) -> None:
    for kind in KINDS.values():
        assert kind.fits(text) in (True, False)
        assert kind.also is None or kind.also(text) in (True, False)
