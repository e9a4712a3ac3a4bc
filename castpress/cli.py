"""Arguments in, exit code out; the only room that prints."""

from __future__ import annotations

import argparse
import contextlib
import difflib
import errno
import gc
import importlib
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO

from castpress import __version__
from castpress.commands import COMMANDS, exit_codes
from castpress.commands.clock import ClockError
from castpress.commands.options import typed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rich.progress import Progress, TaskID

    from castpress.model.problem import Problem


# A command to be typed, wherever advice speaks of one.
_ADVICE = re.compile(rf"\bcastpress ((?:{'|'.join(COMMANDS)})\b)")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; nothing is raised to the user."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    _speak_utf8()
    # A build makes a great many small values and hardly a circle of them.
    gc.set_threshold(50_000, 20, 100)
    try:
        options = parser(words[0] if words else None).parse_args(words)
        options.words = words
        terminal = Terminal(options.format, is_quiet=options.quiet)
        command = importlib.import_module(COMMANDS[options.command][0])
        with _named_show(getattr(options, "show", None)):
            code: int = command.run(options, terminal)
    except SystemExit as stop:  # argparse has said what is wrong, or shown the help
        return stop.code if isinstance(stop.code, int) else exit_codes.USAGE
    except ClockError as error:
        print(f"castpress: {error}", file=sys.stderr)
        return exit_codes.USAGE
    except KeyboardInterrupt:
        print("\nstopped; nothing is half done: type it again to go on", file=sys.stderr)
        return exit_codes.INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone; silence keeps the interpreter from saying so again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return exit_codes.OK
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("castpress"):
            return _bug()
        print(
            f"castpress: the package {error.name} is missing; type `./run build`, "
            "which sets everything up",
            file=sys.stderr,
        )
        return exit_codes.MISSING_TOOL
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EROFS):
            return _bug()
        print(f"castpress: {(error.strerror or str(error)).lower()}; make room", file=sys.stderr)
        return exit_codes.PROBLEMS
    except Exception:  # noqa: BLE001 - the one place where our own faults end
        return _bug()
    return code


def parser(asked: str | None = None) -> _Parser:
    """The command tree; only the command asked for is imported, all of them for None or help."""
    common = _Parser(add_help=False)
    common.add_argument("-q", "--quiet", action="store_true", help="say only what is wrong")
    common.add_argument(
        "--format",
        choices=("text", "json", "github"),
        default="text",
        help="how problems are shown: for people, one JSON object a line, or as annotations",
    )
    root = _Parser(
        prog=os.environ.get("CASTPRESS_COMMAND") or "castpress",
        description="Publish a podcast from a folder: audio and show notes in, a feed and pages "
        "out.",
    )
    root.add_argument("--version", action="version", version=f"castpress {__version__}")
    commands = root.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, (module, about) in COMMANDS.items():
        command = commands.add_parser(name, parents=[common], help=about, description=about)
        if asked is None or asked == name:
            importlib.import_module(module).add_arguments(command)
    return root


class _Parser(argparse.ArgumentParser):
    """argparse that says what was probably meant."""

    def error(self, message: str) -> NoReturn:
        """Print one line of usage and what to type, and leave with exit code 2."""
        self.print_usage(sys.stderr)
        print(f"{self.prog}: {_plainer(message, self)}", file=sys.stderr)
        sys.exit(exit_codes.USAGE)


def _plainer(message: str, tree: argparse.ArgumentParser) -> str:
    """The complaint of argparse with what was probably meant."""
    known = f"commands: {', '.join(COMMANDS)}"
    wrong = re.search(r"COMMAND: invalid choice: '([^']*)'", message)
    if wrong:
        near = difflib.get_close_matches(wrong.group(1), COMMANDS, n=1)
        hint = f"did you mean `{near[0]}`?" if near else known
        return f"there is no command {wrong.group(1)!r}; {hint}"
    if message.endswith("required: COMMAND"):
        return f"say what to do; {known}"
    unknown = re.fullmatch(r"unrecognized arguments: (\S+).*", message)
    if unknown is None:
        return message
    word = unknown.group(1)
    if not word.startswith("-"):
        return f"{message}; if it is the show's folder, write --show {word}"
    options = [o for parser in _parsers(tree) for o in parser._option_string_actions]
    near = difflib.get_close_matches(word.partition("=")[0], options, n=1)
    return f"{message}; did you mean {near[0]}?" if near else message


