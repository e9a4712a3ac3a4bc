"""Who we are among all that runs: this computer, this process, and others on it."""

from __future__ import annotations

import os
import socket
from pathlib import Path

from castpress.model.publication.live import Publisher


def this_process() -> Publisher:
    """The running castpress."""
    return Publisher(_host(), os.getpid(), _started(os.getpid()))


def running_process(pid: int) -> Publisher | None:
    """The process of that number on this computer, None where there is none."""
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return None
    except OSError:
        pass  # it runs and is somebody else's
    return Publisher(_host(), pid, _started(pid))


def _host() -> str:
    """The computer's name, with what tells its boots and its containers apart where it is known."""
    parts = [socket.gethostname()]
    try:
        parts.append(Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()[:8])
        parts.append(str(Path("/proc/self/ns/pid").readlink()).strip("pid:[]"))
    except (OSError, ValueError):
        pass
    return "/".join(parts)


def _started(pid: int) -> str:
    """When the process was started, in ticks since the boot; "" where that cannot be known."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
        # The name in parentheses may hold anything; the 22nd field is the 20th behind it.
        return text.rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""
