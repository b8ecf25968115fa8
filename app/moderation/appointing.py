"""Who belongs to the staff, as which role, tied to whom: every change is a line of the log."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from app.moderation import audit
from app.moderation.audit import Act
from app.settings import Settings
from app.staff import adding
from app.staff.models import Role, Staff

# Who acts at the command line, which only the operator of the machine has.
CONSOLE: Final = bytes(16)


class Own(Exception):
    """Nobody changes their own account here: power over oneself is another person's to give."""


@dataclass(frozen=True)
class Hand:
    """Who changes the staff, and under which settings."""

    db: Session
    settings: Settings
    by: bytes = CONSOLE

    def hire(self, name: str, role: Role, employer_id: bytes | None = None) -> str:
        """Make an account and return its one-time set-up secret; raises adding.NotTaken."""
        return self.make(name, role, employer_id)[1]

    def make(self, name: str, role: Role, employer_id: bytes | None = None) -> tuple[Staff, str]:
        """Make an account and return it with its one-time secret; raises adding.NotTaken."""
        today = self.settings.today()
        staff, word = adding.add(self.db, name, role, today, employer_id)
        self._tell(staff, f"make_{role}", "none")
        return staff, word

    def change_role(self, staff: Staff, role: Role, employer_id: bytes | None = None) -> bool:
        """Give an account another role; False if it has it. Raises Own."""
        before = self._before(staff)
        changed = adding.change_role(self.db, staff, role, employer_id)
        if changed:
            self._tell(staff, f"make_{role}", before)
        return changed

    def renew(self, staff: Staff) -> str:
        """Have an account set up anew and return its one-time secret. Raises Own."""
        before = self._before(staff)
        word = adding.renew(self.db, staff, self.settings.today())
        self._tell(staff, "renew", before)
        return word

    def disable(self, staff: Staff) -> bool:
        """Turn an account off at once; False if it was. Raises Own."""
        before = self._before(staff)
        was_on = adding.disable(self.db, staff)
        if was_on:
            self._tell(staff, "disable", before)
        return was_on

    def tie(self, staff: Staff, employer_id: bytes) -> bool:
        """Keep an employer's items from somebody; False if they were kept from them already."""
        new = adding.tie(self.db, staff.id, employer_id)
        if new:
            self._tell(staff, "tie", self._state(staff))
        return new

    def untie(self, staff: Staff, employer_id: bytes) -> bool:
        """Take a tie back; False if there was none. Raises Own."""
        before = self._before(staff)
        gone = adding.untie(self.db, staff.id, employer_id)
        if gone:
            self._tell(staff, "untie", before)
        return gone

    def _before(self, staff: Staff) -> str:
        if staff.id == self.by:
            raise Own
        return self._state(staff)

    @staticmethod
    def _state(staff: Staff) -> str:
        return "active" if staff.active else "off"

    def _tell(self, staff: Staff, action: str, before: str) -> None:
        after = self._state(staff)
        act = Act("staff", action, "own", before, after, item_id=staff.id, staff_id=self.by)
        audit.write(self.db, act, self.settings.today())
