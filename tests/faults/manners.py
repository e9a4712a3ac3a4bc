"""What differs from server to server when publications are struck there."""

from __future__ import annotations

from dataclasses import dataclass, replace

from castpress.store.s3.options import Patience


@dataclass(frozen=True, slots=True)
class Manner:
    """What differs from server to server: patience, parts, how often a listener looks.

    One file of audio is so large that it goes in three parts, whose middle no check of ends sees.
    """

    patience: Patience
    part_bytes: int
    large_bytes: int = 0
    pause: float = 0.25

    @property
    def calm(self) -> Patience:
        """For publications that are not struck: a machine with much to do is no fault."""
        return replace(self.patience, answer=30.0, whole=120.0)


MANNERS = {
    "moto": Manner(Patience(2.0, 0.4, 0.002, 0.02, 4, 20.0), 150_000, 400_000),
    "rclone": Manner(Patience(2.0, 0.6, 0.002, 0.02, 4, 20.0), 150_000, 400_000),
    "ceph": Manner(Patience(5.0, 2.0, 0.01, 0.1, 4, 60.0), 5 * 1024 * 1024, 11_000_000),
}
