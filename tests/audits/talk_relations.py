"""Who could be linked with what was said: each relation of the conversation, on one copy.

Public anyway, and so never counted as a link: in which thread, on which day and with which badge a
post appeared, and which posts of one thread are of one writer.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from tests.audits import segments
from tests.audits.copies import Row
from tests.audits.linkage import Floats, Traces, ranks
from tests.audits.talk import Talker
from tests.audits.traces import Reader

SLOTS: Final = 40  # more than anybody here has
INDEX: Final = "site.search_words"
OBJECT: Final = "site.objects"

Owners = dict[bytes, int]
Posts = Mapping[bytes, Row]


@dataclass(frozen=True)
class Posted:
    """The posts of a copy: their rows and writers by id, and what they are as traces."""

    rows: Posts
    writers: Owners
    traces: Traces


def posted(reader: Reader, people: Sequence[Talker]) -> Posted:
    """Find everybody's posts, by the slots that only who has the master keys can name."""
    slots = _slots(people)
    pictured = {bytes(row["post_id"]) for row in reader.copy.rows["site.evidence_image"]}
    posts = {
        bytes(row["id"]): {**row, "pictured": bytes(row["id"]) in pictured}
        for row in reader.rows("site.post", "slot", slots)
    }
    writers = {id: slots[bytes(row["slot"])] for id, row in posts.items()}
    post = _public(reader.traces("post", "site.post", "id", writers), list(posts), posts)
    return Posted(posts, writers, post)


def relations(
    reader: Reader, account: Traces, report: Traces, people: Sequence[Talker], said: Posted
) -> list[tuple[Traces, Traces]]:
    """Return every relation of the conversation that the specification names."""
    posts, writers, post = said.rows, said.writers, said.traces
    votes = reader.traces("vote", "site.vote", "tag", _votes(people), "post_id")
    vote = replace(votes, aside=votes.public)
    answer = reader.traces("poll answer", "site.poll_answer", "tag", _answers(people), "thread_id")
    image = of_posts(reader, "image", "site.evidence_image", "post_id", writers, posts)
    entry = of_posts(reader, "entry", "site.search_entry", "item", writers, posts)
    waiting = of_posts(reader, "waiting post", "site.delayed_post", "post_id", writers, posts)
    # Images are few: those of all threads are compared.
    owned = reader.rows("site.evidence_image", "post_id", writers)
    days = [posts[bytes(row["post_id"])]["day"] for row in owned]
    badged = _badged(reader, post, posts)
    return [
        (account, post),
        (account, vote),
        (account, answer),
        (account, replace(image, public=days, aside=())),
        (post, replace(post, kind="other post")),
        (badged, replace(badged, kind="other badged post")),
        (post, vote),
        (post, report),
        (vote, replace(vote, kind="other vote")),
        (image, replace(post, kind="other post")),
        _same_day(post),
        _same_day(replace(image, public=[(None, day) for day in days])),
        _same_day(entry),
        (entry, replace(post, kind="other post")),
        (waiting, replace(post, kind="other post")),
    ]


def _public(traces: Traces, ids: Sequence[bytes], posts: Posts) -> Traces:
    """Note of traces of posts what everybody sees, and in which thread they are."""
    rows = [posts[id] for id in ids]
    seen = [(row["thread_id"], row["day"], row["badge"], row["pictured"]) for row in rows]
    return replace(traces, public=seen, aside=[row["thread_id"] for row in rows])


def _same_day(traces: Traces) -> tuple[Traces, Traces]:
    """Return what appeared, to compare only what did so on one day: there an order says most."""
    days = [seen[1] for seen in traces.public]  # type: ignore[index]  # of _public
    kept = [at for at, day in enumerate(days) if day]
    found = replace(traces, bears=days).only(kept)
    return found, replace(found, kind=f"{traces.kind} of that day")


def of_posts(
    reader: Reader, kind: str, table: str, key: str, writers: Owners, posts: Posts
) -> Traces:
    """Return rows that belong to posts, with where else a thief finds them."""
    rows = reader.rows(table, key, writers)
    found = _public(
        reader.traces(kind, table, key, writers), [bytes(row[key]) for row in rows], posts
    )
    more: dict[str, Floats] = {}
    if kind == "entry":
        more = _indexed(reader, [row["docid"] for row in rows])
    elif kind == "image":
        more = _stored(reader, [bytes(row["id"]).hex() for row in rows])
    return replace(found, places={**found.places, **more})


def _indexed(reader: Reader, docids: Sequence[int]) -> dict[str, Floats]:
    """Return in which orders the words of texts stand in the index."""
    if segment := reader.copy.rows.get(f"{INDEX}_data"):
        found = reader.where([segments.spelled(docid) for docid in docids], "words ")
        return {**found, "age of segment": ranks(segments.ages(segment, docids))}
    found = reader.where([docid.to_bytes(8, "little") for docid in docids], "words ")
    held = {row["docid"]: row for row in reader.copy.rows.get(INDEX, [])}
    return {**found, **_of_system(held, docids, "words ")}


def _stored(reader: Reader, names: Sequence[str]) -> dict[str, Floats]:
    """Return in which orders the objects of images stand in their folder."""
    held = {row["name"]: row for row in reader.copy.rows.get(OBJECT, [])}
    return _of_system(held, names, "object ")


def _of_system(
    held: Mapping[Hashable, Row], keys: Sequence[Hashable], what: str
) -> dict[str, Floats]:
    """Return the orders that a database or a file system gives rows by itself."""
    rows = [held.get(key, {}) for key in keys]
    names = {name for row in rows for name in row if name.startswith("(")}
    return {what + name: ranks([row.get(name, np.nan) for row in rows]) for name in sorted(names)}


def _badged(reader: Reader, post: Traces, posts: Posts) -> Traces:
    """Return posts with a badge; one is compared with those that bear the same."""
    about = {bytes(row["id"]): row["employer_id"] for row in reader.copy.rows["site.thread"]}
    rows = list(posts.values())
    kept = [at for at, row in enumerate(rows) if row["badge"]]
    bears = [
        (row["badge"], about[bytes(row["thread_id"])] if row["badge"] == "employer" else None)
        for row in rows
    ]
    return replace(post, bears=bears).only(kept, "badged post")


def _slots(people: Sequence[Talker]) -> Owners:
    """Return whose each slot is; only who has the master keys can."""
    return {
        one.member.slot(n): one.life.number for one in people if one.member for n in range(SLOTS)
    }


def _votes(people: Sequence[Talker]) -> Owners:
    return {
        one.member.vote(id): one.life.number for one in people if one.member for id in one.voted
    }


def _answers(people: Sequence[Talker]) -> Owners:
    return {
        one.member.answer(id): one.life.number
        for one in people
        if one.member
        for id in one.answered
    }
