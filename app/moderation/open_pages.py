"""Pages in the open: the report, the log and its head, the verifier, the guidelines.

The same bytes for everybody of a language, and for a whole day (UTC).
"""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import PlainTextResponse, Response

from app.db import Reading
from app.figures.documents import Cell, cell
from app.moderation import log, sampling, saying, transparency, verifying
from app.moderation.powers import POWERS
from app.triage.reasons import REASONS
from app.web.refusals import Refusal
from app.web.templates import page

router = APIRouter()

LINES: Final = 50  # on one page
PART: Final = 5_000  # lines of one download; a Link header leads to the next part
_PUBLIC: Final = {"Cache-Control": "public, no-cache"}
_COLUMNS: Final = (*verifying.FIELDS, "hash", "named")
_LARGEST: Final = 2**31 - 1  # of a line's number


@router.get("/transparency")
def report(request: Request, db: Reading) -> Response:
    """Show the counts of a quarter, a half year or all time."""
    today = request.app.state.settings.today()
    chosen = _period(request, today)
    tables = transparency.tables(db, chosen)
    return page(
        request,
        "moderation/transparency.html",
        public=True,
        chosen=chosen,
        periods=transparency.periods(db, today),
        tables=tables,
        reversal=transparency.reversal(tables),
        a_day=sampling.A_DAY,
    )


@router.get("/transparency/report.csv")
def report_csv(request: Request, db: Reading) -> Response:
    """Give the tables of every quarter, half year and all time, one number a row."""
    rows: list[tuple[Cell, ...]] = [("period", "table", "of", "column", "count")]
    today = request.app.state.settings.today()
    for period in (*transparency.periods(db, today), transparency.period("", today)):
        for table in transparency.tables(db, period):
            rows += [(period.name or "all", *cells) for cells in table.cells()]
    return _csv(rows, "lamplight-transparency.csv")


@router.get("/transparency/log")
def lines(request: Request, db: Reading) -> Response:
    """Show the log, the newest line first; after: what follows a line further down."""
    today = request.app.state.settings.today()
    found = log.newest(db, today, _after(request), LINES + 1)
    return page(
        request,
        "moderation/open_log.html",
        public=True,
        lines=found[:LINES],
        following=found[LINES - 1].values.number if len(found) > LINES else None,
        first=_after(request) is None,
        said=saying.said,
        judged=POWERS,
    )


@router.get("/transparency/log.csv")
def lines_csv(request: Request, db: Reading) -> Response:
    """Give the lines after a number as CSV, a part at a time."""
    found = _chained(request, db)
    rows: list[tuple[Cell, ...]] = [_COLUMNS]
    for line in found:
        values = [_cell(value) for value in line.values]
        rows.append((*values, line.named.slug if line.named else None))
    return _part(_csv(rows, "lamplight-log.csv"), request, found)


@router.get("/transparency/log.jsonl")
def lines_json(request: Request, db: Reading) -> Response:
    """Give the lines after a number for the verifier, one JSON object a line, a part at a time."""
    found = _chained(request, db)
    text = "".join(f"{json.dumps(line.document(), separators=(',', ':'))}\n" for line in found)
    headers = {**_PUBLIC, "Content-Disposition": 'attachment; filename="lamplight-log.jsonl"'}
    return _part(Response(text, 200, headers, media_type="application/jsonl"), request, found)


@router.get("/transparency/head")
def head(request: Request) -> Response:
    """Give the head as of last midnight: NUMBER:HASH, and the day that ended then."""
    last = request.app.state.settings.today() - timedelta(days=1)
    return PlainTextResponse(f"{request.app.state.site()['head']} {last}\n", 200, _PUBLIC)


@router.get("/transparency/verify.py")
def verifier() -> Response:
    """Give the verifier: the very file that `lamplight transparency verify` runs."""
    headers = {**_PUBLIC, "Content-Disposition": 'attachment; filename="verify.py"'}
    source = Path(verifying.__file__).read_bytes()
    return Response(source, 200, headers, media_type="text/x-python; charset=utf-8")


@router.get("/guidelines")
def guidelines(request: Request) -> Response:
    """Say what is welcome here, what is not, and what can be done about a decision."""
    return page(request, "moderation/guidelines.html", public=True, reasons=REASONS.values())


def _period(request: Request, today: date) -> transparency.Period:
    try:
        return transparency.period(request.query_params.get("period", ""), today)
    except ValueError:
        raise Refusal(404) from None


def _after(request: Request) -> int | None:
    """Read the number of a line from the address; None without one."""
    text = request.query_params.get("after", "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or len(text) > len(str(_LARGEST)):
        raise Refusal(404)
    return min(int(text), _LARGEST)


def _chained(request: Request, db: Session) -> list[log.Line]:
    """Return one part of the log as it is chained."""
    return log.oldest(db, request.app.state.settings.today(), _after(request) or 0, PART)


def _part(response: Response, request: Request, found: Sequence[log.Line]) -> Response:
    """Name the next part of a download, if there may be one."""
    if len(found) == PART:
        after = found[-1].values.number
        response.headers["Link"] = f'<{request.url.path}?after={after}>; rel="next"'
    return response


def _csv(rows: Iterable[Sequence[Cell]], name: str) -> Response:
    """Write rows as CSV (RFC 4180) that no spreadsheet takes for formulas."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(
        [cell(value) for value in row] for row in rows
    )
    headers = {**_PUBLIC, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text.getvalue(), 200, headers, media_type="text/csv")


def _cell(value: object) -> Cell:
    if isinstance(value, bytes):
        return value.hex()
    return value if value is None or isinstance(value, int | str) else str(value)
