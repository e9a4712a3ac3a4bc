"""Rounds: in each, every peer builds once cold, once unchanged and once with one note touched.

Peers run in turn within a kind, each round beginning with another one, so that a busy moment hits
all of them alike. A ratio belongs to one round; what is reported is the median of the ratios.
"""

# ruff: noqa: T201, TID251 - notes are changed here
from __future__ import annotations

import shutil
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal

from make_show import make_show
from peers import bare_interpreter, castpress_on, hugo_on, plain_on
from peers_venv import CACHE
from process import FailedRunError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from peers import Peer
    from process import Run

Kind = Literal["cold", "unchanged", "one note"]
KINDS: tuple[Kind, ...] = ("cold", "unchanged", "one note")
CASTPRESS = "castpress"
PYTHON = "python"
# The sources, the tagged copies and the sites of castpress, Hugo and the plain script: 310 kB
# were seen, and another version of castpress has 250 kB of its own.
BYTES_AN_EPISODE = 400_000

Rounds = dict[tuple[Kind, str], list["Run"]]


@dataclass(frozen=True, slots=True)
class Field:
    """Who takes part beside castpress.

    Attributes:
        hugo: Hugo's program.
        plain: the Python that runs the plain script.
        others: folders with other versions of castpress, by the name of their column.
    """

    hugo: Path | None
    plain: Path | None
    others: dict[str, Path]

    @property
    def names(self) -> tuple[str, ...]:
        """The columns after castpress's own."""
        hugo = ("hugo",) if self.hugo else ()
        plain = ("plain",) if self.plain else ()
        return (*hugo, *plain, *self.others, PYTHON)


def measure(field: Field, episodes: int, rounds: int, seconds: float) -> Rounds:
    """What each peer took for each kind, a run a round.

    Args:
        field: who takes part.
        episodes: the size of the show.
        rounds: how many at most.
        seconds: no round begins after this time, except the first.

    Raises:
        FailedRunError: a peer failed, or what it made is not whole.
    """
    with working_folder(episodes) as name:
        peers = _prepare(field, Path(name), episodes)
        found: Rounds = {}
        began = time.monotonic()
        for number in range(rounds):
            if number and time.monotonic() - began > seconds:
                break
            _say(f"{episodes} episodes, round {number + 1} of {rounds}")
            turn = number % len(peers)
            _round(peers[turn:] + peers[:turn], number, found)
    return found


def working_folder(episodes: int) -> TemporaryDirectory[str]:
    """A folder that goes again, on the disk of the project and not in memory.

    Raises:
        FailedRunError: the disk has no room for shows of this size.
    """
    CACHE.mkdir(parents=True, exist_ok=True)
    needed, free = episodes * BYTES_AN_EPISODE, shutil.disk_usage(CACHE).free
    if needed > free:
        raise FailedRunError(
            f"{episodes} episodes need {needed / 1e9:.1f} GB of disk, and {free / 1e9:.1f} are free"
        )
    return TemporaryDirectory(prefix="run-", dir=CACHE)


def warm_up(field: Field) -> None:
    """Let every peer build a small show once, so that no first run pays for a cold program."""
    _say("warming up")
    with working_folder(3) as name:
        for peer in _prepare(field, Path(name), 3):
            peer.build()


def _prepare(field: Field, folder: Path, episodes: int) -> list[Peer]:
    show = folder / CASTPRESS
    made = make_show(show, episodes)
    peers = [castpress_on(show, made)]
    if field.hugo:
        peers.append(hugo_on(folder / "hugo", show, made, field.hugo))
    if field.plain:
        peers.append(plain_on(folder / "plain", show, made, field.plain))
    for number, (name, root) in enumerate(field.others.items()):
        other = folder / f"other{number}"
        peers.append(castpress_on(other, make_show(other, episodes), root, name))
    return peers


def _round(peers: Sequence[Peer], number: int, found: Rounds) -> None:
    stems = sorted(peers[0].pages)
    stem = stems[len(stems) // 2]
    text = f"This line is the news of round {number + 1}."
    for kind in KINDS:
        if kind == "unchanged":
            found.setdefault((kind, PYTHON), []).append(bare_interpreter())
        if kind == "one note":
            _touch({peer.notes / f"{stem}.md" for peer in peers}, text)
        for peer in peers:
            runs = found.setdefault((kind, peer.name), [])
            if kind == "cold":
                peer.clear()
                runs.append(peer.build())
            elif not peer.is_incremental:
                # Its cold run of this round; it would do the same again.
                runs.append(found["cold", peer.name][-1])
            elif kind == "one note":
                runs.append(peer.build(stem, text))
            else:
                runs.append(peer.build())


def _touch(notes: set[Path], text: str) -> None:
    """Add a line to a note, in place of that of the round before."""
    for note in notes:
        before, _, _ = note.read_text("utf-8").partition("\nThis line is the news")
        note.write_text(f"{before}\n{text}\n", encoding="utf-8")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
