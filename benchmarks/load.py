"""A small HTTP/1.1 load: many requests over few kept connections, every answer checked."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """Requests a second, and the server's own CPU seconds for each request."""

    rate: float
    cpu: float


def cpu_seconds(pid: int) -> float:
    """Return the CPU time that a process has used, in seconds, to the nanosecond.

    Linux gives every process a clock (clock_getcpuclockid(3)); /proc counts in hundredths.
    """
    return time.clock_gettime((~pid << 3) | 2)


def request(host: str, path: str, headers: dict[str, str]) -> bytes:
    """Write a GET request as bytes."""
    lines = [f"GET {path} HTTP/1.1", f"Host: {host}", *(f"{n}: {v}" for n, v in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def measure(
    pid: int, port: int, requests: list[bytes], times: int, connections: int = 8
) -> Measured:
    """Send `times` requests, going round the list, and measure the server; raises on an error."""
    return asyncio.run(_measure(pid, port, requests, times, connections))


async def _measure(
    pid: int, port: int, requests: list[bytes], times: int, connections: int
) -> Measured:
    turns = iter([requests[n % len(requests)] for n in range(times)])
    streams = [await asyncio.open_connection("127.0.0.1", port) for _ in range(connections)]
    cpu, began = cpu_seconds(pid), time.perf_counter()
    await asyncio.gather(*(_send(reader, writer, turns) for reader, writer in streams))
    took, used = time.perf_counter() - began, cpu_seconds(pid) - cpu
    for _, writer in streams:
        writer.close()
    return Measured(times / took, used / times)


async def _send(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, turns: Iterator[bytes]
) -> None:
    for turn in turns:
        writer.write(turn)
        head = await reader.readuntil(b"\r\n\r\n")
        status = int(head[9:12])
        if status not in {200, 304}:
            raise RuntimeError(f"answered {status} to {turn!r}")
        await reader.readexactly(_length(head) if status == 200 else 0)


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line[15:])
    raise RuntimeError("an answer without a length")
