"""What is known of a dossier at a moment: its status, since when, and when that will change. From its life alone.

Never: looks at a clock or a database.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from sandbox.dossiers.plan import NEVER
from sandbox.dossiers.working import Ints

EVENTS = (
    ("nop", 1), ("tiep_nhan", 2), ("xu_ly", 4), ("bo_sung_1", 5), ("da_bo_sung_1", 4), ("bo_sung_2", 5),
    ("da_bo_sung_2", 4), ("nop_tien", 6), ("da_nop_tien", 4), ("ket_thuc", 0), ("tra", 10),
)  # fmt: skip
"""(column, status from then on) in the order of a life; 0: how it ends stands in `ket_qua` (9, 7, 8 or 3)."""
END = [name for name, _ in EVENTS].index("ket_thuc")
STATUS = np.array([status for _, status in EVENTS], dtype=np.int64)


def states(life: Mapping[str, Any], moment: int) -> tuple[Ints, Ints, Ints]:
    """(status, changed, next change) of each dossier at a moment; (0, NEVER, …) before it is handed in."""
    times = np.stack([np.asarray(life[name], dtype=np.int64) for name, _ in EVENTS], axis=1)
    past = times <= moment
    seen = past.any(axis=1)
    last = len(EVENTS) - 1 - np.argmax(past[:, ::-1], axis=1)
    status = np.where(last == END, np.asarray(life["ket_qua"], dtype=np.int64), STATUS[last])
    changed = np.take_along_axis(times, last[:, None], axis=1)[:, 0]
    coming = np.where(past, NEVER, times).min(axis=1)
    return np.where(seen, status, 0), np.where(seen, changed, NEVER), coming
