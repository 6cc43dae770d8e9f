"""What a stream has truly sent, counted for drills. Never: read by a stream."""

from __future__ import annotations

from datetime import date

from sandbox.streams._face import Out

TABLE = "stream_counts"


def tally(out: Out, source: str, day: date, count: int, **sums: float) -> None:
    """So many rows (and sums over them) of a day went out for a source."""
    if count:
        told = {"source": source, "day": day.isoformat(), "rows": count, "total": float(sum(sums.values()))}
        out.store(TABLE, [told])
