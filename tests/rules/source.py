"""What no line of the program may do, as functions over its syntax: log a person, read a clock."""

import ast
from collections.abc import Iterator
from typing import Final

LEVELS: Final = {"debug", "info", "warning", "warn", "error", "exception", "critical", "fatal"}
# What a log line may say besides its fixed text; the formatter (app/web/logs.py) knows no more.
FIELDS: Final = {"duty"}
CLOCKS: Final = {
    "now",
    "utcnow",
    "today",
    "fromtimestamp",
    "time",
    "time_ns",
    "localtime",
    "gmtime",
    "ctime",
    "strftime",
}
ORDERED: Final = {"uuid1", "uuid6", "uuid7", "ulid", "ksuid", "snowflake", "autoincrement"}


def tells_in_logs(tree: ast.AST) -> Iterator[str]:
    """A log call has one fixed text, and fields of the allow-list; no argument, no f-string."""
    loggers = _loggers(tree)
    for call in _calls(tree):
        if not _logs(call, loggers):
            continue
        place = f"line {call.lineno}"
        texts = call.args[1:] if _name(call.func) == "log" else call.args
        if len(texts) != 1 or not _is_text(texts[0]):
            yield f"{place}: a log line is one fixed text"
        for keyword in call.keywords:
            if keyword.arg == "extra":
                yield from (f"{place}: {said}" for said in _fields(keyword.value))
            elif keyword.arg != "exc_info":
                yield f"{place}: {keyword.arg} is no part of a log line"


def reads_a_clock(tree: ast.AST) -> Iterator[str]:
    """Nothing but the settings reads the clock, so that a finer time than a day is not at hand.

    `settings.now()` and `settings.today()` are the settings; a monotonic clock tells no time.
    """
    for call in _calls(tree):
        if _name(call.func) in CLOCKS and _owner(call.func) in {"datetime", "date", "time"}:
            yield f"line {call.lineno}: {_owner(call.func)}.{_name(call.func)}"


def orders_ids(tree: ast.AST) -> Iterator[str]:
    """Nothing makes ids that begin with a time."""
    for node in ast.walk(tree):
        names = [alias.name for alias in getattr(node, "names", []) if isinstance(alias, ast.alias)]
        if isinstance(node, ast.Name | ast.Attribute):
            names.append(_name(node))
        for name in names:
            if name.rpartition(".")[2].lower() in ORDERED:
                yield f"line {node.lineno}: {name}"


def _loggers(tree: ast.AST) -> set[str]:
    """Return the names that hold a logger: assigned from getLogger, or called log or logger."""
    found = {"log", "_log", "logger", "_logger", "logging"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and _gets_logger(node.value):
            found |= {_name(target) for target in node.targets}
    return found


def _logs(call: ast.Call, loggers: set[str]) -> bool:
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in LEVELS | {"log"}:
        return False
    held = call.func.value
    return _gets_logger(held) or (_name(held) in loggers)


def _fields(extra: ast.expr) -> Iterator[str]:
    if not isinstance(extra, ast.Dict):
        yield "extra fields are spelled where they are logged"
        return
    for key in extra.keys:
        if not isinstance(key, ast.Constant) or key.value not in FIELDS:
            yield f"{ast.unparse(key) if key else '**'} is not on the list of log fields"


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _gets_logger(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and _name(node.func) in {"getLogger", "get_logger"}


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _name(node: ast.AST) -> str:
    """Return the last part of a dotted name, or nothing."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _owner(node: ast.AST) -> str:
    return _name(node.value) if isinstance(node, ast.Attribute) else ""
