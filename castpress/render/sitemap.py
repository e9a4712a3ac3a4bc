"""sitemap.xml and robots.txt: what search engines may read, dated by the model alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from castpress.model.artifact import Artifact, Wave, text_artifact

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from castpress.model.podcast import Show

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def render_sitemap(show: Show, pages: Iterable[tuple[str, datetime | None]]) -> Artifact:
    """The pages with the date of their newest change, as far as one is known."""
    root = etree.Element(f"{{{_NAMESPACE}}}urlset", nsmap={None: _NAMESPACE})
    for path, changed in pages:
        url = etree.SubElement(root, f"{{{_NAMESPACE}}}url")
        etree.SubElement(url, f"{{{_NAMESPACE}}}loc").text = show.url(path)
        if changed is not None:
            etree.SubElement(url, f"{{{_NAMESPACE}}}lastmod").text = changed.isoformat()
    etree.indent(root)
    content = etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"
    return Artifact("sitemap.xml", Wave.PAGE, content)


def render_robots(show: Show) -> Artifact:
    """Everything may be read; the sitemap says what there is."""
    text = f"User-agent: *\nAllow: /\n\nSitemap: {show.url('sitemap.xml')}\n"
    return text_artifact("robots.txt", text, Wave.PAGE)
