"""Still, cold air that keeps the dust: two episodes each winter, drawn from the seed. Never: a forecast."""

from __future__ import annotations

from datetime import date

from sandbox.world import World

EPISODES = 2


def bad_air(world: World, day: date) -> float:
    """0 usually, 1 within an episode of four to seven days; November to February."""
    winter = day.year if day.month >= 7 else day.year - 1
    rng = world.rng("bad-air", date(winter, 1, 1))
    starts = date(winter, 11, 1).toordinal() + rng.integers(0, 95, EPISODES)
    lasts = rng.integers(4, 8, EPISODES)
    return float(any(0 <= day.toordinal() - s < n for s, n in zip(starts, lasts, strict=True)))
