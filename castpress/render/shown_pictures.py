"""Pictures in the author's texts, as pages show them: copies of the right size, and their size."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterable

    from castpress.model.podcast import Artwork

_IMG = re.compile(r"<img((?: [^>]*)?)>")
_ATTRIBUTE = re.compile(r' (\w+)="([^"]*)"')
_ELSEWHERE = re.compile(r"\s*(?:[a-zA-Z][a-zA-Z0-9+.-]*:|/)")
_SIZES = "(min-width: 44rem) 38rem, 92vw"  # the theme's widest line of text, else the screen


def with_pictures(markup: str, shown: Iterable[tuple[str, Artwork]], root: str) -> str:
    """Sanitised HTML with the pictures that are published, by their addresses as typed.

    Of a picture that could not be had, only its words stay; those on the web are left alone.
    """
    if "<img" not in markup:
        return markup
    known = dict(shown)
    return _IMG.sub(lambda found: _picture(found, known, root), markup).replace("<p></p>", "")


def _picture(found: re.Match[str], known: dict[str, Artwork], root: str) -> str:
    said = dict(_ATTRIBUTE.findall(found[1]))
    address = unquote(html.unescape(said.get("src", "")))
    picture = known.get(address)
    if picture is None:
        return found[0] if _ELSEWHERE.match(address) else said.get("alt", "")
    title = f' title="{said["title"]}"' if said.get("title") else ""
    srcset = ", ".join(f"{root}{path} {width}w" for width, path in picture.sizes)
    return (
        f'<picture><source type="image/webp" srcset="{srcset}" sizes="{_SIZES}">'
        f'<img src="{root}{picture.path}" width="{picture.width_px}" height="{picture.height_px}" '
        f'alt="{said.get("alt", "")}"{title} loading="lazy" decoding="async"></picture>'
    )
