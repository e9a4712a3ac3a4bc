from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from castpress.model.publication.headers import headers_of
from castpress.store.targets.folder import FolderTarget
from castpress.store.targets.registry import TARGETS, AddressError, Opening, open_target
from castpress.store.targets.target import TargetError, Upload


def upload(path: str, content: bytes = b"x") -> Upload:
    import hashlib

    digest = hashlib.sha256(content).hexdigest()
    return Upload(path, digest, len(content), headers_of(path), content)


def opening(base: Path = Path()) -> Opening:
    return Opening(base, Path("nowhere"))


def test_what_web_servers_see(tmp_path: Path) -> None:
    target = FolderTarget(tmp_path / "made" / "for it")
    before = os.umask(0o022)
    try:
        target = FolderTarget(tmp_path / "made" / "for it")
        target.put(upload("a/b.html"))
    finally:
        os.umask(before)
    root = tmp_path / "made" / "for it"
    assert stat.S_IMODE((root / "a/b.html").stat().st_mode) == 0o644
    assert stat.S_IMODE((root / ".castpress").stat().st_mode) == 0o700
    assert list((root / ".castpress/incoming").iterdir()) == []


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/mine.html").write_text("mine")
    root = tmp_path / "site"
    root.mkdir()
    (root / "episodes").symlink_to("../outside")
    (root / "feed.xml").symlink_to("../outside/mine.html")
    target = FolderTarget(root)
    for path in ("episodes/mine.html", "episodes/new.html", "feed.xml"):
        for act in (lambda p: target.put(upload(p)), target.delete, target.get, target.digest):
            with pytest.raises(TargetError, match="by a link"):
                act(path)
    assert (tmp_path / "outside/mine.html").read_text() == "mine"
    assert len(list((tmp_path / "outside").iterdir())) == 1


def test_the_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "site").symlink_to("disk")
    open_target(f"file:{tmp_path}/site", opening()).put(upload("a/feed.xml"))
    assert (tmp_path / "disk/a/feed.xml").exists()


@pytest.mark.parametrize(
    ("prepare", "path", "advice"),
    [
        (lambda root: (root / "a").write_text("a file"), "a/b.html", "move the file away"),
        (lambda root: (root / "a/b.html").mkdir(parents=True), "a/b.html", "move the folder away"),
        (lambda root: (root / "a").symlink_to("a"), "a/b.html", ""),
        (lambda _root: None, "n" * 300, "shorter"),
        (lambda _root: None, "nul\0.html", ""),
    ],
)
def test_what_stands_in_the_way_is_said(
    tmp_path: Path, prepare: object, path: str, advice: str
) -> None:
    prepare(tmp_path)  # type: ignore[operator]
    target = FolderTarget(tmp_path)
    with pytest.raises(TargetError) as caught:
        target.put(upload(path))
    assert advice in caught.value.help
    assert list((tmp_path / ".castpress/incoming").iterdir()) == []


def test_a_folder_below_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(TargetError, match="cannot be used"):
        FolderTarget(tmp_path / "file/site").put(upload("feed.xml"))
    assert FolderTarget(tmp_path / "file/site").get("feed.xml") is None


def test_what_a_crash_left_is_tidied(tmp_path: Path) -> None:
    target = FolderTarget(tmp_path)
    target.put(upload("feed.xml"))
    (tmp_path / ".castpress/incoming/half").write_bytes(b"half a file")
    assert list(target.list()) == ["feed.xml"]
    target.tidy((), ())
    assert not (tmp_path / ".castpress/incoming/half").exists()
    assert (tmp_path / "feed.xml").exists()


@pytest.mark.parametrize(
    ("address", "folder"),
    [
        ("file:/srv/www", "/srv/www"),
        ("file:///srv/www", "/srv/www"),
        ("file://localhost/srv/www", "/srv/www"),
        ("file:../site", "/base/site"),
        ("file:with space/x", "/base/show/with space/x"),
        ("file:/a/../b", "/b"),
    ],
)
def test_addresses_of_folders(address: str, folder: str) -> None:
    assert open_target(address, opening(Path("/base/show"))).folder == Path(folder)


@pytest.mark.parametrize(
    "address", ["", "/srv/www", "ftp://x/y", "file:", "file: ", "file://host/x", "File:x", "C:\\x"]
)
def test_addresses_of_no_place(address: str) -> None:
    with pytest.raises(AddressError, match="expected"):
        open_target(address, opening())


def test_every_kind_of_place_is_in_the_contract() -> None:
    contract = Path(__file__).with_name("test_contract.py").read_text("utf-8")
    names = {"file": "folder"}
    for scheme in TARGETS:
        assert f'"{names.get(scheme, scheme)}": ' in contract
