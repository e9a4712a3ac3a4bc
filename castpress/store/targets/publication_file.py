"""``publication.json``: all that is known of a place of publication, as it lies there."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from castpress.model.artifact import Wave
from castpress.model.publication.live import (
    STATE_FOLDER,
    Claim,
    Headers,
    LiveEpisode,
    LiveFile,
    Publication,
    Publisher,
    Snapshot,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_VERSION = 1
_DIGEST = re.compile(r"[0-9a-f]{64}")
_PART = r"(?!\.{1,2}(?:/|$))[^/\\\x00-\x1f]+"
# What is served, and so never what castpress keeps there for itself.
_PATH = re.compile(rf"(?!{re.escape(STATE_FOLDER)}(?:/|$)){_PART}(?:/{_PART})*")


class PublicationFileError(ValueError):
    """A publication.json that cannot be read; the text says why."""


def parse_publication(content: bytes) -> Publication:
    """What the bytes of a publication.json say.

    Whoever can write there may have changed it: nothing that it says leads out of the place, to
    castpress's own files, or to a name that is not one.

    Raises:
        PublicationFileError: it is damaged, or was written by a newer castpress.
    """
    try:
        data = json.loads(content)
        version = data["castpress"]
        if version == _VERSION:
            if b"\\u" in content:
                json.dumps(data, ensure_ascii=False).encode()  # halves of characters are no text
            return _publication(data)
    except (
        ArithmeticError,
        AttributeError,
        LookupError,
        RecursionError,
        TypeError,
        ValueError,
    ) as error:
        raise PublicationFileError("it is damaged") from error
    raise PublicationFileError("it was written by a newer castpress")


def publication_bytes(publication: Publication) -> bytes:
    """The text of publication.json: one line a file, the same text for the same publication."""
    table = _HeaderTable()
    files = _rows({path: _file_row(file, table) for path, file in publication.files.items()})
    claim = _claim_data(publication.claim, table) if publication.claim else None
    parts = {
        "castpress": _dumped(_VERSION),
        "number": _dumped(publication.number),
        "since": _dumped(_written(publication.since)),
        "base_url": _dumped(publication.base_url),
        "ledger_sha256": _dumped(publication.ledger_sha256),
        "claim": _dumped(claim),
        "taken_away": _dumped(dict(publication.taken_away)),
        "snapshots": _dumped([_snapshot_data(snapshot) for snapshot in publication.snapshots]),
        "episodes": _rows(
            {guid: [e.feed, e.slug, e.enclosure, e.title] for guid, e in _sorted(publication)}
        ),
        "files": files,
        "headers": _dumped(table.rows),
    }
    body = ",\n".join(f'"{name}": {value}' for name, value in parts.items())
    return f"{{\n{body}\n}}\n".encode()


class _HeaderTable:
    """The few sets of headers that many files share, each once."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []
        self._known: dict[Headers, int] = {}

    def number(self, headers: Headers) -> int:
        """Which row they are."""
        if headers not in self._known:
            self._known[headers] = len(self.rows)
            redirect = [headers.redirect] if headers.redirect else []
            self.rows.append([headers.content_type, headers.cache_control, *redirect])
        return self._known[headers]


def _sorted(publication: Publication) -> Iterator[tuple[str, LiveEpisode]]:
    return iter(sorted(publication.episodes.items()))


def _rows(rows: Mapping[str, object]) -> str:
    if not rows:
        return "{}"
    lines = (f"{_dumped(key)}: {_dumped(rows[key])}" for key in sorted(rows))
    return "{\n" + ",\n".join(lines) + "\n}"


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _file_row(file: LiveFile, table: _HeaderTable) -> list[object]:
    row: list[object] = [int(file.wave), file.sha256, file.byte_length, table.number(file.headers)]
    if file.retired is not None:
        return [*row, int(file.is_staged), file.retired.isoformat()]
    return [*row, 1] if file.is_staged else row


def _claim_data(claim: Claim, table: _HeaderTable) -> dict[str, object]:
    return {
        "id": claim.id,
        "host": claim.publisher.host,
        "pid": claim.publisher.pid,
        "started": claim.publisher.started,
        "began": claim.began.isoformat(),
        "renewed": claim.renewed.isoformat(),
        "given_up": claim.is_given_up,
        "files": {path: _file_row(file, table) for path, file in sorted(claim.files.items())},
        "deletions": list(claim.deletions),
    }


def _snapshot_data(snapshot: Snapshot) -> dict[str, object]:
    return {
        "number": snapshot.number,
        "since": snapshot.since.isoformat(),
        "base_url": snapshot.base_url,
        "episodes": snapshot.episode_count,
        "feeds": dict(snapshot.feeds),
    }


def _publication(data: Any) -> Publication:  # noqa: ANN401 - it is JSON
    headers = [Headers(*map(str, row)) for row in data["headers"]]
    ledger = data["ledger_sha256"]
    return Publication(
        files=_files(data["files"], headers),
        base_url=str(data["base_url"]),
        number=int(data["number"]),
        since=None if data["since"] is None else _moment(data["since"]),
        ledger_sha256=None if ledger is None else str(ledger),
        episodes={
            str(guid): LiveEpisode(str(feed), str(slug), str(enclosure), str(title))
            for guid, (feed, slug, enclosure, title) in data["episodes"].items()
        },
        snapshots=tuple(_snapshot(row) for row in data["snapshots"]),
        claim=None if data["claim"] is None else _claim(data["claim"], headers),
        taken_away=_feed_rows(data.get("taken_away", {})),
    )


def _file(row: Any, headers: list[Headers]) -> LiveFile:  # noqa: ANN401 - it is JSON
    wave, sha256, byte_length, number, *rest = row
    return LiveFile(
        Wave(wave),
        _digest(sha256),
        int(byte_length),
        headers[number],
        is_staged=bool(rest[0]) if rest else False,
        retired=_moment(rest[1]) if len(rest) > 1 else None,
    )


def _files(rows: Mapping[str, Any], headers: list[Headers]) -> dict[str, LiveFile]:
    _hold_paths(rows)
    return {path: _file(row, headers) for path, row in rows.items()}


def _hold_paths(paths: Iterable[str]) -> None:
    for path in paths:
        if _PATH.fullmatch(path) is None:
            raise ValueError(f"{path!r} is no path of the site")


def _digest(value: str) -> str:
    if _DIGEST.fullmatch(value) is None:
        raise ValueError(f"{value!r} is no digest")
    return value


def _moment(value: str) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError(f"{value} has no time zone")
    return moment


def _claim(data: Any, headers: list[Headers]) -> Claim:  # noqa: ANN401 - it is JSON
    files = _files(data["files"], headers)
    deletions = tuple(data["deletions"])
    _hold_paths(deletions)
    return Claim(
        id=str(data["id"]),
        publisher=Publisher(str(data["host"]), int(data["pid"]), str(data["started"])),
        began=_moment(data["began"]),
        renewed=_moment(data["renewed"]),
        files=files,
        deletions=deletions,
        is_given_up=bool(data["given_up"]),
    )


def _snapshot(data: Any) -> Snapshot:  # noqa: ANN401 - it is JSON
    return Snapshot(
        number=int(data["number"]),
        since=_moment(data["since"]),
        base_url=str(data["base_url"]),
        episode_count=int(data["episodes"]),
        feeds=_feed_rows(data["feeds"]),
    )


def _feed_rows(rows: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    _hold_paths(rows)
    return tuple(sorted((path, _digest(sha256)) for path, sha256 in rows.items()))


def _written(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
