"""The index of the search, joined from what lies beside the episodes' pages.

Where the index of the last build is there and counts the same pages, only the words of those
that are others now are brought up to date in it; else it is joined from all documents.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from castpress.model.artifact import hashed
from castpress.render.search_document import SEARCH_FILE, weights_of
from castpress.render.search_filters import filters_of, pack_filters
from castpress.render.search_index import (
    cut_words,
    edit_words,
    join_words,
    render_index,
    unpack_words,
)
from castpress.render.search_page import in_search_order
from castpress.store.memory import RenderedSearch, digest_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from castpress.commands.standing import Standing
    from castpress.model.artifact import Artifact, OutputFile
    from castpress.render.catalogue import Catalogue
    from castpress.render.groups import Group
    from castpress.store.memory import Memory

_Document = tuple[str, str]  # its path and its SHA-256
_NOTHING = b"[]"


def join_search(
    listed: Catalogue,
    groups: tuple[Group, ...],
    made: Sequence[Artifact],
    standing: Standing,
    memories: tuple[Memory, Memory],
) -> tuple[list[Artifact], list[OutputFile]]:
    """The files of the index: what has to be written, and what lies there already.

    ``made`` is what was rendered just now; every other episode's files are remembered and there.
    ``memories`` are of the last build and for the next one.
    """
    memory, fresh = memories
    found_in_order = in_search_order(listed)
    rows = [each.listed for each in found_in_order]
    lists = fresh.lists.files if fresh.lists else ()
    files_made = (*(each.files for each in fresh.rendered.values()), lists)
    digests = {path: sha for files in files_made for path, sha in files if _is_document(path)}
    documents = tuple((each.document, digests[each.document]) for each in found_in_order)
    filters = pack_filters(filters_of(listed, groups), [row.url for row in rows])
    key = digest_of(documents, [row.row for row in rows], filters)
    known = memory.search
    if known is not None and known.key == key:
        files = standing.all_of((*known.words, known.index))
        if files is not None:
            fresh.search = known
            return [], files
    contents = _Contents(made, standing)
    entries = _edited(known, documents, contents) if known else None
    if entries is None:
        entries = join_words(weights_of(contents.new(document)) for document in documents)
    cut = [(start, hashed(artifact)) for start, artifact in cut_words(entries)]
    index = hashed(render_index([(start, artifact.path) for start, artifact in cut], rows, filters))
    files_of_words = [artifact for _, artifact in cut]
    if contents.are_whole:
        fresh.search = RenderedSearch(
            key,
            documents,
            tuple((artifact.path, artifact.sha256) for artifact in files_of_words),
            (index.path, index.sha256),
        )
    artifacts, there = [index], []
    for artifact in files_of_words:
        found = standing.find(artifact.path, artifact.sha256)
        if found is None:
            artifacts.append(artifact)
        else:
            there.append(found)
    return artifacts, there


def _is_document(path: str) -> bool:
    return path.endswith(f"/{SEARCH_FILE}")


class _Contents:
    """The bytes of documents: those made now, and those of the output as it stands.

    They ``are_whole`` until one is read that is not as it was written; nothing is found in that.
    """

    def __init__(self, made: Sequence[Artifact], standing: Standing) -> None:
        self._made = {
            artifact.path: artifact.content or b""
            for artifact in made
            if _is_document(artifact.path)
        }
        self._standing = standing
        self.are_whole = True

    def new(self, document: _Document) -> bytes:
        """A document of this build; the output holds what was not made anew."""
        path, sha256 = document
        if path in self._made:
            return self._made[path]
        content = self._standing.read(path)
        if hashlib.sha256(content).hexdigest() == sha256:
            return content
        self.are_whole = False
        return _NOTHING

    def old(self, file: _Document) -> bytes | None:
        """A file of the last build, None where the output does not hold it any more."""
        path, sha256 = file
        if self._standing.find(path, sha256) is None or not self._standing.is_whole(path, sha256):
            return None
        return self._standing.read(path)


def _edited(
    known: RenderedSearch, documents: tuple[_Document, ...], contents: _Contents
) -> dict[str, str] | None:
    """The entries of the last build, brought up to date; None where that cannot be done."""
    before = known.documents
    if [path for path, _ in before] != [path for path, _ in documents[: len(before)]]:
        return None
    entries: dict[str, str] = {}
    for file in known.words:
        content = contents.old(file)
        if content is None:
            return None
        entries |= unpack_words(content)
    for number, document in enumerate(documents):
        old: dict[str, int] = {}
        if number < len(before):
            if before[number] == document:
                continue
            content = contents.old(before[number])
            if content is None:
                return None
            old = weights_of(content)
        edit_words(entries, number, old, weights_of(contents.new(document)))
    return entries
