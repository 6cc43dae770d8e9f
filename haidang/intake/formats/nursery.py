"""The process readers are born in: it has everything imported, forks a limited child for each order, and waits for it.

Orders come on standard input, answers go to standard output, each with its length before it; the end of the input is
its own end. Never: reads a file itself; lets a child outlive its time; runs in the process that lands.
"""

from __future__ import annotations

import gc
import json
import os
import pickle
import select
import signal
import struct
import sys
import time
from typing import IO

import pyarrow as pa

from haidang.intake.formats import child, opened
from haidang.intake.formats.limits import CHILD_SECONDS

LENGTH = struct.Struct("<Q")
LATE = "late"
WIDE = 1 << 16


def main() -> None:
    """Serve orders until there are no more."""
    opened.kinds()
    pa.array([""], pa.string())  # what is imported late is imported once, here
    gc.freeze()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    while order := taken(sys.stdin.buffer):
        answer = json.dumps(_served(order)).encode()
        answers.write(LENGTH.pack(len(answer)) + answer)
        answers.flush()


def taken(stream: IO[bytes]) -> bytes:
    """The next message of a stream, nothing at its end."""
    head = stream.read(LENGTH.size)
    return stream.read(LENGTH.unpack(head)[0]) if len(head) == LENGTH.size else b""


def _served(order: bytes) -> dict[str, object]:
    """What the child told (as text) and the code it ended with; `LATE` when it had to be ended."""
    inlet, outlet = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(inlet)
        _born(order, outlet)
    os.close(outlet)
    told = _heard(inlet, time.monotonic() + CHILD_SECONDS)
    if told is None:
        os.kill(pid, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return {"told": (told or b"").decode("utf-8", "replace"), "code": LATE if told is None else code}


def _born(order: bytes, outlet: int) -> None:
    """In the child: limit itself, read, tell, end."""
    code = 1
    try:
        child.limit()
        kind, file = pickle.loads(order)  # ours: it comes from the process that started us
        with os.fdopen(outlet, "wb") as out:
            out.write(json.dumps(child.tell(kind, file)).encode())
        code = 0
    finally:
        os._exit(code)


def _heard(inlet: int, until: float) -> bytes | None:
    """Everything the child writes; None when it takes too long."""
    parts: list[bytes] = []
    with os.fdopen(inlet, "rb", buffering=0) as stream:
        while True:
            ready, _, _ = select.select([stream], [], [], max(0.0, until - time.monotonic()))
            if not ready:
                return None
            part = stream.read(WIDE)
            if not part:
                return b"".join(parts)
            parts.append(part)


if __name__ == "__main__":
    main()
