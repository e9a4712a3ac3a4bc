"""What a course remembers of a listener, and of somebody who reads it."""

from __future__ import annotations

from typing import Any

from tests.render import sample
from tests.render.browser.test_pages_player import open_page
from tests.render.browser.waiting import wait_playing, wait_until

COURSE = sample.COURSE.feed.page_path
FIRST, SECOND, THIRD = (lesson.episode.page_path for lesson in sample.LESSONS[:3])
FILLED = ".button.is-filled"


def open_course(page: Any, site: Any) -> None:
    page.goto(site.base + COURSE)
    page.wait_for_load_state()


def test_a_course_that_nobody_began_says_nothing(page: Any, site: Any) -> None:
    open_course(page, site)

    assert not page.is_visible(".heard")
    assert page.inner_text(FILLED) == "Start with Lesson 1"


def test_the_course_goes_on_with_the_first_lesson_that_is_open(page: Any, site: Any) -> None:
    for path in (FIRST, THIRD):
        open_page(page, site, path)
        page.check(".done input")

    open_course(page, site)

    assert page.inner_text(".heard") == "2 of 8 heard"
    assert page.inner_text(FILLED) == "Continue with Lesson 2"
    page.click(FILLED)
    page.wait_for_url(f"**/{SECOND}")
    assert page.inner_text(".heard") == "2 of 8 heard"


def test_a_lesson_that_was_heard_to_its_end_is_done(page: Any, site: Any) -> None:
    open_page(page, site, f"{FIRST}#t=598.8")
    assert page.inner_text(".done") == "Mark as done"
    page.click(".transport .play")
    wait_playing(page)

    wait_until(page, "document.querySelector('.done input').checked")

    assert page.inner_text(".done") == "Done"
    assert page.inner_text(".heard") == "1 of 8 heard"
    open_page(page, site, FIRST)
    assert page.evaluate("document.querySelector('castpress-player').time") == 0
    open_course(page, site)
    assert page.inner_text(".row >> nth=0 >> .progress") == "Heard"


def test_hearing_it_again_leaves_it_done(page: Any, site: Any) -> None:
    open_page(page, site, f"{FIRST}#t=100")
    page.check(".done input")
    page.click(".transport .play")
    wait_playing(page)
    page.click(".transport .play")

    open_course(page, site)

    assert page.inner_text(".heard") == "1 of 8 heard"
    assert page.inner_text(".row >> nth=0 >> .progress") == "9 min left"


def test_done_can_be_taken_back(page: Any, site: Any) -> None:
    open_page(page, site, FIRST)
    page.check(".done input")
    page.uncheck(".done input")
    assert not page.is_visible(".heard")

    open_page(page, site, FIRST)

    assert not page.is_checked(".done input")


def test_the_course_knows_it_when_one_comes_back(page: Any, site: Any) -> None:
    open_course(page, site)
    page.click(FILLED)
    page.wait_for_selector(".done input")
    page.check(".done input")

    page.go_back()

    wait_until(page, "document.querySelector('.heard').textContent === '1 of 8 heard'")
    assert page.inner_text(FILLED) == "Continue with Lesson 2"


def test_when_all_is_done_one_may_begin_again(page: Any, site: Any) -> None:
    open_course(page, site)
    for lesson in sample.LESSONS:
        page.evaluate(f"localStorage.setItem('castpress:done:{lesson.episode.guid}', '1')")

    open_course(page, site)

    assert page.inner_text(".heard") == "8 of 8 heard"
    assert page.inner_text(FILLED) == "Start with Lesson 1"


def test_an_episode_has_nothing_to_tick_off(page: Any, site: Any) -> None:
    open_page(page, site)

    assert page.query_selector(".done, .heard") is None
