from __future__ import annotations

import hashlib
from pathlib import Path

from castpress.store.cache import Cache, name_of


class Maker:
    """Writes a file and counts how often."""

    def __init__(self, data: bytes) -> None:
        self.data, self.count = data, 0

    def __call__(self, path: Path) -> None:
        self.count += 1
        path.write_bytes(self.data)


def test_a_file_is_made_once(tmp_path: Path) -> None:
    make = Maker(b"sound")
    made = Cache(tmp_path).file("audio", b"key", ".mp3", make)
    assert made == Cache(tmp_path).file("audio", b"key", ".mp3", make)
    assert make.count == 1
    assert (Path(made.place).read_bytes(), made.byte_length) == (b"sound", 5)
    assert made.sha256 == hashlib.sha256(b"sound").hexdigest()


def test_a_file_that_somebody_wrote_into_is_made_anew(tmp_path: Path) -> None:
    make = Maker(b"sound")
    made = Cache(tmp_path).file("audio", b"key", ".mp3", make)
    Path(made.place).write_bytes(b"noise!")
    assert Path(Cache(tmp_path).file("audio", b"key", ".mp3", make).place).read_bytes() == b"sound"
    assert make.count == 2


def test_a_file_that_was_only_touched_stays(tmp_path: Path) -> None:
    make = Maker(b"sound")
    made = Cache(tmp_path).file("audio", b"key", ".mp3", make)
    Path(made.place).touch()
    Cache(tmp_path).file("audio", b"key", ".mp3", make)
    assert make.count == 1


def test_a_cache_full_of_nonsense_is_an_empty_cache(tmp_path: Path) -> None:
    make = Maker(b"sound")
    cache = Cache(tmp_path)
    cache.file("audio", b"key", ".mp3", make)
    assert cache.value("facts", b"key", lambda: [1]) == [1]
    for path in tmp_path.rglob("*.json"):
        path.write_text("[]")
    cache.file("audio", b"key", ".mp3", make)
    assert make.count == 2
    for path in tmp_path.rglob("*.json"):
        path.write_text("{")
    assert cache.value("facts", b"key", lambda: [2]) == [2]


def test_values_survive_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert Cache(tmp_path / "file" / "cache").value("facts", b"k", lambda: 3) == 3


def test_what_is_not_needed_goes_once_it_is_an_hour_old(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for name in (b"old", b"kept"):
        cache.file("audio", name, ".mp3", Maker(b"sound"))
    drafts = tmp_path / "audio" / "tmp1234.mp3"
    drafts.write_bytes(b"half")
    needed = {name_of(b"kept", ".mp3")}
    now = drafts.stat().st_mtime
    cache.prune("audio", needed, now=now)
    assert len(list((tmp_path / "audio").iterdir())) == 5
    cache.prune("audio", needed, now=now + 3601)
    left = {path.name.removesuffix(".json") for path in (tmp_path / "audio").iterdir()}
    assert left == needed
