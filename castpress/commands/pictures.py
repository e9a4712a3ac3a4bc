"""Artwork on its way from a path in the settings to a published file."""

from __future__ import annotations

import errno
import hashlib
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from slugify import slugify

from castpress.check.artwork import check_artwork, check_picture, no_alt, no_artwork
from castpress.commands.picture_files import inspect_named
from castpress.commands.portraits import Portraits
from castpress.commands.shown_pictures import ShownPictures
from castpress.model.artifact import Artifact, Wave
from castpress.model.podcast import Artwork
from castpress.model.problem import Location, Severity, worst

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from castpress.model.artifact import KeptFile
    from castpress.model.image import ImageFacts
    from castpress.model.palette import Palette
    from castpress.model.problem import Problem
    from castpress.read.settings import FeedSettings, PlacedSettings
    from castpress.store.cache import Cache

# For pages: list, card and the top of an episode, each at up to two device pixels a pixel.
_WIDTHS_PX = (160, 320, 640)
_MEDIA_TYPES = {"JPEG": ("image/jpeg", ".jpg"), "PNG": ("image/png", ".png")}


class Pictures:
    """Every picture that is used, looked at once; what is published of it comes from the cache."""

    def __init__(self, root: Path, cache: Cache) -> None:
        self._root = root
        self._cache = cache
        self.artworks: dict[str, Artwork] = {}
        self.portraits = Portraits(root, cache)
        self.shown = ShownPictures(root, cache)
        self._squares: set[str] = set()  # looked at as artwork
        self._sources: dict[str, tuple[Path, ImageFacts]] = {}
        self._artifacts: dict[str, Artifact] = {}
        self._waiting: frozenset[str] = frozenset()
        self._embedded: dict[str, KeptFile] = {}

    @property
    def artifacts(self) -> tuple[Artifact, ...]:
        """The files that belong into the output; of what is not out none."""
        others = (*self.portraits.artifacts, *self.shown.artifacts)
        every = self._artifacts | {artifact.path: artifact for artifact in others}
        return tuple(every[path] for path in sorted(every.keys() - self._waiting))

    @property
    def sources(self) -> tuple[Path, ...]:
        """The author's pictures that were looked at, there or not."""
        artworks = (path for path, _ in self._sources.values())
        return (*artworks, *self.shown.sources, *self.portraits.sources)

    def hold_back(self, waiting: frozenset[str]) -> None:
        """Leave these out of the files of the output: nothing that is out shows them."""
        self._waiting = waiting

    def of_settings(self, placed: PlacedSettings) -> tuple[Problem, ...]:
        """Take in the artwork of the show and of its courses."""
        settings = placed.settings
        place = placed.place("artwork")
        problems = list(self._artwork(settings.artwork, settings.artwork_alt, place)[1])
        if settings.artwork is None:
            problems.append(no_artwork(placed.place("title")))
        for slug, course in settings.courses.items():
            place = placed.place("courses", slug, "artwork")
            problems += self._artwork(course.artwork, course.artwork_alt, place)[1]
            problems += self.named(_named(course, placed, "courses", slug))[1]
        for name, feed in settings.feeds.items():
            place = placed.place("feeds", name, "artwork")
            problems += self._artwork(feed.artwork, feed.artwork_alt, place)[1]
        problems += self.named(_named(settings, placed))[1]
        return tuple(problems)

    def named(
        self, files: Iterable[tuple[str, Location]]
    ) -> tuple[tuple[tuple[str, Artwork], ...], tuple[Problem, ...]]:
        """Pictures that are no artwork, so of any shape, with their names."""
        found = []
        problems: list[Problem] = []
        for file, place in files:
            picture, faults = self._take(file, None, place, is_artwork=False)
            problems += faults
            if picture is not None:
                found.append((file, picture))
        return tuple(found), tuple(problems)

    def of_episode(
        self, image: str | None, alt: str | None, place: Location
    ) -> tuple[Artwork | None, tuple[Problem, ...]]:
        """An episode's own artwork, None where it has none."""
        return self._artwork(image, alt, place, "image_alt")

    def palette_of(self, artwork: Artwork | None) -> Palette | None:
        """Colours from a picture that was taken in; None where it is grey or there is none."""
        if artwork is None:
            return None
        path, facts = self._sources[artwork.path]
        colours = self._cache.value("palette", facts.sha256.encode(), lambda: _colours_of(path))
        return _as_palette(colours)

    def embedded(self, artwork: Artwork | None) -> KeptFile | None:
        """The small copy of a picture that goes into audio files."""
        if artwork is None:
            return None
        if artwork.path not in self._embedded:
            source, facts = self._sources[artwork.path]
            self._embedded[artwork.path] = self._cache.file(
                "embedded",
                facts.sha256.encode(),
                ".jpg",
                lambda draft: _write_embedded(source, draft),
            )
        return self._embedded[artwork.path]

    def copy_of(self, artwork: Artwork | None) -> KeptFile | None:
        """The JPEG copy of a picture, which is opened in no time; a small picture itself."""
        return None if artwork is None else self._artifacts[artwork.small.path].kept

    def add(self, artifact: Artifact) -> None:
        """Take in a file that was made of them."""
        self._artifacts[artifact.path] = artifact

    def _artwork(
        self, named: str | None, alt: str | None, place: Location, key: str = "artwork_alt"
    ) -> tuple[Artwork | None, tuple[Problem, ...]]:
        """Artwork, which needs words under that key unless they were written with it before."""
        artwork, problems = self._take(named, alt, place)
        if artwork is not None and not artwork.alt:
            problems = (*problems, no_alt(named or artwork.path, key, place))
        return artwork, problems

    def _take(
        self, named: str | None, alt: str | None, place: Location, *, is_artwork: bool = True
    ) -> tuple[Artwork | None, tuple[Problem, ...]]:
        if named is None:
            return None, ()
        if named in self.artworks and (named in self._squares or not is_artwork):
            known = self.artworks[named]
            return (replace(known, alt=alt) if alt else known), ()
        file = PurePosixPath(named)
        path = self._root / file
        facts, faults = inspect_named(self._root, self._cache, file, place)
        if facts is None:
            return None, faults
        rules = check_artwork if is_artwork else check_picture
        problems = (*faults, *rules(facts, Location(file)))
        bad = worst(problems)
        if bad is Severity.ERROR or facts.format not in _MEDIA_TYPES:
            return None, problems
        artwork = self._publish(path, facts, alt or "")
        self.artworks[named] = artwork
        if is_artwork:
            self._squares.add(named)
        self._sources[artwork.path] = path, facts
        return artwork, problems

    def _publish(self, path: Path, facts: ImageFacts, alt: str) -> Artwork:
        """The published names: each holds the digest, because new art needs a new address."""
        media_type, ending = _MEDIA_TYPES[facts.format]
        base = f"artwork/{slugify(path.stem) or 'artwork'}-{facts.sha256[:16]}"
        # Through the cache: what is linked into the output must not be the author's own file.
        whole = self._cache.file(
            "artwork",
            f"whole {facts.sha256}".encode(),
            ending,
            lambda draft: _copy(path, draft, facts.sha256),
        )
        self.add(Artifact(f"{base}{ending}", Wave.MEDIA, kept=whole))
        sizes = []
        for width in _WIDTHS_PX:
            if width >= facts.width_px:
                continue
            small = self._cache.file(
                "artwork",
                f"webp {width} {facts.sha256}".encode(),
                ".webp",
                lambda draft, width=width: _write_webp(path, draft, width),  # type: ignore[misc]
            )
            name = f"{base}-{width}.webp"
            self.add(Artifact(name, Wave.MEDIA, kept=small))
            sizes.append((width, name))
        jpeg = None
        if facts.width_px > _WIDTHS_PX[-1]:
            jpeg = _WIDTHS_PX[-1], f"{base}-{_WIDTHS_PX[-1]}.jpg"
            key = f"jpeg {_WIDTHS_PX[-1]} {facts.sha256}".encode()
            kept = self._cache.file("artwork", key, ".jpg", lambda draft: _write_jpeg(path, draft))
            self.add(Artifact(jpeg[1], Wave.MEDIA, kept=kept))
        return Artwork(
            path=f"{base}{ending}",
            media_type=media_type,
            width_px=facts.width_px,
            height_px=facts.height_px,
            alt=alt,
            sizes=tuple(sizes),
            jpeg=jpeg,
        )


