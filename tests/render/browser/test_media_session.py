"""What lock screens and headsets are told of what plays."""

from __future__ import annotations

from typing import Any

from tests.render import sample
from tests.render.browser.test_pages_player import EPISODE, open_page
from tests.render.browser.waiting import wait_playing, wait_until

# The browser takes the state and gives none back, so what it was given is kept on the way.
LISTEN = """
  const give = MediaSession.prototype.setPositionState;
  window.given = [];
  MediaSession.prototype.setPositionState = function (state) {
    give.call(this, state);
    given.push(state);
  };
"""
LAST = "given[given.length - 1]"


def test_the_picture_is_the_copy_that_pages_show_large(page: Any, site: Any) -> None:
    open_page(page, site, EPISODE)
    page.click(".transport .play")
    wait_playing(page)

    pictures = page.evaluate("navigator.mediaSession.metadata.artwork")

    largest = site.base + sample.COVER.sizes[-1][1]
    assert [dict(one) for one in pictures] == [
        {"src": largest, "sizes": "600x600", "type": "image/webp"}
    ]
    assert sample.COVER.path not in [path for path, _ in site.asked]


def test_the_place_in_the_audio_is_told_when_it_jumps(own_page: Any, site: Any) -> None:
    own_page.add_init_script(LISTEN)
    open_page(own_page, site, EPISODE)
    assert own_page.evaluate("given.length") == 0
    own_page.click(".transport .play")
    wait_playing(own_page)
    wait_until(own_page, f"given.length && {LAST}.duration === 600")

    own_page.click("text=Which way first? >> nth=0")
    wait_until(own_page, f"{LAST}.position >= 405 && {LAST}.position < 407")
    own_page.select_option(".rate", "1.5")
    wait_until(own_page, f"{LAST}.playbackRate === 1.5")
