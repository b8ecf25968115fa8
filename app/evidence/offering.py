"""The image part of a post's form: taking a file, blacking out, removing, and keeping it.

A page's POST routes call `handle` and then show the form again (an image step) or go on with
`offered` and `keep` (the last POST).
"""

import logging
import re
import unicodedata
from collections.abc import Collection
from dataclasses import replace
from typing import Any, Final

from fastapi import Request

from app.evidence import scrubbing
from app.evidence.attaching import LONGEST_ALTERNATIVE, Attached
from app.evidence.drafts import Draft, Drafts
from app.evidence.scrubbing import Box
from app.evidence.store import Store, Unreachable
from app.evidence.uploads import Upload
from app.evidence.worker import WORKER, Busy, Unusable
from app.web.forms import Form, visible
from app.web.languages import N_
from app.web.limits import spend
from app.web.refusals import Refusal

RECTANGLES: Final = 4
CORNERS: Final = (
    ("left", N_("Left edge")),
    ("top", N_("Upper edge")),
    ("right", N_("Right edge")),
    ("bottom", N_("Lower edge")),
)
REFUSED: Final = {
    scrubbing.EMPTY: N_("This file is empty. Choose another."),
    scrubbing.TOO_MANY_BYTES: N_("This file is larger than 8 MB. Choose a smaller one."),
    scrubbing.TOO_MANY_PIXELS: N_("This picture has more than 24 million pixels. Make it smaller."),
    scrubbing.OTHER_KIND: N_("This kind of file is not taken. Save it as PNG, JPEG or WebP."),
    scrubbing.NO_PICTURE: N_("This is not a picture. PNG, JPEG and WebP are taken."),
    scrubbing.MOVING: N_("This picture moves. Only still ones are taken."),
    scrubbing.BROKEN: N_("This picture is broken and cannot be read. Choose another."),
}
_GONE: Final = N_("The picture waited more than half an hour and is gone. Choose it again.")
_WORDS: Final = N_("Say in a sentence what the picture shows, for those who cannot see it.")
_LONG: Final = N_("This is too long: at most %(most)s characters.")
_CORNERS: Final = N_("Give all four corners, as numbers from 0 to 100.")
_NOTHING: Final = N_("Say first what to black out: all four corners of a rectangle.")
_PENDING: Final = N_("Press the button beneath to black this out, or empty the field.")
_NONE: Final = N_("Choose a picture first.")
_UNSEEN: Final = N_("Choose the picture again and look at it as others will see it, then post.")
_NUMBER: Final = re.compile(r"([0-9]{1,3})(?:[.,]([0-9]{1,4}))?\s*%?")

log = logging.getLogger("lamplight")


def field(number: int, corner: str) -> str:
    """Return the name of a corner field of the n-th rectangle, from 1."""
    return f"{corner}{number}"


_FIELDS: Final = [field(n, corner) for n in range(1, RECTANGLES + 1) for corner, _ in CORNERS]


def handle(request: Request, upload: Upload) -> None:
    """Do to a form's image what was asked: take a file, black out rectangles, remove it.

    Afterwards the form's `image` is the name of the draft, and messages stand beside fields.
    Nothing of this needs JavaScript, and nothing reaches a disk.
    """
    form = upload.form
    pressed = form.get("image_do")
    if pressed == "remove":
        _remove(request, form)
        return
    boxes = read_corners(form)
    if upload.file is not None:
        _draw(request, form, upload.file, boxes)
    elif boxes and (draft := _draft(request, form)):
        _draw(request, form, draft.picture.data, boxes)
    elif pressed == "black_out" and not any(name in form.errors for name in ("file", *_FIELDS)):
        form.error(_FIELDS[0], _NOTHING)
    elif pressed == "take" and not form.get("image"):
        form.error("file", _NONE)


