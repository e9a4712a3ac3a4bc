"""Draw the artwork of the bundled show: artwork/*.jpg, each 3000 pixels square, a portrait 640.

The made files are committed, so a build needs none of this. To draw them again, install Debian's
``fonts-league-spartan`` (SIL Open Font License) and run, from the top of the repository::

    python tests/make/make_artwork.py

One idea in three pictures: a bold line with a dot is a person under way. Two of them cross on the
cover, one climbs through the course's seven lanes, and in the episode's picture the line is a
spine that turns around its middle. The portrait is a head with headphones.
"""

from __future__ import annotations

import math
from itertools import pairwise
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parents[2]
FONTS = Path("/usr/share/fonts/opentype/league-spartan")
SIZE = 3_000
FINE = 2  # everything is drawn larger and scaled down, which makes the edges smooth

GREEN, DEEP, CREAM = (15, 61, 54), (10, 44, 39), (250, 240, 226)
ORANGE, SUN, SKIN = (255, 104, 52), (255, 186, 73), (196, 134, 92)

Color = tuple[int, int, int]
Point = tuple[float, float]


class Poster:
    """A square canvas whose unit is one pixel of the finished picture."""

    def __init__(self, ground: Color) -> None:
        self.ground = ground
        self.image = Image.new("RGB", (SIZE * FINE, SIZE * FINE), ground)
        self.draw = ImageDraw.Draw(self.image)

    def dot(self, center: Point, radius: float, color: Color) -> None:
        """A filled circle."""
        x, y, r = center[0] * FINE, center[1] * FINE, radius * FINE
        self.draw.ellipse((x - r, y - r, x + r, y + r), fill=color)

    def ribbon(self, points: list[Point], width: float, color: Color) -> None:
        """A line with round ends."""
        for point in points:
            self.dot(point, width / 2, color)

    def bridge(self, points: list[Point], width: float, color: Color, gap: float) -> None:
        """A piece of ribbon that passes over whatever lies there, with a gap on both sides."""
        inner = points[30:-30]  # so that no seam shows where the bridge goes on as a ribbon
        strips = ((inner, width / 2 + gap, self.ground), (points, width / 2, color))
        for line, reach, paint in strips:
            left, right = [], []
            for (x0, y0), (x1, y1) in pairwise(line):
                length = math.dist((x0, y0), (x1, y1))
                dx, dy = reach * (y1 - y0) / length, reach * (x0 - x1) / length
                left.append(((x0 + dx) * FINE, (y0 + dy) * FINE))
                right.append(((x0 - dx) * FINE, (y0 - dy) * FINE))
            self.draw.polygon([*left, *reversed(right)], fill=paint)

    def bar(self, center: Point, size: Point, degrees: float, color: Color) -> None:
        """A rounded bar, turned around its centre."""
        reach, turn = (size[0] - size[1]) / 2, math.radians(degrees)
        steps = [reach * (i / 60 - 1) for i in range(121)]
        points = [(center[0] + s * math.cos(turn), center[1] + s * math.sin(turn)) for s in steps]
        self.ribbon(points, size[1], color)

    def text(
        self, at: Point, words: str, height: float, color: Color, weight: str = "Bold"
    ) -> float:
        """Words whose baseline starts at a point; returns how wide they are."""
        font = ImageFont.truetype(FONTS / f"LeagueSpartan-{weight}.otf", round(height * FINE))
        self.draw.text((at[0] * FINE, at[1] * FINE), words, fill=color, font=font, anchor="ls")
        return float(font.getlength(words)) / FINE

    def save(self, name: str, size: int = SIZE) -> None:
        """Write the picture as sRGB JPEG without metadata."""
        target = ROOT / "artwork" / name
        target.parent.mkdir(exist_ok=True)
        small = self.image.resize((size, size), Image.Resampling.LANCZOS)
        small.save(target, quality=86, optimize=True, progressive=True, subsampling=0)
        print(f"{name}: {target.stat().st_size:,} bytes")


def wave(phase: float, middle: float, height: float, begin: float, end: float) -> list[Point]:
    """A sine line from left to right, one and a half times up and down over the cover."""
    steps = 2_400
    xs = [begin + (end - begin) * i / steps for i in range(steps + 1)]
    return [(x, middle + height * math.sin(phase + x * 3 * math.pi / SIZE)) for x in xs]


