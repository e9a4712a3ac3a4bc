"""Make the audio and the artwork of tests/shows/tiny: low tones, small files.

Needs Debian's ffmpeg and Pillow. Run it from the project's folder; the made files are committed.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

from PIL import Image, ImageDraw

TINY = Path("tests/shows/tiny")
TONE = ("-f", "lavfi", "-i", "sine=frequency=220:sample_rate=8000:duration={}")
PLAIN = ("-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact", "-ac", "1")


def encode(name: str, seconds: int, *options: str) -> None:
    tone = [part.format(seconds) for part in TONE]
    target = TINY / "episodes" / name
    subprocess.run(["ffmpeg", "-y", "-v", "error", *tone, *PLAIN, *options, target], check=True)


def main() -> None:
    encode("001-first-run.mp3", 90, "-b:a", "8k")
    encode("002-two-hills.m4a", 60, "-b:a", "8k", "-movflags", "+faststart")
    encode("003-later.mp3", 30, "-b:a", "8k")
    encode("course-1.mp3", 45, "-b:a", "8k")
    cover = Image.new("RGB", (1400, 1400), (24, 90, 110))
    ImageDraw.Draw(cover).ellipse((300, 300, 1100, 1100), fill=(240, 170, 60))
    (TINY / "artwork").mkdir(exist_ok=True)
    cover.save(TINY / "artwork" / "cover.jpg", quality=70, optimize=True)


if __name__ == "__main__":
    main()