def _named(
    given: FeedSettings, placed: PlacedSettings, *path: str
) -> Iterator[tuple[str, Location]]:
    """The files below ``images:``, and where each is named."""
    for index, entry in enumerate(given.images):
        if entry.file is not None:
            yield entry.file, placed.place(*path, "images", index, "file")


def _copy(source: Path, draft: Path, sha256: str) -> None:
    data = source.read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise OSError(errno.EAGAIN, "the picture was changed while it was read", str(source))
    draft.write_bytes(data)


# Pillow is imported only where there is something to draw.


def _write_embedded(source: Path, draft: Path) -> None:
    from castpress.store.images import embedded_jpeg

    draft.write_bytes(embedded_jpeg(source))


def _write_webp(source: Path, draft: Path, width_px: int) -> None:
    from castpress.store.images import write_webp

    write_webp(source, draft, width_px)


def _write_jpeg(source: Path, draft: Path) -> None:
    from castpress.store.image_copies import write_jpeg

    write_jpeg(source, draft, _WIDTHS_PX[-1])


def _colours_of(path: Path) -> list[str] | None:
    from castpress.store.images import palette_of

    palette = palette_of(path)
    return None if palette is None else [palette.light, palette.dark]


def _as_palette(value: object) -> Palette | None:
    from castpress.model.palette import Palette

    match value:
        case [str(light), str(dark)]:
            return Palette(light, dark)
        case _:
            return None
