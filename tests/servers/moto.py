"""moto: all of S3's surface, in memory. It never checks a signature or a checksum."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from tests.servers.server import Server, free_ports, program

if TYPE_CHECKING:
    from tests.servers.server import Processes


def why_not() -> str | None:
    """What is missing, in one line; None where nothing is."""
    if program("moto_server") is None:
        return "moto's server is missing; ./run test installs it"
    return None


def start(folder: Path, processes: Processes) -> tuple[Server, ...]:
    """Start it; what was in it before is gone."""
    del folder
    return (start_with(processes),)


def start_with(processes: Processes, part_bytes: int | None = None) -> Server:
    """Start it; ``part_bytes`` is the least that it takes for a part, else it is as AWS."""
    (port,) = free_ports(1)
    name = f"moto-{port}"
    if part_bytes is not None:
        os.environ["S3_UPLOAD_PART_MIN_SIZE"] = str(part_bytes)
    processes.begin(name, sys.executable, __file__, str(port))
    processes.wait_for(name, port)
    return Server("moto", f"http://127.0.0.1:{port}")


def serve(port: str) -> None:
    """Be the server, twice as fast as it is by itself, and exact about conditions."""
    from moto import backends
    from moto.s3.responses import S3Response
    from moto.server import main

    # For each request it would look through all folders of its package.
    names = frozenset(backends.list_of_moto_modules())
    backends.list_of_moto_modules = lambda: names
    # It compares first and puts later, so that of two at the same moment both would win.
    responses: Any = S3Response
    put, lock = responses.put_object, threading.Lock()

    def put_alone(response: S3Response) -> object:
        with lock:
            return put(response)

    responses.put_object = put_alone
    main(["-H", "127.0.0.1", "-p", port])


if __name__ == "__main__":
    serve(sys.argv[1])
