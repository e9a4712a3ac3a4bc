"""What is live after a publication that was cut off: its claim says where to look."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from castpress.model.publication.live import is_feed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from castpress.model.publication.live import LiveFile, Publication


def settled_files(publication: Publication, seen: Mapping[str, str | None]) -> dict[str, LiveFile]:
    """The manifest as it is in truth, by the digests that were seen of doubtful paths.

    Each file is put whole or not at all, so it is the one before, the one that was being put, or
    gone. One that somebody else has changed meanwhile keeps its row with the digest that was seen;
    where there was none before, other bytes than those that were being put are somebody else's.
    """
    files = dict(publication.files)
    claimed = publication.claim.files if publication.claim else {}
    for path, digest in seen.items():
        row = files.get(path)
        coming = claimed.get(path)
        if digest is None:
            files.pop(path, None)
        elif coming is not None and coming.sha256 == digest:
            files[path] = coming
        elif row is not None:
            files[path] = replace(row, sha256=digest)
    return files


def is_between_feeds(publication: Publication, settled: Mapping[str, LiveFile]) -> bool:
    """Whether a publication was cut off when some of its feeds were out: no state to go back to."""
    claimed = publication.claim.files if publication.claim else {}
    return any(
        is_feed(row) and path in settled and settled[path].sha256 == row.sha256
        for path, row in claimed.items()
        if path not in publication.files or publication.files[path].sha256 != row.sha256
    )
