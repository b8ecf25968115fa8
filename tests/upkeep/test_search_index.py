"""The night and the search index: no word that was taken back is left in any file."""

from sqlalchemy import select

from app.db import Database
from app.search import query, words
from app.search.models import SearchEntry
from app.settings import Settings
from app.threads import editing
from app.upkeep import maintain
from tests.conftest import SQLITE_FIRST
from tests.threads.accounts import Writer
from tests.upkeep.test_flattening import found

pytestmark = SQLITE_FIRST

# As written, and what is left of it where the index writes only how it differs from its neighbour.
GONE = {
    "Qxvlanternfish": "lanternfish",
    "ＺＫＷＡＲＤＶＡＲＫ": "wardvark",
    "龘靐齉": "龘靐",
    "Jwpumpernickel": "pumpernickel",
}
KEPT = {"Vqbuttercup": "buttercup", "驫羴": "驫羴"}


def test_withdrawn_and_edited_words_are_in_no_file_after_the_night(
    database: Database, settings: Settings
) -> None:
    title, first, comment, edited = GONE
    writer, other = Writer(), Writer()
    with database.transaction() as db:
        thread = writer.open(db, f"Lamps, {first}.", title=title).post
        stays = other.open(db, f"{edited}, kept nowhere.", title="Another").post
    with database.transaction() as db:
        answer = other.answer(db, thread, f"加班{comment}").post
        other.answer(db, stays, " ".join(KEPT))
    for n in range(30):  # neighbours, so that the index is more than one page
        with database.transaction() as db:
            other.answer(db, stays, f"office{n} " + " ".join(f"w{n}x{k}" for k in range(120)))
    with database.transaction() as db:
        assert writer.withdraw(db, thread.id)
        assert other.withdraw(db, answer.id)
    with database.transaction() as db:
        assert editing.edit(db, stays.id, other.hand, "Buttercups then.", settings.now())
    secrets = [word.encode() for pair in GONE.items() for word in pair]
    assert {word.encode() for word in GONE.values()} <= found(database, secrets), "can be found"

    maintain.site(database, settings)

    assert found(database, secrets) == set()
    kept = [word.encode() for word in KEPT.values()]
    assert found(database, kept) == set(kept)
    with database.reading() as db:
        for word in GONE:
            assert query.find(db, words.read(word)).items == []
        for word in KEPT:
            assert len(query.find(db, words.read(word)).items) == 1
        assert query.find(db, words.read("buttercups")).items == [stays.id]
        assert len(db.scalars(select(SearchEntry.item)).all()) == 32
