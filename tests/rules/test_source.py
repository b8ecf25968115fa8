"""Logs that name nobody, clocks and ids that order nothing: held over every line of the program."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.web import logs
from tests.rules import source

APP = Path(__file__).parents[2] / "app"
TREES = {str(path.relative_to(APP)): ast.parse(path.read_text()) for path in APP.rglob("*.py")}
# The settings are where the day comes from; the wallet is the worker's own, on the worker's own
# machine; a sealed form field knows its minute, and no disk sees it.
# A storage of pictures tells when an object was written, so that upkeep can take that away.
CLOCKED = {"settings.py", "credentials/wallet.py", "evidence/store.py", "web/tokens.py"}
Rule = Callable[[ast.AST], Iterator[str]]


def broken(rule: Rule) -> dict[str, list[str]]:
    """Say in which modules a rule is broken, and how."""
    said = {module: list(rule(tree)) for module, tree in TREES.items()}
    return {module: found for module, found in said.items() if found}


def test_no_log_line_says_more_than_the_list_allows() -> None:
    assert broken(source.tells_in_logs) == {}
    assert set(logs.FIELDS) <= source.FIELDS


def test_the_rule_on_logs_sees_every_call() -> None:
    calls = []
    for module, tree in TREES.items():
        loggers = source._loggers(tree)
        calls += [module for call in source._calls(tree) if source._logs(call, loggers)]
    assert len(calls) >= 5
    assert "web/refusals.py" in calls


def test_only_the_settings_read_the_clock() -> None:
    assert broken(source.reads_a_clock).keys() <= CLOCKED


def test_nothing_makes_time_ordered_ids() -> None:
    found = broken(source.orders_ids)
    # `autoincrement=False` is said where a number is public.
    assert found == {}


PLANTED: list[tuple[Rule, str]] = [
    (source.tells_in_logs, "log.info(f'joined {lookup}')"),
    (source.tells_in_logs, "log.info('joined %s', lookup)"),
    (source.tells_in_logs, "log.info(message)"),
    (source.tells_in_logs, "log.info('joined ' + lookup)"),
    (source.tells_in_logs, "log.info('joined', extra={'tag': tag})"),
    (source.tells_in_logs, "log.info('joined', extra={**fields})"),
    (source.tells_in_logs, "log.info('joined', extra=fields)"),
    (source.tells_in_logs, "log.log(20, f'joined {lookup}')"),
    (source.tells_in_logs, "log.exception('failed', stack_info=True)"),
    (source.tells_in_logs, "import logging\nlogging.warning(str(request.client))"),
    (source.tells_in_logs, "import logging\nlogging.getLogger('x').error(error)"),
    (source.tells_in_logs, "said = logging.getLogger('x')\nsaid.error(repr(error))"),
    (source.tells_in_logs, "structlog.get_logger().info('joined', lookup=lookup)"),
    (source.reads_a_clock, "day = datetime.now(UTC)"),
    (source.reads_a_clock, "day = datetime.datetime.utcnow()"),
    (source.reads_a_clock, "day = date.today()"),
    (source.reads_a_clock, "stamp = time.time_ns()"),
    (source.orders_ids, "from uuid import uuid1"),
    (source.orders_ids, "id = uuid.uuid7().bytes"),
    (source.orders_ids, "import ulid"),
]


@pytest.mark.parametrize(("rule", "code"), PLANTED)
def test_each_rule_finds_what_is_planted(rule: Rule, code: str) -> None:
    assert list(rule(ast.parse(code))) != []


def test_what_the_house_writes_passes() -> None:
    code = """
log = logging.getLogger("lamplight")
log.warning("database unavailable")
log.exception("a duty failed", extra={"duty": duty.what})
log.exception("a page failed", exc_info=True)
form.error("token", message % values)
day = settings.today()
since = time.monotonic()
"""
    for rule in (source.tells_in_logs, source.reads_a_clock, source.orders_ids):
        assert list(rule(ast.parse(code))) == []
