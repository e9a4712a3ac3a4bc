"""Who is measured: castpress, its peers, and a bare interpreter; each as the command of a user."""

# ruff: noqa: TID251 - folders are prepared here
from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from hugo_show import make_hugo_show
from output import check_output
from process import FailedRunError, Run, run

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from make_show import Episode

ROOT = Path(__file__).resolve().parent.parent
PLAIN = Path(__file__).resolve().parent / "plain/make_site.py"
NOW = "2026-01-02T00:00:00+00:00"


@dataclass(frozen=True, slots=True)
class Peer:
    """A command that makes a site of one show.

    Attributes:
        name: as the columns call it.
        words: the command.
        folder: where it is run; all that it makes is below.
        notes: where the notes lie that it reads.
        makes: what a cold build does not find.
        pages: the page of each episode, by its stem.
        environment: variables that it needs.
        is_incremental: False: it does all again each time, so one run stands for all kinds.
    """

    name: str
    words: Sequence[str]
    folder: Path
    notes: Path
    makes: Sequence[str]
    pages: Mapping[str, Path]
    environment: Mapping[str, str] = field(default_factory=dict)
    is_incremental: bool = True

    def clear(self, keep: str = "") -> None:
        """Take away all that earlier runs have made, except what is to be kept."""
        for name in self.makes:
            if name == keep:
                continue
            path = self.folder / name
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)

    def build(self, touched: str = "", text: str = "") -> Run:
        """Run the command once and look at what it made.

        Args:
            touched: the stem of the note that was changed before, if one was.
            text: what that note says now.

        Raises:
            FailedRunError: it failed, or something is missing.
        """
        try:
            taken = run(self.words, self.folder, self.environment)
            page = self.pages[touched] if touched else None
            check_output(self.folder / "public", len(self.pages), page, text)
        except FailedRunError as error:
            raise FailedRunError(f"{self.name}, {len(self.pages)} episodes: {error}") from None
        return taken


def castpress_on(
    folder: Path, made: Sequence[Episode], root: Path = ROOT, name: str = "castpress"
) -> Peer:
    """Castpress with the code in ``root``, on the show in ``folder``."""
    return Peer(
        name=name,
        words=[
            *(sys.executable, "-P", "-m", "castpress", "build"),
            *("--show", str(folder), "-q", "--now", NOW),
        ],
        folder=folder,
        notes=folder / "show_notes",
        makes=("public", ".cache", "show.lock"),
        pages=_pages(folder, {each.stem: each.title.lower().replace(" ", "-") for each in made}),
        environment={"PYTHONPATH": str(root)},
    )


def hugo_on(folder: Path, show: Path, made: Sequence[Episode], program: Path) -> Peer:
    """Hugo on a show of its own, made in ``folder`` from the notes of ``show``."""
    make_hugo_show(show, made, folder)
    return Peer(
        name="hugo",
        words=[str(program), "build", "--quiet"],
        folder=folder,
        notes=folder / "content/episodes",
        makes=("public", "resources", "cache", ".hugo_build.lock"),
        pages=_pages(folder, {each.stem: each.stem for each in made}),
        environment={"HUGO_CACHEDIR": str(folder / "cache")},
    )


def plain_on(folder: Path, show: Path, made: Sequence[Episode], python: Path) -> Peer:
    """The plain script, on castpress's own sources; its output goes to ``folder``."""
    folder.mkdir()
    return Peer(
        name="plain",
        words=[str(python), str(PLAIN), str(show), str(folder / "public")],
        folder=folder,
        notes=show / "show_notes",
        makes=("public",),
        pages=_pages(folder, {each.stem: each.stem for each in made}),
        is_incremental=False,
    )


def bare_interpreter() -> Run:
    """What castpress's own Python takes to do nothing: the middle of three runs, as it is short."""
    words, environment = [sys.executable, "-P", "-c", "pass"], {"PYTHONPATH": str(ROOT)}
    return sorted((run(words, ROOT, environment) for _ in range(3)), key=lambda each: each.wall)[1]


def _pages(folder: Path, slugs: Mapping[str, str]) -> dict[str, Path]:
    return {stem: folder / f"public/episodes/{slug}/index.html" for stem, slug in slugs.items()}
