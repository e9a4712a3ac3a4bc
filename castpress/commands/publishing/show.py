"""A publication from beginning to end: build, plan, guards, claim, waves, feeds, deletions.

The feed is the commit: all it names is there and verified before it is swapped, and what is not
needed any more goes last. Wherever this is stopped, the next publication finishes it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from castpress.commands.build import Built, build
from castpress.commands.collector import Collector
from castpress.commands.options import cache_of
from castpress.commands.publishing.claim import AnotherPublicationError, is_open
from castpress.commands.publishing.commit import commit
from castpress.commands.publishing.place import failed, read_state, remarked
from castpress.commands.publishing.preparation import Prepared, Wish, prepare
from castpress.model.problem import Problem, Severity
from castpress.model.publication.live import Publication
from castpress.store.targets.target import TargetError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from castpress.commands.publishing.place import Place, State
    from castpress.commands.reporter import Reporter


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication came to.

    ``state`` is what was there, None where that could not be read, ``live`` what is there;
    ``prepared`` is None where it did not come so far. ``is_done`` says that the place holds all
    that was built, ``has_failed`` that the place is at fault and not the show, ``is_feed_out`` that
    it failed when feeds were out already.
    """

    built: Built
    problems: tuple[Problem, ...]
    state: State | None = None
    live: Publication = field(default_factory=Publication)
    prepared: Prepared | None = None
    is_done: bool = False
    has_failed: bool = False
    is_feed_out: bool = False


def publish_show(
    wish: Wish, place: Place, reporter: Reporter, clock: Callable[[], datetime]
) -> Published:
    """Make the place hold what the show's folder says; ``clock`` gives the time of day."""
    nothing = Built(None, None, ())
    try:
        state, problems = read_state(place, cache_of(wish.root))
        if state is None:
            return Published(nothing, problems, has_failed=True)
        claim = state.publication.claim
        if is_open(state, clock()) and not wish.takes_over and not wish.is_dry:
            raise AnotherPublicationError(place.target, claim)
    except TargetError as error:
        return Published(nothing, (refusal(error, place),), has_failed=True)
    built = build(
        wish.root,
        wish.output,
        wish.now,
        reporter,
        is_strict=wish.is_strict,
        live=state.ledger,
        is_dry=wish.is_dry,
    )
    if built.walked is None or not built.files:
        return Published(built, built.problems, state, state.publication)
    return _publish_built(wish, place, state, built, reporter=reporter, clock=clock)


def _publish_built(
    wish: Wish,
    place: Place,
    state: State,
    built: Built,
    *,
    reporter: Reporter,
    clock: Callable[[], datetime],
) -> Published:
    collector = Collector()
    collector.add(built.problems)
    live, prepared, is_done = state.publication, None, False
    failure: TargetError | None = None
    try:
        prepared = collector.take(
            prepare(wish, place, state, built, reporter=reporter, now=clock())
        )
        if not collector.is_stopped(is_strict=wish.is_strict) and not wish.is_dry:
            live = commit(prepared, reporter, clock)
            is_done = True
            collector.add(remarked(place))
    except TargetError as error:
        collector.add([refusal(error, place)])
        failure = error
    return Published(
        built,
        collector.problems,
        state=state,
        live=live,
        prepared=prepared,
        is_done=is_done,
        has_failed=failure is not None,
        is_feed_out=failure is not None and failure.is_feed_out,
    )


def refusal(error: TargetError, place: Place) -> Problem:
    """Why the place was not published to, as a problem."""
    if not isinstance(error, AnotherPublicationError):
        return failed(error, place.location)
    return Problem(
        "another-publication",
        f"{error.where} {error.reason}",
        place.location,
        Severity.ERROR,
        error.help,
    )
