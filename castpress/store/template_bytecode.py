"""Compiled templates, kept in the cache. Templates are code, and so is what is made of them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from jinja2 import BytecodeCache

if TYPE_CHECKING:
    from jinja2.bccache import Bucket

    from castpress.store.cache import Cache

_KIND = "templates"


class TemplateBytecode(BytecodeCache):
    """Jinja's, with castpress's own cache for a place; Jinja holds it to the template's text."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket with what was kept, if there is any."""
        data = self._cache.text_of(_KIND, _name(bucket))
        if data is not None:
            bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._cache.keep(_KIND, _name(bucket), bucket.bytecode_to_string())


def _name(bucket: Bucket) -> str:
    return hashlib.sha256(f"{bucket.key} {bucket.checksum}".encode()).hexdigest()[:32]
