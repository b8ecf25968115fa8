"""The card of twelve words, made to be copied by hand, and the check that can be skipped.

The server keeps nothing of it: which phrase is shown and which two words are asked for travel in
a sealed hidden field of the page that shows them anyway.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final, Literal, Self

from app.members import phrase
from app.settings import Settings
from app.web import tokens
from app.web.forms import Form
from app.web.languages import N_

MAX_AGE: Final = timedelta(hours=1)
ASKED: Final = ("first_word", "second_word")


@dataclass(frozen=True)
class Card:
    """A phrase as a page shows it; `places` are the two words to type again, from 1."""

    entropy: bytes = field(repr=False)
    places: tuple[int, int]
    lang: Literal["en", "zh"]
    token: str = field(repr=False)

    @property
    def words(self) -> list[str]:
        """Return the twelve words in the card's language."""
        return phrase.write(self.entropy, self.lang)

    @property
    def asked(self) -> Mapping[str, int]:
        """Return the field of each word to type again and its place."""
        return dict(zip(ASKED, self.places, strict=True))

    @classmethod
    def deal(cls, settings: Settings, entropy: bytes, lang: str) -> Self:
        """Make the card of a phrase, asking for two words at random."""
        first, second = sorted(secrets.SystemRandom().sample(range(1, phrase.WORDS + 1), 2))
        token = tokens.seal(settings, "card", bytes([first, second]) + entropy, settings.now())
        return cls(entropy, (first, second), _script(lang), token)

    @classmethod
    def again(cls, settings: Settings, token: str, lang: str) -> Self:
        """Return the card that a page showed; raises tokens.Stale after an hour, or Unreadable."""
        payload = tokens.unseal(settings, "card", token, settings.now(), MAX_AGE)
        return cls(payload[2:], (payload[0], payload[1]), _script(lang), token)

    def agrees(self, form: Form) -> bool:
        """Put a message beside each typed word that is not the card's; what is empty is skipped."""
        for name, place in self.asked.items():
            typed = "" if name in form.errors else form.get(name)
            if typed and not phrase.says(self.entropy, place, typed):
                form.error(
                    name,
                    N_("That is not word %(place)s. Look at the card again."),
                    place=place,
                )
        return not form.errors.keys() & self.asked.keys()


def _script(lang: str) -> Literal["en", "zh"]:
    return "zh" if lang == "zh" else "en"
