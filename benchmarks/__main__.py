"""The quick set: public pages against a bare ASGI application, credentials against argon2id."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from app.settings import Settings
from benchmarks import credentials, talk
from benchmarks.load import Measured, measure, request

ROUNDS = 25
REQUESTS = {"bare": 500, "site": 500, "cold": 150}
HOST = "127.0.0.1"
ZIPPED = {"Accept-Encoding": "gzip"}
GOALS = {
    "employer cached, CPU x bare": ("<=", 1.5),
    "employer cached, rate / bare": (">=", 0.75),
    "employer 304, CPU x bare": ("<=", 1.05),
    "employer cold, rate / bare": (">=", 0.25),
    "ranking cached, CPU x bare": ("<=", 1.5),
    "thread cached, CPU x bare": ("<=", 1.5),
    "thread cold, rate / bare": (">=", 0.14),
}


def main() -> None:
    """Build a demonstration, start the servers, measure in rounds, print one JSON object."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        environment = os.environ | {
            "LAMPLIGHT_VAR": folder,
            "LAMPLIGHT_BASE_URL": f"http://{HOST}",
            "LAMPLIGHT_SCHEDULE": "off",
        }
        _demo(environment)
        thread = talk.hundred(Settings(var=Path(folder)))
        servers = {
            kind: stack.enter_context(_server(kind, 18200 + n, environment))
            for n, kind in enumerate(REQUESTS)
        }
        figures = _figures(servers, thread)
    signing = credentials.measure()
    print(json.dumps({part: figures[part] | signing[part] for part in figures}, indent=1))


def _figures(servers: dict[str, tuple[int, int]], thread: str) -> dict[str, dict[str, Any]]:
    slug = "meridian-cloud"
    etag = _etag(servers["site"][1], f"/employers/{slug}")
    plain = [request(HOST, f"/employers/{slug}", ZIPPED)]
    kinds = {
        "bare": ("bare", [request(HOST, "/", {})]),
        "employer cached": ("site", plain),
        "employer 304": ("site", [request(HOST, f"/employers/{slug}", {"If-None-Match": etag})]),
        "employer cold": ("cold", plain),
        "ranking cached": ("site", [request(HOST, "/employers", ZIPPED)]),
        "ranking cold": ("cold", [request(HOST, "/employers", ZIPPED)]),
        "thread cached": ("site", [request(HOST, thread, ZIPPED)]),
        "thread cold": ("cold", [request(HOST, thread, ZIPPED)]),
    }
    rounds: dict[str, list[Measured]] = {name: [] for name in kinds}
    for turn in range(ROUNDS + 1):
        for name, (server, requests) in kinds.items():
            measured = measure(*servers[server], requests, REQUESTS[server])
            if turn:  # the first round warms up
                rounds[name].append(measured)
    ratios = _ratios(rounds)
    return {
        "ratios": ratios,
        "goals": {
            name: {"goal": f"{sign} {goal}", "held": _held(ratios[name], sign, goal)}
            for name, (sign, goal) in GOALS.items()
        },
    }


def _ratios(rounds: dict[str, list[Measured]]) -> dict[str, float]:
    ratios = {}
    for name, measured in rounds.items():
        pairs = list(zip(measured, rounds["bare"], strict=True))
        cpu = statistics.median(one.cpu / bare.cpu for one, bare in pairs)
        rate = statistics.median(one.rate / bare.rate for one, bare in pairs)
        ratios[f"{name}, CPU x bare"] = round(cpu, 2)
        ratios[f"{name}, rate / bare"] = round(rate, 3)
    return ratios


def _held(value: float, sign: str, goal: float) -> bool:
    return value <= goal if sign == "<=" else value >= goal


def _demo(environment: dict[str, str]) -> None:
    command = [
        str(Path(sys.executable).with_name("lamplight")),
        "demo",
        "--reports",
        "1500",
        "--threads",
        "10",
    ]
    subprocess.run(command, env=environment, check=True, stdout=sys.stderr)


@contextmanager
def _server(kind: str, port: int, environment: dict[str, str]) -> Iterator[tuple[int, int]]:
    """Start a server; yields its process and port."""
    command = [sys.executable, "-m", "benchmarks.serving", kind, str(port)]
    process = subprocess.Popen(command, env=environment)
    try:
        _await(port)
        yield process.pid, port
    finally:
        process.terminate()
        process.wait(10)


def _await(port: int) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(f"http://{HOST}:{port}/health").close()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise RuntimeError("a server did not start")


def _etag(port: int, path: str) -> str:
    with urllib.request.urlopen(f"http://{HOST}:{port}{path}") as answer:
        return str(answer.headers["ETag"])


if __name__ == "__main__":
    main()
