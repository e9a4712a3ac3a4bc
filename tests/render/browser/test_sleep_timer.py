"""The sleep timer: what it says is what it does, also after a change of mind and of place."""

from __future__ import annotations

from typing import Any

from tests.render.browser.test_pages_player import EPISODE, TIME, open_page
from tests.render.browser.waiting import AUDIO, wait_playing, wait_until

SEEK = "document.querySelector('castpress-player').seek"


def start(page: Any, site: Any, moment: str) -> None:
    open_page(page, site, f"{EPISODE}#t={moment}")
    page.click(".transport .play")
    wait_playing(page)


def test_minutes_after_the_chapter_was_chosen_do_not_stop_at_the_chapter(
    page: Any, site: Any
) -> None:
    start(page, site, "118.8")
    page.select_option(".sleep", "chapter")
    page.select_option(".sleep", "15")

    wait_until(page, f"{AUDIO}.currentTime > 121")

    assert not page.evaluate(f"{AUDIO}.paused")
    assert page.input_value(".sleep") == "15"


def test_whoever_goes_to_another_chapter_hears_it_to_its_end(page: Any, site: Any) -> None:
    start(page, site, "60")
    page.select_option(".sleep", "chapter")
    page.evaluate(f"{SEEK}(299)")
    assert page.input_value(".sleep") == "chapter"

    wait_until(page, f"{AUDIO}.paused")

    assert 300 <= page.evaluate(TIME) < 301.5
    assert page.input_value(".sleep") == ""


def test_going_back_stops_at_the_end_of_the_chapter_before(page: Any, site: Any) -> None:
    start(page, site, "310")
    page.select_option(".sleep", "chapter")
    page.click(".said a.time >> text=2:17")
    page.evaluate(f"{SEEK}(119)")

    wait_until(page, f"{AUDIO}.paused")

    assert 120 <= page.evaluate(TIME) < 121.5


def test_the_end_of_the_last_chapter_is_that_of_the_episode(page: Any, site: Any) -> None:
    start(page, site, "598.5")
    page.select_option(".sleep", "chapter")

    wait_until(page, f"{AUDIO}.ended")
    wait_until(page, "document.querySelector('.sleep').value === ''")


def test_minutes_stop_the_audio(own_page: Any, site: Any) -> None:
    own_page.clock.install()
    start(own_page, site, "10")
    own_page.select_option(".sleep", "30")
    own_page.clock.fast_forward("29:58")
    assert not own_page.evaluate(f"{AUDIO}.paused")

    own_page.clock.fast_forward("00:03")

    wait_until(own_page, f"{AUDIO}.paused")
    assert own_page.input_value(".sleep") == ""
