"""One publisher at a time: the claim, won by compare-and-swap, renewed, closed."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from castpress.commands.publishing.waves import put_bytes
from castpress.model.publication.live import (
    CLAIM_LIFE,
    PUBLICATION_PATH,
    Claim,
    Publication,
    is_left_behind,
)
from castpress.store.process import running_process, this_process
from castpress.store.targets.publication_file import publication_bytes
from castpress.store.targets.target import ConflictError, Over, TargetError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from castpress.commands.publishing.place import State
    from castpress.model.publication.live import LiveFile
    from castpress.store.targets.target import Target

# Well below the time after which others take it for left behind.
_RENEWED_EVERY = timedelta(seconds=60)


class AnotherPublicationError(TargetError):
    """Somebody else is publishing to this place."""

    def __init__(self, target: Target, owner: Claim | None) -> None:
        since = f" by {owner_words(owner)}" if owner else ""
        super().__init__(
            target.name,
            f"is being published to{since}",
            "wait until it is done, then publish again; if it hangs, type "
            "`castpress publish --take-over`",
        )


def owner_words(claim: Claim) -> str:
    """Whose claim it is, and since when."""
    owner = claim.publisher
    host = owner.host.partition("/")[0]
    began = claim.began.isoformat(" ", "seconds")
    until = (claim.renewed + CLAIM_LIFE).isoformat(" ", "seconds")
    return f"process {owner.pid} on {host} since {began} (left behind if silent until {until})"


def is_open(state: State, now: datetime) -> bool:
    """Whether somebody is working there under a claim."""
    claim = state.publication.claim
    if claim is None:
        return False
    running = running_process(claim.publisher.pid)
    silent = state.age if state.age is not None else now - claim.renewed
    return not is_left_behind(claim, this_process(), silent, running=running)


class HeldClaim:
    """A claim that was won; all changes of publication.json go through it."""

    def __init__(
        self,
        target: Target,
        publication: Publication,
        version: str | None,
        clock: Callable[[], datetime],
    ) -> None:
        self._target = target
        self._clock = clock
        self._version = version
        self.publication = publication

    def win(self, files: Mapping[str, LiveFile], deletions: Sequence[str]) -> None:
        """Write the claim over what was read, with all that it is going to change.

        Raises:
            AnotherPublicationError: somebody else was faster.
        """
        now = self._clock()
        claim = Claim(uuid.uuid4().hex, this_process(), now, now, files, tuple(deletions))
        self._write(replace(self.publication, claim=claim))

    def beat(self) -> None:
        """Renew the claim when it is time."""
        claim = self.publication.claim
        if claim is not None and self._clock() - claim.renewed >= _RENEWED_EVERY:
            self.hold()

    def hold(self) -> None:
        """Make sure that the claim is still ours.

        Raises:
            AnotherPublicationError: it was taken over.
        """
        claim = self.publication.claim
        if claim is None:
            raise ValueError("there is no claim to hold")
        now = self._clock()
        if now - claim.renewed >= _RENEWED_EVERY:
            self._write(replace(self.publication, claim=replace(claim, renewed=now)))
            return
        found = self._target.get(PUBLICATION_PATH)
        if found is None or found.version != self._version:
            raise AnotherPublicationError(self._target, None)

    def close(self, publication: Publication) -> None:
        """End the claim with what is live now."""
        self._write(replace(publication, claim=None))

    def give_up(self) -> None:
        """Say that nobody works under the claim any more; what was done stays to be looked at."""
        claim = self.publication.claim
        if claim is not None:
            self._write(replace(self.publication, claim=replace(claim, is_given_up=True)))

    def _write(self, publication: Publication) -> None:
        content = publication_bytes(publication)
        over = Over.NOTHING if self._version is None else self._version
        try:
            self._version = put_bytes(self._target, PUBLICATION_PATH, content, over)
        except ConflictError as error:
            raise AnotherPublicationError(self._target, self._owner()) from error
        self.publication = publication

    def _owner(self) -> Claim | None:
        from castpress.store.targets.publication_file import PublicationFileError, parse_publication

        found = self._target.get(PUBLICATION_PATH)
        try:
            return parse_publication(found.content).claim if found else None
        except PublicationFileError:
            return None
