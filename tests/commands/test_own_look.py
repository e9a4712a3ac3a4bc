"""A show with a look of its own: properties, rules behind the theme's, one block replaced."""

from __future__ import annotations

import shutil
from pathlib import Path

from castpress.cli import main
from tests.tiny_show import copy_tiny

BROADSHEET = Path("docs/looks/broadsheet")


def test_the_look_of_the_docs(tmp_path: Path, drawn: Path) -> None:
    root = copy_tiny(tmp_path / "show", drawn)
    shutil.copytree(BROADSHEET / "templates", root / "templates", dirs_exist_ok=True)
    with (root / "show.yaml").open("a", encoding="utf-8") as settings:
        settings.write("\n" + (BROADSHEET / "theme.yaml").read_text("utf-8"))

    assert main(["build", "--show", str(root), "--now", "2026-11-21T12:00:00Z", "-q"]) == 0

    (css,) = (root / "public/assets").glob("theme-*.css")
    style = css.read_text("utf-8")
    assert "--paper:#ffffff" in style
    assert "--radius:0;" in style
    assert style.index("--accent:#b3001b;--on-accent:#fff") > style.index("--accent:#8a3a1c")
    assert style.rstrip().endswith("color:var(--soft)}")
    pages = [page.read_text("utf-8") for page in root.glob("public/courses/*/*/index.html")]
    assert any('<p class="masthead-date">Printed on' in page for page in pages)
    assert all('class="notes"' in page for page in pages)
