"""Starts and stops test servers by hand: ``python -m tests.servers start ceph DIR``."""

from __future__ import annotations

import argparse
import shlex
import sys
from pathlib import Path

from tests.servers.keeper import KINDS, begin, is_kept, keep, stop, wait
from tests.servers.server import StartError


def main() -> int:
    """Do what the command line says; 1 where it cannot be done."""
    parser = argparse.ArgumentParser(prog="python -m tests.servers", description=__doc__)
    words = parser.add_subparsers(required=True, dest="word", metavar="WORD")
    starting = words.add_parser("start", help="start a server, print its environment")
    starting.add_argument("kind", choices=sorted(KINDS))
    starting.add_argument("folder", type=Path, help="what it stores is kept here")
    starting.add_argument("--tls", action="store_true", help="print the HTTPS address (Ceph)")
    stopping = words.add_parser("stop", help="stop what was started in a folder")
    stopping.add_argument("folder", type=Path)
    keeping = words.add_parser("keep", help="what the tests call")
    keeping.add_argument("kind", choices=sorted(KINDS))
    keeping.add_argument("folder", type=Path)
    keeping.add_argument("while_locked", type=Path, nargs="?")
    arguments = parser.parse_args()
    folder = arguments.folder.resolve()
    if arguments.word == "keep":
        keep(arguments.kind, folder, arguments.while_locked)
        return 0
    if arguments.word == "stop":
        return 0 if stop(folder) else _fail(f"nothing runs in {folder}")
    return _start(arguments.kind, folder, is_safe=arguments.tls)


def _start(kind: str, folder: Path, *, is_safe: bool) -> int:
    missing = KINDS[kind].why_not()
    if missing:
        return _fail(missing)
    if is_kept(folder):
        return _fail(f"a server runs in {folder} already")
    begin(kind, folder)
    try:
        servers = wait(folder)
    except StartError as error:
        return _fail(str(error))
    server = servers.get(f"{kind}-tls") if is_safe else servers[kind]
    if server is None:
        return _fail(f"{kind} has no HTTPS here")
    for name, value in server.environment.items():
        print(f"export {name}={shlex.quote(value)}")
    return 0


def _fail(text: str) -> int:
    print(text, file=sys.stderr)
    return 1


sys.exit(main())
