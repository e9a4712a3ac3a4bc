from __future__ import annotations

import os
from pathlib import Path

import pytest

from castpress.model.artifact import Artifact, KeptFile, Wave
from castpress.store.cache import sha256_of
from castpress.store.output import (
    OutputError,
    finish_interrupted,
    is_unfinished,
    write_artifacts,
)


def page(path: str, text: str) -> Artifact:
    return Artifact(path, Wave.PAGE, text.encode())


def tree(folder: Path) -> dict[str, str]:
    """All files of the output except castpress's own state."""
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".castpress" not in path.parts
    }


OLD = [page("index.html", "old"), page("a/index.html", "a"), page("gone/index.html", "gone")]
NEW = [page("index.html", "new"), page("a/index.html", "a"), page("b/index.html", "b")]


def test_the_output_becomes_the_artifacts(tmp_path: Path) -> None:
    write_artifacts(tmp_path, OLD)
    written = write_artifacts(tmp_path, NEW)
    assert tree(tmp_path) == {"index.html": "new", "a/index.html": "a", "b/index.html": "b"}
    assert written.changed == ("index.html", "b/index.html")
    assert written.removed == ("gone/index.html",)
    assert not (tmp_path / "gone").exists()


def test_what_is_the_same_is_not_touched(tmp_path: Path) -> None:
    write_artifacts(tmp_path, OLD)
    before = (tmp_path / "index.html").stat().st_mtime_ns
    written = write_artifacts(tmp_path, OLD)
    assert (written.changed, written.unchanged) == ((), 3)
    assert (tmp_path / "index.html").stat().st_mtime_ns == before


def test_a_page_that_was_edited_by_hand_is_put_right(tmp_path: Path) -> None:
    write_artifacts(tmp_path, OLD)
    (tmp_path / "index.html").write_text("edited")
    assert write_artifacts(tmp_path, OLD).changed == ("index.html",)


def test_files_put_there_by_hand_stay(tmp_path: Path) -> None:
    write_artifacts(tmp_path, OLD)
    (tmp_path / "CNAME").write_text("a.example")
    write_artifacts(tmp_path, NEW)
    assert tree(tmp_path)["CNAME"] == "a.example"


def test_a_folder_of_somebody_else_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("my homepage")
    with pytest.raises(OutputError, match="castpress did not make"):
        write_artifacts(tmp_path, NEW)
    assert tree(tmp_path) == {"index.html": "my homepage"}


def test_a_folder_that_git_publishes_may_hold_what_git_needs(tmp_path: Path) -> None:
    (tmp_path / ".nojekyll").write_text("")
    (tmp_path / "CNAME").write_text("a.example")
    assert write_artifacts(tmp_path, NEW).changed


@pytest.mark.parametrize("path", ["b", "b/index.html/x", "b/index.html"])
def test_what_stands_in_the_way_is_seen_before_anything_is_changed(
    tmp_path: Path, path: str
) -> None:
    write_artifacts(tmp_path, OLD)
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_text("mine")
    before = tree(tmp_path)
    with pytest.raises(OutputError, match="not put there by castpress"):
        write_artifacts(tmp_path, NEW)
    assert tree(tmp_path) == before


def test_a_file_becomes_a_folder_and_a_folder_a_file(tmp_path: Path) -> None:
    write_artifacts(tmp_path, [page("a", "file"), page("b/c/d", "deep")])
    write_artifacts(tmp_path, [page("a/x", "inside"), page("b", "file")])
    assert tree(tmp_path) == {"a/x": "inside", "b": "file"}


@pytest.mark.parametrize("name", ["manifest.json", "journal.json"])
def test_state_that_names_files_elsewhere_is_no_state(tmp_path: Path, name: str) -> None:
    precious = tmp_path / "precious.txt"
    precious.write_text("mine")
    output = tmp_path / "public"
    write_artifacts(output, OLD)
    data = '{"../precious.txt": "x"}'
    if name == "journal.json":
        data = '{"renames": [], "removals": ["../precious.txt"], "placed": {}}'
    (output / ".castpress" / name).write_text(data)
    write_artifacts(output, OLD)
    assert precious.read_text() == "mine"


def test_two_artifacts_with_one_path_are_our_own_bug(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="two artifacts"):
        write_artifacts(tmp_path, [page("a", "one"), page("a", "two")])


def test_a_second_build_at_the_same_time_waits_its_turn(tmp_path: Path) -> None:
    import fcntl

    write_artifacts(tmp_path, OLD)
    with (tmp_path / ".castpress/lock").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(OutputError, match="another build"):
            write_artifacts(tmp_path, NEW)
    assert write_artifacts(tmp_path, NEW).changed


