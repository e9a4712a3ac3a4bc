"""Work at a place of publication: how much at a time, and what a failure ends."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from castpress.commands.publishing.parallel import each
from castpress.store.targets.folder import FolderTarget

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("width", [1, 3, None])
def test_results_come_in_the_order_of_the_items(tmp_path: Path, width: int | None) -> None:
    done: list[int] = []
    found = each(
        FolderTarget(tmp_path), range(50), lambda n: n * n, width=width, on_done=done.append
    )
    assert found == [n * n for n in range(50)]
    assert sorted(done) == list(range(50))
    assert each(FolderTarget(tmp_path), [], lambda n: n) == []


def test_one_after_the_other_nothing_is_done_after_what_failed(tmp_path: Path) -> None:
    begun: list[int] = []

    def act(number: int) -> None:
        begun.append(number)
        if number == 3:
            raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        each(FolderTarget(tmp_path), range(50), act, width=1)
    assert begun == [0, 1, 2, 3]


def test_no_more_than_the_width_is_under_way(tmp_path: Path) -> None:
    lock, under_way, most = threading.Lock(), 0, 0
    meeting = threading.Barrier(4, timeout=10)

    def act(number: int) -> None:
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
        if number < 4:
            meeting.wait()  # so many are under way at once
        with lock:
            under_way -= 1

    each(FolderTarget(tmp_path), range(40), act, width=4)
    assert most == 4
