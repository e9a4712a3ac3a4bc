"""What comes after a publication: caches forget, the public site is read back, services are told.

None of it can make a good publication fail: each thing that goes wrong is a warning.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from castpress.check.public_enclosure import enclosure_fault
from castpress.check.public_site import Sight, check_public_site
from castpress.commands.publishing.bucket_check import check_bucket
from castpress.commands.publishing.place import bucket_of, settings_of
from castpress.commands.publishing.reading_back import Pace, new_enclosures, read_back
from castpress.model.artifact import Wave
from castpress.model.feed_files import archive_number
from castpress.model.problem import Problem, Severity
from castpress.model.publication.bucket_policy import own_folders
from castpress.model.publication.invalidation import invalidation_paths, outdated_files
from castpress.model.publication.plan import Action, Plan, Step
from castpress.store.announce import (
    TOKEN_VARIABLE,
    Announcement,
    Services,
    announce,
    forget_at_cloudfront,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from castpress.check.public_site import SiteLook
    from castpress.commands.publishing.preparation import Prepared
    from castpress.commands.reporter import Reporter
    from castpress.model.problem import Location
    from castpress.model.publication.live import Publication
    from castpress.read.settings import ShowSettings

# What listeners and caches can notice; the rest is only noted at the place.
_NOTICED = (Action.UPLOAD, Action.HEADERS, Action.ADOPT, Action.DELETE)


@dataclass(frozen=True, slots=True)
class Afterwards:
    """What came of it.

    ``feeds`` are what listeners get for each feed by path. Of ``enclosures``, the number of new
    ones, so many were ``looked_at`` in time and are ``good``. ``is_stopped`` says that the user did
    not want to wait.
    """

    problems: tuple[Problem, ...] = ()
    base_url: str = ""
    feeds: tuple[tuple[str, Sight], ...] = ()
    enclosures: int = 0
    looked_at: int = 0
    good: int = 0
    told: tuple[Announcement, ...] = ()
    is_stopped: bool = False


def serves_listeners(said: str | None, settings: ShowSettings) -> bool:
    """Whether the site's address is that of the place; not where ``--to`` names another."""
    return said is None or settings.publish_to in (None, said)


def look_after(
    prepared: Prepared,
    live: Publication,
    reporter: Reporter,
    *,
    said: str | None,
    is_purge: bool = False,
    is_verified: bool = False,
) -> Afterwards:
    """The same as ``after_publication``, with the show's own settings.

    ``said`` is what ``--to`` names: another place than the settings' is not at the site's address.
    The bucket itself is looked at after the first publication to it, after one with a new page of
    the author's own, and with ``is_verified``.
    """
    done = Afterwards()
    prepared = _with_unfinished(prepared)
    placed, _ = settings_of(prepared.root)
    is_served = placed is not None and serves_listeners(said, placed.settings)
    if placed is not None and is_served:
        done = after_publication(prepared, live, placed.settings, reporter, is_purge=is_purge)
    bucket = bucket_of(prepared.place)
    pages = own_folders(prepared.material.files)
    is_new = prepared.state.version is None or bool(
        set(pages) - set(own_folders(prepared.state.publication.files))
    )
    if bucket is None or not (is_verified or is_new):
        return done
    known = {problem.code for problem in done.problems}
    base_url = prepared.material.base_url if is_served else None
    found = check_bucket(*bucket, base_url, known, pages)
    return replace(done, problems=(*done.problems, *found))


def _with_unfinished(prepared: Prepared) -> Prepared:
    """The publication with what one before has put and never told of, because it was cut off."""
    claim = prepared.state.publication.claim
    if claim is None:
        return prepared
    wanted = prepared.material.files
    known = {step.path for step in prepared.plan.steps}
    why = "was put by a publication that was cut off"
    puts = (
        Step(Action.UPLOAD, path, file.wave, file.byte_length, why)
        for path, file in claim.files.items()
        if path in wanted and path not in known
    )
    gone = (
        Step(Action.DELETE, path, Wave.PAGE, 0, why)
        for path in claim.deletions
        if path not in wanted and path not in known
    )
    return replace(prepared, plan=Plan((*prepared.plan.steps, *puts, *gone)))


