"""Links and quotes that listeners take along."""

from __future__ import annotations

from typing import Any

from tests.render import sample
from tests.render.browser.test_pages_player import EPISODE, open_page
from tests.render.browser.waiting import wait_until

PUBLIC = f"https://stride.example/{EPISODE}"
SHEET = """
  window.shared = [];
  navigator.share = (data) => { shared.push(data); return window.answer || Promise.resolve(); };
"""
NOTE = "document.querySelector('.now-note').textContent"


def clipboard(page: Any) -> str:
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


def test_at_the_beginning_the_link_has_no_moment(page: Any, site: Any) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_page(page, site)

    page.click("[data-do=share]")
    wait_until(page, f"{NOTE} === 'Copied'")

    assert clipboard(page) == PUBLIC


def test_a_phone_opens_its_own_sheet(chromium: Any, site: Any) -> None:
    context = chromium.new_context(has_touch=True, is_mobile=True)
    page = context.new_page()
    page.add_init_script(SHEET)
    open_page(page, site, f"{EPISODE}#t=75")

    page.click("[data-do=share]")

    assert page.evaluate("shared") == [
        {"title": sample.MIDBACK.episode.title, "url": f"{PUBLIC}#t=75"}
    ]
    context.close()


def test_a_sheet_that_may_not_open_is_a_copy(chromium: Any, site: Any) -> None:
    context = chromium.new_context(
        has_touch=True, is_mobile=True, permissions=["clipboard-read", "clipboard-write"]
    )
    page = context.new_page()
    page.add_init_script(SHEET)
    open_page(page, site, f"{EPISODE}#t=75")
    page.evaluate("answer = Promise.reject(new DOMException('', 'AbortError')), 0")
    page.click("[data-do=share]")
    wait_until(page, "shared.length === 1")
    assert "copied" not in page.evaluate(NOTE), "whoever closes the sheet wants nothing more"

    page.evaluate("answer = Promise.reject(new DOMException('', 'NotAllowedError')), 0")
    page.click("[data-do=share]")

    wait_until(page, f"{NOTE}.includes('copied')")
    assert clipboard(page) == f"{PUBLIC}#t=75"
    context.close()


def test_a_desktop_copies_although_it_has_a_sheet(own_page: Any, site: Any) -> None:
    own_page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    own_page.add_init_script(SHEET)
    open_page(own_page, site, f"{EPISODE}#t=75")

    own_page.click("[data-do=share]")

    wait_until(own_page, f"{NOTE}.includes('copied')")
    assert own_page.evaluate("shared") == []


def test_the_player_for_other_sites_can_be_copied(page: Any, site: Any) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_page(page, site)
    assert not page.is_visible("#embed_code")

    page.click("summary >> text=Embed")
    page.click("[data-copy=embed_code]")
    page.wait_for_selector("[data-copy=embed_code] >> text=Copied")

    code = clipboard(page)
    assert code.startswith('<iframe src="https://stride.example/embed/turning-from-the-middle/"')
    assert code == page.input_value("#embed_code")
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_link_into_the_folded_transcript_opens_it(page: Any, site: Any) -> None:
    path = EPISODE + "index.html"
    folded = site.files[path].replace(b"<details open>", b"<details>")
    assert folded != site.files[path]
    site.files[path] = folded
    place = "document.getElementById('t_120').getBoundingClientRect()"

    open_page(page, site, f"{EPISODE}#t_120")
    page.wait_for_load_state()
    wait_until(page, f"{place}.height > 0 && {place}.top >= 0 && {place}.bottom <= innerHeight")
    assert page.evaluate("document.querySelector('castpress-player').time") == 0

    page.evaluate("document.querySelector('.transcript details').open = false, scrollTo(0, 0)")
    page.evaluate("location.hash = '#t_300'")
    wait_until(page, "document.getElementById('t_300').getBoundingClientRect().height > 0")


def test_a_quote_is_copied_with_a_link_to_its_paragraph(page: Any, site: Any) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_page(page, site)
    assert not page.is_visible("[data-quote]")

    page.locator("#t_120").select_text()
    page.wait_for_selector("[data-quote]:visible")
    page.click("[data-quote]")
    page.wait_for_selector("[data-quote] >> text=Copied")

    words, link = clipboard(page).rsplit("\n", 1)
    assert link == f"{PUBLIC}#t_120"
    assert words.strip().startswith("So, when you run, the trunk winds up"), "without its time"
    page.evaluate("getSelection().removeAllRanges()")
    wait_until(page, "document.querySelector('[data-quote]').hidden")


def test_other_text_than_the_transcript_is_no_quote(page: Any, site: Any) -> None:
    open_page(page, site)

    page.locator("h1").select_text()
    page.wait_for_timeout(100)

    assert not page.is_visible("[data-quote]")
