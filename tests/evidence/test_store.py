"""Objects in a folder and in a bucket: found, deleted, and after a night in no order."""

import os
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from app.db import Database, random_id
from app.evidence import attaching, store
from app.evidence.attaching import Attached
from app.evidence.models import EvidenceImage
from app.evidence.store import Store, Unreachable
from app.settings import Settings
from app.threads.models import Post
from app.upkeep import objects
from app.upkeep.doctor import storage
from tests.evidence.conftest import post_row
from tests.servers import s3_server


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    with s3_server() as named:
        yield named("evidence")


@pytest.fixture
def folder(settings: Settings) -> Path:
    return settings.var / "evidence"


def later() -> datetime:
    """Return a time at which everything of now is older than an hour."""
    return datetime.now(UTC) + timedelta(hours=2)


def illustrated(database: Database, kept: Store, number: int) -> list[bytes]:
    """Put images with posts, one after the other; returns their ids in that order."""
    ids = [random_id() for _ in range(number)]
    for n, image_id in enumerate(ids):
        kept.put(image_id, b"picture %d" % n)
        with database.transaction() as db:
            assert attaching.attach(db, post_row(db), Attached(image_id, "words", 1, 1))
        time.sleep(0.003)
    return ids


def withdrawn(database: Database, kept: Store, image_id: bytes) -> None:
    with database.transaction() as db:
        post = next(p for p, image in posts(database).items() if image == image_id)
        assert attaching.detach(db, [post]) == [image_id]
    kept.remove([image_id])


def posts(database: Database) -> dict[bytes, bytes]:
    with database.reading() as db:
        return {row.post_id: row.id for row in db.scalars(select(EvidenceImage))}


def test_a_file_says_neither_when_nor_to_others(settings: Settings, folder: Path) -> None:
    kept = store.of(settings)
    assert list(storage.look(settings)) == []
    image_id = random_id()
    before = os.umask(0)
    kept.put(image_id, b"picture")
    os.umask(before)
    path = folder / image_id.hex()
    assert (path.stat().st_mtime, path.stat().st_mode & 0o777) == (0, 0o600)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [finding.well for finding in storage.look(settings)] == [True]
    path.chmod(0o644)
    assert [finding.well for finding in storage.look(settings)] == [False]
    assert kept.get(random_id()) is None
    kept.remove([image_id, random_id()])
    assert kept.get(image_id) is None


def test_a_night_takes_the_order_from_the_folder(
    database: Database, settings: Settings, folder: Path
) -> None:
    kept = store.of(settings)
    objects.maintain(database, kept, later)
    assert not folder.exists()
    ids = illustrated(database, kept, 40)
    before = {path.name: path.stat().st_ino for path in folder.iterdir()}
    orphan = random_id()
    kept.put(orphan, b"of a post that failed")
    (folder / f"{orphan.hex()}#1").write_bytes(b"half a picture")
    withdrawn(database, kept, ids[0])
    objects.maintain(database, kept, lambda: datetime.now(UTC))
    assert kept.get(orphan) is not None  # its post may be on its way
    order = in_order(kept)
    assert sorted(order) == sorted(ids[1:])
    assert discordant(order, ids) > 0.2  # reversed or sorted it would be 0 or 1
    assert discordant(order, ids) < 0.8
    assert all(
        (folder / name).stat().st_ino != inode
        for name, inode in before.items()
        if (folder / name).exists()
    )
    objects.maintain(database, kept, later)
    assert in_order(kept) == order  # not written again
    assert kept.get(orphan) is None
    assert {path.name for path in folder.iterdir()} == {i.hex() for i in ids[1:]} | {objects.MARK}
    assert {path.stat().st_mtime for path in folder.iterdir()} == {0}
    assert [kept.get(image_id) for image_id in ids[1:3]] == [b"picture 1", b"picture 2"]


def test_a_picture_does_not_tell_when_a_post_that_waited_was_written(
    database: Database, settings: Settings, folder: Path
) -> None:
    kept = store.of(settings)
    written, older = illustrated(database, kept, 2)
    of = {image: post for post, image in posts(database).items()}

    def night() -> int:
        before = (folder / older.hex()).stat().st_ctime_ns
        time.sleep(0.01)  # a file system's clock ticks so often
        objects.maintain(database, kept, later)
        assert (folder / older.hex()).stat().st_ctime_ns == before
        return (folder / written.hex()).stat().st_ctime_ns

    def becomes(state: str, day: date | None) -> None:
        with database.transaction() as db:
            post = db.get_one(Post, of[written])
            post.state, post.day = state, day

    becomes("delayed", None)
    objects.maintain(database, kept, later)
    waiting = night()
    becomes("published", datetime.now(UTC).date())
    assert night() > waiting
    becomes("published", datetime.now(UTC).date() - timedelta(days=1))
    appeared = night()
    assert night() == appeared


def in_order(kept: Store) -> list[bytes]:
    """Return the images of posts as their times of writing tell them."""
    assert kept.folder is not None
    paths = [path for path in kept.folder.iterdir() if path.read_bytes().startswith(b"picture")]
    return [bytes.fromhex(p.name) for p in sorted(paths, key=lambda p: p.stat().st_ctime_ns)]


def discordant(order: list[bytes], ids: list[bytes]) -> float:
    """Return the share of pairs that stand in the wrong order."""
    ranks = [ids.index(image_id) for image_id in order]
    pairs = [(a, b) for n, a in enumerate(ranks) for b in ranks[n + 1 :]]
    return sum(a > b for a, b in pairs) / len(pairs)


def test_what_is_withdrawn_while_it_is_written_again_stays_away(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = store.of(settings)
    (image_id,) = illustrated(database, kept, 1)
    read = Store.read

    def slowly(self: Store, name: str) -> bytes | None:
        data = read(self, name)
        if name == image_id.hex() and posts(database):
            withdrawn(database, kept, image_id)
        return data

    monkeypatch.setattr(Store, "read", slowly)
    objects.maintain(database, kept, later)
    assert kept.get(image_id) is None


@pytest.mark.deep
def test_a_bucket_does_all_that_a_folder_does(
    database: Database, bucket: str, settings: Settings
) -> None:
    kept = Store(bucket)
    ids = illustrated(database, kept, 4)
    kept.put(ids[0], b"another")
    assert kept.get(ids[0]) == b"picture 0"
    orphan = random_id()
    kept.put(orphan, b"of a post that failed")
    withdrawn(database, kept, ids[1])
    assert kept.get(ids[1]) is None
    objects.maintain(database, kept, lambda: datetime.now(UTC))
    assert kept.get(orphan) is not None
    time.sleep(1.1)  # a bucket tells whole seconds
    objects.maintain(database, kept, later)
    assert kept.get(orphan) is None
    assert {seen.name for seen in kept.all()} == {i.hex() for i in (ids[0], *ids[2:])} | {
        objects.MARK
    }
    assert [kept.get(image_id) for image_id in ids[2:]] == [b"picture %d" % n for n in (2, 3)]
    asked = settings.model_copy(update={"storage_url": bucket})
    assert [finding.well for finding in storage.look(asked)] == [True]


def test_a_storage_that_does_not_answer_is_said(database: Database, settings: Settings) -> None:
    nobody = "s3://a:b@127.0.0.1:1/evidence?tls=off"
    for deed in (
        lambda s: s.put(b"x" * 16, b""),
        lambda s: s.get(b"x" * 16),
        lambda s: list(s.all()),
    ):
        with pytest.raises(Unreachable):
            deed(Store(nobody))
    asked = settings.model_copy(update={"storage_url": nobody})
    assert [finding.well for finding in storage.look(asked)] == [False]