def shown(request: Request, form: Form) -> dict[str, Any]:
    """Return what templates/evidence/_image.html shows of a form besides the form itself."""
    numbers = range(1, RECTANGLES + 1)
    return {
        "draft": _draft(request, form),
        "rectangles": [[(field(n, corner), label) for corner, label in CORNERS] for n in numbers],
        "corners_wrong": any(name in form.errors for name in _FIELDS),
        "longest_alternative": LONGEST_ALTERNATIVE,
    }


def offered(request: Request, form: Form) -> Draft | None:
    """Return the draft that a form offers with its alternative text, or None.

    None with a message beside a field where there is an image and something is not right: a file
    that was chosen and never shown to its writer as others see it, or corners not yet blacked out.
    """
    # A form that is not multipart sends the name of a chosen file, and nothing of it.
    if form.get("file"):
        form.error("file", _UNSEEN)
    draft = _draft(request, form)
    if draft is None:
        return None
    for name in _FIELDS:
        if form.get(name):
            form.error(name, _PENDING)
    words = " ".join(form.get("alternative").split())
    if not visible(words):
        form.error("alternative", _WORDS)
    elif len(words) > LONGEST_ALTERNATIVE:
        form.error("alternative", _LONG, most=LONGEST_ALTERNATIVE)
    return replace(draft, alternative=words) if form.ok else None


def keep(request: Request, draft: Draft, image_id: bytes) -> Attached:
    """Store a draft's picture under an id; what is stored there already stays.

    Called before the transaction of the post: an object without a row is removed by maintenance,
    a row without an object would show nothing.
    """
    picture, store = draft.picture, _store(request)
    try:
        store.put(image_id, picture.data)
    except Unreachable as error:
        raise Refusal(503) from error
    return Attached(image_id, draft.alternative, picture.width, picture.height)


def discard(request: Request, image_ids: Collection[bytes]) -> None:
    """Delete the objects of images whose rows are gone; maintenance finds what stays behind."""
    try:
        _store(request).remove(image_ids)
    except Unreachable:
        log.warning("evidence storage unavailable")


def read_corners(form: Form) -> list[Box]:
    """Read the rectangles that a form spells, putting messages beside what cannot be one."""
    boxes = []
    for number in range(1, RECTANGLES + 1):
        names = [field(number, corner) for corner, _ in CORNERS]
        if not any(form.get(name) for name in names):
            continue
        sides = [_per_cent(form.get(name)) for name in names]
        for name, side in zip(names, sides, strict=True):
            if side is None:
                form.error(name, _CORNERS)
        left, top, right, bottom = (side or 0.0 for side in sides)
        if None not in sides:
            boxes.append((min(left, right), min(top, bottom), max(left, right), max(top, bottom)))
    return boxes


def _per_cent(text: str) -> float | None:
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip())
    number = float(f"{found[1]}.{found[2] or 0}") if found else 101.0
    return number if number <= 100 else None


def _draw(request: Request, form: Form, data: bytes, boxes: list[Box]) -> None:
    """Have a picture drawn anew; it takes the place of the form's draft."""
    spend(request, "attaching")
    try:
        picture = WORKER.scrub(data, boxes)
    except Unusable as refused:
        form.error("file", REFUSED[refused.why])
        return
    except Busy as error:
        raise Refusal(503) from error
    _drafts(request).drop(form.get("image"))
    form.values["image"] = _drafts(request).put(picture).name
    for name in _FIELDS:
        if name not in form.errors:
            form.values.pop(name, None)


def _draft(request: Request, form: Form) -> Draft | None:
    """Return the draft that a form names; a message beside the file where it is gone."""
    name = form.get("image")
    if not name:
        return None
    draft = _drafts(request).get(name)
    if draft is None:
        form.values["image"] = ""
        form.error("file", _GONE)
    return draft


def _remove(request: Request, form: Form) -> None:
    _drafts(request).drop(form.get("image"))
    for name in ("image", "alternative", *_FIELDS):
        form.values.pop(name, None)
        form.errors.pop(name, None)


def _drafts(request: Request) -> Drafts:
    drafts: Drafts = request.app.state.drafts
    return drafts


def _store(request: Request) -> Store:
    store: Store = request.app.state.store
    return store
