"""Compiled templates, kept in the cache. Templates are code, and so is what is made of them.

What a template says of constants is worked out when it is compiled, by Jinja and by filters of
ours, and Jinja's own mark tells neither apart: so another castpress, and other packages beside it,
compile anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import BytecodeCache

from castpress.store.memory import code_digest

if TYPE_CHECKING:
    from jinja2.bccache import Bucket

    from castpress.store.cache import Cache

_KIND = "templates"


class TemplateBytecode(BytecodeCache):
    """Jinja's, with castpress's own cache for a place; Jinja holds it to the template's text."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._code = code_digest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket with what was kept, if there is any."""
        data = self._cache.text_of(_KIND, bucket.key)
        if data is not None and data.startswith(self._code):
            bucket.bytecode_from_string(data.removeprefix(self._code))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._cache.keep(_KIND, bucket.key, self._code + bucket.bytecode_to_string())
