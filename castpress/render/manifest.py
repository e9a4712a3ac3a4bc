"""manifest.webmanifest: what a phone asks for when somebody puts the site on its home screen."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from castpress.model.artifact import Artifact, Wave, text_artifact
from castpress.model.messages import direction
from castpress.render.text import one_line

if TYPE_CHECKING:
    from castpress.model.podcast import Show
    from castpress.render.theme import Theme

MANIFEST = "manifest.webmanifest"
"""Its place in the output: whatever lies beside or below it belongs to the site."""

_PAPER = "#ffffff"


def render_manifest(show: Show, theme: Theme) -> Artifact:
    """The show's name, colour and icons; without artwork the letter of the theme is the icon."""
    icons = [
        {"src": path, "sizes": f"{width}x{width}", "type": "image/png"}
        for width, path in theme.brand.icons
        if width >= 192
    ]
    letter = {"src": theme.icon_path, "sizes": "any", "type": "image/svg+xml"}
    data = {
        "name": one_line(show.title),
        "description": one_line(show.tagline or show.feed.description),
        "lang": show.feed.language,
        "dir": direction(show.feed.language),
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "background_color": _PAPER,
        "theme_color": theme.brand.colour or _PAPER,
        "icons": icons or [letter],
    }
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    return text_artifact(MANIFEST, text, Wave.PAGE)
