"""`lamplight wallet`: the same wallet, under the command of an installation."""

from pathlib import Path

from typer.testing import CliRunner

from app.ops.command import commands
from tests.credentials.standings import NAME, QUARTER, issued


def test_the_words_reach_the_wallet_as_typed(tmp_path: Path) -> None:
    keys, secret = tmp_path / "keys.json", tmp_path / "secret"
    keys.write_bytes(issued()[0].document())
    words = ["wallet", "blind", "--keys", keys, "--employer", NAME, "--quarter", QUARTER]
    done = CliRunner().invoke(commands, [str(word) for word in (*words, "--secret", secret)])

    assert done.exit_code == 0
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["employer", "site"]
    assert secret.stat().st_mode & 0o777 == 0o600


def test_a_failure_is_one_line_and_help_is_the_wallet_s_own() -> None:
    failed = CliRunner().invoke(commands, ["wallet", "ready", "nowhere", "--keys", "nowhere"])
    assert (failed.exit_code, failed.stderr) == (
        1,
        "lamplight: nowhere: No such file or directory\n",
    )
    helped = CliRunner().invoke(commands, ["wallet", "ready", "--help"])
    assert helped.exit_code == 0
    assert "usage: lamplight wallet ready" in helped.stdout
