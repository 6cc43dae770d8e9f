"""The communes as weights. Never: a real head count."""

from __future__ import annotations

import numpy as np

from sandbox.world import World


def codes(world: World) -> np.ndarray:
    """Codes of the communes, by code."""
    return np.array([commune.code for commune in world.communes])


def shares(world: World) -> np.ndarray:
    """Each commune's share of the people."""
    people = np.array([commune.people for commune in world.communes], dtype=float)
    found: np.ndarray = people / people.sum()
    return found


def name_of(world: World, code: str) -> str:
    return next(commune.name for commune in world.communes if commune.code == code)
