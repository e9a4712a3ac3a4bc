"""moto for thousands of publications: twice as fast, and exact about conditions."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from tests.servers.server import Server, free_ports

if TYPE_CHECKING:
    from tests.servers.server import Processes

# The least that moto takes for a part that is not the last one; by itself it is as strict as AWS.
_PART_MINIMUM = {"S3_UPLOAD_PART_MIN_SIZE": "256"}


def start(processes: Processes) -> Server:
    """Start it, empty."""
    (port,) = free_ports(1)
    os.environ.update(_PART_MINIMUM)
    processes.begin(f"moto-{port}", sys.executable, __file__, str(port))
    processes.wait_for(f"moto-{port}", port)
    return Server("moto", f"http://127.0.0.1:{port}")


def serve(port: str) -> None:
    """Be the server."""
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
