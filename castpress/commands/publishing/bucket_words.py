"""What was found of a bucket and done to it, in words and as one object for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from castpress.commands.options import typed
from castpress.commands.publishing.bucket_state import BucketState, Seen, SetUp, is_region_unsaid
from castpress.model.publication.bucket_policy import Access
from castpress.model.publication.live import STATE_FOLDER
from castpress.store.s3.set_up import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from castpress.model.problem import Problem

# The rest is only worth a word where it stands in the way.
_SHOWN = (Part.POLICY, Part.CORS, Part.WEBSITE)


def _apply() -> str:
    return typed("publish --set-up-bucket --apply")


def set_up_lines(found: SetUp, *, applies: bool) -> Iterator[str]:
    """What is there, what is missing with the JSON of it, and what was done."""
    name = str(found.settings.address)
    if found.exists is None:
        return
    if not found.exists and not found.is_made:
        yield f"{name}: there is no such bucket"
        if not applies:
            yield from _lines_of_new(found)
        return
    yield f"{name}: {'the bucket was made' if found.is_made else 'the bucket is there'}"
    if found.state is None:
        return
    yield from _lines_of_parts(found, found.state, applies=applies)
    if found.seen is not None:
        yield from _lines_of_seen(found.seen, found.state)
    if not applies:
        more = f"type `{_apply()}` to set what is missing; " if found.missing else ""
        yield f"{more}nothing was changed"


def _lines_of_new(found: SetUp) -> Iterator[str]:
    settings = found.settings
    region = settings.region
    if region is None:
        yield f"`{_apply()}` makes it; where, the store decides by its address"
    elif is_region_unsaid(settings):
        yield "before it can be made, say where: write `region:` below `s3:` in show.yaml"
    else:
        yield f"`{_apply()}` makes it in {region}"
    address = settings.address
    state = BucketState(address.bucket, address.prefix, region, {}, found.pages)
    for part in _SHOWN:
        yield f"{part.words} that it then gets:"
        yield _dumped(state.plain(part))
    yield "nothing was changed"


def _lines_of_parts(found: SetUp, state: BucketState, *, applies: bool) -> Iterator[str]:
    for part in Part:
        reading = state.readings[part]
        if part in found.done:
            refusal = found.done[part]
            yield f"{part.words}: {refusal}" if refusal else f"{part.words}: set"
            if refusal:
                yield _dumped(found.missing[part])
        elif part in found.missing:
            yield f"{part.words}: {_lack_words(part, is_set=reading.value is not None)}"
            yield _dumped(found.missing[part])
        elif reading.is_known:
            if part in _SHOWN:
                yield f"{part.words}: {_fine_words(part, state)}"
        elif part in _SHOWN:
            yield f"{part.words}: {reading.refusal}; if its web page offers it, write there:"
            yield _dumped(state.plain(part))
        elif found.settings.options.endpoint is None and not applies:
            yield f"{part.words}: {reading.refusal}"


def _lack_words(part: Part, *, is_set: bool) -> str:
    if part is Part.BLOCK:
        return "stands in the way of a public show; wanted is"
    if is_set:
        return "lacks what castpress needs; with it, it is"
    return "missing; wanted is"


def _fine_words(part: Part, state: BucketState) -> str:
    if part is Part.POLICY and state.exposing:
        return f"opens the show, and {STATE_FOLDER}/ as well"
    if part is Part.POLICY and state.access is Access.CLOUDFRONT:
        return "fine: CloudFront reads the show, and nobody else"
    if part is Part.WEBSITE:
        if state.has_other_website:
            return "somebody has set another one, which stays"
        if state.access is Access.CLOUDFRONT and state.readings[part].value is None:
            return "none, and none is needed behind CloudFront (docs/s3.md)"
    return "fine"


def _lines_of_seen(seen: Seen, state: BucketState) -> Iterator[str]:
    words = {True: "can be read", False: "cannot be read", None: "could not be tried"}
    if state.access is Access.CLOUDFRONT and not seen.is_public:
        where = " and ".join(base for base, _ in seen.told)
        yield f"without keys, at {where}: nothing can be read but through CloudFront"
    else:
        for base, told in seen.told:
            yield f"without keys, at {base}: the show {words[told]}"
    yield f"without keys: {STATE_FOLDER}/ {words[seen.is_state_public]}"


def set_up_object(found: SetUp, *, applies: bool) -> dict[str, object]:
    """The same for ``--json``; null where it was not found out."""
    seen = found.seen
    return {
        "bucket": found.settings.address.bucket,
        "folder": found.settings.address.prefix,
        "exists": True if found.is_made else found.exists,
        "made": found.is_made,
        "applied": applies,
        "settings": {part.name.lower(): _part_object(found, part) for part in Part},
        "public": seen.is_public if seen else None,
        "state_public": seen.is_state_public if seen else None,
        "listed": seen.is_listed if seen else None,
        "problems": [problem_row(problem) for problem in found.problems],
    }


def _part_object(found: SetUp, part: Part) -> dict[str, object]:
    reading = found.state.readings[part] if found.state else None
    return {
        "found": reading.value if reading else None,
        "untold": reading.refusal or None if reading else None,
        "wanted": found.missing.get(part),
        "set": part in found.done and not found.done[part],
        "refusal": found.done.get(part) or None,
    }


def problem_row(problem: Problem) -> dict[str, str]:
    """A problem as it stands in the object."""
    return {
        "code": problem.code,
        "severity": problem.severity.word,
        "message": problem.message,
        "help": problem.help,
    }


def _dumped(value: Any) -> str:  # noqa: ANN401 - it is JSON
    return json.dumps(value, indent=2, ensure_ascii=False)
