"""Search against a scan: what both find, and how long each takes, on one database.

`python -m benchmarks.searching [--texts N] [--postgresql URL]` prints figures as JSON. The scan is
the quickest that folds case alike: texts folded beforehand, read through for each query.
"""

import argparse
import json
import random
import re
import tempfile
import time
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, partial
from itertools import accumulate
from pathlib import Path
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.db import Database
from app.ops.migrating import migrate
from app.search import index, query, words

TEXTS: Final = 100_000
QUERIES: Final = 200
PAGE: Final = 20  # what a reader sees of the results
LEAST: Final = 20.0  # times less time
_DAY: Final = date(2026, 11, 18)
_DAYS: Final = 700
_VOCABULARY: Final = 12_000
_SCAN: Final = {
    "sqlite": text("SELECT item, folded FROM folded WHERE instr(folded, :asked) > 0"),
    "postgresql": text("SELECT item, folded FROM folded WHERE strpos(folded, :asked) > 0"),
}
_MAKE: Final = {
    "sqlite": "CREATE TABLE folded (item BLOB PRIMARY KEY, folded TEXT) WITHOUT ROWID",
    "postgresql": "CREATE TABLE folded (item BYTEA PRIMARY KEY, folded TEXT)",
}
_HAN: Final = re.compile("[\u4e00-\u9fff]")
_SYLLABLES: Final = (
    "a be ci do fu ga hi jo ka le mi no pu qua re si to vu wy ze ant ell ing ork ust"
)
_ASIDES: Final = (
    ", ",
    " - ",
    "。",
    "，",
    "！",
    " 996.ICU ",
    "\n\n",
    " é ",
    " ９９６ ",
    "🔥",
    " (",
    ") ",
)


@dataclass(frozen=True)
class Figures:
    """Of all queries: the part of what a scan finds that search finds too; seconds in sum.

    Processor seconds: on a busy machine waiting says nothing.
    """

    queries: int
    found: int
    recall: float
    precision: float
    scan: float
    whole: float
    page: float

    def printed(self) -> dict[str, float]:
        """The figures with their ratios, for people."""
        return {
            "queries": self.queries,
            "found": self.found,
            "recall": self.recall,
            "precision": round(self.precision, 4),
            "scan ms": round(1000 * self.scan / self.queries, 2),
            "all results ms": round(1000 * self.whole / self.queries, 2),
            "first page ms": round(1000 * self.page / self.queries, 2),
            "scan / all results": round(self.scan / self.whole, 1),
            "scan / first page": round(self.scan / self.page, 1),
        }


@cache
def corpus(number: int, seed: int = 1) -> list[index.Text]:
    """Make posts in English, Chinese and both: few words are frequent, most are rare."""
    rng = random.Random(seed)
    syllables = _SYLLABLES.split()
    latin = ["".join(rng.choices(syllables, k=rng.randint(2, 5))) for _ in range(_VOCABULARY)]
    latin = [word.title() if rng.random() < 0.1 else word for word in latin]
    letters = [chr(0x4E00 + n) for n in rng.sample(range(20_000), 2_500)]
    han = ["".join(rng.choices(letters, k=rng.choice((1, 2, 2, 2, 3)))) for _ in range(_VOCABULARY)]
    weights = list(accumulate(1 / (rank + 30) for rank in range(_VOCABULARY)))

    def some(vocabulary: list[str], between: str) -> str:
        return between.join(rng.choices(vocabulary, cum_weights=weights, k=rng.randint(4, 14)))

    made: list[index.Text] = []
    for _ in range(number):
        kinds = rng.choice(((latin, " "), (han, ""), (han, ""), None))
        parts = [
            some(*(kinds or rng.choice(((latin, " "), (han, ""))))) + rng.choice(_ASIDES)
            for _ in range(rng.randint(1, 3))
        ]
        day = _DAY - timedelta(days=int(_DAYS * rng.random()))
        marks = [f"e{rng.randrange(200):032x}", "kcomment", f"q{day.year}q{(day.month + 2) // 3}"]
        made.append((rng.randbytes(16), day, "".join(parts), marks))
    return made


