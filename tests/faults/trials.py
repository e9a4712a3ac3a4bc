"""What strikes no single request: kills at any time, crowds, full disks, audio that changes."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from castpress.model.publication.live import snapshot_path
from tests.faults.bench import Stand
from tests.faults.outcome import Outcome
from tests.faults.reader import MAIN_FEED
from tests.faults.request import Request
from tests.faults.scenes import PREFIX, copy_show, edit_note
from tests.faults.strikes import parse_strike

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tests.faults.bench import Bench
    from tests.faults.publisher import Order, Verdict
    from tests.faults.store import Held

PUBLICATION = f"{PREFIX}.castpress/publication.json"


def kill_at(bench: Bench, scene: str, share: str) -> Outcome:
    """The publisher is killed when that share of the time is over that it takes undisturbed."""
    outcome = Outcome(f"kill-at|{scene}|{share}")
    with bench.prepared(bench.scenes[scene], outcome) as stand:
        running = bench.mould.start(stand.order)[0]
        timer = threading.Timer(bench.seconds[scene] * float(share), running.kill)
        timer.start()
        outcome.verdict = running.end()
        timer.cancel()
        timer.join()
        outcome.kills += outcome.verdict.signal != 0
        bench.judge(stand)
    return outcome


def crowd(bench: Bench, number: str, seed: str) -> Outcome:
    """Publishers with different edits, of which one wins.

    With an even seed all of them have read what is live before anybody goes on, so that one wins
    and the others say so; with an odd one they begin when they like, and some may follow another.
    """
    count, chance = int(number), Random(seed)
    is_tight = int(seed) % 2 == 0
    outcome = Outcome(f"publishers|{number}|{seed}")
    base = bench.scenes["edit"]
    with bench.prepared(base, outcome) as stand:
        orders = []
        for each in range(count):
            root = copy_show(base.root, stand.order.root.parent / str(each))
            edit_note(root, f"What makes us run, asks number {each}?", "What makes us run?")
            delay = 0.0 if is_tight else chance.random() * bench.seconds["edit"] * 2
            patience = bench.manner.calm
            orders.append(replace(stand.order, root=root, delay=delay, patience=patience))
        if is_tight:
            bench.proxy.hook = _held_until_all_have_read(count)
        verdicts = [running.end() for running in bench.mould.start(*orders)]
        bench.proxy.drain()
        outcome.requests += len(bench.proxy.log)
        winners = [n for n, verdict in enumerate(verdicts) if verdict.is_done]
        _hold_verdicts(outcome, verdicts, winners, is_tight=is_tight)
        bench.proxy.clear()
        found = stand.store.state()
        alone = {n: _alone(bench, stand, orders[n]) for n in winners}
        feeds = {feed.sha256 for state in (base.before, *alone.values()) for feed in _feeds(state)}
        stand.reader.poll()
        outcome.hold(stand.reader.feeds <= feeds, "a feed was live that nobody has won with")
        live = _sha256(found.get(PREFIX + MAIN_FEED))
        last = [n for n, state in alone.items() if _sha256(state[PREFIX + MAIN_FEED]) == live]
        outcome.hold(len(last) == 1, f"the live feed is of none of the winners {winners}")
        if is_tight and len(winners) == 1:
            # A loser may have kept the winner's feed to go back to, as the next publication will.
            kept = {f"{PREFIX}{snapshot_path(feed.sha256)}" for feed in _feeds(alone[winners[0]])}
            left = {key: held for key, held in found.items() if key in kept}
            stand.compare("after the crowd", {**left, **alone[winners[0]]})
        if last:
            again = bench.mould.run(replace(orders[last[0]], delay=0.0))
            outcome.hold(again.is_done, f"the winner cannot publish again: {again.errors}")
            is_same = stand.store.state() == found
            outcome.hold(is_same, "the winner's second publication changes something")
    return outcome


def full_disk(bench: Bench, scene: str, largest: str) -> Outcome:
    """No file may grow beyond a size: the cache, the output, the journal, show.lock."""
    outcome = Outcome(f"disk-full|{scene}|{largest}")
    with bench.prepared(bench.scenes[scene], outcome) as stand:
        order = replace(stand.order, largest_file=int(largest))
        outcome.verdict = bench.mould.run(order)
        outcome.struck["disk-full"] += 1
        bench.judge(stand)
    return outcome


CHANGES = ("grows", "shrinks", "other-bytes", "goes")
WHEN = ("claim", "begin", "part", "end")


def changing_audio(bench: Bench, change: str, when: str) -> Outcome:
    """A file changes while it is published: at the claim, or at a moment of its upload.

    What is changed is the output, which is what is sent; the next publication builds it anew.
    """
    outcome = Outcome(f"audio|{change}|{when}")
    scene = bench.scenes["first"]
    with bench.prepared(scene, outcome) as stand:
        audio = max((stand.order.root / "public/audio").iterdir(), key=lambda p: p.stat().st_size)
        whole = audio.read_bytes()
        has_happened = threading.Event()

        def hook(moment: str, request: Request) -> None:
            if _is_moment(request, moment, when, audio.name) and not has_happened.is_set():
                has_happened.set()
                _change(audio, whole, change)

        bench.proxy.hook = hook
        outcome.verdict = bench.mould.run(stand.order)
        outcome.struck[f"audio-{change}"] += has_happened.is_set()
        outcome.hold(has_happened.is_set(), "nothing was changed: the moment never came")
        if not outcome.verdict.is_done:
            codes = {code for code, _ in outcome.verdict.errors}
            outcome.hold(bool(codes), "it stopped without a word")
        bench.judge(stand)
    return outcome


def resumed(bench: Bench, scene: str, share: str) -> Outcome:
    """A publisher killed between two parts: the next one sends no part that was acknowledged."""
    outcome = Outcome(f"resumed|{scene}|{share}")
    with bench.prepared(bench.scenes[scene], outcome) as stand:
        parts = [s for s in bench.strikes[scene] if "partNumber=" in s.mark.words]
        names = sorted({strike.mark.words for strike in parts})
        words = names[int(float(share) * (len(names) - 1))]
        strike = next(s for s in parts if s.mark.words == words and s.what == "kill-after")
        bench.proxy.script = strike.script(lambda: None)
        outcome.verdict = stand.killed_at("after").end()
        outcome.kills += outcome.verdict.signal != 0
        bench.proxy.drain()
        sent = {_part(request) for request in bench.proxy.log if request.status == 200}
        bench.judge(stand)
        again = {_part(request) for request in stand.followed if request.changes}
        twice = (sent & again) - {""}
        # A part whose answer was on its way when the publisher died is not in its journal.
        outcome.hold(len(twice) <= 4, f"{len(twice)} parts were sent again: {sorted(twice)}")
    return outcome


TRIALS: dict[str, Callable[[Bench, str, str], Outcome]] = {
    "kill-at": kill_at,
    "publishers": crowd,
    "disk-full": full_disk,
    "audio": changing_audio,
    "resumed": resumed,
}


def repeat(bench: Bench, line: str) -> Outcome:
    """Run what a line names, a strike or a trial."""
    name, *words = line.split("|")
    if name in TRIALS:
        return TRIALS[name](bench, *words)
    return bench.strike(parse_strike(line))


def _held_until_all_have_read(count: int) -> Callable[[str, Request], None]:
    barrier = threading.Barrier(count)
    readers: set[int] = set()
    lock = threading.Lock()

    def hook(moment: str, request: Request) -> None:
        if moment != "done" or request.method != "GET" or not request.path.endswith(PUBLICATION):
            return
        with lock:
            if len(readers) >= count:
                return
            readers.add(request.number)
        try:
            barrier.wait(60)
        except threading.BrokenBarrierError:
            return

    return hook


def _hold_verdicts(
    outcome: Outcome, verdicts: list[Verdict], winners: list[int], *, is_tight: bool
) -> None:
    outcome.verdict = verdicts[winners[0]] if winners else verdicts[0]
    outcome.hold(bool(winners), f"nobody won: {[verdict.errors for verdict in verdicts]}")
    if is_tight:
        outcome.hold(len(winners) <= 1, f"{len(winners)} have won")
    for number, verdict in enumerate(verdicts):
        outcome.hold(not verdict.raised, f"number {number} raised: {verdict.raised}")
        codes = {code for code, _ in verdict.errors}
        if is_tight and not verdict.is_done:
            outcome.hold(codes == {"another-publication"}, f"a loser says {verdict.errors}")


def _alone(bench: Bench, stand: Stand, order: Order) -> dict[str, Held]:
    """What the bucket would be with that publisher alone."""
    with bench.store() as store:
        for key, held in stand.scene.before.items():
            store.put(key, held)
        root = order.root.parent / "alone"
        copied = copy_show(stand.scene.root, root)
        for note in sorted((order.root / "show_notes").iterdir()):
            (copied / "show_notes" / note.name).write_bytes(note.read_bytes())
        bench.mould.run(replace(order, root=copied, bucket=store.bucket, delay=0.0))
        return store.state(PREFIX)


def _feeds(state: Mapping[str, Held]) -> Iterator[Held]:
    return (state[PREFIX + path] for path in (MAIN_FEED,) if PREFIX + path in state)


def _sha256(held: Held | None) -> str:
    return "" if held is None else held.sha256


def _is_moment(request: Request, moment: str, when: str, name: str) -> bool:
    is_its = request.path.endswith(name)
    if when == "claim":
        return moment == "done" and request.method == "PUT" and request.path.endswith(PUBLICATION)
    if when == "begin":
        return moment == "done" and is_its and "uploads" in request.parameters
    if when == "part":
        return moment == "before" and is_its and "partNumber" in request.parameters
    return (
        moment == "before" and is_its and request.method == "POST" and "uploadId" in request.query
    )


def _change(audio: Path, whole: bytes, change: str) -> None:
    if change == "grows":
        with audio.open("ab") as file:
            file.write(b"\0" * 5000)
    elif change == "shrinks":
        with audio.open("r+b") as file:
            file.truncate(len(whole) - 3000)
    elif change == "goes":
        audio.unlink()
    else:
        with audio.open("r+b") as file:
            file.seek(len(whole) - 3000)
            file.write(b"other")


def _part(request: Request) -> str:
    return (
        f"{request.path}#{request.parameters['partNumber']}"
        if "partNumber" in request.query
        else ""
    )
