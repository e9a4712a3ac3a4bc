"""The licences that apps know by their name, so that no address has to be given with it."""

from __future__ import annotations

import re

LICENSE_NAMES = ("ARR", "CC-BY-4.0", "CC-BY-NC-4.0", "CC-BY-NC-ND-4.0", "POD-V4V-1.0")
"""The namespace's own list (licenseslugs.txt)."""

_KNOWN = frozenset(name.casefold() for name in LICENSE_NAMES)
# All of Creative Commons is known by its SPDX names, though the list has only three of them.
_CREATIVE_COMMONS = re.compile(
    r"cc0-1\.0|cc-(?P<terms>by(-nc)?(-sa|-nd)?)-(?P<version>[1-4]\.[05])"
)
_VERSIONS = frozenset({"1.0", "2.0", "2.5", "3.0", "4.0"})
_DEEDS = "https://creativecommons.org/"


def is_known_license(name: str) -> bool:
    """Whether the name says which licence it is; the case does not count.

    >>> is_known_license("cc-by-4.0"), is_known_license("CC-BY-SA-4.0"), is_known_license("mine")
    (True, True, False)
    """
    plain = name.casefold()
    return plain in _KNOWN or _CREATIVE_COMMONS.fullmatch(plain) is not None


def license_title(name: str) -> str:
    """A licence as people write it; a name that is not known stays as it is.

    >>> license_title("cc-by-nc-4.0"), license_title("arr"), license_title("Mine, all mine")
    ('CC BY-NC 4.0', 'All rights reserved', 'Mine, all mine')
    """
    plain = name.casefold()
    if plain == "arr":
        return "All rights reserved"
    if found := _CREATIVE_COMMONS.fullmatch(plain):
        terms = found["terms"]
        return f"CC {terms.upper()} {found['version']}" if terms else "CC0 1.0"
    return name.upper() if plain in _KNOWN else name


def license_address(name: str) -> str | None:
    """Where a licence of Creative Commons is explained in plain words; None for any other.

    >>> license_address("CC-BY-SA-4.0"), license_address("cc0-1.0")[-23:], license_address("ARR")
    ('https://creativecommons.org/licenses/by-sa/4.0/', '/publicdomain/zero/1.0/', None)
    """
    found = _CREATIVE_COMMONS.fullmatch(name.casefold())
    if found is None:
        return None
    terms, version = found["terms"], found["version"]
    if not terms:
        return f"{_DEEDS}publicdomain/zero/1.0/"
    if version == "1.0":  # then the two stood the other way round
        terms = terms.replace("nc-nd", "nd-nc")
    return f"{_DEEDS}licenses/{terms}/{version}/" if version in _VERSIONS else None
