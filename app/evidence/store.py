"""The objects: one file a picture, in a folder of this server's own or in a bucket (S3).

Names are ids and nothing else. A local file says no time: its modification time is 0, and
maintenance takes away what the rest would say of an order (app/upkeep/objects.py).
"""

import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, unquote, urlsplit

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError, NotFoundError
from obstore.store import LocalStore, S3Store

from app.settings import Settings

if TYPE_CHECKING:  # they are in its stubs only
    from obstore.store import ClientConfig, RetryConfig

_ID_HEX: Final = 32
_TIMES: Final["ClientConfig"] = {"timeout": "10s", "connect_timeout": "3s"}


class Unreachable(RuntimeError):
    """The storage does not answer, or refuses."""


@dataclass(frozen=True)
class Seen:
    """An object as the storage lists it: its name, and when it was last written there."""

    name: str
    written: datetime


class Store:
    """The storage that STORAGE_URL names; nothing is opened or made yet."""

    def __init__(self, url: str) -> None:
        """Take file:///folder, s3://bucket/prefix or s3://KEY:SECRET@host/bucket/prefix."""
        self._url = url

    @property
    def folder(self) -> Path | None:
        """The folder of a local storage."""
        parts = urlsplit(self._url)
        return Path(unquote(parts.path)) if parts.scheme == "file" else None

    @property
    def empty(self) -> bool:
        """Whether it is a folder that nothing was ever put into."""
        return self.folder is not None and not self.folder.exists()

    def put(self, image_id: bytes, data: bytes) -> None:
        """Store an object unless there is one of that id; durable when it returns."""
        self.write(image_id.hex(), data, again=False)

    def get(self, image_id: bytes) -> bytes | None:
        """Return an object's bytes, or None."""
        return self.read(image_id.hex())

    def remove(self, image_ids: Collection[bytes]) -> None:
        """Delete objects; those that are gone already do not matter."""
        self.delete([image_id.hex() for image_id in image_ids])

    def write(self, name: str, data: bytes, *, again: bool = True) -> None:
        """Write an object under a name, in a new place also where there is one."""
        with _reached():
            try:
                obstore.put(self._opened, name, data, mode="overwrite" if again else "create")
            except AlreadyExistsError:
                return
            if self.folder is not None:
                _hush(self.folder / name)

    def read(self, name: str) -> bytes | None:
        """Return the bytes under a name, or None."""
        with _reached():
            try:
                return bytes(obstore.get(self._opened, name).bytes())
            except (NotFoundError, FileNotFoundError):
                return None

    def delete(self, names: Collection[str]) -> None:
        """Delete what is under some names."""
        for name in names:
            with _reached():
                try:
                    obstore.delete(self._opened, name)
                except (NotFoundError, FileNotFoundError):
                    continue

    def all(self) -> Iterator[Seen]:
        """List what is stored, in the storage's order."""
        with _reached():
            for batch in obstore.list(self._opened):
                for meta in batch:
                    yield Seen(meta["path"], self._written(meta["path"], meta["last_modified"]))

    def sweep(self, before: datetime) -> None:
        """Delete the files that writes left behind that were killed, older than a moment."""
        for path in self.folder.iterdir() if self.folder is not None else ():
            left = "#" in path.name  # how obstore calls a file that is not complete yet
            if left and self._written(path.name, before) < before:
                path.unlink(missing_ok=True)

    def versioned(self) -> bool:
        """Tell whether a bucket keeps what is deleted, as far as its first object shows it."""
        with _reached():
            for batch in obstore.list(self._opened):
                return any(
                    obstore.head(self._opened, meta["path"])["version"] not in {None, "null"}
                    for meta in batch[:1]
                )
        return False

    @cached_property
    def _opened(self) -> LocalStore | S3Store:
        if self.folder is not None:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            return LocalStore(self.folder)
        return _bucket(self._url)

    def _written(self, name: str, told: datetime) -> datetime:
        # A local file's modification time is 0; when its place was last written is not.
        if self.folder is None:
            return told
        return datetime.fromtimestamp((self.folder / name).stat().st_ctime, UTC)


def of(settings: Settings) -> Store:
    """Return the storage that the settings name."""
    return Store(settings.storage_url)


def is_id(name: str) -> bool:
    """Tell whether a name is that of an image."""
    return len(name) == _ID_HEX and set(name) <= set("0123456789abcdef")


def _bucket(url: str) -> S3Store:
    """Open a bucket: keys from the URL, else from AWS_* variables as every S3 client reads them."""
    parts = urlsplit(url)
    retry: RetryConfig = {"max_retries": 2}
    if not parts.username:
        return S3Store(
            parts.netloc,
            prefix=parts.path.strip("/") or None,
            client_options=_TIMES,
            retry_config=retry,
        )
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    plain = asked.get("tls") == "off"
    bucket, _, prefix = parts.path.strip("/").partition("/")
    port = f":{parts.port}" if parts.port else ""
    return S3Store(
        bucket,
        prefix=prefix or None,
        endpoint=f"{'http' if plain else 'https'}://{parts.hostname}{port}",
        access_key_id=unquote(parts.username),
        secret_access_key=unquote(parts.password or ""),
        region=asked.get("region", "us-east-1"),
        client_options={**_TIMES, "allow_http": plain},
        retry_config=retry,
    )


@contextmanager
def _reached() -> Iterator[None]:
    try:
        yield
    except (BaseError, OSError) as error:
        raise Unreachable("the evidence storage does not answer, or refuses") from error


def _hush(path: Path) -> None:
    """Let a file be its owner's alone and say no time, and have it on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fchmod(descriptor, 0o600)
        os.utime(descriptor, (0, 0))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
