"""An open file that is sliced like bytes."""

from __future__ import annotations

from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st

from castpress.store.audio.file_bytes import BLOCK_BYTES, FileBytes

CONTENT = bytes(range(251)) * 800  # some three blocks
places = st.none() | st.integers(-len(CONTENT) - 9, len(CONTENT) + 9)


@given(parts=st.lists(st.builds(slice, places, places), min_size=1, max_size=20))
def test_slices_are_those_of_bytes(parts: list[slice]) -> None:
    data = FileBytes(BytesIO(CONTENT))

    assert len(data) == len(CONTENT)
    for part in parts:
        assert data[part] == CONTENT[part]


def test_a_file_that_shrinks_gives_short_slices() -> None:
    file = BytesIO(CONTENT)
    data = FileBytes(file)
    assert data[:4] == CONTENT[:4]

    file.truncate(BLOCK_BYTES + 10)

    assert data[BLOCK_BYTES : BLOCK_BYTES + 100] == CONTENT[BLOCK_BYTES : BLOCK_BYTES + 10]
    assert data[2 * BLOCK_BYTES : 2 * BLOCK_BYTES + 100] == b""
    assert len(data) == len(CONTENT)
