"""What a credential may cost beside one opening of a phrase; `make bench` measures it longer."""

from benchmarks.credentials import measure


def test_signing_and_verifying_cost_next_to_nothing() -> None:
    goals = measure(rounds=9)["goals"]
    assert {name: goal["held"] for name, goal in goals.items()} == {
        "blind_sign / argon2id": True,
        "verify / argon2id": True,
    }
