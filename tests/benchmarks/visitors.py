"""Visits pages of the mock portal as many people at once; a process of its own, told what to do on standard input."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from time import perf_counter
from typing import Any

_LENGTH = re.compile(rb"(?i)\r\ncontent-length: (\d+)")


async def _connection(order: dict[str, Any], numbers: list[int], times: list[float]) -> int:
    """Visit the pages *numbers* on one kept connection; return how many named somebody else, or failed."""
    reader, writer = await asyncio.open_connection("127.0.0.1", order["port"])
    crossed, names = 0, [visitor["name"] for visitor in order["visitors"]]
    for number in numbers:
        visitor = order["visitors"][number % len(names)]
        path = order["paths"][number // len(names) % len(order["paths"])]
        request = f"GET {path} HTTP/1.1\r\nhost: {order['host']}\r\ncookie: {visitor['cookie']}\r\n\r\n"
        began = perf_counter()
        writer.write(request.encode())
        head = await reader.readuntil(b"\r\n\r\n")
        found = _LENGTH.search(head)
        body = (await reader.readexactly(int(found[1]) if found else 0)).decode()
        times.append(perf_counter() - began)
        if not head.startswith(b"HTTP/1.1 200") or visitor["name"] not in body:
            crossed += 1
    writer.close()
    return crossed


async def _visit(order: dict[str, Any]) -> dict[str, object]:
    times: list[float] = []
    parts = [list(range(start, order["pages"], order["at_once"])) for start in range(order["at_once"])]
    began = perf_counter()
    crossed = await asyncio.gather(*(_connection(order, part, times) for part in parts))
    return {"times": times, "crossed": sum(crossed), "rate": order["pages"] / (perf_counter() - began)}


if __name__ == "__main__":
    json.dump(asyncio.run(_visit(json.load(sys.stdin))), sys.stdout)
