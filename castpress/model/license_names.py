"""The licences that apps know by their name, so that no address has to be given with it."""

from __future__ import annotations

import re

LICENSE_NAMES = ("ARR", "CC-BY-4.0", "CC-BY-NC-4.0", "CC-BY-NC-ND-4.0", "POD-V4V-1.0")
"""The namespace's own list (licenseslugs.txt)."""

_KNOWN = frozenset(name.casefold() for name in LICENSE_NAMES)
# All of Creative Commons is known by its SPDX names, though the list has only three of them.
_CREATIVE_COMMONS = re.compile(r"cc0-1\.0|cc-by(-nc)?(-sa|-nd)?-[1-4]\.[05]")


def is_known_license(name: str) -> bool:
    """Whether the name says which licence it is; the case does not count.

    >>> is_known_license("cc-by-4.0"), is_known_license("CC-BY-SA-4.0"), is_known_license("mine")
    (True, True, False)
    """
    plain = name.casefold()
    return plain in _KNOWN or _CREATIVE_COMMONS.fullmatch(plain) is not None