def asked(texts: Sequence[index.Text], number: int = QUERIES, seed: int = 2) -> list[str]:
    """Make queries: whole words, and two to four characters, out of texts; and some of none."""
    rng = random.Random(seed)
    latin = re.compile("[a-zA-Z]{2,}")
    han = re.compile("[\u4e00-\u9fff]{2,}")
    made: list[str] = []
    while len(made) < number:
        said = rng.choice(texts)[2]
        if len(made) % 20 == 0:
            made.append(rng.choice(("Zzzyx", "龘龘", "quaquaquaquaqua")))
        elif len(made) % 2 and (runs := han.findall(said)):
            run, length = rng.choice(runs), rng.choice((2, 2, 2, 3, 4))
            start = rng.randrange(max(1, len(run) - length + 1))
            made.append(run[start : start + length])
        elif len(made) % 2 == 0 and (runs := latin.findall(said)):
            word = rng.choice(runs)
            made.append(rng.choice((word, word.upper(), word.lower())))
    return made


def fold(said: str) -> str:
    """Fold case and width, as search does and without its help."""
    return unicodedata.normalize("NFKC", said).casefold()


def fill(database: Database, texts: Sequence[index.Text]) -> float:
    """Index the texts, and fold them for the scan; seconds that the index took."""
    dialect = database.engine.dialect.name
    start = time.perf_counter()
    with database.transaction() as db:
        index.refill(db, texts)
    took = time.perf_counter() - start
    rows = [{"item": item, "folded": fold(said)} for item, _, said, _ in texts]
    with database.transaction() as db:
        db.execute(text(_MAKE[dialect]))
        db.connection().execute(text("INSERT INTO folded VALUES (:item, :folded)"), rows)
    with database.alone() as connection:
        connection.execute(text("ANALYZE"))  # as each night
    return took


def measure(database: Database, queries: Sequence[str], most: int = TEXTS) -> Figures:
    """Ask every query of the index and of a scan, the server on this machine."""
    with database.reading() as db:
        scanned, scan = _timed(db, queries, _scan)
        whole, all_of_it = _timed(db, queries, partial(_find, limit=most))
        _, page = _timed(db, queries, partial(_find, limit=PAGE))
    hit = sum(len(one & other) for one, other in zip(scanned, whole, strict=True))
    wanted, got = sum(map(len, scanned)), sum(map(len, whole))
    return Figures(len(queries), wanted, hit / wanted, hit / got, scan, all_of_it, page)


def _find(db: Session, said: str, limit: int) -> set[bytes]:
    return set(query.find(db, words.read(said), limit=limit).items)


def _scan(db: Session, said: str) -> set[bytes]:
    folded = fold(said)
    rows = db.execute(_SCAN[db.get_bind().dialect.name], {"asked": folded})
    if _HAN.search(folded):
        return {row.item for row in rows}
    letter = r"[^\W_\u4e00-\u9fff]"
    whole = re.compile(rf"(?<!{letter}){re.escape(folded)}(?!{letter})")
    return {row.item for row in rows if whole.search(row.folded)}


def _timed(
    db: Session, queries: Sequence[str], work: Callable[[Session, str], set[bytes]]
) -> tuple[list[set[bytes]], float]:
    """Ask all queries; what each found, and the seconds of processor time in all."""
    server = None
    if db.get_bind().dialect.name == "postgresql":
        db.execute(text("SET max_parallel_workers_per_gather = 0"))  # one process to count
        server = db.scalar(text("SELECT pg_backend_pid()"))
    start = _processor(server)
    found = [work(db, said) for said in queries]
    return found, _processor(server) - start


def _processor(server: int | None) -> float:
    """Processor seconds of this process and, on Linux, of the server's that works for it."""
    own = time.process_time()
    if server is None:
        return own
    # Its first number is in nanoseconds: https://docs.kernel.org/scheduler/sched-stats.html
    return own + int(Path(f"/proc/{server}/schedstat").read_text().split()[0]) / 1e9


def compare(url: str, number: int = TEXTS) -> dict[str, float]:
    """Fill a fresh database with so many texts and measure; the figures with their ratios."""
    database = Database(url)
    try:
        migrate(database)
        texts = corpus(number)
        filling = fill(database, texts)
        return measure(database, asked(texts), number).printed() | {"filling s": round(filling, 1)}
    finally:
        database.close()


def main() -> None:
    """Measure on SQLite, and on the PostgreSQL that is named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=TEXTS)
    parser.add_argument("--postgresql", help="URL of an empty database")
    asked_for = parser.parse_args()
    figures = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "search.db"
        figures["sqlite"] = compare(f"sqlite:///{path}", asked_for.texts)
    if asked_for.postgresql:
        figures["postgresql"] = compare(asked_for.postgresql, asked_for.texts)
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
