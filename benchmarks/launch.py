"""Run one command as a process of its own and print what it took, as one line of JSON.

    python -I -S launch.py COMMAND ARGUMENTS...

This small program stands between the benchmark and what it measures because Linux counts the
memory of whoever starts a process towards the peak of that process: a large parent would hide a
small child. What is imported here is the least that a bare interpreter has anyway.
"""

# ruff: noqa: T201 - the line is the result
import os
import sys
from time import perf_counter

words = sys.argv[1:]
nowhere = os.open(os.devnull, os.O_RDWR)
quiet = [(os.POSIX_SPAWN_DUP2, nowhere, 0), (os.POSIX_SPAWN_DUP2, nowhere, 1)]
began = perf_counter()
child = os.posix_spawnp(words[0], words, os.environ, file_actions=quiet)
_, status, usage = os.wait4(child, 0)
wall = perf_counter() - began
# Linux counts in kB, macOS in bytes.
peak_bytes = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
cpu = usage.ru_utime + usage.ru_stime
code = os.waitstatus_to_exitcode(status)
print(f'{{"wall": {wall}, "cpu": {cpu}, "peak_bytes": {peak_bytes}, "code": {code}}}')
