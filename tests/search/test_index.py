"""The index on both databases: in and out with its texts, marks, order, paging."""

import random
from datetime import date, timedelta

import pytest

from app.db import random_id
from app.search import index, query, words
from tests.search.conftest import DAY, Shelf

HAHA = "哈" * 600


def test_texts_are_found_by_words_and_narrowed_by_marks(shelf: Shelf) -> None:
    shelf.write("pay", "Overtime is not paid, 加班没有工资", "kthread", "eaa", "tlay-offs")
    shelf.write("icu", "９９６.ICU：每天加班文化", "kcomment", "ebb", "tlay")
    shelf.write("cafe", "The café on B站 closes at 21:30", "kthread", "eaa")
    shelf.write("crowd", f"unpaid work. Overtime. {HAHA}啊文化加班{HAHA}", "kcomment")
    asked = {
        "overtime": {"pay", "crowd"},
        "加班": {"pay", "icu", "crowd"},
        "加班文化": {
            "icu",
            "crowd",
        },  # nothing may be missed, so a text of one word is taken on trust
        "哈哈哈哈": {"crowd"},
        "996 加班": {"icu"},
        "996.icu": {"icu"},
        '"not overtime"': set(),
        '"overtime is"': {"pay"},
        "Cafe": {"cafe"},
        "b站": {"cafe"},
        "21:30": {"cafe"},
        "over": set(),
        "工资 文化": set(),
        "kthread eaa": set(),
        "班": set(),
        "": set(),
    }
    exact = {"加班文化": {"icu"}}
    found = {each: set(shelf.find(each)) for each in asked}
    for each, names in asked.items():
        assert found[each] in (names, exact.get(each, names)), each
    assert shelf.find("加班", ["eaa"]) == ["pay"]
    assert set(shelf.find("加班", ["eaa", "ebb"])) == {"pay", "icu"}
    assert shelf.find("加班", ["eaa", "ebb"], ["kcomment"]) == ["icu"]
    assert set(shelf.find("", ["kthread"])) == {"pay", "cafe"}
    assert shelf.find("", ["tlay"]) == ["icu"]  # no part of another mark


def test_edits_withdrawals_and_refills_leave_what_is_there(shelf: Shelf) -> None:
    shelf.write("first", "sunflower in the office", "kthread")
    shelf.write("second", "sunflower too", "kcomment")
    shelf.again("first")
    assert set(shelf.find("sunflower")) == {"first", "second"}
    shelf.edit("first", "a tulip in the office")
    assert shelf.find("sunflower") == ["second"]
    assert shelf.find("tulip", ["kthread"]) == ["first"]
    gone = shelf.kept["second"]
    shelf.withdraw("second")
    shelf.kept["second"] = gone
    shelf.withdraw("second")  # a retry finds nothing to take out
    assert shelf.find("sunflower") == []
    shelf.refill()
    assert shelf.find("sunflower") == []
    assert shelf.find("office") == ["first"]
    shelf.edit("first", "roses")
    assert (shelf.find("tulip"), shelf.find("roses")) == ([], ["first"])
    with shelf.database.reading() as db:
        assert query.days(db) == (DAY, DAY)
    shelf.withdraw("first")
    shelf.refill()
    with shelf.database.reading() as db:
        assert query.days(db) is None


def test_the_newest_day_comes_first_and_pages_join(shelf: Shelf) -> None:
    days = [DAY - timedelta(days=n // 4) for n in range(28)]
    for n, day in enumerate(days):
        shelf.write(str(n), "lamp", day=day)
    names = {item: int(name) for name, (item, *_) in shelf.kept.items()}
    seen: list[int] = []
    after: str | None = ""
    with shelf.database.reading() as db:
        while after is not None:
            found = query.find(db, words.read("lamp"), after=after, limit=9)
            seen += [names[item] for item in found.items]
            after = found.next
        assert sorted(seen) == list(range(28))
        assert [n // 4 for n in seen] == sorted(n // 4 for n in seen)
        assert seen != sorted(seen), "inside a day the order is nobody's"
        assert query.days(db) == (min(days), DAY)
        for nonsense in ("x", "-1", "9" * 40, "９", "1;"):
            assert query.find(db, words.read("lamp"), after=nonsense).items


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2100, 12, 31)])
def test_a_number_keeps_its_day(day: date) -> None:
    assert index.day_of(index.draw(day)) == day
    assert index.draw(day) < 2**62


def test_strange_texts_are_found_by_each_of_their_own_pieces(shelf: Shelf) -> None:
    rng = random.Random(4)
    ranges = ((1, 0x80), (0x80, 0x3000), (0x4E00, 0x9FFF), (0x1F300, 0x1F600), (1, 0x110000))

    def strange(length: int) -> str:
        return "".join(chr(rng.randrange(*rng.choice(ranges))) for _ in range(length))

    texts = [(random_id(), DAY, strange(150) + " '\"\\:*|!()<->", ["k"]) for _ in range(12)]
    with shelf.database.transaction() as db:
        for each in texts:
            index.write(db, *each)
    with shelf.database.reading() as db:
        for item, _, said, _ in texts:
            query.find(db, words.read(strange(30)), [["k"]])
            for piece in said.split():
                if asked := words.read(piece):
                    assert item in query.find(db, asked, limit=40).items, ascii(piece)
                    assert any(hit for _, hit in words.highlight(said, asked, 10_000))
    with shelf.database.transaction() as db:
        for item, _, said, marks in texts:
            index.erase(db, item, said, marks)
    with shelf.database.reading() as db:
        assert query.find(db, (), [["k"]]).items == []
