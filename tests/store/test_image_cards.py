"""Cards of shared links: what is written on them, what is not, and that they stay the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageChops

from castpress.model.card import Card
from castpress.store.card_text import LINE, TITLE, drawable, fit_title, font_of, visual
from castpress.store.image_cards import Grounds, draw_card

COVER = Path("tests/shows/tiny/artwork/cover.jpg")
COLOUR = "#1d4ed8"
CARD = Card("The Middle of the Back", "A Show", "Episode 12 · 38 min")
WIDTH, HEIGHT = 586, 318


def drawn(card: Card, to: Path, picture: Path | None = COVER) -> Image.Image:
    draw_card(card, picture, COLOUR, Grounds(), to)
    return Image.open(to).convert("RGB")


def bright(image: Image.Image, left: int, right: int) -> int:
    """How many pixels of that stretch are nearly white, as only letters are."""
    part = image.crop((left, 0, right, image.height)).convert("L")
    return sum(part.histogram()[200:])


def test_a_card_is_a_jpeg_of_the_size_that_networks_ask_for(tmp_path: Path) -> None:
    drawn(CARD, tmp_path / "card.jpg")
    with Image.open(tmp_path / "card.jpg") as image:
        assert (image.format, image.size) == ("JPEG", (1200, 630))
    assert (tmp_path / "card.jpg").stat().st_size < 90_000


def test_the_same_words_make_the_same_bytes_whatever_was_drawn_before(tmp_path: Path) -> None:
    grounds = Grounds()
    for name in ("one.jpg", "two.jpg"):
        draw_card(CARD, COVER, COLOUR, grounds, tmp_path / name)
        draw_card(Card("Another"), COVER, "#222222", grounds, tmp_path / "between.jpg")
    drawn(CARD, tmp_path / "three.jpg")
    first = (tmp_path / "one.jpg").read_bytes()
    assert first == (tmp_path / "two.jpg").read_bytes() == (tmp_path / "three.jpg").read_bytes()


def test_words_stand_beside_the_artwork_on_the_side_where_reading_goes(tmp_path: Path) -> None:
    left_to_right = drawn(CARD, tmp_path / "ltr.jpg")
    hebrew = Card("ללכת לאט", "ההליכה", "פרק 12", is_right_to_left=True)
    right_to_left = drawn(hebrew, tmp_path / "rtl.jpg")
    assert bright(left_to_right, 554, 1200) > 2000
    assert bright(left_to_right, 0, 60) == 0
    assert bright(right_to_left, 60, 646) > 2000
    assert bright(right_to_left, 1140, 1200) == 0


@pytest.mark.parametrize(
    "title",
    [
        "日本語の題名",
        "カタカナ",
        "한국어 제목",
        "المشي ببطء",
        "آهسته Run",
        "हिन्दी",
        "ภาษาไทย",
        "🏃",
        "",
    ],
)
def test_a_title_that_no_font_of_ours_has_leaves_the_artwork_alone(
    tmp_path: Path, title: str
) -> None:
    alone = drawn(Card(title, "A Show", "Episode 1"), tmp_path / "a.jpg")
    other = drawn(Card(""), tmp_path / "b.jpg")
    assert ImageChops.difference(alone, other).getbbox() is None
    colour = alone.getpixel((20, 20))
    assert alone.getpixel((1180, 600)) == colour != alone.getpixel((600, 315))


def test_without_artwork_the_words_have_the_whole_width(tmp_path: Path) -> None:
    image = drawn(CARD, tmp_path / "card.jpg", None)
    assert bright(image, 60, 554) > 2000


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Über Füße – 10 €", "Über Füße – 10 €"),
        ("Ελληνικά, Русский, עברית", "Ελληνικά, Русский, עברית"),
        ("Run 🏃🏽‍♀️ on", "Run on"),
        ("e\u0301te\u0301", "été"),
        ("one\n two", "one two"),
        ("a\ud800b\x00\u200fc\uffff", "abc"),
        ("© 2026, 21° №", "© 2026, 21° №"),
        ("nihon 日本", ""),
    ],
)
def test_what_can_be_drawn_of_a_text(text: str, found: str) -> None:
    assert drawable(text, TITLE) == drawable(text, LINE) == found


@pytest.mark.parametrize(
    "title",
    [
        "Hips",
        "The Middle of the Back, and Why It Matters to Everything You Do",
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
        "a much longer title " * 30,
        "x" * 400,
    ],
)
def test_every_title_fits(title: str) -> None:
    fitted = fit_title(" ".join(title.split()), WIDTH, HEIGHT, rtl=False)
    font = font_of(TITLE, fitted.size_px)
    assert all(font.getlength(line) <= WIDTH for line in fitted.lines)
    assert len(fitted.lines) * fitted.size_px <= HEIGHT
    assert fitted.lines


def test_a_title_without_end_is_drawn_as_soon_as_another(tmp_path: Path) -> None:
    assert len(drawable("word " * 100_000, TITLE)) <= 400
    drawn(Card("x" * 100_000, "y" * 100_000, "z " * 100_000), tmp_path / "card.jpg")


def test_lines_are_balanced_and_no_word_is_lost() -> None:
    title = "The Middle of the Back, and Why It Matters"
    fitted = fit_title(title, WIDTH, HEIGHT, rtl=False)
    widths = [font_of(TITLE, fitted.size_px).getlength(line) for line in fitted.lines]
    assert " ".join(fitted.lines) == title
    assert min(widths) > max(widths) / 2


def test_a_title_that_never_fits_says_that_it_goes_on() -> None:
    fitted = fit_title("word " * 200, WIDTH, HEIGHT, rtl=False)
    assert fitted.lines[-1].endswith("…")


@pytest.mark.parametrize(
    ("line", "rtl", "seen"),
    [
        ("פרק 12 · 38 min", True, "min 38 · 12 קרפ"),
        ("שלום (לכולם)", True, "(םלוכל) םולש"),
        ("Anna שלום Bea", False, "Anna םולש Bea"),
        ("plain words", True, "plain words"),
    ],
)
def test_letters_stand_in_the_order_that_eyes_meet_them(line: str, rtl: bool, seen: str) -> None:
    assert visual(line, rtl=rtl) == seen
