"""Every call of a publication is the one at which the power goes, before it and after it.

After each: every feed is whole and all it names can be read; the next publication comes to the
same bytes as one that was never stopped.
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.commands.publishing_sample import (
    LATER,
    StopHere,
    StoppingTarget,
    copied,
    hold_readable,
    publish_to,
    remove_course,
    retitle,
    site_of,
    tree,
    wish_for,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from castpress.commands.publishing.show import Published

ALLOWED = ("vanished-episodes", "vanished-feed")
IS_LONG = bool(os.environ.get("CASTPRESS_LONG"))
SLICES = 8 if IS_LONG else 2


def first(root: Path, target: object) -> Published:
    """Publish for the first time."""
    return publish_to(target, wish_for(root))  # type: ignore[arg-type]


def second(root: Path, target: object) -> Published:
    """A new title, an episode whose audio was staged, a course that is gone."""
    wish = wish_for(root, now=LATER, allowed=ALLOWED)
    return publish_to(target, wish, LATER)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process stops here, not the machine."""
    monkeypatch.setattr("castpress.store.targets.folder.os.fsync", lambda _: None)


@pytest.fixture(params=["first", "second"])
def publication(request: pytest.FixtureRequest, show: Path) -> Iterator[tuple[Path, object]]:
    if request.param == "first":
        yield show, first
        return
    assert first(show, site_of(show)).is_done
    retitle(show)
    remove_course(show)
    yield show, second


def stops_of(log: list[str]) -> Iterator[dict[str, int]]:
    """Before each call that changes something, and after those that decide something.

    One page is like another, so only some are stopped at; with CASTPRESS_LONG all are.
    """
    for number, call in enumerate(log):
        is_change = call.startswith(("put ", "delete ", "describe "))
        decides = is_change and call.endswith(("show.lock", "publication.json", "feed.xml"))
        if IS_LONG or decides or (is_change and number % 9 == 0) or call.startswith("delete "):
            yield {"before": number}
        if IS_LONG or decides:
            yield {"after": number}


@pytest.mark.parametrize("part", range(SLICES))
def test_a_stop_at_any_call_is_finished_by_the_next_publication(
    publication: tuple[Path, object], tmp_path: Path, part: int
) -> None:
    show, publish = publication
    whole = copied(show, tmp_path / "whole")
    counting = StoppingTarget(site_of(whole))
    old = hold_readable(tmp_path / "site") if (tmp_path / "site").exists() else set()
    assert publish(whole, counting).is_done  # type: ignore[operator]
    expected, lock = tree(whole.parent / "site"), (whole / "show.lock").read_bytes()
    new = hold_readable(whole.parent / "site")

    stops = list(stops_of(counting.log))
    assert len(stops) > (50 if IS_LONG else 15)
    for number, stop in enumerate(stops[part::SLICES]):
        where = tmp_path / f"stopped-{number}"
        root = copied(show, where)
        with pytest.raises(StopHere):
            publish(root, StoppingTarget(site_of(root), **stop))  # type: ignore[operator]
        if (where / "site").exists():
            assert hold_readable(where / "site") <= old | new
        call = counting.log[next(iter(stop.values()))]
        published = publish(root, site_of(root))  # type: ignore[operator]
        assert published.is_done, (stop, call, published.problems)
        assert tree(where / "site") == expected, (stop, call)
        assert (root / "show.lock").read_bytes() == lock
        shutil.rmtree(where)


@pytest.mark.parametrize("stop", ["put .castpress/show.lock", "put .castpress/publication.json"])
def test_what_two_stops_left_in_doubt_is_looked_at_by_the_third(show: Path, stop: str) -> None:
    """The second one found all as it wanted it, and its own claim named nothing of it."""
    assert first(show, site_of(show)).is_done
    retitle(show, "What makes us run?")
    _stopped(show, lambda log: len(log) > 5 and log[-1] == stop)
    _stopped(show, lambda log: log[-1] == "tidy")
    retitle(show, "Why do we run?")
    assert publish_to(site_of(show), wish_for(show, allowed=("superseded-feed",))).is_done
    built = {path: digest for path, digest in tree(show / "public").items() if path[0] != "."}
    site = tree(show.parent / "site")
    assert {path: site.get(path) for path in built} == built


def _stopped(show: Path, is_here: Callable[[list[str]], bool]) -> None:
    target = StoppingTarget(site_of(show))

    def stop(_: str) -> None:
        if is_here(target.log):
            raise StopHere

    target.hook = stop
    with pytest.raises(StopHere):
        first(show, target)
