"""What subscribers would lose by a publication: rules that refuse it until it is meant."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from castpress.model.artifact import Wave
from castpress.model.feed_files import archive_number
from castpress.model.problem import Location, Problem, Severity
from castpress.model.publication.plan import Action

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from castpress.model.ledger import Ledger
    from castpress.model.publication.live import LiveEpisode, LiveFile
    from castpress.model.publication.plan import Plan

_SHOW_NOTES = Location(PurePosixPath("show_notes"))
# A small site may be turned over; of a large one so much goes by accident only.
_FEW_DELETIONS = 10
_MANY_DELETIONS = 0.2
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Prospect:
    """A publication before it happens, as the rules look at it.

    ``wanted`` are all files that are to be live, ``live_files`` what the last publication left.
    ``live`` and ``coming`` are the episodes of the feeds by guid, ``live_feeds`` and
    ``coming_feeds`` the digests of the feeds by path, ``withdrawn`` guids that were taken back on
    purpose. ``here`` are the paths whose bytes can be sent, ``foreign`` those where somebody else's
    file lies. ``live_url`` and ``coming_url`` are the site's address, ``former_urls`` those that
    the show has left on purpose. ``returning`` are the feeds that bring back what a rollback took
    away; ``known`` are feeds of which show.lock knew, before it was joined, that what is live was
    live; ``is_ahead`` says that it has something that was done on purpose and is not live yet,
    ``is_first`` that nothing was ever published at this place.
    """

    location: Location
    plan: Plan
    wanted: Mapping[str, LiveFile]
    live_files: Mapping[str, LiveFile]
    live: Mapping[str, LiveEpisode]
    coming: Mapping[str, LiveEpisode]
    live_feeds: Mapping[str, str]
    coming_feeds: Mapping[str, str]
    withdrawn: Collection[str]
    ledger: Ledger
    here: Collection[str]
    foreign: Collection[str]
    live_url: str = ""
    coming_url: str = ""
    former_urls: Collection[str] = ()
    returning: Collection[str] = ()
    known: Collection[str] = ()
    is_ahead: bool = False
    is_first: bool = False


def check_publication(prospect: Prospect, allowed: Collection[str] = ()) -> tuple[Problem, ...]:
    """All that speaks against a publication, but for what was allowed by its code."""
    problems = (problem for rule in RULES for problem in rule(prospect))
    return tuple(p for p in problems if p.code not in allowed or p.code not in ALLOWABLE)


def foreign_file(prospect: Prospect) -> Iterator[Problem]:
    """A file lies where one of ours belongs, and castpress did not put it there.

    It would be overwritten; nobody can tell whether somebody else needs it.
    """
    paths = sorted(prospect.foreign)
    if paths:
        yield Problem(
            "foreign-file",
            f"{_listed(paths)} would be overwritten, and castpress did not put "
            f"{'it' if len(paths) == 1 else 'them'} there",
            prospect.location,
            Severity.ERROR,
            f"move {'it' if len(paths) == 1 else 'them'} away; if what is there was this show's "
            "site before, type `castpress publish --allow foreign-file`",
        )


def audio_missing(prospect: Prospect) -> Iterator[Problem]:
    """The feed names audio that is neither here nor live; its download would fail."""
    titles = {episode.enclosure: episode.title for episode in prospect.coming.values()}
    for step in prospect.plan.of(Action.UPLOAD):
        if step.path not in prospect.here:
            yield Problem(
                "audio-missing",
                f"the audio of {titles.get(step.path, step.path)!r} is neither here nor at the "
                "place of publication",
                _SHOW_NOTES,
                Severity.ERROR,
                "put its audio file back into episodes/, then publish again",
            )


def audio_bytes_changed(prospect: Prospect) -> Iterator[Problem]:
    """An address of audio would hold other bytes than apps have begun to download."""
    for path, file in prospect.wanted.items():
        promised = prospect.live_files.get(path)
        if file.wave is not Wave.MEDIA or promised is None or promised.sha256 == file.sha256:
            continue
        yield Problem(
            "audio-bytes-changed",
            f"{path} is live with other bytes; who has half of it would get a mixture",
            prospect.location,
            Severity.ERROR,
            "type `castpress replace EPISODE`, which gives the new audio a new address",
        )


def published_guid_changed(prospect: Prospect) -> Iterator[Problem]:
    """An episode that is out comes back under another guid: apps show and download it again."""
    gone = prospect.live.keys() - prospect.coming.keys()
    by_audio = {prospect.live[guid].enclosure: guid for guid in gone}
    by_page = {(prospect.live[guid].feed, prospect.live[guid].slug): guid for guid in gone}
    for guid, episode in prospect.coming.items():
        if guid in prospect.live:
            continue
        old = by_audio.get(episode.enclosure) or by_page.get((episode.feed, episode.slug))
        if old is not None:
            yield Problem(
                "published-guid-changed",
                f"{episode.title!r} is out under another guid; every subscriber would get it "
                "a second time",
                _SHOW_NOTES,
                Severity.ERROR,
                "if show.lock was lost or is new, delete it and publish again, which brings the "
                f"old one back; else write `guid: {old}` into the front matter; if the second time "
                "is meant, type `castpress publish --allow published-guid-changed`",
            )


def vanished_episodes(prospect: Prospect) -> Iterator[Problem]:
    """Episodes are in the live feed and would not be in the new one; apps drop or grey them."""
    gone = _vanished(prospect)
    if gone and prospect.coming:
        titles = [repr(prospect.live[guid].title) for guid in gone]
        count = "1 episode" if len(gone) == 1 else f"{len(gone)} episodes"
        yield Problem(
            "vanished-episodes",
            f"{count} that subscribers have would leave the feed: {_listed(titles)}",
            _SHOW_NOTES,
            Severity.ERROR,
            "put the notes back, or their old dates; to take an episode back on purpose type "
            "`castpress unpublish EPISODE`, for all of these `castpress publish --allow "
            "vanished-episodes`",
        )


def empty_publication(prospect: Prospect) -> Iterator[Problem]:
    """Episodes are live and none would be left: apps show an empty show."""
    if prospect.live and not prospect.coming:
        yield Problem(
            "empty-publication",
            f"no episode is out by this folder, and {len(prospect.live)} are live",
            _SHOW_NOTES,
            Severity.ERROR,
            "look whether this is the right folder and date; if the show is to be empty, type "
            "`castpress publish --allow empty-publication`",
        )


def vanished_feed(prospect: Prospect) -> Iterator[Problem]:
    """A feed is live and would be deleted: apps of its subscribers report an error.

    To an archive page nobody is subscribed, and the feed that led to it leads elsewhere.
    """
    for path in sorted(prospect.live_feeds.keys() - prospect.coming_feeds.keys()):
        if archive_number(path):
            continue
        yield Problem(
            "vanished-feed",
            f"{path} is live and would be deleted; its subscribers would get errors",
            prospect.location,
            Severity.ERROR,
            "put its course or its lines in `feeds:` back, and an episode that belongs into it; "
            "if nobody needs it any more, type "
            "`castpress publish --allow vanished-feed`",
        )


def many_deletions(prospect: Prospect) -> Iterator[Problem]:
    """So many pages and audio files would go that it looks like an accident."""
    steps = prospect.plan.of(Action.DELETE, Action.RETIRE)
    going = [step for step in steps if _is_counted(step.path, step.wave)]
    live = sum(
        1
        for path, file in prospect.live_files.items()
        if _is_counted(path, file.wave) and file.retired is None
    )
    if len(going) > max(_FEW_DELETIONS, _MANY_DELETIONS * live):
        yield Problem(
            "many-deletions",
            f"{len(going)} of {live} live pages and media files would go",
            prospect.location,
            Severity.ERROR,
            "look at `castpress publish --dry-run`; if they are to go, type `castpress publish "
            "--allow many-deletions`",
        )


def superseded_feed(prospect: Prospect) -> Iterator[Problem]:
    """The feed is one that was live before the present one: the show would go back in time.

    That is what an old checkout makes, or the same sources after a rollback, even if an episode
    has become due since. No old checkout has a show.lock that knows what is live now, or that is
    ahead of it: there, somebody has set a title back, and means it.
    """
    for path, digest in sorted(prospect.coming_feeds.items()):
        # Where castpress never published, a feed is live only if somebody else put it there.
        is_empty = prospect.is_first and path not in prospect.foreign
        is_current = prospect.is_ahead or path in prospect.known or is_empty
        is_old = prospect.ledger.is_superseded(path, digest) and not is_current
        if prospect.live_feeds.get(path) == digest:
            continue
        if path in prospect.returning:
            yield Problem(
                "superseded-feed",
                f"{path} would bring back what `castpress rollback` took away",
                prospect.location,
                Severity.ERROR,
                "put the notes right first; if it is to come back, type `castpress publish --allow "
                "superseded-feed`",
            )
        elif is_old:
            yield Problem(
                "superseded-feed",
                f"{path} is what was live before; the one that is live now is newer",
                prospect.location,
                Severity.ERROR,
                "bring this folder up to date (`git pull`); if the show is to go back, type "
                "`castpress publish --allow superseded-feed`",
            )


def moved_by_hand(prospect: Prospect) -> Iterator[Problem]:
    """The site's address changed, and nothing says that the show has moved.

    After a slip of the pen no download works; after a move without `move` apps are not told.
    """
    old, new = prospect.live_url, prospect.coming_url
    if old and old != new and old not in prospect.former_urls:
        yield Problem(
            "moved-by-hand",
            f"all addresses in the feed would begin with {new}, and subscribers have {old}",
            Location(PurePosixPath("show.yaml")),
            Severity.ERROR,
            f"write `base_url: {old}` again; if the show is to move, type then `castpress move "
            f"{new}`",
        )


RULES: tuple[Callable[[Prospect], Iterable[Problem]], ...] = (
    foreign_file,
    audio_missing,
    audio_bytes_changed,
    published_guid_changed,
    vanished_episodes,
    empty_publication,
    vanished_feed,
    many_deletions,
    superseded_feed,
    moved_by_hand,
)

ALLOWABLE = (
    "empty-publication",
    "foreign-file",
    "many-deletions",
    "moved-by-hand",
    "published-guid-changed",
    "superseded-feed",
    "vanished-episodes",
    "vanished-feed",
)
"""What can be meant; the other problems leave subscribers with something broken."""


def _vanished(prospect: Prospect) -> list[str]:
    """Guids that go by accident; one that comes back under another guid is told elsewhere."""
    gone = (
        guid
        for guid in prospect.live
        if guid not in prospect.coming and guid not in prospect.withdrawn
    )
    new = [e for guid, e in prospect.coming.items() if guid not in prospect.live]
    audio, pages = {e.enclosure for e in new}, {(e.feed, e.slug) for e in new}
    return [
        guid
        for guid in gone
        if prospect.live[guid].enclosure not in audio
        and (prospect.live[guid].feed, prospect.live[guid].slug) not in pages
    ]


def _is_counted(path: str, wave: Wave) -> bool:
    """Whether it is a page or a media file; a page's plain text goes with it and counts as one."""
    return wave is Wave.MEDIA or (wave is Wave.PAGE and not path.endswith(".txt"))


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:_NAMED])
    return shown if len(names) <= _NAMED else f"{shown} and {len(names) - _NAMED} more"
