"""Who could be linked by what the desk keeps: flags, statements, strikes, the columns of a case.

Public anyway: which post was taken out, for which reason and on which day; the lines of the log.
"""

from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import Final

from tests.audits.linkage import Traces, ranks
from tests.audits.talk import Talker
from tests.audits.talk_relations import Owners, Posted, of_posts
from tests.audits.traces import Reader

# What a copied row says of the work on it, and no page does.
CASE: Final = ("version", "judged", "severity", "why", "waits_since", "holder")


def relations(
    reader: Reader, account: Traces, people: Sequence[Talker], said: Posted
) -> list[tuple[Traces, Traces]]:
    """Return every relation of what the desk adds to the disk."""
    post = said.traces
    other = replace(post, kind="other post")
    flags = reader.traces("flag", "site.flag", "tag", _flags(people), "item_id")
    about = [bytes(item_id) for (item_id,) in flags.public]  # type: ignore[misc]  # a column of it
    # An account flags a post once: two flags on one post are known to be of two.
    flag = replace(flags, public=[said.rows[id]["day"] for id in about], aside=about)
    statement, line = (
        of_posts(reader, kind, f"site.{table}", "item_id", said.writers, said.rows)
        for kind, table in (("statement", "statement"), ("line", "audit_opening"))
    )
    rows = list(said.rows.values())
    struck = post.only([at for at, row in enumerate(rows) if row["strike_until"]], "struck post")
    case = _case(said)
    return [
        (account, replace(flag, aside=())),
        (flag, replace(flag, kind="other flag")),
        (post, flag),
        (account, statement),
        (statement, other),
        (line, other),
        (struck, other),
        (case, replace(case, kind="other case")),
    ]


def _case(said: Posted) -> Traces:
    """Return posts as nothing but the columns of their cases."""
    rows = list(said.rows.values())
    columns = {name: [_plain(row[name]) for row in rows] for name in CASE}
    places = {}
    for name, values in columns.items():
        turns = {value: turn for turn, value in enumerate(sorted({*values}))}
        places[f"order of {name}"] = ranks([turns[value] for value in values])
    held: list[frozenset[Hashable]] = [
        frozenset((name, values[at]) for name, values in columns.items()) for at in range(len(rows))
    ]
    return replace(said.traces, kind="case", places=places, values=held)


def _plain(value: object) -> str:
    return "" if value is None else f"{value:03}" if isinstance(value, int) else str(value)


def _flags(people: Sequence[Talker]) -> Owners:
    return {
        one.member.flag(id): one.life.number for one in people if one.member for id in one.flagged
    }
