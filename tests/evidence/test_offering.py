"""A picture on its way into a post: shown first, blacked out, described, kept; or refused."""

import asyncio
import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi import FastAPI
from limits import parse
from PIL import Image
from starlette.testclient import TestClient

from app.db import random_id
from app.evidence import offering, uploads
from app.evidence.drafts import Drafts, Memory
from app.evidence.scrubbing import MOST_BYTES
from app.evidence.uploads import BODY_BYTES
from app.main import create_app
from app.settings import Settings
from app.web.headers import FIXED
from app.web.limits import Budget
from app.web.refusals import Refusal
from tests.evidence import pictures
from tests.evidence.conftest import Writer, router
from tests.evidence.pictures import NAME, PLACE, chunks, written

CORNERS = {
    f"{corner}1": str(side) for (corner, _), side in zip(offering.CORNERS, NAME, strict=True)
}
WORDS = "A calendar, the name covered"


def test_a_name_is_blacked_out_in_what_is_stored(
    writer: Writer, app: FastAPI, settings: Settings
) -> None:
    writer.send("take", pictures.talkative())
    before = writer.draft
    assert writer.client.get(before).status_code == 200
    writer.send("black_out", **CORNERS, alternative=WORDS)
    assert (writer.status, writer.draft != before) == (200, True)
    assert writer.client.get(before).status_code == 404
    folder = settings.var / "evidence"
    assert not folder.exists()  # so far it was in memory alone
    image_id = random_id()
    assert writer.post(id=image_id.hex(), alternative=f" {WORDS}\n ").status == 201
    assert WORDS in writer.html
    kept = (folder / image_id.hex()).read_bytes()
    assert list(chunks(kept)) == [b"VP8 "]
    assert PLACE not in kept
    drawn = Image.open(io.BytesIO(kept)).convert("RGB")
    left, top, right, bottom = (
        side * most // 100 for side, most in zip(NAME, (400, 200) * 2, strict=True)
    )
    assert (
        max(max(drawn.getpixel((x, y))) for x in range(left, right) for y in range(top, bottom))
        < 60
    )
    answer = writer.client.get(f"/evidence/{image_id.hex()}.webp")
    assert answer.content == kept


