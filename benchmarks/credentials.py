"""What a credential costs beside one opening of a phrase (argon2id, 19 MiB, two passes).

`python -m benchmarks.credentials [--rounds N]` prints what docs/results/credentials.json keeps.
Every round measures all three, one after the other, by the processor's time of this process.
"""

import argparse
import json
import secrets
import statistics
import time
from collections.abc import Callable
from typing import Any, Final

from app.credentials import blind, chain, text, verifying
from app.credentials.presented import Presented
from app.issuing import signer
from app.members import keys

ROUNDS: Final = 60
# So often in one round that each takes some milliseconds.
TIMES: Final = {"argon2id": 1, "blind_sign": 10, "verify": 200}
GOALS: Final = {"blind_sign": 0.08, "verify": 0.002}


def main() -> None:
    """Measure in interleaved rounds and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    print(json.dumps(measure(parser.parse_args().rounds), indent=1))


def measure(rounds: int = ROUNDS) -> dict[str, dict[str, Any]]:
    """Return medians in milliseconds, their share of one argon2id, and whether goals held."""
    things = _things()
    spent: dict[str, list[float]] = {name: [] for name in things}
    for turn in range(rounds + 1):
        for name, do in things.items():
            took = _seconds(do, TIMES[name])
            if turn:  # the first round warms up
                spent[name].append(took)
    medians = {name: statistics.median(found) for name, found in spent.items()}
    ratios = {name: medians[name] / medians["argon2id"] for name in GOALS}
    return {
        "milliseconds": {name: round(1000 * took, 4) for name, took in medians.items()},
        "ratios": {f"{name} / argon2id": round(ratio, 5) for name, ratio in ratios.items()},
        "goals": {
            f"{name} / argon2id": {"goal": f"<= {goal}", "held": ratios[name] <= goal}
            for name, goal in GOALS.items()
        },
    }


def _things() -> dict[str, Callable[[], object]]:
    """Make one key and one credential, and return what is measured of them."""
    private = signer.generate()
    prepared = blind.prepare(text.MESSAGE)
    hidden = blind.blind(private.n, prepared)
    answer = signer.blind_sign(private, hidden.message)
    signature = blind.finalize(private.n, prepared, answer, hidden.inverse)
    listed = chain.Key(chain.key_id(private.n), private.n, None, "", "2026Q4")
    presented = Presented(listed.id, prepared, signature)
    if not verifying.genuine(listed, presented):
        raise RuntimeError("a fresh credential does not verify")
    site = keys.Site(secrets.token_bytes(keys.SALT_BYTES), secrets.token_bytes(32))
    return {
        "argon2id": lambda: keys.open_phrase(site, prepared[:16]),
        "blind_sign": lambda: signer.blind_sign(private, hidden.message),
        "verify": lambda: verifying.genuine(listed, presented),
    }


def _seconds(do: Callable[[], object], times: int) -> float:
    begun = time.process_time()
    for _ in range(times):
        do()
    return (time.process_time() - begun) / times


if __name__ == "__main__":
    main()
