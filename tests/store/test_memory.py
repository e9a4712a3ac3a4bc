from __future__ import annotations

import pickle
from pathlib import Path, PurePosixPath

import pytest

from castpress.model.podcast import AudioFacts, Link
from castpress.store import memory as module
from castpress.store.cache import Cache
from castpress.store.memory import (
    Memory,
    RenderedFeed,
    RenderedLists,
    bytes_digest,
    code_digest,
    digest_of,
    recall,
    remember,
)
from castpress.store.packing import pack

FACTS = AudioFacts("audio/mpeg", "mp3", 5, 6, "ab")
STAMP = (1, 2, 3, 4)


def filled() -> Memory:
    memory = Memory()
    memory.stamps["show_notes/a.md"] = STAMP, b"digest"
    memory.facts["episodes/a.mp3"] = STAMP, FACTS
    memory.lists = RenderedLists(b"key", (("index.html", "ab"),), ())
    memory.feeds["feed.xml"] = RenderedFeed(b"key", "ab", {"guid": (b"k", 1, 2)})
    return memory


def written(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted(folder.iterdir())}


def test_what_was_left_is_found(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    assert recall(cache) == Memory()
    remember(cache, Memory(), filled())
    assert recall(cache) == filled()


def test_what_is_known_is_not_written_again(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    remember(cache, Memory(), filled())
    for path in tmp_path.iterdir():
        path.unlink()
    remember(cache, filled(), filled())
    assert written(tmp_path) == {}


def test_another_castpress_knows_the_audio_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Cache(tmp_path)
    remember(cache, Memory(), filled())
    monkeypatch.setattr(module, "VERSION", 10**6)
    assert recall(cache) == Memory(facts=filled().facts)
    monkeypatch.setattr(module, "FACTS_VERSION", 10**6)
    assert recall(cache) == Memory()


def test_a_castpress_that_has_more_modules_leaves_nothing_that_breaks_this_one(
    tmp_path: Path,
) -> None:
    """As after a step back to an older version."""
    remember(Cache(tmp_path), Memory(), filled())
    name = b"castpress.model.podcast"
    content = pack((code_digest(), {"lists": Link("a", "b")})).replace(name, name[:-1] + b"x")
    (tmp_path / "memory").write_bytes(bytes_digest(content) + content)
    assert recall(Cache(tmp_path)) == Memory(facts=filled().facts)


def test_a_byte_that_was_damaged_anywhere_is_no_memory(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    remember(cache, Memory(), filled())
    for path, data in written(tmp_path).items():
        for place in range(0, len(data), 3):
            broken = bytearray(data)
            broken[place] ^= 1 << place % 8
            path.write_bytes(broken)
            found = recall(cache)
            part = Memory(facts=filled().facts) if path.name == "memory" else filled()
            part.facts = {} if path.name != "memory" else part.facts
            assert found == part
            path.write_bytes(data[:place])
            assert recall(cache) == part
        path.write_bytes(data)


@pytest.mark.parametrize(
    "content",
    [
        pickle.dumps(None),
        pickle.dumps(()),
        pickle.dumps([1, 2]),
        b"cos\nsystem\n(S'touch ran'\ntR.",
        pack((code_digest(), {"stamps": {}})),
        pack((code_digest(), 5)),
        pack((b"another", {"lists": None})),
    ],
)
def test_other_content_under_a_right_digest_is_no_memory(
    tmp_path: Path, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("memory", "facts"):
        (tmp_path / name).write_bytes(bytes_digest(content) + content)
    found = recall(Cache(tmp_path))
    assert found == Memory()
    assert not (tmp_path / "ran").exists()


def test_a_cache_that_cannot_be_written_is_fine(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    remember(Cache(tmp_path / "file/cache"), Memory(), filled())
    assert recall(Cache(tmp_path / "file/cache")) == Memory()


def test_digests_tell_values_apart() -> None:
    values = [
        (),
        ((),),
        ("",),
        (None,),
        ("None",),
        (b"a",),
        ("a",),
        ("a", "b"),
        (("a", "b"),),
        ("a', 'b",),
        (PurePosixPath("a"),),
        (1,),
        (True,),
        ("\udcff",),
    ]
    assert len({digest_of(*value) for value in values}) == len(values)