def test_no_file_waits_on_a_disk(
    writer: Writer, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    rolled: list[object] = []
    monkeypatch.setattr("tempfile.SpooledTemporaryFile.rollover", rolled.append)
    large = written(Image.effect_noise((1_800, 1_800), 60))
    assert len(large) > 2_000_000
    assert writer.send("take", large + b"the end of this file").status == 200
    assert writer.draft
    assert rolled == []
    found = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not [path for path in found if b"the end of this file" in path.read_bytes()]
    assert {path.name.partition(".")[0] for path in found} <= {"lamplight"}


def test_an_image_is_described_looked_at_and_finished_before_it_is_posted(writer: Writer) -> None:
    writer.send("take", written(pictures.screenshot()))
    image = dict(writer.fields)
    assert writer.post(id=random_id().hex()).errors == ["alternative"]
    writer.fields = image
    assert writer.post(id="00", alternative="x" * 501).errors == ["alternative"]
    writer.fields = image
    assert writer.post(id="00", alternative=WORDS, left1="5").errors == ["left1"]
    writer.fields = {"file": "IMG_0007.jpg"}  # what a plain form sends of a chosen file
    assert writer.post(id="00", alternative=WORDS).errors == ["file"]
    assert "IMG_0007" not in writer.html
    writer.fields = {"image": "00" * 16}
    assert writer.post(id="00", alternative=WORDS).errors == ["file"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"words", "not a picture"),
        (b"", "empty"),
        (b"GIF89a" + bytes(40), "PNG, JPEG or WebP"),
        (b"<svg/>", "PNG, JPEG or WebP"),
        (b"%PDF-1.7", "PNG, JPEG or WebP"),
        (b"\0\0\0\x18ftypheic" + bytes(9), "PNG, JPEG or WebP"),
        (pictures.png(6_001, 4_000), "24 million"),
        (pictures.moving("WEBP"), "moves"),
        (written(pictures.screenshot())[:99], "broken"),
        (bytes(8_000_001), "8 MB"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_refusal_says_why_beside_the_file(writer: Writer, data: bytes, said: str) -> None:
    writer.send("take", data, name="../../etc/holiday.png")
    assert (writer.status, writer.errors, writer.draft) == (422, ["file"], "")
    assert said in writer.html
    assert "holiday" not in writer.html


def test_corners_that_make_no_rectangle_are_said_and_the_picture_stays(writer: Writer) -> None:
    writer.send("take", written(pictures.screenshot()))
    draft = writer.draft
    assert writer.send("black_out").errors == ["left1"]
    assert writer.send("black_out", left1="5", top1="5", right1="110", bottom1="9").errors == [
        "right1"
    ]
    assert writer.send("black_out", left2="a", top2="5", right2="10", bottom2="9").errors == [
        "left2"
    ]
    assert writer.send("black_out", left1="5").errors == ["top1", "right1", "bottom1"]
    assert writer.draft == draft
    assert (
        writer.send("black_out", left1="９０，５", top1="90%", right1="5", bottom1="5").errors == []
    )
    assert writer.send("remove").draft == ""
    assert writer.client.get(draft).status_code == 404
    assert writer.send("take").errors == ["file"]


def test_pictures_bear_their_own_headers(writer: Writer) -> None:
    writer.send("take", written(pictures.screenshot()))
    draft = writer.client.get(writer.draft)
    image_id = random_id()
    writer.post(id=image_id.hex(), alternative=WORDS)
    kept = writer.client.get(f"/evidence/{image_id.hex()}.webp")
    for answer, cache in ((draft, "no-store"), (kept, "public, max-age=600")):
        expected = {
            **FIXED,
            "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; "
            "frame-ancestors 'none'; sandbox",
            "Content-Type": "image/webp",
            "Content-Disposition": 'inline; filename="evidence.webp"',
            "Cache-Control": cache,
        }
        assert {name: answer.headers.get(name) for name in expected} == expected
        assert not {"set-cookie", "etag", "last-modified"} & set(answer.headers)
    for name in ("0" * 32, "drafts/" + "0" * 32, "A" * 32, "..%2f..%2fsecret", image_id.hex()[:-1]):
        assert writer.client.get(f"/evidence/{name}.webp").status_code == 404


def test_an_image_goes_with_its_row_and_a_second_never_takes_its_place(
    writer: Writer, app: FastAPI
) -> None:
    image_id = random_id()
    app.state.store.put(image_id, b"first")
    app.state.store.put(image_id, b"second")
    assert app.state.store.get(image_id) == b"first"
    assert writer.client.get(f"/evidence/{image_id.hex()}.webp").status_code == 404


def test_bodies_are_bounded(writer: Writer, app: FastAPI) -> None:
    assert writer.send("take", bytes(BODY_BYTES)).status == 413
    assert writer.send("take", bytes(3 * MOST_BYTES)).status == 422
    assert "This file is larger than 8 MB." in writer.html
    two = [("file", ("a.png", b"x")), ("file", ("b.png", b"y"))]
    assert writer.client.post("/letterbox/image", files=two).status_code == 400
    assert (
        writer.client.post(
            "/letterbox/image", data={f"f{n}": "x" for n in range(90)}, files=two[:1]
        ).status_code
        == 400
    )
    # What is no file is bounded as in every form: reading 30 MB of it would take gigabytes.
    long = "text=" + "%41" * (BODY_BYTES // 4)
    kind = {"content-type": "application/x-www-form-urlencoded"}
    assert writer.client.post("/letterbox/image", content=long, headers=kind).status_code == 413
    app.state.landing = uploads.Landing(places=0)
    assert writer.send("take", bytes(2_000_000)).status == 503
    assert writer.send("take", written(pictures.screenshot())).status == 200


def test_no_network_keeps_the_others_from_sending_large_pictures() -> None:
    async def hold() -> None:
        landing = uploads.Landing()
        async with landing.place("203.0.113.0/24"):
            async with landing.place("203.0.113.0/24"):
                with pytest.raises(Refusal):
                    async with landing.place("203.0.113.0/24"):
                        pass
                async with landing.place("onion"):
                    pass
            async with landing.place("203.0.113.0/24"):
                pass

    asyncio.run(hold())


def test_a_network_attaches_so_many_and_no_more(settings: Settings) -> None:
    few = parse("2 per hour")
    made = create_app(settings, {"attaching": Budget(few, few)})
    made.include_router(router)
    with TestClient(
        made, base_url=settings.base_url, headers={"sec-fetch-site": "same-origin"}
    ) as client:
        writer = Writer(client)
        data = written(pictures.screenshot((20, 10)))
        assert [writer.send("take", data).status for _ in range(3)] == [200, 200, 429]


def test_drafts_wait_half_an_hour_within_a_bound(tmp_path: Path) -> None:
    now = [0.0]
    memory = Memory(most_bytes=250, clock=lambda: now[0])
    names = [memory.lay(os.urandom(100)) for _ in range(3)]
    assert [memory.laid(name) is not None for name in names] == [False, True, True]
    assert memory.bytes == 200
    now[0] = 1_801.0
    assert memory.laid(names[2]) is None
    memory.lay(bytes(10))
    assert memory.bytes == 10
    assert Drafts(memory).get("no name") is None


def test_strangers_change_nothing(letterbox: FastAPI, browsers: Callable[..., TestClient]) -> None:
    answer = browsers().post(
        "/letterbox/image",
        headers={"sec-fetch-site": "cross-site"},
        files={"file": ("a.png", b"x")},
    )
    assert answer.status_code == 403
