"""A prepared publication carried out, from the claim to its end."""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from castpress.commands.options import cache_of
from castpress.commands.publishing.claim import AnotherPublicationError, HeldClaim
from castpress.commands.publishing.waves import Waves, drop_snapshots, keep_snapshot, put_bytes
from castpress.model.artifact import Wave
from castpress.model.publication.live import LEDGER_PATH, is_feed, taken_away_by, with_snapshot
from castpress.model.publication.plan import Action, files_after
from castpress.model.publication.recovery import is_between_feeds
from castpress.store.ledger import ledger_bytes, read_ledger, write_ledger
from castpress.store.output import OutputError
from castpress.store.targets.target import TargetError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from castpress.commands.publishing.preparation import Prepared
    from castpress.commands.reporter import Reporter
    from castpress.model.ledger import Ledger
    from castpress.model.publication.live import Publication
    from castpress.model.publication.plan import Plan


def commit(prepared: Prepared, reporter: Reporter, clock: Callable[[], datetime]) -> Publication:
    """Do what the plan says; what is live from then on.

    A guid that is recorded and not published harms nobody, the reverse does: so the ledger goes
    before the feeds. Deletions go last and still under the claim, so that nobody plans with a file
    that is about to go.

    Raises:
        TargetError: it was stopped; what subscribers read is as it was, or complete.
    """
    material, plan, known = prepared.material, prepared.plan, prepared.state.publication
    text = ledger_bytes(prepared.public)
    digest = hashlib.sha256(text).hexdigest()
    after = replace(
        known,
        files=files_after(plan, material.files, prepared.settled, clock()),
        base_url=material.base_url,
        ledger_sha256=digest,
        episodes=material.episodes,
        taken_away=_taken_away(prepared),
    )
    root = prepared.root
    has_nothing = plan.is_empty and not prepared.dropped
    if has_nothing and known == after and known.claim is None:
        keep_ledger(root, material.ledger)
        return known
    before = _to_go_back_to(prepared)
    with claimed(prepared, before, clock) as claim:
        waves = Waves(
            target=prepared.place.target,
            wanted=material.files,
            live=prepared.settled,
            sources=material.sources,
            before=prepared.feeds,
            beat=claim.beat,
            reporter=reporter,
        )
        for wave in (Wave.MEDIA, Wave.SIDECAR, Wave.PAGE):
            waves.send(plan, wave)
        if digest != known.ledger_sha256 or known.claim is not None:
            put_bytes(prepared.place.target, LEDGER_PATH, text)
        keep_ledger(root, material.ledger)
        claim.hold()
        with _feeds_going_out(plan):
            waves.send(plan, Wave.FEED)
            waves.read_feeds_back(plan)
            if plan.of(Action.DELETE):
                claim.hold()  # who has taken over relies on what is there
            waves.clear(plan)
            after = replace(
                after,
                number=known.number + 1,
                since=clock(),
                # Only now: whoever finishes what was cut off finds by them what is to vanish.
                snapshots=tuple(one for one in before.snapshots if one not in prepared.dropped),
                claim=None,
            )
            drop_snapshots(prepared.place.target, known, after)
            claim.close(after)
    cache_of(root).value("live", digest.encode(), text.decode)
    return after


@contextlib.contextmanager
def claimed(
    prepared: Prepared, before: Publication, clock: Callable[[], datetime]
) -> Iterator[HeldClaim]:
    """Win the place; an end with an error is told there, so that the next one need not wait.

    The feeds to go back to are kept before, where nobody minds them.
    """
    target, plan, known = prepared.place.target, prepared.plan, prepared.state.publication
    if before.snapshots and before.snapshots[-1] not in known.snapshots:
        # What was cut off may have been deleting some.
        kept_before = known.snapshots if known.claim is None else ()
        keep_snapshot(target, before.snapshots[-1], prepared.feeds, kept_before)
    # Files of a publication that was cut off are ours, and the next one after this must know it.
    found = {path: file for path, file in prepared.settled.items() if not is_feed(file)}
    kept = replace(known, snapshots=before.snapshots, files={**found, **known.files})
    claim = HeldClaim(target, kept, prepared.state.version, clock)
    puts = plan.of(Action.UPLOAD, Action.HEADERS, Action.ADOPT)
    deletions = [step.path for step in plan.of(Action.DELETE)]
    files = {step.path: prepared.material.files[step.path] for step in puts}
    coming = files.keys()
    doubtful = known.claim.files if known.claim else {}
    if known.claim is not None:
        # In doubt until a claim is closed, whether this one touches it or not.
        files = {**doubtful, **files}
        deletions = sorted({*known.claim.deletions, *deletions})
    claim.win(files, deletions)
    try:
        target.tidy(doubtful, coming)
        yield claim
    except AnotherPublicationError:
        raise
    except (TargetError, KeyboardInterrupt):
        target.hurry()  # only the farewell comes after this
        with contextlib.suppress(TargetError):
            claim.give_up()
        raise


@contextlib.contextmanager
def _feeds_going_out(plan: Plan) -> Iterator[None]:
    """From here on a failure does not leave all feeds as they were.

    Raises:
        TargetError: it says so.
    """
    try:
        yield
    except TargetError as error:
        error.is_feed_out = bool(plan.of_wave(Wave.FEED))
        raise


def keep_ledger(root: Path, ledger: Ledger) -> None:
    """Make show.lock say so.

    Raises:
        TargetError: it cannot be written.
    """
    try:
        if read_ledger(root) != (ledger, ()):
            write_ledger(root, ledger)
    except OutputError as error:
        raise TargetError(str(error.path), error.reason, error.help) from error


def _taken_away(prepared: Prepared) -> tuple[tuple[str, str], ...]:
    """What a rollback has put away stays put away until a feed is published again."""
    if prepared.chosen is not None:
        return taken_away_by(prepared.state.publication, prepared.chosen)
    has_feeds = any(step.wave is Wave.FEED for step in prepared.plan.steps)
    return () if has_feeds else prepared.state.publication.taken_away


def _to_go_back_to(prepared: Prepared) -> Publication:
    """What is live, with its feeds among the snapshots where they are about to be swapped."""
    known = prepared.state.publication
    has_feeds = any(step.wave is Wave.FEED for step in prepared.plan.steps)
    if not has_feeds or is_between_feeds(known, prepared.settled):
        return known
    return with_snapshot(replace(known, files=prepared.settled))
