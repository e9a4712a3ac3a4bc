"""Photos of people on their way from ``img:`` to published files: squares, WebP and JPEG.

A photo that cannot be used is left out with a warning, since nothing is lost but a face: pages show
the person's initials, and the feed names no picture.
"""

from __future__ import annotations

import difflib
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from slugify import slugify

from castpress.commands.picture_files import is_there
from castpress.model.artifact import Artifact, Wave
from castpress.model.podcast import Artwork
from castpress.model.problem import Location, Problem, Severity
from castpress.store.image_facts_cache import inspect_cached_image
from castpress.store.sources import is_inside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from castpress.model.image import ImageFacts
    from castpress.model.outline import PortraitFile
    from castpress.read.people import PersonEntry
    from castpress.read.settings import PlacedSettings
    from castpress.store.cache import Cache

# For pages: small in lists, large on the page of a person, each at up to two pixels a pixel.
_WIDTHS_PX = (160, 320)
_JPEG_PX = 640  # for the feed, whose apps ask for no size
# Cameras write MPO under the name of JPEG.
_FORMATS = frozenset({"JPEG", "MPO", "PNG", "WEBP", "GIF", "AVIF", "BMP", "TIFF"})
_FOLDER = "artwork"
_ENDINGS = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".bmp", ".tif", ".tiff"})
# Raise it when the same photo makes other copies.
_VERSION = 1


class Found(NamedTuple):
    """Photos by what was written, and what is wrong with others."""

    portraits: tuple[tuple[str, Artwork], ...]
    problems: tuple[Problem, ...]


class Portraits:
    """Every photo that is named, looked at once; what is published of it comes from the cache."""

    def __init__(self, root: Path, cache: Cache) -> None:
        self._root = root
        self._cache = cache
        self._known: dict[str, Artwork] = {}
        self._looked_at: dict[str, Path] = {}
        self._there: tuple[str, ...] = ()
        self._offers: dict[str, str | None] = {}
        self.artifacts: list[Artifact] = []

    @property
    def sources(self) -> tuple[Path, ...]:
        """The files that were looked at, those too that are not there."""
        return tuple(self._looked_at.values())

    def of_settings(self, placed: PlacedSettings) -> Found:
        """Take in the photos of the people in show.yaml."""
        return self.take(_of_settings(placed))

    def take(self, files: Iterable[PortraitFile]) -> Found:
        """Take in photos that lie in the show's folder."""
        found = []
        problems = []
        for file in files:
            portrait, problem = self._take(file)
            if portrait is not None:
                found.append((file.path, portrait))
            if problem is not None:
                problems.append(problem)
        return Found(tuple(found), tuple(problems))

    def _take(self, file: PortraitFile) -> tuple[Artwork | None, Problem | None]:
        if file.path in self._known:
            return self._known[file.path], None
        path = PurePosixPath(file.path)
        if path.is_absolute() or not is_inside(self._root, path):
            return None, _left_out(file, f"{file.path} lies outside of the show's folder", _MOVE)
        place = self._root / path
        if "\0" not in file.path:
            self._looked_at[file.path] = place
        if not is_there(self._root, path):
            return None, _left_out(file, f"there is no file {file.path}", self._advice(file.path))
        facts, faults = inspect_cached_image(place, Location(path), self._cache)
        if facts is None:
            return None, _left_out(file, faults[0].message, _SAVE)
        if facts.format not in _FORMATS:
            return None, _left_out(file, f"{path.name} is a {facts.format} picture", _SAVE)
        portrait = self._publish(place, facts)
        self._known[file.path] = portrait
        return portrait, None

    def _advice(self, missing: str) -> str:
        """The picture that was perhaps meant."""
        if missing not in self._offers:
            self._there = self._there or tuple(self._pictures())
            self._offers[missing] = _nearest(missing, self._there)
        near = self._offers[missing]
        if near is None:
            return "put it there, or correct the name; it counts from the show's folder"
        return f"did you mean `img: {near}`?"

    def _pictures(self) -> Iterator[str]:
        """The pictures of the show's folder of pictures."""
        try:
            for path in sorted((self._root / _FOLDER).rglob("*")):
                name = path.relative_to(self._root).as_posix()
                if path.suffix.lower() in _ENDINGS and name.isprintable():
                    yield name
        except OSError:
            return

    def _publish(self, source: Path, facts: ImageFacts) -> Artwork:
        """The published names: each holds the digest, because a new photo needs a new address."""
        base = f"{_FOLDER}/{slugify(source.stem) or 'photo'}-square-{facts.sha256[:16]}"
        side = min(facts.width_px, facts.height_px)
        sizes = []
        for width in _WIDTHS_PX:
            if width > side:
                break
            name = f"{base}-{width}.webp"
            self._make(name, ".webp", _writer(source, facts, width, "WEBP"))
            sizes.append((width, name))
        side = min(side, _JPEG_PX)
        self._make(f"{base}.jpg", ".jpg", _writer(source, facts, side, "JPEG"))
        return Artwork(f"{base}.jpg", "image/jpeg", side, side, sizes=tuple(sizes))

    def _make(self, name: str, ending: str, write: Callable[[Path], None]) -> None:
        kept = self._cache.file("portraits", f"{_VERSION} {name}".encode(), ending, write)
        self.artifacts.append(Artifact(name, Wave.MEDIA, kept=kept))


_MOVE = "put it into the show's folder, best into artwork/"
_SAVE = "save it again as JPEG"


def _left_out(file: PortraitFile, why: str, advice: str) -> Problem:
    message = f"the photo of {file.person} is left out: {why}"
    return Problem("unusable-picture", message, file.place, Severity.WARNING, advice)


def _of_settings(placed: PlacedSettings) -> Iterator[PortraitFile]:
    from castpress.read.people import portrait_files

    settings = placed.settings
    yield from portrait_files(settings.people, lambda *path: placed.place("people", *path))
    for slug, course in settings.courses.items():
        people: tuple[PersonEntry, ...] = course.people or ()
        yield from portrait_files(
            people, lambda *path, slug=slug: placed.place("courses", slug, "people", *path)
        )


def _nearest(missing: str, there: Iterable[str]) -> str | None:
    """The picture whose name is most like the missing one's, whatever its folder and ending."""
    by_name = {PurePosixPath(path).stem.casefold(): path for path in there}
    name = PurePosixPath(missing).stem.casefold()
    near = difflib.get_close_matches(name, list(by_name), n=1)
    return by_name[near[0]] if near else None


def _writer(source: Path, facts: ImageFacts, width_px: int, kind: str) -> Callable[[Path], None]:
    def write(draft: Path) -> None:
        from castpress.store.image_copies import write_portrait

        write_portrait(source, facts.sha256, draft, width_px, kind)

    return write
