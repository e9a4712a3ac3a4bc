"""Pictures that texts and chapters show: only copies are published.

The file itself may name the place where it was taken, and may be far larger than any page is wide.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from slugify import slugify

from castpress.check.artwork import check_shown
from castpress.commands.picture_files import (
    find_picture,
    inspect_named,
    no_such_picture,
    without_words,
)
from castpress.model.artifact import Artifact, Wave
from castpress.model.podcast import Artwork
from castpress.model.problem import Location, Problem, Severity
from castpress.store.image_facts_cache import inspect_cached_image

if TYPE_CHECKING:
    from collections.abc import Iterable

    from castpress.model.image import ImageFacts, ShownPicture
    from castpress.store.cache import Cache

# For a text: the widest line of the theme, and the same at two device pixels a pixel.
_WIDTHS_PX = (640, 1280)
# For so many lost pictures a name is looked for that was perhaps meant; each costs a look around.
_OFFERS = 20
_SAVE_AGAIN = "save it again as JPEG or PNG; until then it is left out"

_Taken = tuple[Artwork | None, tuple[Problem, ...]]
_ByName = tuple[tuple[tuple[str, Artwork], ...], tuple[Problem, ...]]


class ShownPictures:
    """Every such picture, looked at once; what is published of it comes from the cache."""

    def __init__(self, root: Path, cache: Cache) -> None:
        self._root = root
        self._cache = cache
        self._taken: dict[PurePosixPath, _Taken] = {}
        self._looked_at: set[Path] = set()
        self._lost = 0
        self.artifacts: list[Artifact] = []

    @property
    def sources(self) -> tuple[Path, ...]:
        """The files that were looked at, those too that are not there."""
        return tuple(sorted(self._looked_at))

    def in_text(self, text: PurePosixPath, images: Iterable[ShownPicture]) -> _ByName:
        """The pictures that a text shows, as they are published, by their addresses.

        What cannot be had is left out, and told.
        """
        found: dict[str, Artwork] = {}
        problems: list[Problem] = []
        for image in images:
            candidates, file = find_picture(self._root, text, image.address)
            if file is None:
                self._looked_at.update(self._root / each for each in candidates)
            if file is None and image.address.startswith("/"):
                continue  # it may lie on the site beside the show
            if not image.alt:
                problems.append(without_words(image))
            if file is None:
                self._lost += 1
                problems.append(
                    no_such_picture(self._root, text, image, offers=self._lost <= _OFFERS)
                )
                continue
            picture, faults = self._take(file, image.location)
            problems += faults
            if picture is not None:
                found[image.address] = picture
        return tuple(found.items()), tuple(problems)

    def of_chapters(self, files: Iterable[tuple[str, Location]]) -> _ByName:
        """The pictures of chapters, with their names, which count from the show's folder."""
        found = []
        problems: list[Problem] = []
        for named, place in files:
            file = PurePosixPath(named)
            facts, faults = inspect_named(self._root, self._cache, file, place)
            picture = None
            if facts is not None:
                picture, faults = self._take(file, place)
            problems += faults
            if picture is not None:
                found.append((named, picture))
        return tuple(found), tuple(problems)

    def _take(self, file: PurePosixPath, place: Location) -> _Taken:
        """A picture that is there; what is wrong with it is told where it is shown."""
        self._looked_at.add(self._root / file)
        if file not in self._taken:
            self._taken[file] = self._publish(file)
        picture, faults = self._taken[file]
        return picture, tuple(replace(fault, location=place) for fault in faults)

    def _publish(self, file: PurePosixPath) -> _Taken:
        path = self._root / file
        facts, faults = inspect_cached_image(path, Location(file), self._cache)
        if facts is None:
            mild = (replace(f, severity=Severity.WARNING, help=_SAVE_AGAIN) for f in faults)
            return None, tuple(mild)
        problems = (*faults, *check_shown(facts, Location(file)))
        if problems:
            return None, problems
        width, height = self._upright_size(path, facts)
        largest = min(width, _WIDTHS_PX[-1])
        widths = (*(each for each in _WIDTHS_PX if each < largest), largest)
        return Artwork(
            path=self._copy(path, facts, largest, "JPEG"),
            media_type="image/jpeg",
            width_px=largest,
            height_px=max(1, round(height * largest / width)),
            sizes=tuple((each, self._copy(path, facts, each, "WEBP")) for each in widths),
        ), ()

    def _upright_size(self, path: Path, facts: ImageFacts) -> tuple[int, int]:
        if not facts.is_turned:
            return facts.width_px, facts.height_px
        found = self._cache.value("shown", facts.sha256.encode(), lambda: _size(path))
        match found:
            case [int(width), int(height)]:
                return width, height
            case _:
                return facts.width_px, facts.height_px

    def _copy(self, path: Path, facts: ImageFacts, width: int, kind: str) -> str:
        """The published name of a copy."""
        ending = ".webp" if kind == "WEBP" else ".jpg"
        copy = self._cache.file(
            "artwork",
            f"shown {kind} {width} {facts.sha256}".encode(),
            ending,
            lambda draft: _write(path, draft, width, kind),
        )
        base = slugify(path.stem) or "picture"
        name = f"artwork/{base}-{facts.sha256[:16]}-w{width}{ending}"
        self.artifacts.append(Artifact(name, Wave.MEDIA, kept=copy))
        return name


# Pillow is imported only where there is something to draw.


def _write(source: Path, draft: Path, width_px: int, kind: str) -> None:
    from castpress.store.images import write_shown

    write_shown(source, draft, width_px, kind)


def _size(path: Path) -> list[int]:
    from castpress.store.images import shown_size

    return list(shown_size(path))
