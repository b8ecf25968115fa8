"""Every knob of Lamplight, typed, read from LAMPLIGHT_* variables."""

import os
import secrets
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pydantic import Field
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

PREFIX = "LAMPLIGHT_"
SECRET_BYTES = 32


class FileSource(PydanticBaseSettingsSource):
    """Reads LAMPLIGHT_NAME_FILE, so that a secret can be mounted as a file."""

    def get_field_value(self, field: Any, field_name: str) -> tuple[Any, str, bool]:
        path = os.environ.get(f"{PREFIX}{field_name.upper()}_FILE")
        return (Path(path).read_text("utf-8").strip() if path else None), field_name, False

    def __call__(self) -> dict[str, Any]:
        found = {name: self.get_field_value(None, name)[0] for name in Settings.model_fields}
        return {name: value for name, value in found.items() if value is not None}


class Settings(BaseSettings):
    """The settings of one process."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid")

    var: Path = Path("var")
    database_url: str = ""
    issuer_database_url: str = ""
    valkey_url: str = ""
    storage_url: str = ""
    smtp_url: str = ""
    mail_from: str = ""
    base_url: str = "http://127.0.0.1:8000"
    issuer_url: str = ""
    secret_key: str = ""
    issuer_secret_key: str = ""
    default_language: Literal["en", "zh"] = "en"
    trusted_proxies: str = ""
    schedule: Literal["on", "off"] = "on"
    hsts: Literal["on", "off"] = "on"
    onion_url: str = ""
    release_min_reports: int = Field(default=10, ge=5)
    release_epsilon: float = Field(default=4.0, gt=0)
    issue_min: int = Field(default=10, ge=2)
    badge_min: int = Field(default=30, ge=1)
    hold: Literal["risky", "everything"] = "risky"  # what nobody sees before the desk does
    nameserver: str = ""  # "address:port" of who is asked for DNS; "" is this machine's own
    clock: str = ""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let a file win over nothing but the default; no .env file is read."""
        return init_settings, env_settings, FileSource(settings_cls)

    def model_post_init(self, context: Any, /) -> None:
        """Put databases and evidence beside the other files that this server owns."""
        self.database_url = self.database_url or f"sqlite:///{self.var / 'lamplight.db'}"
        self.issuer_database_url = self.issuer_database_url or f"sqlite:///{self.var / 'issuer.db'}"
        self.storage_url = self.storage_url or (self.var / "evidence").absolute().as_uri()

    @cached_property
    def _secret(self) -> bytes:
        return self._kept(self.secret_key, "secret")

    @cached_property
    def _issuer_secret(self) -> bytes:
        return self._kept(self.issuer_secret_key, "issuer-secret")

    def _kept(self, given: str, name: str) -> bytes:
        if given:
            return given.encode()
        path = self.var / name
        self.var.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_bytes()
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_hex(SECRET_BYTES).encode())
        return path.read_bytes()

    def key(self, label: str, length: int = 32) -> bytes:
        """Derive the key of one purpose from SECRET_KEY.

        Label: what the key is for, never reused. Length: bytes. Source: HKDF-SHA256, RFC 5869.
        """
        return _derived(self._secret, b"lamplight " + label.encode(), length)

    def issuer_key(self, label: str, length: int = 32) -> bytes:
        """Derive the key of one purpose of the issuer from ISSUER_SECRET_KEY, as `key` does."""
        return _derived(self._issuer_secret, b"lamplight issuer " + label.encode(), length)

    @property
    def issuer_address(self) -> str:
        """The issuer's own address: another host name than the site's, one port further."""
        if self.issuer_url:
            return self.issuer_url.rstrip("/")
        return f"http://localhost:{(urlsplit(self.base_url).port or 8000) + 1}"

    def now(self) -> datetime:
        """Return the present instant in UTC, or what CLOCK says in a test."""
        if self.clock:
            instant = datetime.fromisoformat(self.clock)
            return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
        return datetime.now(UTC)

    def today(self) -> date:
        """Return the present day; days, weeks and quarters are UTC (docs/methodology.md)."""
        return self.now().date()

    @property
    def sqlite(self) -> bool:
        """Tell whether this is the embedded database."""
        return self.database_url.startswith("sqlite")


def _derived(secret: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=info).derive(secret)
