"""``castpress move``: the site and the feeds have another address; subscribers come along."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from castpress.commands import exit_codes
from castpress.commands.clock import moment
from castpress.commands.ledger_changes import Tale, add_change, carry_out, refusal, refuse
from castpress.commands.options import cache_of, typed
from castpress.model.ledger import moved
from castpress.model.problem import Location, Severity
from castpress.store.sources import SETTINGS_FILE

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from pathlib import Path

    from castpress.commands.reporter import Reporter
    from castpress.model.podcast import Show
    from castpress.model.problem import Problem

_LONGEST_ADDRESS = 150
# In an address these are written as %20 and so on; in show.yaml some would mean something else.
_NO_ADDRESS = re.compile(r"[\s\"'<>#\\{}|^`\x00-\x20\x7f]")
# What YAML takes for the end of a line.
_LINE = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
_VALUE = re.compile(
    r'"(?:[^"\\\n]|\\.)*"'  # in double quotes
    r"|'(?:[^'\n]|'')*'"  # in single quotes
    r"|[^\s#](?:[^\n\r#]|(?<![ \t])#)*?(?=[ \t]+#|[ \t]*(?:[\r\n]|$))"  # plain
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``move``."""
    parser.add_argument(
        "new_url", metavar="NEW-URL", help="where the site will be, as https://example.org/pod/"
    )
    add_change(parser)


def run(arguments: argparse.Namespace, reporter: Reporter) -> int:
    """Write the new address into show.yaml, and keep the old one in show.lock."""
    from castpress.commands.walk import walk
    from castpress.model.ledger import with_feed_guids
    from castpress.read.settings import parse_settings
    from castpress.store.sources import find_sources

    root: Path = arguments.show
    sources, problems = find_sources(root)
    text = sources.settings_text
    if text is None:
        return refuse(reporter, problems, root)
    walked, problems = walk(root, moment(None), cache_of(root), reporter)
    if walked is None:
        return refuse(reporter, problems, root)
    placed, _ = parse_settings(text, SETTINGS_FILE)
    if placed is None:
        return refuse(reporter, problems, root)
    old = placed.settings.base_url
    new, faults = _new_url(arguments.new_url, placed.place("base_url"))
    if new is None:
        return refuse(reporter, faults, root, exit_codes.USAGE)
    facts = {"old_url": old, "new_url": new}
    if new == old:
        return carry_out(
            arguments, reporter, Tale((f"Nothing to do: the show is at {old}.",), facts), None
        )
    rewritten = replaced_value(text, placed.place("base_url"), new)
    if rewritten is None or not _is_understood(rewritten, new):
        message = "the line `base_url:` is not of a form that can be changed safely"
        advice = f"write it on one line: `base_url: {old}`, then type this again"
        return refuse(
            reporter, [refusal("no-such-line", message, placed.place("base_url"), advice)], root
        )
    # Each course's guid was made from its first address: recorded now, it outlives that.
    guids = dict(walked.ledger.feed_guids)
    known, _ = with_feed_guids(moved(walked.recorded, old), guids, placed.place("guid"))

    def change() -> None:
        from castpress.store.ledger import write_ledger
        from castpress.store.source_changes import SourceChanges

        with SourceChanges(root) as changes:
            has_mark = (root / SETTINGS_FILE).read_bytes().startswith(b"\xef\xbb\xbf")
            content = rewritten.encode("utf-8-sig" if has_mark else "utf-8")
            changes.write(PurePosixPath(SETTINGS_FILE), content)
            write_ledger(root, known)

    lines = (*_tale(walked.show, old, new), *_steps(old, new))
    rules = _rules(old, new)
    return carry_out(arguments, reporter, Tale((*lines, *rules), facts), change)


def replaced_value(text: str, place: Location, new: str) -> str | None:
    """The text of show.yaml with another ``base_url``; None where only that cannot be changed."""
    from castpress.read.strict_yaml import parse_yaml

    starts = [0, *(match.end() for match in _LINE.finditer(text))]
    if not 1 <= place.line <= len(starts):
        return None
    begin = starts[place.line - 1] + place.column - 1
    value = _VALUE.match(text, begin)
    if value is None:
        return None
    rewritten = text[:begin] + new + text[value.end() :]
    before, _ = parse_yaml(text, SETTINGS_FILE)
    after, faults = parse_yaml(rewritten, SETTINGS_FILE)
    # Read again, so that a form that nobody has thought of here cannot harm the file.
    is_sound = not any(fault.severity is Severity.ERROR for fault in faults)
    expected = before.value | {"base_url": new}
    return rewritten if is_sound and after.value == expected else None


def _is_understood(text: str, url: str) -> bool:
    from castpress.read.settings import parse_settings

    placed, _ = parse_settings(text, SETTINGS_FILE)
    return placed is not None and placed.settings.base_url == url


def _new_url(text: str, place: Location) -> tuple[str | None, tuple[Problem, ...]]:
    """The address with scheme and closing slash."""
    from urllib.parse import urlsplit

    full = (text if "://" in text else f"https://{text}").rstrip("/") + "/"
    try:
        parts = urlsplit(full)
        host = parts.hostname or ""
        # One word is a slip of typing: no app finds a host without a dot.
        is_host = "." in host.strip(".") or host == "localhost"
        is_good = parts.scheme in ("http", "https") and is_host and not parts.query
    except ValueError:
        is_good = False
    if not is_good or _NO_ADDRESS.search(full) or len(full) > _LONGEST_ADDRESS:
        message = f"{text!r} is not the address of a site"
        return None, (
            refusal("bad-address", message, place, "write one such as https://example.org/pod/"),
        )
    return full, ()


def _tale(show: Show, old: str, new: str) -> Iterator[str]:
    yield (
        "Subscribers stay: every guid stays, and each feed tells apps its new address "
        "(itunes:new-feed-url). Nobody downloads anything again."
    )
    yield "Whoever types or has linked the old address is sent on, once the redirects below are up."
    yield f"base_url: {old} becomes {new}"
    yield f"feed: {show.url(show.feed.path)} becomes {new}{show.feed.path}"


def _steps(old: str, new: str) -> Iterator[str]:
    yield ""
    yield "What to do now, in this order:"
    yield f"1. {typed('build')}, and publish to {new}"
    yield (
        f"2. publish the very same files once more at {old}: apps that still ask there read the "
        "new address in the feed and follow it"
    )
    yield (
        "3. after four weeks at least, put redirects there instead, and keep them for years; "
        "these lines do it:"
    )


def _rules(old: str, new: str) -> Iterator[str]:
    from castpress.render.redirects import redirect_rules

    for server, lines in redirect_rules(old, new):
        yield ""
        yield f"# {server}"
        yield from lines