def after_publication(
    prepared: Prepared,
    live: Publication,
    settings: ShowSettings,
    reporter: Reporter,
    *,
    is_purge: bool = False,
    token: str | None = None,
    services: Services | None = None,
    pace: Pace | None = None,
) -> Afterwards:
    """Look after a publication that was carried out, and tell of it.

    ``live`` is what the commit left; a folder, and a plan that listeners cannot notice, need
    nothing. ``token`` is podping's, else it is taken from the environment.
    """
    if prepared.place.target.folder is not None or not prepared.plan.of(*_NOTICED):
        return Afterwards()
    services, pace = services or Services(), pace or Pace()
    done = Afterwards(base_url=prepared.material.base_url)
    try:
        if settings.announce.cloudfront is not None:
            done = replace(done, told=_forget(prepared, settings, services, is_purge=is_purge))
        forgets = any(each.is_ok for each in done.told)
        look = read_back(prepared, live, reporter, pace, forgets=forgets)
        done = _seen(done, look, len(new_enclosures(prepared, live)))
        told = _tell(prepared, settings, look, token, services)
        done = replace(done, told=(*done.told, *told))
    except KeyboardInterrupt:
        # What was asked for is done; only looking at it was not wanted.
        done = replace(done, is_stopped=True)
    return replace(done, problems=(*done.problems, *_unsent(done.told, prepared.place.location)))


def afterwards_lines(done: Afterwards) -> Iterator[str]:
    """What was seen and told, on a few lines."""
    new = [path for path, sight in done.feeds if sight is Sight.NEW]
    if done.feeds and len(new) == len(done.feeds):
        count = "the feed is" if len(new) == 1 else f"all {len(new)} feeds are"
        yield f"  read back from {done.base_url}: {count} as published"
    elif done.feeds:
        count = f"{len(new)} of {len(done.feeds)} feeds are"
        yield f"  read back from {done.base_url}: {count} as published"
    if done.looked_at:
        names = "new episode" if done.enclosures == 1 else "new episodes"
        yield f"  {done.good} of {done.enclosures} {names} can be downloaded and played"
    if done.looked_at < done.enclosures and done.feeds:
        left = done.enclosures - done.looked_at
        yield f"  {left} of {done.enclosures} new episodes were not looked at"
    heard = dict.fromkeys(each.to for each in done.told if each.is_ok)
    if heard:
        yield f"  told: {', '.join(heard)}"
    if done.is_stopped:
        yield "  the rest was not looked at or told, because you stopped it; it is published"


def afterwards_object(done: Afterwards) -> dict[str, object]:
    """The same for ``--json``, under ``after``."""
    return {
        "base_url": done.base_url,
        "feeds": {path: sight.value for path, sight in done.feeds},
        "enclosures": {"new": done.enclosures, "looked_at": done.looked_at, "good": done.good},
        "told": [
            {
                "service": each.service,
                "to": each.to,
                "feed": each.feed or None,
                "ok": each.is_ok,
                "message": each.words,
            }
            for each in done.told
        ],
        "stopped": done.is_stopped,
        "problems": [
            {"code": p.code, "severity": p.severity.word, "message": p.message, "help": p.help}
            for p in done.problems
        ],
    }


def _forget(
    prepared: Prepared, settings: ShowSettings, services: Services, *, is_purge: bool
) -> tuple[Announcement, ...]:
    files = outdated_files(prepared.plan, is_purge=is_purge)
    distribution = settings.announce.cloudfront
    if not files or distribution is None:
        return ()
    paths = invalidation_paths(prepared.material.base_url, files)
    profile = settings.s3.profile
    return (forget_at_cloudfront(distribution, paths, profile=profile, pause=services.pause),)


def _seen(done: Afterwards, look: SiteLook, enclosures: int) -> Afterwards:
    seen = [each for each in look.enclosures if each.is_looked_at]
    return replace(
        done,
        problems=check_public_site(look),
        feeds=tuple((feed.path, feed.sight) for feed in look.feeds),
        enclosures=enclosures,
        looked_at=len(seen),
        good=sum(1 for each in seen if enclosure_fault(each) is None),
    )


def _tell(
    prepared: Prepared,
    settings: ShowSettings,
    look: SiteLook,
    token: str | None,
    services: Services,
) -> tuple[Announcement, ...]:
    """Tell of each feed that changed and that listeners get; of one that nobody gets, none hears.

    Whoever is told of a feed fetches it at once, and takes an error for a show that is gone.
    """
    changed = {s.path for s in prepared.plan.of(Action.UPLOAD) if s.wave is Wave.FEED}
    feeds = [
        feed.url
        for feed in look.feeds
        # Nobody is subscribed to an archive page.
        if feed.path in changed
        and feed.sight is not Sight.NOTHING
        and not archive_number(feed.path)
    ]
    entry = settings.announce
    return announce(
        feeds,
        hubs=tuple(dict.fromkeys(entry.websub)),
        podping=entry.podping,
        token=os.environ.get(TOKEN_VARIABLE) if token is None else token,
        podcast_index=entry.podcast_index,
        services=services,
    )


def _unsent(told: tuple[Announcement, ...], location: Location) -> Iterator[Problem]:
    """Each service that was not told, once for all feeds."""
    failed = {(each.to, each.words): each for each in told if not each.is_ok}
    for each in failed.values():
        yield Problem(
            "announcement-failed",
            f"{each.to} {each.words}",
            location,
            Severity.WARNING,
            each.help,
        )
