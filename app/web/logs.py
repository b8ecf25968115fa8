"""Logs that name nobody: what happened, never to whom and never with what words.

A line holds the level, the logger, a fixed text and, for a failure, the kind of error and the
places in the code. Arguments and messages of errors are left out, because they may hold what a
person typed.
"""

import json
import logging
import sys
import traceback
from typing import Any, Final

FIELDS: Final = ("duty",)


class Nameless(logging.Formatter):
    """Writes one JSON object a line from an allow-list of fields."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record without its arguments."""
        line: dict[str, Any] = {
            "level": record.levelname.lower(),
            "logger": record.name,
            # asyncio writes the error itself, words and all, from the second line on.
            "event": str(record.msg).partition("\n")[0],
        }
        line |= {name: record.__dict__[name] for name in FIELDS if name in record.__dict__}
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["places"] = _places(record.exc_info[2])
        return json.dumps(line, ensure_ascii=True)


def _places(trace: Any) -> list[str]:
    frames = traceback.extract_tb(trace)[-8:]
    return [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames]


def install() -> None:
    """Send every logger of this process through the nameless form to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Nameless())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("lamplight").setLevel(logging.INFO)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        other = logging.getLogger(name)
        other.handlers.clear()
        other.propagate = name != "uvicorn.access"
