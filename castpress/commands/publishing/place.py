"""Where a show is published to: found in the settings or on the command line, and looked at."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from castpress.model.ledger import Ledger
from castpress.model.problem import Location, Problem, Severity
from castpress.model.publication.live import LEDGER_PATH, PUBLICATION_PATH, Publication
from castpress.model.secret import holds_secret
from castpress.store.sources import SETTINGS_FILE, SOURCE_FOLDERS, no_show, read_text
from castpress.store.targets.target import TargetError

if TYPE_CHECKING:
    from datetime import timedelta

    from castpress.read.settings import PlacedSettings
    from castpress.store.cache import Cache
    from castpress.store.s3.address import S3Address
    from castpress.store.s3.options import S3Options
    from castpress.store.targets.registry import Opening
    from castpress.store.targets.target import Target


@dataclass(frozen=True, slots=True)
class Place:
    """A place of publication, and the guid of the show that wants to be there, as far as known."""

    target: Target
    show_guid: str | None = None

    @property
    def location(self) -> Location:
        """The place of problems with it: its address."""
        return location_of(self.target.name)


@dataclass(frozen=True, slots=True)
class State:
    """What was found at a place: the publication with its version, and the ledger.

    ``version`` is None where nothing was published there yet. ``age`` is how long ago its state was
    written, by the clock of the place, where it has one.
    """

    publication: Publication
    version: str | None
    ledger: Ledger | None
    age: timedelta | None = None


def find_place(
    root: Path, output: Path, said: str | None
) -> tuple[Place | None, tuple[Problem, ...]]:
    """The place that ``--to`` names, else that of the settings.

    A folder on the command line counts from where the user stands, one in the settings from the
    show's folder.
    """
    from castpress.store.targets.registry import AddressError, open_target

    placed, faults = settings_of(root)
    secrets = tuple(fault for fault in faults if fault.code == "secret-in-settings")
    if secrets and said is None:
        return None, secrets
    if not (root / SETTINGS_FILE).is_file():
        return None, (no_show(root),)
    if placed is None and faults:
        return None, faults
    address = said or (placed.settings.publish_to if placed else None)
    location = placed.place("publish_to") if placed else Location(SETTINGS_FILE)
    if said is not None:
        location = location_of(said)
    if address is None:
        return None, (_no_target(),)
    try:
        target = open_target(address, _opening(root, placed, said))
    except AddressError as error:
        return None, (_unknown_target(address, str(error), location),)
    except TargetError as error:
        return None, (failed(error, location),)
    if target.folder is not None and _mixes(root, output, target.folder):
        return None, (_among_sources(target.folder, location),)
    return Place(target, placed.settings.guid if placed else None), ()


def read_state(place: Place, cache: Cache) -> tuple[State | None, tuple[Problem, ...]]:
    """What is live there; the ledger comes from the cache where it has not changed.

    Raises:
        TargetError: it cannot be read.
    """
    from castpress.model.feed_files import MAIN_FEED
    from castpress.store.ledger import parse_ledger
    from castpress.store.targets.publication_file import PublicationFileError, parse_publication

    found = place.target.get(PUBLICATION_PATH)
    if found is None:
        return State(Publication(), None, None), ()
    try:
        publication = parse_publication(found.content)
    except PublicationFileError as error:
        return None, (_unreadable(place, PUBLICATION_PATH, str(error)),)
    text = _ledger_text(place.target, publication, cache)
    if text is None:
        return State(publication, found.version, None, found.age), ()
    ledger, problems = parse_ledger(text)
    if problems:
        return None, (_unreadable(place, LEDGER_PATH, "it is damaged"),)
    theirs = ledger.feed_guid(MAIN_FEED)
    if theirs is not None and place.show_guid not in (None, theirs):
        return None, (_another_show(place, theirs),)
    return State(publication, found.version, ledger, found.age), ()


def failed(error: TargetError, location: Location) -> Problem:
    """A place that fails, as a problem."""
    return Problem(
        "publication-failed",
        f"{error.where} {error.reason}",
        location,
        Severity.ERROR,
        error.help,
    )


def location_of(address: str) -> Location:
    """An address as the place of a problem; nothing of one that holds keys."""
    shown = "--to" if holds_secret(address) else address
    return Location(PurePosixPath(shown), address=shown)


def _opening(root: Path, placed: PlacedSettings | None, said: str | None) -> Opening:
    from castpress.store.s3.options import S3Options
    from castpress.store.targets.registry import Opening

    journals = root / ".cache" / "uploads"
    base = root if said is None else Path()
    entry = placed.settings.s3 if placed else None
    if entry is None:
        return Opening(base, journals)
    options = S3Options(entry.endpoint, entry.region, entry.path_style, entry.profile)
    return Opening(base, journals, options)


def remarked(place: Place) -> tuple[Problem, ...]:
    """What turned out about the place, as problems that stop nothing."""
    return tuple(
        Problem(remark.code, remark.text, place.location, Severity.WARNING, remark.help)
        for remark in place.target.remarks
    )


def _ledger_text(target: Target, publication: Publication, cache: Cache) -> bytes | None:
    import hashlib

    def fetch() -> str | None:
        found = target.get(LEDGER_PATH)
        return None if found is None else found.content.decode("utf-8", "replace")

    digest = publication.ledger_sha256
    if digest is not None and publication.claim is None:
        known = cache.value("live", digest.encode(), fetch)
        if isinstance(known, str):
            text = known.encode()
            if hashlib.sha256(text).hexdigest() == digest:
                return text
    fetched = fetch()
    return None if fetched is None else fetched.encode()


def settings_of(root: Path) -> tuple[PlacedSettings | None, tuple[Problem, ...]]:
    """The settings as far as they can be read, and what is wrong with them."""
    from castpress.read.settings import parse_settings

    text, problems = read_text(root, SETTINGS_FILE)
    return parse_settings(text, SETTINGS_FILE) if text is not None else (None, problems)


def bucket_of(place: Place) -> tuple[S3Address, S3Options] | None:
    """The bucket that a place is, and how it is reached; None where it is a folder."""
    from castpress.store.targets.s3 import S3Target

    target = place.target
    return (target.address, target.options) if isinstance(target, S3Target) else None


def _mixes(root: Path, output: Path, folder: Path) -> bool:
    """Whether the place is, holds or lies among the files or the output of this or any show."""
    try:
        place, show, built = folder.resolve(), root.resolve(), output.resolve()
        above = [each for each in (place, *place.parents) if (each / SETTINGS_FILE).is_file()]
    except (OSError, RuntimeError):  # a link to itself; writing will say so
        return False
    if show.is_relative_to(place) or place.is_relative_to(built) or built.is_relative_to(place):
        return True
    own = (*SOURCE_FOLDERS, "public", ".cache", ".git")
    shows = [each for each in above if each != show]
    return place in shows or any(
        place.is_relative_to(each / name) for each in (show, *shows) for name in own
    )


def _no_target() -> Problem:
    return Problem(
        "no-target",
        "nothing says where the show is published to",
        Location(SETTINGS_FILE),
        Severity.ERROR,
        "write `publish_to: s3://BUCKET` into show.yaml, or `publish_to: file:/srv/www/show` (a "
        "folder that your web server serves); --to does it for one time",
    )


def _unknown_target(address: str, why: str, location: Location) -> Problem:
    said = "this" if holds_secret(address) else repr(address)
    return Problem(
        "unknown-target",
        f"{said} is no place to publish to: {why}",
        location,
        Severity.ERROR,
        "write `publish_to: s3://BUCKET`, or `publish_to: file:/srv/www/show`, the folder that "
        "your web server serves",
    )


def _among_sources(folder: Path, location: Location) -> Problem:
    return Problem(
        "target-among-sources",
        f"the published show would mix with a show's own files or its output, in {folder}",
        location,
        Severity.ERROR,
        "name a folder of its own, such as `publish_to: file:../site`",
    )


def _another_show(place: Place, guid: str) -> Problem:
    return Problem(
        "another-show",
        f"another show is published at {place.target.name}; its subscribers would lose it",
        place.location,
        Severity.ERROR,
        f"name a folder of this show's own; if it is this show, write `guid: {guid}` into show.yaml"
        " again",
    )


def _unreadable(place: Place, path: str, why: str) -> Problem:
    return Problem(
        "unreadable-publication",
        f"{path} at {place.target.name} says what is live and cannot be read: {why}",
        place.location,
        Severity.ERROR,
        "update castpress if it is newer; else put it back from a backup, or delete it and type "
        "`castpress publish --allow foreign-file`",
    )
