"""The quick look before anything heavy is imported: never wrong, and it says what a build says."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from castpress.__main__ import main
from castpress.unchanged import is_unchanged
from tests.tiny_show import copy_tiny

if TYPE_CHECKING:
    from collections.abc import Callable

NOW = "2026-11-21T12:00:00+00:00"
RECORD = ".cache/castpress/unchanged"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory, drawn: Path) -> Path:
    """A show that was built, with sources in unusual places and a warning."""
    root = copy_tiny(tmp_path_factory.mktemp("unchanged") / "show", drawn)
    (root / "show_notes/001-first-run.vtt").unlink()
    (root / "words").mkdir()
    (root / "words/one.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:01.000\nWell then.\n")
    for name in ("sun.jpg", "drill.jpg"):
        shutil.copyfile(root / "artwork/cover.jpg", root / name)
    note = root / "show_notes/001-first-run.md"
    keys = "---\ntranscript: ../words/one.vtt\nimage: sun.jpg\n"
    keys += "chapters: [{start: 0, title: Hi, image: drill.jpg, image_alt: A drill}]\n"
    note.write_text(note.read_text("utf-8").replace("---\n", keys, 1), "utf-8")
    shutil.copyfile(root / "episodes/001-first-run.mp3", root / "episodes/004-lonely.mp3")
    assert main(["build", "--show", str(root), "--now", NOW, "-q"]) == 0
    return root


@pytest.fixture
def show(original: Path, tmp_path: Path) -> Path:
    return shutil.copytree(original, tmp_path / "show")


def words_of(root: Path | str, *more: str) -> list[str]:
    return ["build", "--show", str(root), "--now", NOW, *more]


def build_until_known(words: list[str]) -> None:
    """Build as often as the disk's clock needs to tell before from after."""
    for _ in range(4):
        if is_unchanged(words):
            return
        time.sleep(0.06)
        assert main(words) == 0
    assert is_unchanged(words)


def make_folder(path: Path) -> None:
    """A folder in the place of a file."""
    path.unlink()
    path.mkdir()


def rewrite(file: Path, content: bytes) -> None:
    """Other bytes of the same length, and the old time put back."""
    stat = file.stat()
    assert len(content) == stat.st_size
    file.write_bytes(content)
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def swap(root: Path, name: str, old: bytes, new: bytes) -> None:
    data = (root / name).read_bytes()
    assert old in data
    rewrite(root / name, data.replace(old, new))


def replace_folder(root: Path, name: str) -> None:
    shutil.copytree(root / name, root / "other")
    shutil.rmtree(root / name)
    (root / "other").rename(root / name)


def add(root: Path, name: str, text: str = "{}") -> None:
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).write_text(text, "utf-8")


