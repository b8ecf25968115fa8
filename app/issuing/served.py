"""The directory as a process serves it: put together again only when the chain has changed."""

import threading

from sqlalchemy.orm import Session

from app.issuing import ceremony, entries
from app.settings import Settings


class Served:
    """The document of one process; a large one takes long to make, and anybody may ask for it."""

    def __init__(self, settings: Settings) -> None:
        """Begin with none."""
        self._settings = settings
        self._lock = threading.Lock()
        self._of: object = None
        self._document = b""

    def document(self, db: Session) -> bytes:
        """Return the directory as it is now."""
        of = entries.state(db)
        with self._lock:  # one makes it, and whoever waits takes it as well
            if self._of != of:
                self._document = ceremony.document(db, self._settings)
                self._of = of
            return self._document
