"""By what a search can be narrowed, in the page and in the index."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from lxml import html

from castpress.read.own_pages import parse_page
from castpress.render.catalogue import catalogue
from castpress.render.groups import groups_of
from castpress.render.pages import render_pages
from castpress.render.search_filters import filters_of, pack_filters
from castpress.render.search_index import unpack_postings
from castpress.render.search_page import in_search_order
from tests.render import sample

if TYPE_CHECKING:
    from castpress.model.podcast import Edition

GEAR, _ = parse_page(
    "---\ntags: [Injury, gear]\n---\n# Gear\n\nIt.\n", PurePosixPath("pages/gear.md")
)
HIDDEN, _ = parse_page(
    "---\nsearch: false\ntags: [secret]\n---\nIt.\n", PurePosixPath("pages/h.md")
)
assert GEAR is not None
assert HIDDEN is not None
EDITION = replace(sample.EDITION, pages=(GEAR, HIDDEN))


def found(edition: Edition) -> dict[str, dict[str, list[str]]]:
    """The pages that each value of each filter lets through, as the script finds them."""
    listed = catalogue(edition)
    urls = [each.listed.url for each in in_search_order(listed)]
    packed = pack_filters(filters_of(listed, groups_of(listed)), urls)
    return {
        name: {value: [urls[n] for n in unpack_postings(entry)] for value, entry in values.items()}
        for name, values in packed.items()
    }


def test_each_value_lets_through_what_has_it() -> None:
    filters = found(EDITION)
    assert filters["season"]["1"] == ["episodes/first-ten/"]
    assert filters["tag"]["injury"] == [
        "gear/", "episodes/rest-days/", "episodes/turning-from-the-middle/",
    ]  # fmt: skip
    assert sorted(filters["person"]) == ["coach-dan", "coach-mira"]
    assert len(filters["person"]["coach-dan"]) == len(EDITION.releases)


def test_what_nothing_can_be_found_by_is_no_value() -> None:
    assert sorted(found(EDITION)["tag"]) == ["beginners", "gear", "injury", "mobility"]


def test_one_value_is_no_filter() -> None:
    assert "course" not in found(EDITION)
    only = replace(EDITION, releases=sample.EPISODES[:2], pages=())
    assert sorted(found(only)) == ["person"]
    other = replace(sample.COURSE, slug="two", feed=replace(sample.COURSE.feed, title="Two"))
    show = replace(sample.SHOW, courses=(sample.COURSE, other))
    lesson = sample.release("x", "X", "2026-01-01", number=1, course="two")
    two = replace(EDITION, show=show, releases=(*EDITION.releases, lesson))
    assert len(found(two)["course"]["run-without-pain"]) == len(sample.LESSONS)


def test_the_page_and_the_index_have_the_same_values() -> None:
    artifacts, problems = render_pages(EDITION, sample.templates())
    assert not problems
    files = {artifact.path: artifact.content or b"" for artifact in artifacts}
    page = html.document_fromstring(files["search/index.html"])
    index = json.loads(files["search/index.json"])["filters"]
    selects = {
        select.get("name"): [option.get("value") for option in select.iter("option")]
        for select in page.iter("select")
    }
    assert selects == {name: ["", *values] for name, values in index.items()}
    assert page.xpath("//select[@name='season']/@aria-label") == ["Season"]
    assert page.xpath("//select[@name='season']/option/text()") == [
        "All seasons", "Season 1", "Season 2",
    ]  # fmt: skip


def test_an_index_grows_by_few_bytes_for_each_episode() -> None:
    def index_of(count: int) -> dict[str, object]:
        releases = tuple(
            sample.release(
                f"e{n}", f"Talk {n}", "2026-03-01", number=n, season=n // 50 + 1,
                tags=(f"topic {n % 40}", f"topic {n % 7}", f"topic {n % 90}"),
            )
            for n in range(count)
        )  # fmt: skip
        listed = catalogue(replace(EDITION, releases=releases, pages=()))
        urls = [each.listed.url for each in in_search_order(listed)]
        return dict(pack_filters(filters_of(listed, groups_of(listed)), urls))

    small, large = (len(json.dumps(index_of(n), separators=(",", ":"))) for n in (500, 1000))
    assert large < 14_000
    assert large - small < 7_000
