"""The same show for Hugo: the notes as they are, and what Hugo cannot find out, typed.

Hugo reads no audio. Durations, sizes and guids are typed into the front matter here, ready for it;
castpress and the plain script open each file for them.
"""

# ruff: noqa: TID251 - files are written here
from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from make_show import MODIFIED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from make_show import Episode

THEME = Path(__file__).resolve().parent / "hugo"


def make_hugo_show(show: Path, episodes: Sequence[Episode], folder: Path) -> None:
    """Write the sources of the show for Hugo into a folder: settings, layouts and notes."""
    shutil.copytree(THEME, folder)
    content = folder / "content/episodes"
    content.mkdir(parents=True)
    for episode in episodes:
        notes = (show / "show_notes" / f"{episode.stem}.md").read_text("utf-8")
        body = notes.split("---\n", 2)[2]
        front = (
            f'title = "{episode.title}"\n'
            f"date = {episode.published.isoformat()}T06:00:00Z\n"
            f'guid = "https://many.example/{episode.stem}"\n'
            f'audio = "https://many.example/show/audio/{episode.stem}.mp3"\n'
            f"bytes = {episode.audio_bytes}\n"
            f"duration = {round(episode.duration_ms / 1000)}\n"
        )
        path = content / f"{episode.stem}.md"
        path.write_text(f"+++\n{front}+++\n{body}", encoding="utf-8")
        os.utime(path, (MODIFIED, MODIFIED))
