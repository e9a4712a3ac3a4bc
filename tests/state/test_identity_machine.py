"""Whatever a podcaster does in whatever order: no guid changes, no address gets other bytes.

The short run is part of every test run; `CASTPRESS_LONG=1` makes it a long one and prints how many
steps were done.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.state.show_at_work import Episode, ShowAtWork, copy_show

IS_LONG = os.environ.get("CASTPRESS_LONG") == "1"
EXAMPLES, STEPS = (40, 40) if IS_LONG else (3, 10)
DONE = {"examples": 0, "steps": 0, "commands": 0}

# What random edits come to; a guid that changes or audio with other bytes is never meant.
MEANT = (
    "vanished-episodes",
    "vanished-feed",
    "many-deletions",
    "empty-publication",
    "superseded-feed",
)

PICK = st.integers(min_value=0, max_value=1_000)
YES = st.booleans()


class IdentityMachine(RuleBasedStateMachine):
    """A show in a folder; each rule is something that people do, then a build."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="castpress-state-"))
        self.show = ShowAtWork(self.folder)
        self.deleted: dict[int, Episode] = {}
        self.spare_stems: list[str] = []
        self.locked: dict[int, int] = {}
        self.count = self.born = 0
        self.publishes = False
        self.environment = os.environ.get("SOURCE_DATE_EPOCH")
        DONE["examples"] += 1

    def teardown(self) -> None:
        DONE["commands"] += self.show.commands
        shutil.rmtree(self.folder)
        if self.environment is None:
            os.environ.pop("SOURCE_DATE_EPOCH", None)
        else:
            os.environ["SOURCE_DATE_EPOCH"] = self.environment

    # Helpers: what a rule starts and ends with

    def one(self, pick: int, *, frozen: bool = False) -> Episode | None:
        """One of the episodes there are, or of those that subscribers have."""
        numbers = sorted(n for n in self.show.episodes if not frozen or n in self.locked)
        return self.show.episodes[numbers[pick % len(numbers)]] if numbers else None

    def is_frozen(self, episode: Episode) -> bool:
        return episode.number in self.locked

    def fresh_stem(self) -> str:
        self.count += 1
        return f"{self.count:03}-take"

    def done(self) -> None:
        DONE["steps"] += 1
        self.show.build_and_look()

    @property
    def www(self) -> Path:
        """The folder that is published to."""
        return self.folder / "www"

    def publish(self) -> None:
        """All that is out is frozen from now on: by publication, or by other means and `lock`."""
        if self.publishes:
            # What goes is meant to go; a guid that changes never is.
            allowed = [word for code in MEANT for word in ("--allow", code)]
            self.show.type("publish", "--to", f"file:{self.www}", *allowed)
            self.show.look(self.www)
            self.show.look(self.show.root / "public")
        else:
            self.show.build_and_look()
            self.show.type("lock")
        self.locked |= {
            number: episode.sound
            for number, episode in self.show.episodes.items()
            if self.show.is_out(episode)
        }

    def is_all_out(self) -> bool:
        """Whether the feed holds everything that was ever out, so that it can tell who is who."""
        return all(
            self.show.is_out(episode)
            for number, episode in self.show.episodes.items()
            if number in self.show.guid_of
        )

    # Rules

    @initialize(publishes=YES)
    def begin(self, *, publishes: bool) -> None:
        self.publishes = publishes
        self.show.begin()
        for _ in range(2):
            self.add(-3, reuse=False)
        self.publish()

    @precondition(lambda self: len(self.show.episodes) < 5)
    @rule(days=st.integers(min_value=-30, max_value=30), reuse=YES)
    def add(self, days: int, *, reuse: bool) -> None:
        stem = self.spare_stems.pop() if reuse and self.spare_stems else self.fresh_stem()
        self.born += 1
        number = self.born
        published = self.show.now + timedelta(days=days, minutes=number)
        episode = Episode(number, stem, published)
        self.show.episodes[number] = episode
        self.show.save(episode)
        self.done()

    @rule(pick=PICK, reuse=YES)
    def rename_with_audio(self, pick: int, *, reuse: bool) -> None:
        episode = self.one(pick)
        if episode is None:
            return
        self.show.remove(episode)
        old = episode.stem
        episode.stem = self.spare_stems.pop() if reuse and self.spare_stems else self.fresh_stem()
        # A name that nobody has had is minted anew: only who was out is somebody.
        if episode.number in self.show.guid_of:
            self.spare_stems.append(old)
        self.show.save(episode)
        self.done()

    @rule(pick=PICK, by_command=YES)
    def rename_without_audio(self, pick: int, *, by_command: bool) -> None:
        episode = self.one(pick, frozen=True)
        if episode is None or episode.sound != self.locked[episode.number]:
            return
        old, new = episode.stem, self.fresh_stem()
        self.show.audio_file(episode).unlink()
        if by_command:
            self.show.type("rename", old, new)
            episode.stem = new
        else:
            note = self.show.note_file(episode)
            episode.stem = new
            note.rename(self.show.note_file(episode))
            if episode.guid_line is None:
                if self.show.is_out(episode):
                    said = self.show.type("build", expect=1)
                    assert f"castpress rename {old} {new}" in said
                self.show.type("rename", old, new)
        self.done()
        self.show.save(episode)
        self.done()

    @rule(pick=PICK, word=st.sampled_from(["goes on", "turns", "ends well"]))
    def retitle(self, pick: int, word: str) -> None:
        episode = self.one(pick)
        if episode is not None:
            episode.title = word
            self.show.save(episode, audio=False)
            self.done()

    @rule(pick=PICK, word=st.sampled_from(["hills", "rivers", None]))
    def reslug(self, pick: int, word: str | None) -> None:
        episode = self.one(pick)
        if episode is not None:
            episode.slug = f"{word}-{episode.number}" if word else None
            self.show.save(episode, audio=False)
            self.done()

    @rule(pick=PICK)
    def cut_again_and_replace(self, pick: int) -> None:
        episode = self.one(pick)
        if episode is None:
            return
        episode.sound += 1
        if self.is_frozen(episode):
            self.show.audio_file(episode).write_bytes(episode.audio())
            assert "audio-replaced" in self.show.type("build", expect=1)
            self.show.type("replace", episode.stem)
            del self.locked[episode.number]
        self.show.save(episode)
        self.done()

    @rule(pick=PICK, days=st.integers(min_value=-40, max_value=20))
    def redate(self, pick: int, days: int) -> None:
        episode = self.one(pick)
        if episode is not None:
            minutes = timedelta(minutes=episode.number)
            episode.published = self.show.now + timedelta(days=days) + minutes
            self.show.save(episode, audio=False)
            self.done()

    @rule(days=st.integers(min_value=1, max_value=25))
    def build_by_timer(self, days: int) -> None:
        self.show.pass_days(days)
        self.done()

    @precondition(lambda self: len(self.show.episodes) > 1)
    @rule(pick=PICK)
    def delete(self, pick: int) -> None:
        episode = self.one(pick)
        if episode is None:
            return
        self.show.remove(episode)
        del self.show.episodes[episode.number]
        if episode.number in self.show.guid_of:
            self.deleted[episode.number] = episode
            self.spare_stems.append(episode.stem)
        self.done()

    @precondition(lambda self: self.deleted)
    @rule(pick=PICK)
    def bring_back(self, pick: int) -> None:
        number = sorted(self.deleted)[pick % len(self.deleted)]
        episode = self.deleted[number]
        if any(other.stem == episode.stem for other in self.show.episodes.values()):
            return  # somebody has the name by now
        del self.deleted[number]
        self.spare_stems = [stem for stem in self.spare_stems if stem != episode.stem]
        self.show.episodes[number] = episode
        self.show.save(episode)
        self.done()

    @rule(pick=PICK)
    def copy_a_note_with_its_guid(self, pick: int) -> None:
        episode = self.one(pick)
        if episode is None or episode.number not in self.show.guid_of:
            return
        guid = self.show.guid_of[episode.number]
        copy = Episode(9_999, "zzz-copy", self.show.now, guid_line=guid)
        self.show.save(copy)
        episode.guid_line = guid
        self.show.save(episode, audio=False)
        assert "shared-guid" in self.show.type("build", expect=1)
        self.show.remove(copy)
        self.done()

    @rule(pick=PICK)
    def unpublish_or_undo(self, pick: int) -> None:
        episode = self.one(pick)
        if episode is None or episode.number not in self.show.guid_of:
            return
        undo = ["--undo"] if episode.is_withdrawn else []
        self.show.type("unpublish", episode.stem, *undo)
        episode.is_withdrawn = not episode.is_withdrawn
        self.done()

    @rule(pick=PICK)
    def retag(self, pick: int) -> None:
        episode = self.one(pick, frozen=True)
        if episode is not None and self.show.is_out(episode):
            if "Nothing to do" not in self.show.type("retag", episode.stem):
                del self.locked[episode.number]
            self.done()

    @rule()
    def publish_now(self) -> None:
        self.publish()
        DONE["steps"] += 1

    @precondition(lambda self: self.publishes)
    @rule()
    def lose_the_lock_and_publish(self) -> None:
        """The place of publication knows everything, those who are gone too."""
        self.publish()
        (self.show.root / "show.lock").unlink()
        self.publish()
        DONE["steps"] += 1

    @precondition(lambda self: self.is_all_out() and not self.publishes)
    @rule(from_feed_alone=YES)
    def lose_the_lock(self, *, from_feed_alone: bool) -> None:
        self.publish()
        public = self.show.root / "public"
        kept = self.folder / "live"
        shutil.rmtree(kept, ignore_errors=True)
        kept.mkdir()
        shutil.copyfile(public / "feed.xml", kept / "feed.xml")
        (self.show.root / "show.lock").unlink()
        self.show.type("lock", "--from", str(kept / "feed.xml" if from_feed_alone else public))
        # The feed says nothing of those who are gone; their names are not safe any more.
        self.deleted.clear()
        self.spare_stems.clear()
        self.show.has_lost_tags = True
        self.done()

    @rule(with_audio=YES)
    def clone_afresh(self, *, with_audio: bool) -> None:
        self.publish()
        waiting = [e for e in self.show.episodes.values() if not self.show.is_out(e)]
        self.show.clone(with_audio=with_audio or bool(waiting))
        DONE["steps"] += 1

    @precondition(lambda self: self.publishes)
    @rule()
    def go_on_at_a_machine_that_has_missed_all(self) -> None:
        """Its show.lock is an old one or none; the sources came over, perhaps by a stick."""
        self.publish()
        before = self.show.root
        self.show.machine = "two" if self.show.machine == "one" else "one"
        copy_show(before, self.show.root, with_audio=True, with_lock=False)
        self.publish()
        DONE["steps"] += 1

    @rule(with_audio=YES)
    def go_on_at_another_machine(self, *, with_audio: bool) -> None:
        """Everything but output and cache is carried over; the audio, perhaps, later."""
        self.publish()
        before = self.show.root
        self.show.machine = "two" if self.show.machine == "one" else "one"
        waiting = [e for e in self.show.episodes.values() if not self.show.is_out(e)]
        copy_show(before, self.show.root, with_audio=with_audio or bool(waiting))
        self.done()
        copy_show(before, self.show.root, with_audio=True)
        self.done()


def test_nothing_that_subscribers_have_changes_by_accident(
    capsys: pytest.CaptureFixture[str],
) -> None:
    run_state_machine_as_test(
        IdentityMachine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=not IS_LONG,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert DONE["steps"] > EXAMPLES
    if IS_LONG:
        with capsys.disabled():
            print(f"\nidentity: {DONE}")
