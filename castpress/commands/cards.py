"""Cards and icons on their way into the output: drawn once for what they show, then found.

Their names hold the digest of what they show, as those of artwork do, and not of their bytes: these
may be others with another version of a picture library.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from castpress.model.artifact import Artifact, Wave
from castpress.model.brand import FAVICON, ICON_PX
from castpress.model.card import CARD_HEIGHT_PX, CARD_WIDTH_PX
from castpress.model.podcast import Artwork
from castpress.render.cards import card_words, chosen_card, episode_card, feed_card
from castpress.store.cache import name_of
from castpress.store.memory import digest_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from castpress.model.artifact import KeptFile, OutputFile
    from castpress.model.card import Card
    from castpress.model.palette import Palette
    from castpress.model.podcast import Feed, Release, Show
    from castpress.render.catalogue import Frame
    from castpress.store.cache import Cache
    from castpress.store.image_cards import Grounds

CARDS = "cards"
"""The kind of the drawn cards in the cache."""

_CARD = re.compile(r"/card-([0-9a-f]{32})\.jpg$")
_GROUND = "#33302c"  # of a show whose artwork is grey, or that has none
# Raise it when the same words and artwork make another card, or the same artwork other icons.
_VERSION = 2


class _Look(NamedTuple):
    """What a card shows beside its words: artwork, the copy of it that is drawn, the colour."""

    artwork: Artwork | None
    picture: KeptFile | None
    palette: Palette | None


class Cards:
    """Draws cards; the artwork that was drawn last is not drawn again for the next card."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._grounds: Grounds | None = None

    def of_episode(
        self, release: Release, frame: Frame, picture: KeptFile | None, palette: Palette | None
    ) -> tuple[Artwork, Artifact | None]:
        """The card of an episode, and its file where it is not the author's own."""
        chosen = chosen_card(release.episode.pictures, frame.show)
        if chosen is not None:
            return chosen, None
        feed = frame.feed(release)
        artwork = release.episode.artwork or feed.artwork or frame.show.feed.artwork
        look = _Look(artwork, picture, palette)
        return self._drawn(episode_card(release, frame), look, release.episode.page_path)

    def of_feed(
        self, feed: Feed, show: Show, picture: KeptFile | None, palette: Palette | None
    ) -> tuple[Artwork, Artifact | None]:
        """The card of the show or of a course, and its file where it is not the author's own."""
        chosen = chosen_card(feed.pictures, show)
        if chosen is not None:
            return chosen, None
        look = _Look(feed.artwork or show.feed.artwork, picture, palette)
        return self._drawn(feed_card(feed, show), look, "assets/")

    def _drawn(self, card: Card, look: _Look, folder: str) -> tuple[Artwork, Artifact]:
        colour = look.palette.light if look.palette else _GROUND
        key = digest_of(_VERSION, card, _digest(look.artwork), colour)
        place = Path(look.picture.place) if look.picture else None

        def draw(draft: Path) -> None:
            from castpress.store.image_cards import Grounds, draw_card

            self._grounds = self._grounds or Grounds()
            draw_card(card, place, colour, self._grounds, draft)

        kept = self._cache.file(CARDS, key, ".jpg", draw)
        path = f"{folder}card-{key.hex()}.jpg"
        artwork = Artwork(path, "image/jpeg", CARD_WIDTH_PX, CARD_HEIGHT_PX, card_words(card))
        return artwork, Artifact(path, Wave.SIDECAR, kept=kept)


def cached_cards(files: Iterable[OutputFile]) -> set[str]:
    """The names in the cache of all cards among the files of an output."""
    found = (_CARD.search(file.path) for file in files)
    return {name_of(bytes.fromhex(card[1]), ".jpg") for card in found if card}


def make_icons(
    cache: Cache, artwork: Artwork | None, picture: KeptFile | None
) -> tuple[tuple[tuple[int, str], ...], tuple[Artifact, ...]]:
    """The show's icons by width, and all their files; none for a show without artwork."""
    if picture is None:
        return (), ()
    icons, files = [], []
    source = Path(picture.place)
    for width in ICON_PX:
        key = digest_of(_VERSION, width, _digest(artwork))
        kept = cache.file("icons", key, ".png", _writer(source, width, "PNG"))
        path = f"assets/icon-{key.hex()[:16]}-{width}.png"
        icons.append((width, path))
        files.append(Artifact(path, Wave.SIDECAR, kept=kept))
    key = digest_of(_VERSION, _digest(artwork))
    kept = cache.file("icons", key, ".ico", _writer(source, 48, "ICO"))
    files.append(Artifact(FAVICON, Wave.SIDECAR, kept=kept))
    return tuple(icons), tuple(files)


def _digest(artwork: Artwork | None) -> str:
    """That of the author's file, which stands at the end of the artwork's name."""
    return PurePosixPath(artwork.path).stem.rpartition("-")[2] if artwork else ""


def _writer(source: Path, width_px: int, kind: str) -> Callable[[Path], None]:
    def write(draft: Path) -> None:
        from castpress.store.images import write_icon

        write_icon(source, draft, width_px, kind)

    return write
