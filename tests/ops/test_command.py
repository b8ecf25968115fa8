"""`lamplight` itself: what a mistyped command answers."""

import pytest

from app.ops import command


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nope"], "lamplight: No such command 'nope' (see lamplight --help).\n"),
        (["backup"], "lamplight: Missing argument 'file' (see lamplight backup --help).\n"),
        (["serve", "--port", "x"], "lamplight: Invalid value for '--port': "),
        (["keys"], ""),
    ],
)
def test_a_mistyped_command_is_answered_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    monkeypatch.setattr("sys.argv", ["lamplight", *words])
    with pytest.raises(SystemExit) as ended:
        command.main()
    answered = capsys.readouterr()
    assert ended.value.code == 2
    assert answered.err.startswith(said)
    assert answered.err.count("\n") == bool(said)
    assert bool(answered.out) is not bool(said)
