"""A signed-in account, as pages hold it for the length of one request. Pure."""

from dataclasses import dataclass, field
from typing import Self

from app.members import keys, tags


@dataclass(frozen=True)
class Member:
    """The master key and the key of the account row; neither leaves pages and this room.

    Pages hand out tags; domain code never sees the key that they come from.
    """

    master_key: bytes = field(repr=False)
    row: bytes = field(repr=False)

    def report(self, employer: bytes, quarter: str) -> bytes:
        """Return the tag of this account's hour report for an employer id and "2026Q4"."""
        return tags.report(self.master_key, employer, quarter)

    def mine(self, n: int) -> bytes:
        """Return the tag by which this account finds its n-th hour report."""
        return tags.mine(self.master_key, n)

    def spent(self, digest: bytes) -> bytes:
        """Return the tag by which this account knows a credential that it redeemed."""
        return tags.spent(self.master_key, digest)

    def slot(self, n: int) -> bytes:
        """Return the tag by which this account finds its n-th post or comment."""
        return tags.slot(self.master_key, n)

    def nym(self, thread: bytes) -> bytes:
        """Return the tag of this account as a writer inside one thread."""
        return tags.nym(self.master_key, thread)

    def vote(self, post: bytes) -> bytes:
        """Return the tag of this account's vote on a post."""
        return tags.vote(self.master_key, post)

    def flag(self, item: bytes) -> bytes:
        """Return the tag of this account's flag on a post or an employer's reply."""
        return tags.flag(self.master_key, item)

    def answer(self, thread: bytes) -> bytes:
        """Return the tag of this account's answer to a thread's poll."""
        return tags.answer(self.master_key, thread)

    def pack(self) -> bytes:
        """Return what a session carries."""
        return self.master_key + self.row

    @classmethod
    def unpack(cls, payload: bytes) -> Self:
        """Undo `pack`."""
        return cls(payload[: keys.KEY_BYTES], payload[keys.KEY_BYTES :])
