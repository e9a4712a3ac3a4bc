"""The player in a real browser: what a listener does, and what is loaded for it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.render import sample
from tests.render.browser.waiting import AUDIO, wait_playing, wait_until

EPISODE = sample.MIDBACK.episode.page_path
PLAY = "document.querySelector('.transport .play').getBoundingClientRect()"
TIME = "document.querySelector('castpress-player').time"


def open_page(page: Any, site: Any, path: str = EPISODE) -> None:
    page.goto(site.base + path)
    page.wait_for_selector("castpress-player .transport", state="attached")


@pytest.mark.parametrize("fragment", ["t=6:45", "t=405", "t=6m45s", "t=npt:0:06:45", "a&t=405"])
def test_deep_link_waits_without_loading_audio(page: Any, site: Any, fragment: str) -> None:
    open_page(page, site, f"{EPISODE}#{fragment}")

    assert page.evaluate(TIME) == 405
    assert page.text_content(".elapsed") == "6:45"
    assert page.text_content(".chapters [aria-current] .chapter-title") == "Which way first?"
    page.wait_for_load_state("networkidle")
    assert site.audio_requests() == []

    page.click(".transport .play")
    wait_playing(page)
    assert page.evaluate(TIME) >= 405


def test_a_deep_link_shows_the_player(page: Any, site: Any) -> None:
    page.set_viewport_size({"width": 390, "height": 700})
    open_page(page, site, f"{EPISODE}#t=480")

    wait_until(page, f"{PLAY}.top > 0 && {PLAY}.bottom < innerHeight")


def test_moments_that_are_none_are_ignored(page: Any, site: Any) -> None:
    for fragment in ("t=soon", "t=9,3", "t=", "t=%", "x=5"):
        open_page(page, site, f"{EPISODE}#{fragment}")
        assert page.evaluate(TIME) == 0


def test_a_range_stops_at_its_end(page: Any, site: Any) -> None:
    open_page(page, site, f"{EPISODE}#t=90,90.6")
    page.click(".transport .play")
    wait_playing(page)

    wait_until(page, f"{AUDIO}.paused")

    assert 90.5 <= page.evaluate(TIME) < 92


def test_chapters_seek_and_follow(page: Any, site: Any) -> None:
    open_page(page, site)
    assert page.query_selector("[aria-current='true']") is None

    page.click("text=A drill while the kettle boils >> nth=0")
    wait_playing(page)

    assert 300 <= page.evaluate(TIME) < 302
    assert page.get_attribute(".chapters li:nth-child(3) a", "aria-current") == "true"
    assert page.text_content(".now-title") == "A drill while the kettle boils"
    page.click("[data-do=next]")
    wait_until(page, "document.querySelector('.now-title').textContent[0] === 'W'")
    page.click("[data-do=previous]")
    page.click("[data-do=previous]")
    assert page.text_content(".now-title") in {"A drill while the kettle boils",
                                               "What the mid-back does while you run"}  # fmt: skip


def test_the_transcript_line_is_marked(page: Any, site: Any) -> None:
    open_page(page, site)

    page.click(".said a.time >> text=2:17")
    wait_playing(page)

    assert "And that something" in page.text_content(".said.is-said")


def test_the_transcript_goes_along_with_whoever_reads_it(page: Any, site: Any) -> None:
    page.set_viewport_size({"width": 390, "height": 500})
    open_page(page, site)
    page.click(".said a.time >> text=2:17")
    wait_playing(page)
    said = "document.querySelector('.said.is-said').getBoundingClientRect()"

    page.evaluate("document.querySelector('castpress-player').seek(309)")
    wait_until(page, "document.querySelector('.is-said').textContent.includes('drill')")
    assert page.evaluate(f"{said}.bottom <= innerHeight && {said}.top >= 0")

    page.evaluate("scrollTo(0, 0)")
    page.evaluate("document.querySelector('castpress-player').seek(10)")
    wait_until(page, "document.querySelector('.is-said').textContent.includes('forty')")
    assert page.evaluate("scrollY") == 0, "who scrolled away is left alone"


def test_the_transcript_can_be_searched(page: Any, site: Any) -> None:
    open_page(page, site)
    status = page.locator(".find [role=status]")

    page.fill(".find input", "FORTY")
    assert status.text_content() == "2 found"
    page.press(".find input", "Enter")
    page.press(".find input", "Enter")
    assert status.text_content() == "2 of 2 found"
    page.click("[data-step='1']")
    assert status.text_content() == "1 of 2 found"
    page.click("[data-step='-1']")
    assert status.text_content() == "2 of 2 found"
    page.fill(".find input", "nobody said this")
    assert status.text_content() == "0 found"
    page.fill(".find input", "")
    assert status.text_content() == ""


def test_a_theme_without_a_frame_keeps_the_native_controls(page: Any, site: Any) -> None:
    path = EPISODE + "index.html"
    site.files[path] = site.files[path].replace(b"<template>", b"<template-gone hidden>")
    page.goto(site.base + EPISODE)

    assert page.is_visible("audio[controls]")


def test_a_click_with_a_modifier_is_the_readers_own(page: Any, site: Any) -> None:
    open_page(page, site)

    with page.context.expect_page() as opened:
        page.click(".chapters li:nth-child(3) a", modifiers=["Control"])

    assert page.evaluate(f"{AUDIO}.paused")
    assert page.evaluate(TIME) == 0
    opened.value.close()


def test_listening_goes_on_where_it_stopped(page: Any, site: Any) -> None:
    open_page(page, site, f"{EPISODE}#t=200")
    page.click(".transport .play")
    wait_playing(page)
    page.click(".transport .play")
    site.asked.clear()

    open_page(page, site)

    assert 199 <= page.evaluate(TIME) < 203
    assert site.audio_requests() == []
    open_page(page, site, "")
    assert page.text_content(".newest .progress") == "7 min left"


def test_keys_work_unless_one_is_writing_or_they_are_off(page: Any, site: Any) -> None:
    open_page(page, site)
    page.keyboard.press("l")
    assert page.evaluate(TIME) == 30
    page.keyboard.press("j")
    assert page.evaluate(TIME) == 15
    page.keyboard.press("]")
    assert page.evaluate(TIME) == 120
    page.keyboard.press("ArrowRight")
    assert page.evaluate(TIME) == 125
    page.keyboard.press("[")
    assert page.evaluate(TIME) == 120
    page.keyboard.press(" ")
    assert page.evaluate(f"{AUDIO}.paused"), "space scrolls until something was played"
    page.keyboard.press("k")
    wait_playing(page)
    page.keyboard.press(" ")
    assert page.evaluate(f"{AUDIO}.paused")

    page.focus(".rate")
    page.keyboard.press("l")
    assert page.evaluate(TIME) < 130

    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    assert page.is_visible("dialog[open]")
    page.uncheck(".single")
    page.click("[data-do=close]")
    before = page.evaluate(TIME)
    page.keyboard.press("l")
    page.keyboard.press("?")
    assert page.evaluate(TIME) == before
    assert not page.is_visible("dialog[open]")
    open_page(page, site)
    page.keyboard.press("l")
    assert page.evaluate(TIME) < 150, "the switch is remembered"


def test_the_position_is_spoken_and_moves_by_keys(page: Any, site: Any) -> None:
    open_page(page, site, f"{EPISODE}#t=65")
    position = page.locator(".scrub input")
    assert position.get_attribute("aria-valuetext") == "1 minute 5 seconds of 10 minutes"

    position.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("PageUp")

    assert position.get_attribute("aria-valuetext") == "2 minutes 10 seconds of 10 minutes"
    assert site.audio_requests() == []


def test_share_copies_a_link_to_the_moment(page: Any, site: Any) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_page(page, site, f"{EPISODE}#t=75")

    page.click("[data-do=share]")
    wait_until(page, "document.querySelector('.now-note').textContent.includes('copied')")

    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"https://stride.example/{EPISODE}#t=75"


def test_speed_is_kept(page: Any, site: Any) -> None:
    open_page(page, site)
    page.select_option(".rate", "1.5")

    open_page(page, site)
    page.click(".transport .play")
    wait_playing(page)

    assert page.evaluate(f"{AUDIO}.playbackRate") == 1.5


def test_sleep_at_the_end_of_the_chapter(page: Any, site: Any) -> None:
    open_page(page, site, f"{EPISODE}#t=119.4")
    page.select_option(".sleep", "chapter")
    page.click(".transport .play")
    wait_playing(page)

    wait_until(page, f"{AUDIO}.paused")

    assert 120 <= page.evaluate(TIME) < 121.5
    assert page.input_value(".sleep") == ""


def test_one_voice_at_a_time_in_all_tabs(page: Any, site: Any) -> None:
    open_page(page, site)
    page.click(".transport .play")
    wait_playing(page)

    other = page.context.new_page()
    open_page(other, site, sample.LOWER_BACK.episode.page_path)
    other.click(".transport .play")
    wait_playing(other)

    wait_until(page, f"{AUDIO}.paused")
    assert not other.evaluate(f"{AUDIO}.paused")


def test_a_failure_is_said_in_words_with_a_way_out(page: Any, site: Any) -> None:
    del site.files[sample.MIDBACK.enclosure.path]
    open_page(page, site)

    page.click(".transport .play")
    page.wait_for_selector(".fault:visible")

    assert "could not be loaded" in page.text_content(".fault")
    assert page.get_attribute(".fault a", "href").endswith(".wav")
    assert not page.evaluate("document.querySelector('.is-playing')")


def test_the_small_player_shows_once_the_large_one_is_away(page: Any, site: Any) -> None:
    open_page(page, site)
    page.mouse.wheel(0, 3000)
    assert not page.is_visible(".mini")
    page.keyboard.press("k")
    wait_playing(page)

    page.wait_for_selector(".mini:visible")

    assert page.get_attribute(".mini .play", "aria-label") == "Pause"


def test_the_lock_screen_names_episode_and_chapter(page: Any, site: Any) -> None:
    open_page(page, site, f"{EPISODE}#t=405")
    page.click(".transport .play")
    wait_playing(page)

    title = page.evaluate("navigator.mediaSession.metadata.title")
    assert title == f"{sample.MIDBACK.episode.title}: Which way first?"
