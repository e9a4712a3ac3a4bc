"""The pictures that a text shows: which of them lie in the show's folder."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from castpress.model.image import ShownPicture
from castpress.model.notes import SiteWords, Vocabulary
from castpress.read.html_address import decoded
from castpress.read.markdown import read_document
from castpress.read.notes_source import read_source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import PurePosixPath

    from castpress.read.blocks import Document, Places

_ELSEWHERE = re.compile(r"\s*(?:[a-zA-Z][a-zA-Z0-9+.-]*:|//|#|\?)")
_IMG = re.compile(r"<img(?=[\s/>])([^>]*)", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""\b(src|alt)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)


def pictures_in(document: Document, places: Places) -> tuple[ShownPicture, ...]:
    """The pictures that are no addresses on the web, in Markdown's words and in HTML's."""
    found = [*_typed(document), *_raw(document)]
    found.sort(key=lambda each: each[0])
    return tuple(
        ShownPicture(unquote(address), " ".join(alt.split()), places.at(start))
        for start, address, alt in found
        if address.strip() and not _ELSEWHERE.match(address)
    )


def pictures_of_notes(text: str, file: PurePosixPath, first_line: int) -> tuple[ShownPicture, ...]:
    """The same of show notes in any form, before they are read whole."""
    if "![" not in text and "<img" not in text.lower():
        return ()
    source = read_source(text, file, Vocabulary(), first_line, title=None, site=SiteWords())
    return pictures_in(read_document(source.markdown), source.places)


def _typed(document: Document) -> Iterator[tuple[int, str, str]]:
    return ((image.start, image.url, image.text) for image in document.images)


def _raw(document: Document) -> Iterator[tuple[int, str, str]]:
    for piece in document.html:
        for image in _IMG.finditer(piece.text):
            said = {
                name.lower(): decoded(one or two or three)
                for name, one, two, three in reversed(_ATTRIBUTE.findall(image[1]))
            }
            start = piece.start + len(piece.text[: image.start()].encode())
            yield start, said.get("src", ""), said.get("alt", "")
