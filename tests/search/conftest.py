"""An index with texts in it, beside the texts themselves."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import pytest

from app.db import Database, random_id
from app.search import index, query, words

DAY = date(2026, 11, 18)


@dataclass
class Shelf:
    """Texts by the names that a test gives them, indexed as their owner would."""

    database: Database
    kept: dict[str, index.Text] = field(default_factory=dict)

    def write(self, name: str, text: str, *marks: str, day: date = DAY) -> None:
        """Put a text in."""
        self.kept[name] = (random_id(), day, text, marks)
        with self.database.transaction() as db:
            index.write(db, *self.kept[name])

    def again(self, name: str) -> None:
        """Write what is there already, as a form that is sent again does."""
        with self.database.transaction() as db:
            index.write(db, *self.kept[name])

    def edit(self, name: str, text: str) -> None:
        """Put other words in the place of a text's."""
        item, day, old, marks = self.kept[name]
        self.kept[name] = (item, day, text, marks)
        with self.database.transaction() as db:
            index.erase(db, item, old, marks)
            index.write(db, item, day, text, marks)

    def withdraw(self, name: str) -> None:
        """Take a text out, for good."""
        item, _, text, marks = self.kept.pop(name)
        with self.database.transaction() as db:
            index.erase(db, item, text, marks)

    def refill(self) -> None:
        """Fill the index anew."""
        with self.database.transaction() as db:
            index.refill(db, iter(self.kept.values()))

    def find(self, asked: str, *marks: list[str]) -> list[str]:
        """Search, and give the names of what was found in its order."""
        names = {text[0]: name for name, text in self.kept.items()}
        with self.database.reading() as db:
            found = query.find(db, words.read(asked), marks)
        return [names[item] for item in found.items]


@pytest.fixture
def shelf(database_url: str) -> Iterator[Shelf]:
    """Give an empty index on a database of each kind."""
    database = Database(database_url)
    yield Shelf(database)
    database.close()
