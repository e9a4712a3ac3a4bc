"""Publishers in processes of their own, forked from one that has everything imported.

The mould is made before any thread starts: a fork of a process with threads may hang on a lock that
one of them holds.
"""

from __future__ import annotations

import contextlib
import errno
import importlib
import os
import pickle
import pkgutil
import resource
import signal
import struct
import tempfile
import time
import traceback
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import castpress
from castpress.cli import Terminal
from castpress.commands.publishing.place import Place
from castpress.commands.publishing.preparation import Wish
from castpress.commands.publishing.show import publish_show
from castpress.model.problem import Severity
from castpress.store.s3.address import S3Address
from castpress.store.s3.options import Patience, S3Options
from castpress.store.targets.s3 import S3Target

if TYPE_CHECKING:
    from typing import Self


# A limit to the size of files stands for a full disk.
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG)


@dataclass(frozen=True, slots=True)
class Order:
    """One publication: of which show, to where, at what time of day.

    ``largest_file`` is how many bytes a file may have before the disk is full, ``delay`` how many
    seconds the publisher waits before it begins.
    """

    root: Path
    endpoint: str
    bucket: str
    prefix: str
    now: datetime
    patience: Patience
    part_bytes: int
    allowed: tuple[str, ...] = ()
    largest_file: int | None = None
    delay: float = 0.0

    @property
    def journals(self) -> Path:
        """Where uploads are noted that may be cut off."""
        return self.root / ".cache/uploads"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a publisher said at its end: ``raised`` is a traceback, and ``signal`` what ended it."""

    is_done: bool = False
    errors: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()
    number: int = 0
    steps: int = 0
    raised: str = ""
    signal: int = 0


def publish(order: Order) -> Verdict:
    """Publish in this process."""
    options = S3Options(
        endpoint=order.endpoint,
        region="us-east-1",
        path_style=True,
        patience=order.patience,
        part_bytes=order.part_bytes,
    )
    target = S3Target(S3Address(order.bucket, order.prefix), options, order.journals)
    wish = Wish(order.root, order.root / "public", order.now, allowed=order.allowed)
    published = publish_show(
        wish, Place(target), Terminal("text", is_quiet=True), lambda: order.now
    )
    plan = published.prepared.plan if published.prepared else None
    return Verdict(
        is_done=published.is_done,
        errors=tuple(
            (p.code, p.message) for p in published.problems if p.severity is Severity.ERROR
        ),
        remarks=tuple(remark.code for remark in target.remarks),
        number=published.live.number,
        steps=0 if plan is None or plan.is_empty else len(plan.steps),
    )


@dataclass
class Running:
    """A publisher that was started; ``end`` waits for it."""

    pid: int
    _mould: Mould
    _place: int

    def kill(self) -> None:
        """End it here and now."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def end(self) -> Verdict:
        """What it said; a publisher that was killed said nothing."""
        return self._mould.verdict(self._place)


@dataclass
class Mould:
    """The process that publishers are forked from; start it before any thread."""

    _ask: int = -1
    _hear: int = -1
    _pid: int = 0
    _verdicts: dict[int, Verdict] = field(default_factory=dict)
    _count: int = 0

    def __enter__(self) -> Self:
        down, up = os.pipe(), os.pipe()
        self._pid = os.fork()
        if not self._pid:
            os.close(down[1])
            os.close(up[0])
            try:
                _serve(down[0], up[1])
            except BaseException:  # noqa: BLE001 - it must not go on as its parent would
                traceback.print_exc()
            os._exit(1)
        os.close(down[0])
        os.close(up[1])
        self._ask, self._hear = down[1], up[0]
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._ask)
        os.waitpid(self._pid, 0)
        os.close(self._hear)

    def start(self, *orders: Order) -> list[Running]:
        """Start publishers, all at once."""
        _write(self._ask, orders)
        self._verdicts.clear()
        return [Running(pid, self, place) for place, pid in enumerate(_read(self._hear))]

    def run(self, order: Order) -> Verdict:
        """Start one and wait for it."""
        return self.start(order)[0].end()

    def verdict(self, place: int) -> Verdict:
        """What the one in that place said."""
        while place not in self._verdicts:
            where, verdict = _read(self._hear)
            self._verdicts[where] = verdict
        return self._verdicts[place]


def _serve(orders: int, answers: int) -> None:
    """Fork a publisher for each order until nobody orders any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _remember_descriptions()
    _warm_up()
    while (asked := _read(orders)) is not None:
        started = [_forked(order) for order in asked]
        _write(answers, [pid for pid, _ in started])
        for place, (pid, said) in enumerate(started):
            with os.fdopen(said, "rb") as stream:
                content = stream.read()
            _, status = os.waitpid(pid, 0)
            verdict = pickle.loads(content) if content else Verdict()
            if os.WIFSIGNALED(status):
                verdict = Verdict(signal=os.WTERMSIG(status))
            elif not content:
                verdict = Verdict(raised=f"ended with {os.waitstatus_to_exitcode(status)}")
            _write(answers, (place, verdict))


def _forked(order: Order) -> tuple[int, int]:
    hear, say = os.pipe()
    pid = os.fork()
    if pid:
        os.close(say)
        return pid, hear
    try:
        time.sleep(order.delay)
        if order.largest_file is not None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (order.largest_file, order.largest_file))
        verdict = publish(order)
    except BaseException as error:  # noqa: BLE001 - that nothing raises is what is tested
        is_full = isinstance(error, OSError) and error.errno in _FULL
        # The command line says of a full disk what it is; all else would be a fault of castpress.
        verdict = (
            Verdict(errors=(("disk-full", str(error)),))
            if is_full
            else Verdict(raised=traceback.format_exc())
        )
    with os.fdopen(say, "wb") as stream:
        stream.write(pickle.dumps(verdict))
    os._exit(0)


def _remember_descriptions() -> None:
    """boto3 reads megabytes of descriptions for each session; here each fork inherits them."""
    from botocore.loaders import JSONFileLoader, Loader

    from castpress.store.s3.boto import make_client

    read = JSONFileLoader.load_file
    known: dict[str, Any] = {}

    def load_file(self: object, path: str) -> Any:
        if path not in known:
            known[path] = read(self, path)
        return known[path]

    names = Loader().list_available_services("service-2")
    JSONFileLoader.load_file = load_file
    Loader.list_available_services = lambda _self, _kind: names
    make_client("s3", S3Options(endpoint="http://127.0.0.1:9", region="us-east-1", path_style=True))


def _warm_up() -> None:
    """Import what commands import when they need it, and publish once, to a folder."""
    from castpress.store.targets.folder import FolderTarget
    from tests.faults.scenes import NOW, fresh_show

    for module in pkgutil.walk_packages(castpress.__path__, "castpress."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    with tempfile.TemporaryDirectory() as folder:
        root = fresh_show(Path(folder))
        target = FolderTarget(Path(folder, "site"))
        reporter = Terminal("text", is_quiet=True)
        publish_show(Wish(root, root / "public", NOW), Place(target), reporter, lambda: NOW)


def _write(to: int, value: object) -> None:
    content = pickle.dumps(value)
    sent = struct.pack("<I", len(content)) + content
    while sent:
        sent = sent[os.write(to, sent) :]


def _read(from_: int) -> Any:
    size = _exactly(from_, 4)
    if not size:
        return None
    return pickle.loads(_exactly(from_, struct.unpack("<I", size)[0]))


def _exactly(from_: int, size: int) -> bytes:
    content = b""
    while len(content) < size:
        piece = os.read(from_, size - len(content))
        if not piece:
            return b""
        content += piece
    return content
