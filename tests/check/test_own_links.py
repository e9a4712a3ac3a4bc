"""Links to the show's own site that lead to no page there."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from castpress.check.own_links import Linking, check_own_links
from castpress.model.notes import TypedLink
from castpress.model.problem import Location, Severity

SITE = "https://stride.example/show/"
KNOWN = {
    *("archive/", "courses/run/", "courses/run/knees/", "episodes/hills/", "people/amy/"),
    *("seasons/1/", "tags/", "tags/hill-running/"),
}
HERE = Location(PurePosixPath("show_notes/hills.md"), 7)


def found(url: str, page: str = "episodes/hills/") -> list[tuple[str, str | None]]:
    linking = [Linking(page, (TypedLink(url, HERE),))]
    problems = list(check_own_links(SITE, linking, KNOWN))
    for problem in problems:
        assert (problem.code, problem.severity) == ("own-link-missing", Severity.NOTE)
        assert problem.location == HERE
    return [(problem.message, problem.help) for problem in problems]


@pytest.mark.parametrize(
    "url",
    [
        "/tags/hill-running/",
        "/tags/hill-running",
        "../../tags/hill-running/index.html",
        "https://stride.example/show/episodes/hills/#t=60",
        "https://stride.example/show/episodes/hills/?from=mail",
        "/episodes/hills/transcript/",
        "/episodes/hills/chapters.json",
        "/courses/run/feed.xml",
        "/archive/2/",
        "/shop/",
        "/equipment/",
        "https://stride.example/tags/none/",
        "https://else.example/show/tags/none/",
        "//else.example/tags/none/",
        "mailto:tags@else.example",
        "#tags",
        "",
        "https://[broken/tags/",
    ],
)
def test_what_is_there_and_what_is_not_ours_is_not_told(url: str) -> None:
    assert found(url) == []


@pytest.mark.parametrize(
    ("url", "path", "near"),
    [
        ("/tags/hill-runing/", "tags/hill-runing/", "did you mean /tags/hill-running/?"),
        ("https://stride.example/show/people/ami/", "people/ami/", "did you mean /people/amy/?"),
        ("../archive/", "episodes/archive/", "did you mean /episodes/hills/ or /archive/?"),
        ("/courses/run/feat/", "courses/run/feat/", "did you mean /courses/run/?"),
        (
            "/subscribe/", "subscribe/",
            "take the link out, or write the address of a page that is there",
        ),
    ],
)  # fmt: skip
def test_what_is_not_there_is_told_with_what_is_near(url: str, path: str, near: str) -> None:
    ((message, advice),) = found(url)

    assert message == f"the link to {url!r} leads to '/{path}', where no page is"
    assert advice is not None
    assert advice.removesuffix("?").startswith(near.removesuffix("?"))


def test_a_link_that_no_machine_understands_is_told_as_it_can_be_read() -> None:
    ((message, _),) = found("/tags/\u202e\ud800\n")

    assert message == (
        r"the link to '/tags/\u202e\ud800\n' leads to '/tags/\u202e\ud800', where no page is"
    )