def _parsers(tree: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    for action in tree._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.values()


class Terminal:
    """Where words go: results to stdout, problems and progress to stderr."""

    def __init__(
        self, form: str, *, is_quiet: bool, out: TextIO | None = None, err: TextIO | None = None
    ) -> None:
        self._form = form
        self._is_quiet = is_quiet
        self._colours = _wants_colour()
        self._out = out or sys.stdout
        self._err = err or sys.stderr

    def recorder(self, out: TextIO, err: TextIO) -> Terminal:
        """One that says the same in the same way, elsewhere."""
        return Terminal(self._form, is_quiet=self._is_quiet, out=out, err=err)

    def result(self, text: str) -> None:
        """Print what was asked for."""
        print(text, file=self._out)

    def say(self, text: str) -> None:
        """Tell how the work goes, unless asked to be quiet."""
        if not self._is_quiet:
            print(as_typed(text), file=self._err)

    def problems(self, problems: Sequence[Problem], root: Path) -> None:
        """Show problems in the form that was chosen."""
        from castpress.commands.reporter import SourceLines, as_github, as_json, as_text

        if self._form == "text":
            lines = SourceLines(root)
            for problem in problems:
                text = as_typed(as_text(problem, lines.line(problem)))
                print(self._coloured(text, problem.severity.word) + "\n", file=self._err)
            return
        render = as_json if self._form == "json" else as_github
        for problem in problems:
            print(as_typed(render(problem)), file=self._out)

    def track(self, label: str, count: int) -> Iterator[None]:
        """A bar on a terminal, for work that has lasted half a second; nothing in a pipe."""
        if self._is_quiet or not sys.stderr.isatty() or count == 0:
            while True:
                yield
        yield from _bar(label, count)

    @contextlib.contextmanager
    def meter(self, label: str, byte_count: int) -> Iterator[Callable[[int], None]]:
        """A bar of bytes on a terminal; nothing in a pipe."""
        if self._is_quiet or not sys.stderr.isatty() or byte_count == 0:
            yield lambda _: None
            return
        bar = _Meter(label, byte_count)
        try:
            yield bar
        finally:
            bar.stop()

    def _coloured(self, text: str, severity: str) -> str:
        if not self._colours:
            return text
        head, _, rest = text.partition(":")
        colour = {"error": "31", "warning": "33"}.get(severity, "36")
        return f"\x1b[1;{colour}m{head}\x1b[0m:{rest}"


def as_typed(text: str) -> str:
    """Advice with castpress called as the user calls it here: ``./run`` in a clone."""
    return _ADVICE.sub(lambda found: typed(found[1]), text)


@contextlib.contextmanager
def _named_show(show: Path | None) -> Iterator[None]:
    """Meanwhile advice names the show, if the command line named it."""
    if show not in (None, Path()):
        os.environ["CASTPRESS_SHOW"] = str(show)
    try:
        yield
    finally:
        os.environ.pop("CASTPRESS_SHOW", None)


def _bar(label: str, count: int) -> Iterator[None]:
    import time

    began = time.monotonic()
    done = 0
    while time.monotonic() - began < 0.5 and done < count:
        yield
        done += 1
    if done >= count:
        while True:
            yield
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (TextColumn(label), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(label, total=count, completed=done)
        while True:
            yield
            progress.advance(task)


class _Meter:
    """A bar of bytes with the time that is left, for work that has lasted half a second."""

    def __init__(self, label: str, byte_count: int) -> None:
        import time

        self._clock = time.monotonic
        self._began = self._clock()
        self._label = label
        self._total = byte_count
        self._done = 0
        self._bar: Progress | None = None
        self._task: TaskID | None = None

    def __call__(self, count: int) -> None:
        """So many bytes more have gone."""
        self._done += count
        if self._bar is None and self._clock() - self._began >= 0.5:
            self._show()
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=self._done)

    def stop(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()

    def _show(self) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            DownloadColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
            TransferSpeedColumn,
        )

        columns = (
            TextColumn(self._label),
            BarColumn(),
            DownloadColumn(),
            TransferSpeedColumn(),
            TimeRemainingColumn(),
        )
        self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._bar.add_task(self._label, total=self._total, completed=self._done)
        self._bar.start()


def _wants_colour() -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stderr.isatty()


def _speak_utf8() -> None:
    """Titles are Unicode whatever the system's locale says."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever called us
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]


def _bug() -> int:
    import platform
    import traceback

    traceback.print_exc()
    print(
        f"\ncastpress {__version__} on Python {platform.python_version()} has a bug; your files "
        "are as they were.\nPlease report it with the lines above and the command you typed.",
        file=sys.stderr,
    )
    return exit_codes.BUG
