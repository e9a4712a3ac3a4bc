"""moto: all of S3's surface, in memory. It never checks a signature or a checksum."""

from __future__ import annotations

from pathlib import Path

from tests.servers.server import Processes, Server, free_ports, program


def why_not() -> str | None:
    """What is missing, in one line; None where nothing is."""
    if program("moto_server") is None:
        return "moto's server is missing; ./run test installs it"
    return None


def start(folder: Path, processes: Processes) -> tuple[Server, ...]:
    """Start it; what was in it before is gone."""
    del folder
    (port,) = free_ports(1)
    processes.begin("moto", str(program("moto_server")), "-H", "127.0.0.1", "-p", str(port))
    processes.wait_for("moto", port)
    return (Server("moto", f"http://127.0.0.1:{port}"),)
