"""No figure that is hidden can be told from the ones that are shown: on random tables, by other means than the code's."""

from __future__ import annotations

import random
from itertools import product

import numpy
import pytest

from haidang.indicators.small import Sum, determined, hidden

FLOOR = 5


def cube(seed: int) -> tuple[dict[str, int], list[Sum], list[str]]:
    """A whole by places, by months and by items, as one Answer may show it; sizes are small and often nothing."""
    dice = random.Random(seed)
    sums, sizes, unseen = [], {}, []
    total = dice.choice([0, 3, 6, 12, 40, 300])
    sizes["whole"] = total
    for way in dice.sample(["place", "month", "item"], dice.randint(1, 3)):
        cuts = sorted(dice.randint(0, total) for _ in range(dice.randint(0, 7)))
        parts = [b - a for a, b in zip([0, *cuts], [*cuts, total], strict=True)]
        names = [f"{way}{index}" for index in range(len(parts))]
        sizes |= dict(zip(names, parts, strict=True))
        sums.append(Sum("whole", tuple(names)))
        for name in [name for name in names if sizes[name] > 3][: dice.randint(0, 2)]:
            first = dice.randint(0, sizes[name])
            sizes |= {f"{name}a": first, f"{name}b": sizes[name] - first}
            sums.append(Sum(name, (f"{name}a", f"{name}b")))
            if dice.random() < 0.3:
                unseen.append(f"{name}b")
    return sizes, sums, unseen


def fixed(sums: list[Sum], secret: list[str], sizes: dict[str, int]) -> list[str]:
    """By singular values: a hidden size is fixed when its unit vector lies in the row space of the system."""
    matrix = numpy.zeros((len(sums), len(secret)))
    for row, one in enumerate(sums):
        for name, sign in [(one.whole, -1), *((part, 1) for part in one.parts)]:
            if name in secret:
                matrix[row, secret.index(str(name))] = sign
    rank = numpy.linalg.matrix_rank(matrix) if secret else 0
    return [
        name
        for index, name in enumerate(secret)
        if numpy.linalg.matrix_rank(numpy.vstack([matrix, numpy.eye(len(secret))[index]])) == rank
    ]


@pytest.mark.parametrize("seed", range(400))
def test_nothing_hidden_follows_from_what_is_shown(seed: int) -> None:
    sizes, sums, unseen = cube(seed)
    chosen = hidden(sizes, sums, FLOOR, unseen=unseen)
    small = {name for name, size in sizes.items() if 0 < size < FLOOR}
    assert small - set(unseen) <= chosen, "every small group is hidden"
    assert not [name for name in chosen if sizes[name] == 0]
    secret = sorted(map(str, chosen | {name for name in unseen if sizes[name]}))
    assert not [name for name in fixed(sums, secret, sizes) if name in chosen or sizes[name] < FLOOR]
    for one in sums:
        parts = [part for part in one.parts if part in secret]
        if set(parts) & (chosen | small) and one.whole not in secret:
            assert sum(sizes[str(part)] for part in parts) >= FLOOR, "what a shown sum hides is no small group itself"


def test_more_than_one_world_fits_what_is_shown() -> None:
    """Whole numbers from one person up, tried out: each hidden size has at least two values that fit."""
    tried = 0
    for seed in range(60):
        sizes, sums, _ = cube(seed)
        chosen = sorted(str(name) for name in hidden(sizes, sums, FLOOR))
        if not chosen or len(chosen) > 4 or max(sizes[name] for name in chosen) > 14:
            continue  # too many worlds to try out
        tried += 1
        worlds = []
        for guess in product(range(1, 16), repeat=len(chosen)):
            world = {**sizes, **dict(zip(chosen, guess, strict=True))}
            if all(world[str(s.whole)] == sum(world[str(part)] for part in s.parts) for s in sums):
                worlds.append(guess)
        assert all(len({world[index] for world in worlds}) > 1 for index in range(len(chosen))), seed
    assert tried > 10


def test_the_next_smallest_goes_with_a_lone_one() -> None:
    sizes = {"t": 100, "a": 3, "b": 40, "c": 20, "d": 37}
    assert hidden(sizes, [Sum("t", ("a", "b", "c", "d"))], FLOOR) == {"a", "c"}


def test_two_lone_ones_that_are_together_a_small_group_take_a_third() -> None:
    sizes = {"t": 52, "a": 1, "b": 1, "c": 50}
    assert hidden(sizes, [Sum("t", ("a", "b", "c"))], FLOOR) == {"a", "b", "c"}


def test_a_difference_nobody_shows_is_kept_from_being_made() -> None:
    """97 to February, 100 to March: the three of March must not be told."""
    sizes = {"to-2": 97, "to-3": 100, "3": 3}
    assert hidden(sizes, [Sum("to-3", ("to-2", "3"))], FLOOR, unseen=["3"]) == {"to-2"}


def test_without_small_groups_nothing_is_hidden() -> None:
    assert hidden({"t": 10, "a": 5, "b": 5, "c": 0}, [Sum("t", ("a", "b", "c"))], FLOOR) == set()


def test_three_sums_that_together_fix_one() -> None:
    system = [Sum("t", ("a", "b")), Sum("u", ("b", "c")), Sum("v", ("a", "c"))]
    assert sorted(map(str, determined(system, {"a", "b", "c"}))) == ["a", "b", "c"]
    sizes = {"a": 3, "b": 8, "c": 9, "t": 11, "u": 17, "v": 12}
    assert determined(system, hidden(sizes, system, FLOOR)) == []
