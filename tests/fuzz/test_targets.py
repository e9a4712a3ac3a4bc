"""What the fuzzer runs for minutes, run for a second: bytes, and corpus files cut up and mended.

CASTPRESS_LONG=1 runs it for longer; ``./run fuzz`` is guided by coverage.
"""

from __future__ import annotations

import os
from functools import cache
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.mutate import PIECES, lines_of, mutate
from tests.fuzz.targets import (
    NOTES_NAMES,
    TARGETS,
    TRANSCRIPT_NAMES,
    read_notes,
    read_transcript,
)

if TYPE_CHECKING:
    from collections.abc import Callable

LONG = bool(os.environ.get("CASTPRESS_LONG"))
EXAMPLES = 4_000 if LONG else 60


@cache
def inputs(name: str) -> st.SearchStrategy[bytes]:
    """Any bytes, lines and pieces in any order, and whole corpus files with a few changes."""
    seeds = [path.read_bytes() for path in TARGETS[name].seeds]
    lines = lines_of(seeds)
    pieces = st.sampled_from((*PIECES, *lines))
    changed = st.builds(
        lambda seed, chance: mutate(seed, lines, Random(chance), 20_000),
        st.sampled_from(seeds),
        st.integers(0, 2**32),
    )
    return st.one_of(st.binary(), st.lists(pieces, max_size=40).map(b"".join), changed, changed)


@pytest.mark.parametrize("name", TARGETS)
@settings(max_examples=EXAMPLES)
@given(data=st.data())
def test_no_bytes_break_a_promise(name: str, data: st.DataObject) -> None:
    TARGETS[name].run(data.draw(inputs(name)))


@pytest.mark.parametrize(
    ("name", "read", "kinds"),
    [("notes", read_notes, NOTES_NAMES), ("transcript", read_transcript, TRANSCRIPT_NAMES)],
)
def test_every_seed_keeps_its_promises_as_every_kind_of_file(
    name: str, read: Callable[[str, str], None], kinds: tuple[str, ...]
) -> None:
    assert TARGETS[name].seeds
    for path in TARGETS[name].seeds:
        for kind in kinds:
            read(path.read_text("utf-8-sig", "replace"), kind)
