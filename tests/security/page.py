"""What a finished page may hold, seen by an HTML5 parser: nothing that an author could have put in.

``scan`` lists what a page is made of, and what no page may hold. What it is made of is compared
with pages of a show that nobody attacks: a hostile text may not add a tag or an attribute.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from justhtml import JustHTML

from tests.security.markup import ADDRESSES, NOTES_TAGS, is_harmless
from tests.security.vectors import HIT

if TYPE_CHECKING:
    from collections.abc import Iterator

NEVER = frozenset(
    {"iframe", "object", "embed", "applet", "base", "style", "form", "frame", "frameset", "math"}
    | {"portal", "marquee", "noscript", "xmp", "plaintext", "textarea", "foreignobject", "animate"}
    | {"set", "use", "image"}
)
_ASSET = re.compile(r"(?:\.\.?/|/)[a-z./-]*assets/(?:player|search)-[0-9a-f]{16}\.js")
_SEARCH_PAGE = re.compile(r"(?:(?:\.\./|\./)*|/show/)search/")
_SEARCH_NEEDS = re.compile(r"(?:<p>)?Searching needs JavaScript\. ")
_COMPUTED = str(1337 * 1337)  # what a template would make of a vector


@dataclass
class Scan:
    """``pieces`` are the tags with their attributes; ``text`` is all text of the page."""

    pieces: set[tuple[str, str]] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    text: str = ""


def scan(html: str, apps: frozenset[str] = frozenset()) -> Scan:
    """What a page is made of and what it must not hold; ``apps`` are the theme's own app links."""
    found = Scan()
    texts: list[str] = []
    for node in _nodes(JustHTML(html, sanitize=False).root):
        if node.name == "#comment":
            found.faults.append(f"a comment: {node.data!r:.80}")
        elif node.name == "#text":
            texts.append(node.data or "")
        elif node.name and not node.name.startswith(("#", "!")):
            _look(node, found, apps)
    found.text = "".join(texts)
    if _COMPUTED in found.text:
        found.faults.append("a template was carried out")
    return found


def _nodes(node: Any) -> Iterator[Any]:
    yield node
    for child in getattr(node, "children", None) or ():
        yield from _nodes(child)
    inside = getattr(node, "template_content", None)
    if inside is not None:
        yield from _nodes(inside)


def _look(node: Any, found: Scan, apps: frozenset[str]) -> None:
    tag: str = node.name.lower()
    attributes: dict[str, str | None] = node.attrs or {}
    shown = f"<{tag} {attributes}>"[:160]
    found.pieces.add((tag, ""))
    found.pieces |= {(tag, name) for name in attributes}
    if tag in NEVER and not _is_of_the_search(node, attributes):
        found.faults.append(f"an element that no page has: {shown}")
    if tag == "script":
        _look_at_script(node, attributes, found)
    if tag == "meta" and attributes.get("http-equiv", "Content-Security-Policy") not in {
        "Content-Security-Policy", "refresh",
    }:  # fmt: skip
        found.faults.append(f"a head of its own: {shown}")
    for name, value in attributes.items():
        if name.startswith("on") or name in {"style", "srcdoc", "xlink:href", "background"}:
            found.faults.append(f"an attribute that no page has: {shown}")
        elif name in ADDRESSES and value not in apps and not is_harmless(value or ""):
            found.faults.append(f"an address that no page has: {shown}")


def _is_of_the_search(node: Any, attributes: dict[str, str | None]) -> bool:
    """Whether it is the search page's own form, or what it says where no script runs."""
    if node.name == "form":
        leads_to = attributes.get("action") or "search/"
        return attributes.get("role") == "search" and _SEARCH_PAGE.fullmatch(leads_to) is not None
    inside = "".join(child.data or "" for child in _nodes(node) if child.name == "#text")
    return node.name == "noscript" and not attributes and _SEARCH_NEEDS.match(inside) is not None


def _look_at_script(node: Any, attributes: dict[str, str | None], found: Scan) -> None:
    """The theme's own script, or data that holds nothing but data."""
    inside = "".join(child.data or "" for child in node.children or ())
    if attributes.get("type") == "application/ld+json":
        json.loads(inside)
        if "<" in inside or set(attributes) != {"type"}:
            found.faults.append(f"data that could end its element: {inside!r:.80}")
        return
    src = attributes.get("src") or ""
    is_ours = set(attributes) - {"blocking"} == {"src", "defer"}
    if inside.strip() or not is_ours or not _ASSET.fullmatch(src):
        found.faults.append(f"a script that is not the theme's: {attributes} {inside!r:.80}")


def foreign(found: Scan, plain: Scan) -> list[str]:
    """The faults of a page, with what no page of a plain show is made of."""
    allowed = plain.pieces | {(tag, "") for tag in NOTES_TAGS}
    allowed |= {(tag, name) for tag, names in NOTES_TAGS.items() for name in names}
    added = sorted(f"{tag} {name}".strip() for tag, name in found.pieces - allowed)
    return found.faults + [f"no plain page has: {piece}" for piece in added]


def calls_in(text: str) -> set[str]:
    """The numbers of the vectors whose call stands in the text, as text."""
    return set(re.findall(rf"{HIT}[(`](77\d{{4}}77)[)`]", text))
