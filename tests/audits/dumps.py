"""The dump audit: people live, a night passes, a thief copies the disk and tries to link."""

import gzip
import random
from collections.abc import Collection, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from app.settings import Settings
from app.upkeep import backup
from tests.audits.broken import Build
from tests.audits.copies import stolen
from tests.audits.days import FULL, Measure, first_day, passed
from tests.audits.grounds import Ground
from tests.audits.linkage import ALLOWED, Linkage
from tests.audits.lives import born
from tests.audits.relations import linkages
from tests.audits.talk import gathered
from tests.audits.town import Town, town

WORLDS = 4
SURE = 4.0  # standard errors by which a broken build must stand out


@dataclass(frozen=True)
class Audit:
    """What a thief of one town measured: before the night, where asked for, and after it."""

    before: Sequence[Linkage]
    after: Sequence[Linkage]

    def shown(self, relation: str) -> Linkage:
        """Return a relation as measured after the night."""
        return next(found for found in self.after if found.name == relation)


HONEST = Build("honest", "")


def audit(
    settings: Settings,
    number: int,
    seed: int,
    build: Build = HONEST,
    *,
    measure: Measure = FULL,
    nightly: bool = False,
    early: Collection[str] = (),
) -> Audit:
    """Let people live in a town of their own, and measure what a copy of its disk links.

    measure: how much they say. nightly: maintenance every night, else after the last day only.
    early: relations to measure before it too. Where nothing is flattened, the thief comes in the
    night after all joined.
    """
    build.prepare(settings)
    with ExitStack() as stack:
        stack.enter_context(build.patched())
        made = stack.enter_context(town(settings))
        people = gathered(born(made, number, seed))
        first_day(people, seed, measure)
        if not build.flattens:
            return Audit([], linkages(made, people, stolen(settings), seed))
        if nightly:
            made.night()
        passed(made, people, seed, measure, nightly=nightly)
        before = linkages(made, people, stolen(settings), seed, early) if early else []
        made.night()
        copy = stolen(settings)
        copy.bytes["backup"] = backed_up(made)
        return Audit(before, linkages(made, people, copy, seed))


def backed_up(made: Town) -> bytes:
    """Return what a backup of a town's site holds."""
    path = made.settings.var / "audit.backup"
    path.parent.mkdir(parents=True, exist_ok=True)
    backup.write(made.site.state.database, path, made.settings.today())
    return gzip.decompress(path.read_bytes())


def linked(found: Iterable[Sequence[Linkage]]) -> set[str]:
    """Return the relations that look linked in each of four towns; later ones only if needed.

    One relation in fifty looks linked by chance (tests/audits/test_linkage.py). What does so four
    times, in towns that have nothing in common but the program, is the program's doing: with three
    dozen relations chance alone would raise fewer than one alarm in ten thousand runs.
    """
    suspects: set[str] | None = None
    for _, measured in zip(range(WORLDS), found, strict=False):
        now = {relation.name for relation in measured if not relation.holds}
        suspects = now if suspects is None else suspects & now
        if not suspects:
            break
    return suspects or set()


def towns(
    ground: Ground, number: int, seed: int, measure: Measure = FULL
) -> Iterable[Sequence[Linkage]]:
    """Audit one honest town after another."""
    for again in range(WORLDS):
        yield audit(ground(), number, seed * 100 + again, measure=measure).after


def caught(found: Linkage) -> bool:
    """Tell whether a broken build stands out beyond any chance."""
    return found.advantage > ALLOWED + SURE * found.error


def seeds(number: int) -> list[int]:
    """Return seeds for several towns."""
    return [random.Random(n).randrange(1_000_000) for n in range(number)]
