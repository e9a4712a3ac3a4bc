"""rclone: a folder behind S3, and the careless store: conditions are ignored without a word."""

from __future__ import annotations

from pathlib import Path

from tests.servers.server import ACCESS_KEY, SECRET_KEY, Processes, Server, free_ports, program


def why_not() -> str | None:
    """What is missing, in one line; None where nothing is."""
    if program("rclone") is None:
        return "rclone is missing; type: ./run stores"
    return None


def start(folder: Path, processes: Processes) -> tuple[Server, ...]:
    """Start it over a folder; what is in it stays."""
    (port,) = free_ports(1)
    (folder / "buckets").mkdir(exist_ok=True)
    processes.begin(
        "rclone",
        str(program("rclone")),
        "serve",
        "s3",
        folder / "buckets",
        f"--addr=127.0.0.1:{port}",
        f"--auth-key={ACCESS_KEY},{SECRET_KEY}",
        # Not the settings of the person who runs the tests.
        "--config=",
    )
    processes.wait_for("rclone", port)
    return (Server("rclone", f"http://127.0.0.1:{port}"),)
