"""A show in a language from right to left says so on each of its pages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from castpress.render.pages import render_pages
from tests.render import sample, translated_sample


@pytest.mark.parametrize("language", ["ar", "he"])
def test_every_page_says_its_language_and_direction(language: str) -> None:
    artifacts, _ = render_pages(translated_sample.edition(language), sample.templates())
    pages = {a.path: a.content or b"" for a in artifacts if a.path.endswith(".html")}

    assert len(pages) > 15
    said = f' lang="{language}" dir="rtl"'.encode()
    assert {path for path, page in pages.items() if said not in page} == set()


def test_a_course_in_another_language_than_the_show_says_so() -> None:
    course = replace(sample.COURSE, feed=replace(sample.COURSE.feed, language="ar"))
    show = replace(sample.SHOW, courses=(course,))
    artifacts, _ = render_pages(replace(sample.EDITION, show=show), sample.templates())
    page = next(a for a in artifacts if a.path == f"{course.feed.page_path}index.html")

    assert b' lang="ar" dir="rtl"' in (page.content or b"")
