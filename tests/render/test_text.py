from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castpress.model.text import clean_text
from castpress.render.html_text import safe_url
from castpress.render.text import (
    absolute_url,
    file_url,
    one_line,
    shorten,
    shorten_bytes,
    site_url,
)
from tests.render.feed_sample import SHOW


@given(st.text(), st.integers(1, 100))
def test_shortened_text_keeps_its_limit_and_its_beginning(text: str, limit: int) -> None:
    by_characters, by_bytes = shorten(text, limit), shorten_bytes(clean_text(text), limit)

    assert len(by_characters) <= limit
    assert len(by_bytes.encode()) <= limit
    assert text.startswith(by_characters.removesuffix("…")) or text == by_characters


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("fits", 4, "fits"),
        ("one two, three", 9, "one two…"),
        ("unbroken", 5, "unbr…"),
        ("a 👩‍👩‍👧", 4, "a…"),
        ("e\u0301e\u0301e\u0301", 4, "e\u0301…"),
        ("🇩🇪🇫🇷🇮🇹", 5, "🇩🇪🇫🇷…"),
        ("🇩🇪🇫🇷🇮🇹", 4, "🇩🇪…"),
        ("a👩🏽a", 3, "a…"),
        ("x\N{WAVING BLACK FLAG}\U000e0067\U000e0062\U000e007fx", 4, "x…"),
        ("नमस्ते", 5, "नम…"),
        ("நிநிநி", 4, "நி…"),
        ("\u1100\u1161\u11a8\u1100\u1161\u11a8", 5, "\u1100\u1161\u11a8…"),
        ("ab", 1, ""),
    ],
)
def test_text_is_cut_between_words_and_never_in_a_character(
    text: str, limit: int, expected: str
) -> None:
    assert shorten(text, limit) == expected


def test_no_break_spaces_and_wide_spaces_are_the_authors() -> None:
    assert one_line("5\u00a0km\u3000走\r\n る\x85!") == "5\u00a0km\u3000走 る !"


@given(st.text())
def test_cleaned_text_can_be_encoded_and_stays_as_it_is(text: str) -> None:
    once = clean_text(text)

    assert clean_text(once) == once
    assert once.encode("utf-8").decode("utf-8") == once
    assert one_line(one_line(text)) == one_line(text)


@given(st.text())
def test_no_address_raises_and_no_script_gets_through(address: str) -> None:
    for found in (absolute_url(SHOW.url("episodes/x/"), address), site_url(SHOW, address)):
        assert found is None or found.split(":")[0] in {"http", "https", "mailto"}
    assert file_url(SHOW, address).isascii()


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://example.net/a", "https://example.net/a"),
        ("gear/", "https://example.org/run/gear/"),
        ("/gear/", "https://example.org/run/gear/"),
        ("//example.net/", None),
        ("vbscript:x", None),
        ("http:///x", None),
        ("https:x", None),
        ("https://", None),
        ("tel:+49", None),
        ("mailto:", None),
        ("\\/example.net", None),
        ("", None),
        ("https://[", None),
        ("HTTPS://example.net/a b", "HTTPS://example.net/a%20b"),
        ("mailto:hi@example.net", "mailto:hi@example.net"),
    ],
)
def test_an_address_in_the_settings_is_whole_or_below_the_site(
    address: str, expected: str | None
) -> None:
    assert site_url(SHOW, address) == expected
    assert safe_url(address, SHOW.base_url) == expected


@given(st.text(st.sampled_from('htps:/\\.#?a@ \t<"ü')))
def test_pages_and_feeds_agree_on_what_is_a_link(address: str) -> None:
    assert (site_url(SHOW, address) is None) == (safe_url(address, "./") is None)
