"""The packaged phrases, as every show has them."""

from __future__ import annotations

from castpress.model.messages import messages_in
from castpress.read.messages import read_messages
from castpress.store.theme_files import packaged_theme, read_catalogues

_PACKAGED, _OWN, _ = read_catalogues(packaged_theme().parent)
MESSAGES, _PROBLEMS = read_messages(_PACKAGED, _OWN)
ENGLISH = messages_in("en", MESSAGES)
