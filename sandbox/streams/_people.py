"""Shares of the communes and made-up people who live in them. Never: a real person."""

from __future__ import annotations

import numpy as np

from sandbox.world import World

FAMILY = ("Nguyễn", "Hoàng", "Nông", "Vi", "Lương", "Hứa", "Triệu", "Lý", "Đàm", "Bế", "Lành", "Chu", "Mã", "Phùng")
MIDDLE = ("Văn", "Thị", "Đức", "Thu", "Minh", "Ngọc", "Quang", "Bích", "Hữu", "Thanh")
GIVEN = ("An", "Bình", "Chi", "Dũng", "Hà", "Hòa", "Lan", "Long", "Mai", "Nam", "Phúc", "Sơn", "Thảo", "Tuấn", "Yến")


def codes(world: World) -> np.ndarray:
    """Codes of the communes, by code."""
    return np.array([commune.code for commune in world.communes])


def shares(world: World) -> np.ndarray:
    """Each commune's share of the people."""
    people = np.array([commune.people for commune in world.communes], dtype=float)
    return people / people.sum()


def name_of(world: World, code: str) -> str:
    return next(commune.name for commune in world.communes if commune.code == code)


def someone(number: int) -> str:
    """A made-up name, the same for the same number."""
    parts = (FAMILY[number % len(FAMILY)], MIDDLE[number // 14 % len(MIDDLE)], GIVEN[number // 140 % len(GIVEN)])
    return " ".join(parts)
