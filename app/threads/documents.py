"""A thread as JSON: what its page shows, in the order of the page, and nothing else. Pure."""

from typing import Any

from app.threads.listing import Named
from app.threads.polls import Result
from app.threads.reading import Read, Shown, in_order
from app.threads.replied import document


def thread(read: Read) -> dict[str, Any]:
    """Return one page of a thread; `next` is the position to ask for with ?after=."""
    head = read.head
    return {
        "path": head.path,
        "title": head.title,
        "day": head.day.isoformat(),
        "employer": _named(head.employer),
        "topic": _named(head.topic),
        "comments": head.comments,
        "order": read.order,
        "poll": read.poll and _poll(read.poll),
        "reply": document(read.reply),
        "posts": [_post(read.posts[at]) for at in (0, *in_order(read.tree.nodes))],
        "next": read.tree.after,
    }


def _named(named: Named | None) -> dict[str, str] | None:
    return {"slug": named.slug, "name": named.name} if named else None


def _post(post: Shown) -> dict[str, Any]:
    if post.tomb:
        at = {"position": post.position, "answers": post.parent}
        if post.tomb.gone == "withdrawn":
            return at | {"withdrawn": True}
        return at | {"gone": post.tomb.gone, "reason": post.tomb.reason}
    return {
        "position": post.position,
        "answers": post.parent,
        "name": post.name,
        "started": post.started,
        "badge": post.badge,
        "text": post.text,
        "day": post.day and post.day.isoformat(),
        "edited": post.edited,
        "votes": post.votes,
        "image": post.image and {"path": post.image.path, "alternative": post.image.alternative},
    }


def _poll(poll: Result) -> dict[str, Any]:
    counted = poll.counted
    shares = [counted and round((each.given or 0) / counted, 2) for each in poll.choices]
    return {
        "question": poll.question,
        "closes": poll.closes.isoformat(),
        "answers": counted,
        "choices": [
            {"text": each.text, "share": share}
            for each, share in zip(poll.choices, shares, strict=True)
        ],
    }
