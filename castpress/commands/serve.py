"""``castpress serve``: build, show it on this computer, build again when a source changes."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from castpress.commands import build, exit_codes
from castpress.store.sources import SETTINGS_FILE, SOURCE_FOLDERS

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from pathlib import Path

    from castpress.commands.reporter import Reporter

_PAUSE_SECONDS = 1.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``serve``."""
    build.add_arguments(parser)
    parser.add_argument("--port", type=int, default=8000, help="where it listens (8000)")


def run(arguments: argparse.Namespace, reporter: Reporter) -> int:
    """Build and serve until interrupted."""
    from castpress.store.site_server import make_server

    root: Path = arguments.show
    output: Path = arguments.output or root / "public"
    code = build.run(arguments, reporter)
    if not output.is_dir():
        return code
    try:
        server = make_server(output, arguments.port)
    except (OSError, OverflowError) as error:
        reporter.say(f"castpress: port {arguments.port} cannot be used ({error}); try --port 8001")
        return exit_codes.USAGE
    threading.Thread(target=server.serve_forever, daemon=True).start()
    reporter.result(f"http://127.0.0.1:{server.server_port}/")
    reporter.say("changes are built as you save them; stop with Ctrl-C")
    try:
        for _ in _changes(root):
            build.run(arguments, reporter)
    finally:
        server.shutdown()
        server.server_close()
    return exit_codes.OK


def _changes(root: Path) -> Iterator[None]:
    """Yield each time a source has changed and has then stood still for a moment."""
    seen = _stamps(root)
    pending = False
    while True:
        time.sleep(_PAUSE_SECONDS)
        now = _stamps(root)
        if now != seen:
            # An editor or a copy may still be at it; build when nothing moves any more.
            seen, pending = now, True
        elif pending:
            pending = False
            yield


def _stamps(root: Path) -> dict[str, tuple[int, int]]:
    stamps = {}
    for name in (SETTINGS_FILE, *SOURCE_FOLDERS):
        top = root / name
        for path in (top, *top.rglob("*")) if top.is_dir() else (top,):
            try:
                stat = path.stat()
            except OSError:
                continue
            stamps[str(path)] = stat.st_mtime_ns, stat.st_size
    return stamps
