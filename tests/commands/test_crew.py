"""Many episodes are made by one process a core, and nobody can tell from what comes out."""

from __future__ import annotations

import os
import select
import shutil
import signal
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from benchmarks.make_show import make_show
from castpress.cli import main
from castpress.commands import crew, exit_codes
from castpress.commands.workshop import Workshop
from tests.state.trees import tree

if TYPE_CHECKING:
    from collections.abc import Callable

NOW = "2026-01-02"
BUILD = ("build", "--now", NOW)
EPISODES = 9
# More than that many tasks are shared: all of them, or never.
SHARED, ALONE = 4, 10**9

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")


class Ran(NamedTuple):
    code: int
    out: str
    err: str
    forks: int
    has_left_some: bool


def begin(root: Path, words: tuple[str, ...], many: int, prepare: Callable[[], object]) -> int:
    """Start a process of its own group whose crew is shared out at that many tasks."""
    pid = os.fork()
    if pid:
        return pid
    code, forks = 70, []
    try:
        os.setpgid(0, 0)
        for number, name in ((1, "out"), (2, "err")):
            with root.with_name(name).open("wb") as file:
                os.dup2(file.fileno(), number)
        sys.stdout, sys.stderr = os.fdopen(1, "w"), os.fdopen(2, "w")
        signal.signal(signal.SIGINT, signal.default_int_handler)
        crew._MANY, crew._cores = many, lambda: 3
        os.register_at_fork(before=lambda: forks.append(1))
        prepare()
        code = main([*words, "--show", str(root)])
        try:
            left = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            left = None
        root.with_name("forks").write_text(f"{len(forks)} {left is not None:d}")
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def end(root: Path, pid: int) -> Ran:
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    out, err, forks = (root.with_name(name).read_text("utf-8") for name in ("out", "err", "forks"))
    count, left = map(int, forks.split())
    return Ran(code, out, err.replace(str(root), "SHOW"), count, bool(left))


def run(
    root: Path,
    *words: str,
    many: int = SHARED,
    prepare: Callable[[], object] = lambda: None,
    is_shared: bool | None = None,
) -> tuple[int, str, str]:
    """The exit code of such a process, and what it said."""
    ran = end(root, begin(root, words or BUILD, many, prepare))
    assert not ran.has_left_some, ran.err
    assert bool(ran.forks) == (many == SHARED if is_shared is None else is_shared), ran.err
    return ran[:3]


def instead(work: str, act: Callable[[], object]) -> Callable[[], object]:
    """Let the processes of the crew do something else before that work."""

    def prepare() -> None:
        parent, own = os.getpid(), getattr(Workshop, work)

        def done(self: Workshop, task: object, *shared: object) -> object:
            if os.getpid() != parent:
                act()
            return own(self, task, *shared)

        setattr(Workshop, work, done)

    return prepare


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A show with something wrong in every third note."""
    root = tmp_path_factory.mktemp("crew") / "show"
    make_show(root, EPISODES)
    settings = root / "show.yaml"
    # To draw it smaller takes longer than all the rest.
    settings.write_text(settings.read_text("utf-8").replace("artwork: artwork/cover.jpg\n", ""))
    for number, note in enumerate(sorted((root / "show_notes").iterdir())):
        if number % 3 == 0:
            text = note.read_text("utf-8")
            note.write_text(text.replace("## Stranger", "## [More\n\n## Stranger") + "![x](y.png)")
    first, second, *_ = sorted((root / "episodes").iterdir())
    shutil.copyfile(first, second)
    return root


@pytest.fixture(scope="module")
def built(original: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The same, built by one process, and what that said."""
    warm = shutil.copytree(original, tmp_path_factory.mktemp("warm") / "show")
    # In this process too, so that those that follow find everything imported.
    assert main([*BUILD, "-q", "--show", str(warm)]) == exit_codes.OK
    root = shutil.copytree(original, tmp_path_factory.mktemp("alone") / "show")
    code, _, said = run(root, many=ALONE)
    assert code == exit_codes.OK, said
    return root, said


@pytest.fixture
def alone(built: tuple[Path, str]) -> tuple[int, str, dict[str, str]]:
    """How one process ends, what it says and what it makes."""
    return exit_codes.OK, built[1], made(built[0])


@pytest.fixture
def show(original: Path, built: tuple[Path, str], tmp_path: Path) -> Path:
    del built
    return shutil.copytree(original, tmp_path / "show")


def made(root: Path) -> dict[str, str]:
    return {**tree(root / "public"), "lock": (root / "show.lock").read_text()}


Alone = tuple[int, str, dict[str, str]]


def test_several_processes_make_the_same_bytes_and_say_the_same(show: Path, alone: Alone) -> None:
    code, _, said = run(show)
    assert "warning" in said
    assert (code, said, made(show)) == alone


