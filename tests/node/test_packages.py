"""The lock file of what tests take from npm: versions and hashes, and nobody's address."""

from __future__ import annotations

import json

from tests.node.packages import FOLDER, wanted


def test_the_lock_file_holds_no_address() -> None:
    lock = (FOLDER / "package-lock.json").read_text("utf-8")

    assert "://" not in lock
    packages = json.loads(lock)["packages"]
    assert all(found["integrity"] for path, found in packages.items() if path)
    assert {name: packages[f"node_modules/{name}"]["version"] for name in wanted()} == wanted()