EDITS: dict[str, Callable[[Path], object]] = {
    "a new note": lambda root: add(root, "show_notes/005-new.md", "# New\n"),
    "a new note in a new folder": lambda root: add(root, "show_notes/more/x.md", "# New\n"),
    "a note of the same size and time": lambda root: swap(
        root, "show_notes/001-first-run.md", b"goose", b"moose"
    ),
    "a note removed": lambda root: (root / "show_notes/003-later.md").unlink(),
    "a transcript elsewhere": lambda root: swap(root, "words/one.vtt", b"Well", b"Hell"),
    "audio removed": lambda root: (root / "episodes/004-lonely.mp3").unlink(),
    "audio of the same size and time": lambda root: rewrite(
        root / "episodes/004-lonely.mp3", bytes((root / "episodes/004-lonely.mp3").stat().st_size)
    ),
    "a folder replaced": lambda root: replace_folder(root, "episodes"),
    "settings": lambda root: swap(root, "show.yaml", b"Small", b"Large"),
    "show.lock edited": lambda root: swap(root, "show.lock", b"why-do", b"who-do"),
    "show.lock removed": lambda root: (root / "show.lock").unlink(),
    "the first template": lambda root: add(root, "templates/extra.html"),
    "artwork swapped": lambda root: rewrite(
        root / "artwork/cover.jpg", (root / "artwork/cover.jpg").read_bytes()[:-1] + b"!"
    ),
    "a picture elsewhere": lambda root: rewrite(
        root / "sun.jpg", (root / "sun.jpg").read_bytes()[:-1] + b"!"
    ),
    "a chapter's picture elsewhere": lambda root: rewrite(
        root / "drill.jpg", (root / "drill.jpg").read_bytes()[:-1] + b"!"
    ),
    "a page edited": lambda root: add(root, "public/index.html", "<p>hello"),
    "a page touched": lambda root: os.utime(root / "public/index.html"),
    "a page removed": lambda root: (root / "public/404.html").unlink(),
    "a page that is a folder": lambda root: make_folder(root / "public/404.html"),
    "the output removed": lambda root: shutil.rmtree(root / "public"),
    "a build stopped half way": lambda root: add(root, "public/.castpress/journal.json"),
    "the manifest copied": lambda root: replace_folder(root, "public/.castpress"),
    "the cache removed": lambda root: shutil.rmtree(root / ".cache"),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_every_change_is_seen(show: Path, edit: Callable[[Path], object]) -> None:
    words = words_of(show, "-q")
    build_until_known(words)
    edit(show)
    assert not is_unchanged(words)


def test_what_is_no_source_may_change(show: Path) -> None:
    words = words_of(show, "-q")
    # What an editor leaves while a note is open: a link to nowhere.
    (show / "show_notes/.#001-first-run.md").symlink_to("ida@desk.1234")
    build_until_known(words)
    add(show, "README.md", "about the show")
    add(show, "public/stranger.txt")
    assert is_unchanged(words)


def test_other_words_are_another_command(show: Path) -> None:
    build_until_known(words_of(show, "-q"))
    for other in ([], ["-q", "--strict"], ["-q", "--output", str(show / "site")]):
        assert not is_unchanged(words_of(show, *other))
    assert not is_unchanged(["build", "--show", str(show), "--now", "2031-06-01", "-q"])
    assert not is_unchanged(["check", *words_of(show, "-q")[1:]])
    assert not is_unchanged([])


def test_another_place_or_environment_is_another_command(
    show: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(show.parent)
    words = words_of("show", "-q")
    build_until_known(words)
    for name in ("CASTPRESS_COMMAND", "SOURCE_DATE_EPOCH", "NO_COLOR", "FORCE_COLOR"):
        with monkeypatch.context() as patched:
            patched.setenv(name, "1")
            assert not is_unchanged(words)
    shutil.copytree(show, show.parent / "elsewhere/show")
    monkeypatch.chdir(show.parent / "elsewhere")
    assert not is_unchanged(words)
    monkeypatch.chdir(show.parent)
    assert is_unchanged(words)


@pytest.mark.parametrize("form", ["--show={}", "--show {}/", "--sho {}"])
def test_however_the_folder_is_named(
    show: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(show.parent)
    (show.parent / "link").symlink_to("show")
    words = ["build", "--now", NOW, "-q", *form.format("link").split()]
    for _ in range(3):
        time.sleep(0.06)
        assert main(words) == 0
    assert is_unchanged(words) or form.startswith("--sho ")
    swap(show, "show.yaml", b"Small", b"Large")
    assert not is_unchanged(words)


def test_the_last_folder_named_is_the_one_that_is_built(show: Path, tmp_path: Path) -> None:
    build_until_known(words_of(show, "-q"))
    other = shutil.copytree(show, tmp_path / "other")
    words = words_of(show, "-q", "--show", str(other))
    for _ in range(2):
        time.sleep(0.06)
        assert main(words) == 0
    swap(other, "show.yaml", b"Small", b"Large")
    assert main(words) == 0
    assert "Large steps" in (other / "public/index.html").read_text("utf-8")


def test_who_asks_for_every_byte_gets_it(show: Path, capfd: pytest.CaptureFixture[str]) -> None:
    words = words_of(show, "--verify")
    for _ in range(2):
        time.sleep(0.06)
        assert main(words) == 0
    swap(show, "public/index.html", b"Tiny", b"Tony")
    add(show, "public/stranger.txt")
    capfd.readouterr()
    assert main(words) == 0
    assert "Tony" not in (show / "public/index.html").read_text("utf-8")
    assert "warning[not-ours]: stranger.txt" in capfd.readouterr().err


def test_two_outputs_in_turn(show: Path, tmp_path: Path) -> None:
    one = words_of(show, "-q")
    two = words_of(show, "-q", "--output", str(tmp_path / "site"))
    for words in (one, two, one, two):
        time.sleep(0.06)
        assert main(words) == 0
    swap(show, "show.yaml", b"Small", b"Large")
    for words, public in ((one, show / "public"), (two, tmp_path / "site")):
        assert main(words) == 0
        assert "Large steps" in (public / "index.html").read_text("utf-8")


class TestTime:
    """Builds by the clock, which is set here."""

    def words(self, show: Path, published: datetime | None, *, audio: bool) -> list[str]:
        (show / "show_notes/003-later.md").unlink()
        (show / "episodes/003-later.mp3").unlink()
        date = f"published: {published.isoformat()}" if published else "tags: []"
        add(show, "show_notes/006-soon.md", f"---\n{date}\n---\n# Soon\n\nWords.\n")
        if audio:
            data = (show / "episodes/001-first-run.mp3").read_bytes()
            (show / "episodes/006-soon.mp3").write_bytes(data + b"\0")
        words = ["build", "--show", str(show), "-q"]
        build_until_known(words)
        return words

    @pytest.mark.parametrize("audio", [True, False])
    def test_an_episode_becomes_due(
        self, show: Path, monkeypatch: pytest.MonkeyPatch, *, audio: bool
    ) -> None:
        """Also one without audio: what was a warning is an error on the day."""
        due = datetime.now(tz=UTC).replace(microsecond=0) + timedelta(hours=3)
        words = self.words(show, due, audio=audio)
        moment = int(due.timestamp()) * 10**9
        monkeypatch.setattr(time, "time_ns", lambda: moment - 1)
        assert is_unchanged(words)
        monkeypatch.setattr(time, "time_ns", lambda: moment)
        assert not is_unchanged(words)

    def test_the_line_of_an_undated_episode_names_today(
        self, show: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        words = self.words(show, None, audio=True)
        day = time.time_ns() + 24 * 3600 * 10**9
        monkeypatch.setattr(time, "time_ns", lambda: day)
        assert not is_unchanged(words)

    def test_a_clock_that_was_set_back(self, show: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        words = self.words(show, datetime(2026, 1, 1, tzinfo=UTC), audio=True)
        for hours, is_known in ((24 * 3000, True), (-1, False)):
            moment = time.time_ns() + hours * 3600 * 10**9
            with monkeypatch.context() as patched:
                patched.setattr(time, "time_ns", lambda: moment)  # noqa: B023 - used at once
                assert is_unchanged(words) is is_known


@pytest.mark.parametrize(
    "more", [[], ["-q"], ["--format", "json"], ["--format", "github"], ["-q", "--format", "json"]]
)
def test_it_says_what_a_build_with_nothing_to_do_says(
    show: Path, more: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    words = words_of(show, *more)
    build_until_known(words)
    capfd.readouterr()
    assert is_unchanged(words)
    quick = capfd.readouterr()
    (show / RECORD).unlink()
    assert main(words) == 0
    assert capfd.readouterr() == quick
    assert "lonely" in quick.out + quick.err


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="this system has no terminals")
def test_it_says_it_in_colours_on_a_terminal(show: Path) -> None:
    """One process each: what is said is no matter of what is imported, and hardly anything is."""
    script = (
        "import sys; from castpress.__main__ import main; code = main(sys.argv[1:]); "
        "print(len([name for name in sys.modules if name.startswith('castpress')])); sys.exit(code)"
    )
    words = [sys.executable, "-c", script, *words_of(show)]
    time.sleep(0.06)
    on_terminal(words)
    whole = on_terminal(words)
    quick = on_terminal(words)
    (show / RECORD).unlink()
    again = on_terminal(words)
    assert int(quick.split()[-1]) < 5 < int(again.split()[-1])
    assert quick.splitlines()[:-1] == again.splitlines()[:-1] == whole.splitlines()[:-1]
    assert "\x1b[1;33mwarning[no-notes]\x1b[0m" in quick
    assert "nothing has changed" in quick


def on_terminal(words: list[str]) -> str:
    """What a command says to a terminal."""
    ours, theirs = os.openpty()
    environment = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR")}
    child = subprocess.Popen(
        words, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, close_fds=True
    )
    os.close(theirs)
    said = b""
    while True:
        try:
            data = os.read(ours, 65536)
        except OSError:  # Linux says so that nobody holds the other end
            data = b""
        if not data:
            break
        said += data
    os.close(ours)
    assert child.wait() == 0, said
    return said.decode()


def test_another_castpress_looks_for_itself(show: Path, tmp_path: Path) -> None:
    place = tmp_path / "installed"
    shutil.copytree("castpress", place / "castpress", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree("templates", place / "templates")
    script = (
        "import sys; sys.path.insert(0, sys.argv.pop(1)); from castpress.__main__ import main; "
        "main(sys.argv[1:]); print('castpress.cli' in sys.modules)"
    )

    def looks() -> bool:
        words = [sys.executable, "-B", "-c", script, str(place), *words_of(show, "-q")]
        return "True" in subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True).stdout

    assert looks()
    assert not all(looks() for _ in range(4))
    rule = place / "castpress/check/show.py"
    rule.write_bytes(rule.read_bytes() + b"\n")
    assert looks()
    assert not all(looks() for _ in range(4))
    page = place / "templates/base.html"
    page.write_text(page.read_text("utf-8") + "<!-- new -->", "utf-8")
    assert looks()
    assert "<!-- new -->" in (show / "public/index.html").read_text("utf-8")


def test_a_record_that_was_damaged_anywhere_is_no_record(
    show: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    words = words_of(show)
    build_until_known(words)
    record = (show / RECORD).read_bytes()
    capfd.readouterr()
    step = max(1, len(record) // 150)
    for place in range(0, len(record), step):
        for bits in (0x01, 0x80):
            broken = bytearray(record)
            broken[place] ^= bits
            (show / RECORD).write_bytes(broken)
            assert not is_unchanged(words)
        (show / RECORD).write_bytes(record[:place])
        assert not is_unchanged(words)
    assert capfd.readouterr() == ("", "")
    (show / RECORD).write_bytes(record)
    assert is_unchanged(words)


def test_whoever_reads_it_may_go_away(show: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = words_of(show, "--format", "json")
    build_until_known(words)
    ours, theirs = os.pipe()
    os.close(ours)
    with os.fdopen(theirs, "w") as gone:
        monkeypatch.setattr(sys, "stdout", gone)
        assert is_unchanged(words)


def test_what_changes_while_a_build_runs_is_not_taken_for_read(
    show: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the last byte written and the record, when nothing is looked at any more."""
    from castpress.commands import build

    words = words_of(show, "-q")
    for edit in (
        lambda: swap(show, "show.lock", b"why-do", b"who-do"),
        lambda: swap(show, "show_notes/course-1.md", b"lesson", b"Lesson"),
        lambda: main(["build", "--show", str(show), "--now", "2031-06-01", "-q"]),
    ):
        build_until_known(words)
        settings = show / "show.yaml"
        settings.write_text(settings.read_text("utf-8") + "# more\n", "utf-8")
        time.sleep(0.06)
        record = build._record

        def late(*things: object, edit: Callable[[], object] = edit) -> None:
            if things[1].words == words:  # type: ignore[attr-defined]
                edit()
            record(*things)  # type: ignore[arg-type] # noqa: B023 - used at once

        with monkeypatch.context() as patched:
            patched.setattr(build, "_record", late)
            assert main(words) == 0
        assert not is_unchanged(words)