def test_what_one_process_remembers_several_take_over(
    built: tuple[Path, str], tmp_path: Path
) -> None:
    show = shutil.copytree(built[0], tmp_path / "show")
    settings = show / "show.yaml"
    settings.write_text(settings.read_text("utf-8") + "tagline: Once more\n", "utf-8")
    clean = shutil.copytree(show, tmp_path / "clean")
    shutil.rmtree(clean / "public")
    shutil.rmtree(clean / ".cache")
    assert run(show)[0] == exit_codes.OK
    assert run(clean, many=ALONE)[0] == exit_codes.OK
    assert made(show) == made(clean)


def test_several_processes_find_the_same_problems_in_the_same_order(show: Path) -> None:
    notes = sorted((show / "show_notes").iterdir())
    for number, note in enumerate(notes):
        if number % 2:
            text = note.read_text("utf-8").replace("tags:", "course: nowhere\ntags:")
            note.write_text(text.replace("published: 2", "published: x2") if number == 5 else text)
    # Its text is another note's too, and what is wrong in it is wrong in both.
    (show / "show_notes/same.md").write_bytes(notes[1].read_bytes())
    shutil.copyfile(next((show / "episodes").iterdir()), show / "episodes/same.mp3")
    check = ("check", "--now", NOW, "--format", "json")
    together, lone = [run(show, *check, many=many) for many in (SHARED, ALONE)]
    assert together == lone
    assert together[0] == exit_codes.PROBLEMS
    assert "same.md" in together[1]


@pytest.mark.parametrize("work", ["open_note", "listen", "read", "hear", "render"])
def test_what_a_process_leaves_that_is_killed_is_done_all_the_same(
    show: Path, alone: Alone, work: str
) -> None:
    died = show.with_name("died")

    def die() -> None:
        if not died.exists():
            died.touch()
            os.kill(os.getpid(), signal.SIGKILL)

    code, _, said = run(show, prepare=instead(work, die))
    assert died.exists()
    assert (code, said, made(show)) == alone


def test_a_fault_in_a_process_is_a_fault_of_ours(show: Path) -> None:
    def fail() -> None:
        raise ValueError("a goose in the works")

    code, _, said = run(show, prepare=instead("read", fail))
    assert code == exit_codes.BUG
    assert "a goose in the works" in said
    assert not (show / "public").exists()


def test_a_full_disk_in_a_process_is_told_as_one(show: Path) -> None:
    def fill() -> None:
        raise OSError(28, "No space left on device", "/some/file")

    code, _, said = run(show, prepare=instead("hear", fill))
    assert code == exit_codes.PROBLEMS
    assert "error[output-failed]" in said
    assert "make room" in said
    assert "Traceback" not in said
    assert not (show / "public").exists()


def test_settings_that_are_wrong_leave_no_process_behind(show: Path) -> None:
    (show / "show.yaml").write_text("title: [\n", "utf-8")
    assert run(show)[0] == exit_codes.PROBLEMS


def test_a_process_with_threads_is_not_copied(show: Path, alone: Alone) -> None:
    """As `serve` is, once it listens."""

    def listen() -> None:
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()

    code, _, said = run(show, prepare=listen, is_shared=False)
    assert (code, said, made(show)) == alone


def test_a_system_without_room_for_more_processes(
    show: Path, alone: Alone, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full() -> int:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    def prepare() -> None:
        monkeypatch.setattr(os, "fork", full)

    code, _, said = run(show, prepare=prepare, is_shared=False)
    assert (code, said, made(show)) == alone


@pytest.mark.parametrize("to_all", [True, False])
def test_who_is_interrupted_leaves_nobody_behind(show: Path, *, to_all: bool) -> None:
    begun = show.with_name("begun")

    def rest() -> None:
        begun.touch()
        time.sleep(30 if to_all else 0.3)

    line, own = os.pipe()
    pid = begin(show, BUILD, SHARED, instead("read", rest))
    os.close(own)
    wait_for(begun)
    (os.killpg if to_all else os.kill)(pid, signal.SIGINT)
    ran = end(show, pid)
    assert ran.code == exit_codes.INTERRUPTED
    assert ran.forks
    assert not ran.has_left_some
    assert "nothing is half done" in ran.err
    assert len(ran.err.strip().splitlines()) == 1
    assert are_gone(line)
    assert not (show / "public").exists()


def test_who_is_killed_leaves_nobody_behind(show: Path) -> None:
    begun = show.with_name("begun")

    def rest() -> None:
        begun.touch()
        time.sleep(0.1)

    line, own = os.pipe()
    pid = begin(show, BUILD, SHARED, instead("read", rest))
    os.close(own)
    wait_for(begun)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    assert are_gone(line)


def are_gone(line: int) -> bool:
    """Whether all processes end that had the other end of the line when they began."""
    is_over, _, _ = select.select([line], [], [], 20)
    os.close(line)
    return bool(is_over)


def wait_for(file: Path) -> None:
    for _ in range(2000):
        if file.exists():
            return
        time.sleep(0.01)
    raise AssertionError(f"{file} was never made")
