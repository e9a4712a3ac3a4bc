from __future__ import annotations

import pytest

from castpress.model.artifact import Wave
from castpress.model.publication.invalidation import invalidation_paths, outdated_files
from castpress.model.publication.plan import Action, Plan, Step

AUDIO = "audio/hills-69171ceec2a6c92181394cff8eaaeb27.mp3"


def plan(*steps: tuple[Action, str]) -> Plan:
    return Plan(tuple(Step(action, path, Wave.PAGE, 1, "why") for action, path in steps))


def test_only_what_changes_in_its_place_is_outdated() -> None:
    steps = plan(
        (Action.UPLOAD, AUDIO),
        (Action.UPLOAD, "feed.xml"),
        (Action.HEADERS, "episodes/a/index.html"),
        (Action.ADOPT, "episodes/b/index.html"),
        (Action.RETIRE, "audio/old.mp3"),
        (Action.KEEP, "robots.txt"),
        (Action.DELETE, "episodes/c/index.html"),
        (Action.DELETE, AUDIO.replace("hills", "gone")),
    )

    changing = ("feed.xml", "episodes/a/index.html", "episodes/c/index.html")
    assert outdated_files(steps) == changing
    assert outdated_files(steps, is_purge=True) == (*changing, AUDIO.replace("hills", "gone"))


@pytest.mark.parametrize(
    ("base_url", "files", "paths"),
    [
        ("https://a.example/", [], ()),
        ("https://a.example/", ["index.html"], ("/", "/index.html")),
        ("https://a.example/pod/", ["index.html"], ("/pod/", "/pod/index.html")),
        ("https://a.example/p%C3%B6d/", ["feed.xml"], ("/p%C3%B6d/feed.xml",)),
        ("https://a.example/", ["a b#c?d/é.txt"], ("/a%20b%23c%3Fd/%C3%A9.txt",)),
        ("https://a.example/", ["my-index.html"], ("/my-index.html",)),
        (
            "https://a.example/pod/",
            [*(f"episodes/{n}/index.html" for n in range(16)), "feed.xml"],
            ("/pod/episodes/*", "/pod/feed.xml"),
        ),
        ("https://a.example/pod/", [f"{n}.txt" for n in range(31)], ("/pod/*",)),
        ("https://a.example/", [f"{n}/a.txt" for n in range(31)], ("/*",)),
    ],
)
def test_the_paths_are_as_cloudfront_takes_them(
    base_url: str, files: list[str], paths: tuple[str, ...]
) -> None:
    assert invalidation_paths(base_url, files) == paths
