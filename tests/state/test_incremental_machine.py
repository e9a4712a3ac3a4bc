"""After any edits, a build that takes over what it can equals a clean one, byte for byte.

Random edits of everything a build reads, and of what it left behind; after each a build of the
same words in the same folder, and a clean one in a folder that has only the sources. With
CASTPRESS_LONG=1 at least a thousand steps, else a sample.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from PIL import Image

from castpress.__main__ import main
from tests.state.trees import quick_disk, tree
from tests.tiny_show import CACHE, copy_tiny

SOUND = Path("tests/corpus/audio/mpeg25-mono-8k.mp3").read_bytes()
LONG = bool(os.environ.get("CASTPRESS_LONG"))
STEPS = 0

WORDS = st.sampled_from(["goose", "hill & dale", "<b>bold</b>", "río", "A longer line of words."])
NAMES = st.sampled_from(["001-first-run", "002-two-hills", "course-1", "extra-1", "extra-2"])
NOW = st.sampled_from(["2026-03-15", "2026-11-21T12:00:00+00:00", "2031-06-01"])
BLOCK = re.compile(r"\A---\n(.*?)^---\n", re.DOTALL | re.MULTILINE)


def build(root: Path, now: str) -> tuple[int, str]:
    """The exit code of a build, and what it said but for counts of changed files."""
    out, err = io.TextIOWrapper(io.BytesIO()), io.TextIOWrapper(io.BytesIO())
    before = Path.cwd()
    try:
        os.chdir(root)
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = main(["build", "--now", now])
    finally:
        os.chdir(before)
    err.flush()
    said = err.buffer.getvalue().decode()
    return code, re.sub(r"^public: .*$", "", said, flags=re.MULTILINE)


class IncrementalMachine(RuleBasedStateMachine):
    """One folder that is edited and built again and again."""

    drawn: Path

    @initialize()
    def begin(self) -> None:
        self.place = Path(tempfile.mkdtemp(prefix="castpress-incremental-", dir=quick_disk()))
        self.root = self.place / "show"
        copy_tiny(self.root, self.drawn)
        self.now = "2026-11-21T12:00:00+00:00"
        self.count = 0

    def teardown(self) -> None:
        if hasattr(self, "place"):
            shutil.rmtree(self.place, ignore_errors=True)

    def note(self, name: str) -> Path:
        return self.root / "show_notes" / f"{name}.md"

    @rule(name=NAMES, words=WORDS)
    def write_in_a_note(self, name: str, words: str) -> None:
        if self.note(name).exists():
            self.note(name).write_text(self.note(name).read_text("utf-8") + f"\n{words}\n")

    @rule(name=NAMES, words=WORDS)
    def retitle(self, name: str, words: str) -> None:
        self.set_key(name, "title", f'"{words} {self.count}"')

    @rule(name=NAMES, tags=st.sampled_from(["[running]", "[rest, hills]", "[]", "[Running, rest]"]))
    def tag(self, name: str, tags: str) -> None:
        self.set_key(name, "tags", tags)

    @rule(name=NAMES, day=st.sampled_from(["2026-03-01 06:00", "2026-05-05", "2027-01-01", None]))
    def date(self, name: str, day: str | None) -> None:
        self.set_key(name, "published", day)

    @rule(name=NAMES, slug=st.sampled_from(["one", "two", None]))
    def address(self, name: str, slug: str | None) -> None:
        self.set_key(name, "slug", slug)

    @rule(name=NAMES, number=st.sampled_from(["1", "7", None]))
    def number(self, name: str, number: str | None) -> None:
        self.set_key(name, "lesson" if name == "course-1" else "episode", number)

    @rule(name=NAMES, course=st.sampled_from(["first-steps", "First Steps", None]))
    def enrol(self, name: str, course: str | None) -> None:
        self.set_key(name, "course", course)

    @rule(name=NAMES, words=WORDS)
    def promise(self, name: str, words: str) -> None:
        self.set_key(name, "teaser", f'"{words} {self.count}"')

    @rule(
        row=st.sampled_from(
            [
                "release: {start: 2026-03-03 06:00, every: week}",
                "release: {dates: [2026-03-03 06:00, 2027-01-01]}",
                "lesson_word: Week",
                "teasers: false",
                None,
            ]
        )
    )
    def course(self, row: str | None) -> None:
        file = self.root / "show.yaml"
        keys = ("    release:", "    lesson_word:", "    teasers:")
        rows = [r for r in file.read_text("utf-8").splitlines() if not r.startswith(keys)]
        place = rows.index("  first-steps:") + 1
        rows[place:place] = [f"    {row}"] if row else []
        file.write_text("\n".join(rows) + "\n", "utf-8")

    @rule(
        rows=st.sampled_from(
            [
                ("feed_size: 1",),
                ("feed_size: 1", "feeds: {rest: {tag: rest}, whole: {all: true}}"),
                ("feeds: {ida: {person: Ida Berg}, one: {season: 1}}",),
                (),
            ]
        )
    )
    def feeds(self, rows: tuple[str, ...]) -> None:
        file = self.root / "show.yaml"
        kept = file.read_text("utf-8").splitlines()
        kept = [row for row in kept if not row.startswith(("feed_size:", "feeds:"))]
        file.write_text("\n".join([*kept, *rows]) + "\n", "utf-8")

    @rule(name=NAMES, picture=st.sampled_from(["artwork/cover.jpg", None]))
    def picture(self, name: str, picture: str | None) -> None:
        self.set_key(name, "image", picture)

    @rule(name=NAMES, rows=st.sampled_from(["[{name: Plank, reason: x}]", "[{name: Squat}]", None]))
    def exercise(self, name: str, rows: str | None) -> None:
        self.set_key(name, "exercises", rows)

    @rule(colour=st.sampled_from(["red", "navy", None]), is_named=st.booleans())
    def photo(self, colour: str | None, is_named: bool) -> None:
        """The host's photo, which may be named and not be there."""
        (self.root / "artwork/ida.png").unlink(missing_ok=True)
        if colour:
            Image.new("RGB", (200, 170), colour).save(self.root / "artwork/ida.png")
        file = self.root / "show.yaml"
        text = file.read_text("utf-8").replace("    img: artwork/ida.png\n", "")
        if is_named:
            text = text.replace("    role: host\n", "    role: host\n    img: artwork/ida.png\n")
        file.write_text(text, "utf-8")

    def set_key(self, name: str, key: str, value: str | None) -> None:
        """Write one key of a note's head, as an author does; None takes it away."""
        file = self.note(name)
        if not file.exists():
            return
        text = file.read_text("utf-8")
        found = BLOCK.match(text)
        head = found[1] if found else ""
        body = text[found.end() :] if found else text
        rows = [row for row in head.splitlines() if not row.startswith(f"{key}:")]
        # Rows of a list stay with their key: new keys go in front.
        rows = ([f"{key}: {value}"] if value is not None else []) + rows
        file.write_text("---\n" + "\n".join(rows) + "\n---\n" + body, "utf-8")

    @rule(name=st.sampled_from(["extra-1", "extra-2"]), tail=st.integers(0, 3))
    def put_an_episode(self, name: str, tail: int) -> None:
        audio = self.root / "episodes" / f"{name}.mp3"
        audio.write_bytes(SOUND + b"TAG" + f"{name} {tail}".encode().ljust(125, b"\0"))
        if not self.note(name).exists():
            head = f"---\npublished: 2026-04-0{tail + 1} 06:00\ntags: [running]\n---\n"
            self.note(name).write_text(f"{head}# {name} talk\n\nA word.\n\n## Start [0:00]\n\nx\n")

    @rule(name=NAMES)
    def take_an_episode_away(self, name: str) -> None:
        self.note(name).unlink(missing_ok=True)
        for audio in (self.root / "episodes").glob(f"{name}.*"):
            audio.unlink()

    @rule(name=NAMES, other=st.sampled_from(["renamed-1", "extra-2"]))
    def rename(self, name: str, other: str) -> None:
        files = [*(self.root / "episodes").glob(f"{name}.*"), self.note(name)]
        if self.note(other).exists() or list((self.root / "episodes").glob(f"{other}.*")):
            return
        for file in files:
            if file.exists():
                file.rename(file.with_name(other + file.suffix))

    @rule(
        name=NAMES,
        ending=st.sampled_from([".vtt", ".de.vtt", ".transcript.txt"]),
        line=st.sampled_from(["Hello.", "A goose!", ""]),
    )
    def transcript(self, name: str, ending: str, line: str) -> None:
        file = self.root / "show_notes" / f"{name}{ending}"
        if not line:
            file.unlink(missing_ok=True)
        elif ending.endswith(".vtt"):
            file.write_text(f"WEBVTT\n\n00:00.000 --> 00:01.000\n<v Ida>{line}\n")
        else:
            file.write_text(f"Ida (0:00):\n{line}\n")

    @rule(
        name=st.sampled_from(["about", "why"]),
        kind=st.sampled_from(["type: article", "nav: true", "search: false"]),
        tags=st.sampled_from(["running", "rest, hills", ""]),
        words=WORDS,
    )
    def page(self, name: str, kind: str, tags: str, words: str) -> None:
        (self.root / "pages").mkdir(exist_ok=True)
        text = f"---\n{kind}\ntags: [{tags}]\n---\n# {name}\n\n{words}\n"
        (self.root / f"pages/{name}.md").write_text(text, "utf-8")

    @rule(name=st.sampled_from(["about", "why"]))
    def take_a_page_away(self, name: str) -> None:
        (self.root / f"pages/{name}.md").unlink(missing_ok=True)

    @rule(key=st.sampled_from(["tagline", "copyright"]), words=WORDS)
    def settings(self, key: str, words: str) -> None:
        file = self.root / "show.yaml"
        rows = [r for r in file.read_text("utf-8").splitlines() if not r.startswith(f"{key}:")]
        file.write_text("\n".join([*rows, f'{key}: "{words}"']) + "\n", "utf-8")

    @rule(
        name=st.sampled_from(["archive.html", "parts.html", "theme.css", "extra.html"]),
        kind=st.sampled_from(["as it is", "with a mark", "gone"]),
    )
    def template(self, name: str, kind: str) -> None:
        own = self.root / "templates" / name
        own.parent.mkdir(exist_ok=True)
        if kind == "gone":
            own.unlink(missing_ok=True)
            return
        packaged = Path("templates") / name
        text = packaged.read_text("utf-8") if packaged.exists() else "{# nobody asks for it #}"
        mark = f"/* {self.count} */" if name.endswith("css") else f"<!-- {self.count} -->"
        own.write_text(text + (mark if kind == "with a mark" else ""), "utf-8")

    @rule(now=NOW)
    def time_passes(self, now: str) -> None:
        self.now = now

    @rule(share=st.integers(0, 9))
    def lose_files_of_the_cache(self, share: int) -> None:
        files = sorted(p for p in (self.root / ".cache").rglob("*") if p.is_file())
        for number, file in enumerate(files):
            if share == 0 or number % 10 == share:
                file.unlink()

    @rule(share=st.integers(0, 9), what=st.sampled_from(["delete", "write", "append", "touch"]))
    def meddle_with_the_output(self, share: int, what: str) -> None:
        public = self.root / "public"
        files = sorted(p for p in public.rglob("*") if p.is_file() and ".castpress" not in p.parts)
        for file in files[share::10]:
            if what == "delete":
                file.unlink()
            elif what == "touch":
                file.touch()
            else:
                # As editors do: a new file in its place, so that no link of it is written into.
                text = b"meddled" if what == "write" else file.read_bytes() + b" "
                file.unlink()
                file.write_bytes(text)

    @rule()
    def lose_the_output(self) -> None:
        shutil.rmtree(self.root / "public", ignore_errors=True)

    @rule()
    def wait_for_the_clock(self) -> None:
        time.sleep(0.06)

    @invariant()
    def a_build_equals_a_clean_one(self) -> None:
        if not hasattr(self, "root"):
            return
        global STEPS  # noqa: PLW0603 - counted over all runs
        STEPS += 1
        self.count += 1
        clean = self.place / "clean"
        shutil.rmtree(clean, ignore_errors=True)
        shutil.copytree(self.root, clean, ignore=shutil.ignore_patterns(".cache", "public"))
        # The pictures of the show as it was at first, which it may have no more.
        shutil.copytree(self.drawn, clean / CACHE)
        result = build(self.root, self.now)
        expected = build(clean, self.now)
        assert result == expected
        if result[0] == 0:
            assert tree(self.root / "public") == tree(clean / "public")
        lock = self.root / "show.lock"
        if lock.exists() or (clean / "show.lock").exists():
            assert lock.read_bytes() == (clean / "show.lock").read_bytes()
        # Once more, now with nothing to do: the quick look must come to the same.
        again = build(self.root, self.now)
        assert again[0] == result[0]
        if result[0] == 0:
            assert tree(self.root / "public") == tree(clean / "public")


@pytest.fixture(scope="module", autouse=True)
def _drawn_before(drawn: Path) -> None:
    IncrementalMachine.drawn = drawn


TestIncrementalMachine = IncrementalMachine.TestCase
TestIncrementalMachine.settings = settings(
    max_examples=30 if LONG else 2,
    stateful_step_count=50 if LONG else 10,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def test_how_many_steps_were_taken(capsys) -> None:  # type: ignore[no-untyped-def]
    with capsys.disabled():
        print(f"\nincremental builds compared with clean ones: {STEPS}")
    assert not LONG or STEPS >= 1000
