"""Which employer a written name means, by the keys of all names known so far."""

from collections.abc import Mapping

from app.employers import names


class Known:
    """The keys of names and aliases, each meaning one employer."""

    def __init__(self, keys: Mapping[str, bytes] | None = None) -> None:
        """Begin with keys that are taken already."""
        self._keys = dict(keys or {})

    def find(self, naming: names.Naming) -> bytes | None:
        """The employer that bears the name, or else one of the aliases.

        Names joined by a slash may be two companies, so their second half is no proof.
        """
        joined = "joined_names" in naming.flags
        spellings = (naming.name,) if joined else (naming.name, *naming.aliases)
        found = (self._keys.get(names.key(spelling)) for spelling in spellings)
        return next((employer for employer in found if employer), None)

    def learn(self, naming: names.Naming, employer: bytes) -> list[str]:
        """Give an employer the spellings that nobody has yet, and return those."""
        new = []
        for spelling in (naming.name, *naming.aliases):
            if self._keys.setdefault(names.key(spelling), employer) == employer:
                new.append(spelling)
        return new

    def ids(self) -> set[bytes]:
        """Every employer that a key means."""
        return set(self._keys.values())