def ahead(points: list[Point], distance: float) -> Point:
    """The point that lies so far beyond the end of a line."""
    (x0, y0), (x1, y1) = points[-20], points[-1]
    scale = distance / math.dist((x0, y0), (x1, y1))
    return (x1 + (x1 - x0) * scale, y1 + (y1 - y0) * scale)


def cover() -> None:
    """Two paths cross, each with its runner; the names stand below."""
    poster = Poster(GREEN)
    width, gap, head = 250.0, 46.0, 165.0
    amy = wave(math.pi, 815, 380, -200, 2_250)
    liz = wave(0, 815, 380, -200, 2_390)
    poster.ribbon(liz, width, CREAM)
    poster.ribbon(amy, width, ORANGE)
    for path, color, begin, end in (
        (amy, ORANGE, -200, 300),
        (liz, CREAM, 700, 1_300),
        (amy, ORANGE, 1_700, 2_250),
    ):
        over = [point for point in path if begin <= point[0] <= end]
        poster.bridge(over, width, color, gap)
    poster.ribbon(amy[-40:], width, ORANGE)
    poster.dot(ahead(amy, width / 2 + gap + head), head, ORANGE)
    poster.dot(ahead(liz, width / 2 + gap + head), head, CREAM)
    left = 235
    poster.text((left, 1_820), "The", 250, SUN)
    poster.text((left - 8, 2_215), "Coach Amy", 470, CREAM)
    step = poster.text((left - 8, 2_625), "& ", 470, SUN)
    poster.text((left - 8 + step, 2_625), "Coach Liz", 470, CREAM)
    poster.text((left, 2_865), "Show", 250, SUN)
    poster.save("cover.jpg")


def course() -> None:
    """Seven lanes, one for each lesson, and somebody on the way up in one of them."""
    poster = Poster(ORANGE)
    center, inner, lane, width = (1_000.0, -140.0), 560.0, 208.0, 124.0
    for number in range(7):
        radius = inner + number * lane
        is_runner = number == 5
        straight = [(x, center[1] + radius) for x in range(-100, int(center[0]), 3)]
        turn = [
            (center[0] + radius * math.sin(a / 900), center[1] + radius * math.cos(a / 900))
            for a in range(900 if is_runner else 1_500)
        ]
        line = [*straight, *turn]
        poster.ribbon(line, width, CREAM if is_runner else GREEN)
        if is_runner:
            poster.dot(ahead(line, width / 2 + 34 + 92), 92, CREAM)
    left = 235
    poster.text((left - 8, 2_390), "Your Runners", 430, CREAM)
    poster.text((left - 8, 2_780), "E-Course", 430, GREEN)
    poster.save("runners-e-course.jpg")


def mid_back() -> None:
    """A spine that turns around its middle, with a head on top."""
    poster = Poster(GREEN)
    count, middle = 10, 4.5
    for number in range(count):
        near = math.exp(-(((number - middle) / 2.3) ** 2))
        y = 760 + number * 212
        x = 1_500 + 90 * math.sin(number / (count - 1) * 2 * math.pi)
        color = ORANGE if near > 0.6 else CREAM
        poster.bar((x, y), (640 + 820 * near, 118), -14 * near, color)
    poster.dot((1_500, 400), 210, CREAM)
    poster.save("004-mid-back-rotation.jpg")


def portrait() -> None:
    """Somebody with headphones: head and shoulders, as round as the runners on the cover."""
    poster = Poster(SUN)
    poster.dot((1_500, 3_150), 1_150, GREEN)
    poster.bar((1_500, 2_050), (760, 420), 90, SKIN)
    poster.dot((1_500, 1_180), 800, DEEP)
    poster.dot((1_500, 1_330), 680, SKIN)
    poster.bar((1_500, 800), (1_180, 420), 0, DEEP)
    for side in (-1, 1):
        poster.bar((1_500 + side * 740, 1_310), (520, 250), 90, ORANGE)
        poster.dot((1_500 + side * 250, 1_330), 62, DEEP)
    band = [
        (1_500 + 790 * math.sin(a / 300), 1_180 - 790 * math.cos(a / 300)) for a in range(-440, 441)
    ]
    poster.ribbon(band, 96, ORANGE)
    smile = [
        (1_500 + 270 * math.sin(a / 300), 1_470 + 230 * math.cos(a / 300)) for a in range(-260, 261)
    ]
    poster.ribbon(smile, 56, DEEP)
    poster.save("robin-vale.jpg", 640)


if __name__ == "__main__":
    cover()
    course()
    mid_back()
    portrait()