def test_large_files_are_linked_from_the_cache(tmp_path: Path) -> None:
    cached = tmp_path / "cache.mp3"
    cached.write_bytes(b"sound")
    output = tmp_path / "public"
    audio = Artifact("audio/x.mp3", Wave.MEDIA, kept=KeptFile(str(cached), sha256_of(cached), 5))
    write_artifacts(output, [audio])
    assert (output / "audio/x.mp3").read_bytes() == b"sound"
    assert write_artifacts(output, [audio]).changed == ()


class _StoppedError(Exception):
    """Stands for a kill: nothing of ours runs after it."""


@pytest.mark.parametrize("fault", [_StoppedError, OSError(28, "No space left on device")])
def test_a_build_that_is_stopped_anywhere_is_whole_or_finished_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: type[Exception] | OSError
) -> None:
    """Every file operation is counted, and the run is ended before each of them in turn."""
    stop_at = 0
    while True:
        folder = tmp_path / str(stop_at)
        write_artifacts(folder, OLD)
        with monkeypatch.context() as patched:
            left = [stop_at]

            def counted(name: str, left: list[int] = left) -> object:
                real = getattr(Path, name)

                def call(self: Path, *args: object, **kwargs: object) -> object:
                    if left[0] == 0:
                        raise fault
                    left[0] -= 1
                    return real(self, *args, **kwargs)

                return call

            for name in ("replace", "unlink", "write_bytes", "write_text", "mkdir", "rmdir"):
                patched.setattr(Path, name, counted(name))
            try:
                write_artifacts(folder, NEW)
                is_complete = True
            except (_StoppedError, OutputError):
                is_complete = False
        if is_unfinished(folder):
            assert finish_interrupted(folder)
            expected = NEW
        else:
            finish_interrupted(folder)
            expected = NEW if is_complete else OLD
        names = {a.path: (a.content or b"").decode() for a in expected}
        if tree(folder) != names:
            # Stopped after the last rename, before the journal was cleared: it is the new state.
            assert tree(folder) == {a.path: (a.content or b"").decode() for a in NEW}
        assert write_artifacts(folder, NEW)
        assert tree(folder) == {a.path: (a.content or b"").decode() for a in NEW}
        if is_complete:
            break
        stop_at += 1
    assert stop_at > 10


def test_a_read_only_folder_is_said(tmp_path: Path) -> None:
    # Nobody may make files in /proc; root may write into a folder of any mode.
    folder = Path("/proc/self/public") if os.geteuid() == 0 else tmp_path
    tmp_path.chmod(0o555)
    with pytest.raises(OutputError) as caught:
        write_artifacts(folder, NEW)
    assert "--output" in caught.value.help
    tmp_path.chmod(0o755)


def test_a_file_where_the_folder_should_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "public").write_text("a file")
    with pytest.raises(OutputError) as caught:
        write_artifacts(tmp_path / "public", NEW)
    assert "--output" in caught.value.help


def test_a_full_disk_changes_nothing() -> None:
    """A disk of a few pages: /dev/full cannot hold a tree, so a small file limit stands in."""
    import resource
    import subprocess
    import sys
    import tempfile

    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from castpress.model.artifact import Artifact, Wave\n"
        "from castpress.store.output import OutputError, write_artifacts\n"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "try:\n"
        "    write_artifacts(Path(sys.argv[1]), [Artifact('a', Wave.PAGE, b'x'),"
        " Artifact('b', Wave.PAGE, b'y' * 100_000)])\n"
        "except OutputError as error:\n"
        "    print(error.reason)\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "public"
        write_artifacts(output, [page("a", "old")])
        ran = subprocess.run(
            [sys.executable, "-c", script, str(output)],
            capture_output=True,
            text=True,
            check=True,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000)),
        )
        assert "cannot be written" in ran.stdout
        assert tree(output) == {"a": "old"}
        assert not is_unfinished(output)


def test_a_journal_that_a_power_cut_left_empty_is_no_journal(tmp_path: Path) -> None:
    output = tmp_path / "public"
    write_artifacts(output, OLD)
    (output / ".castpress/journal.json").write_bytes(b"")
    (output / "a/index.html").write_bytes(b"")  # its bytes never reached the disk
    assert write_artifacts(output, OLD).changed == ("a/index.html",)
    assert not is_unfinished(output)
    assert (output / "a/index.html").read_bytes() == b"a"
