"""Faces and plates: what is found is blurred; how much is found is measured here and said in docs/help.md."""

from __future__ import annotations

from typing import Any

import numpy
import pytest
from cases.files import pictures

from haidang.cases.files import telling


def _ground() -> Any:
    return numpy.full((720, 1280, 3), 105, numpy.uint8)


def _hit(boxes: list[list[int]], middle: tuple[float, float]) -> bool:
    return any(x <= middle[0] <= x + wide and y <= middle[1] <= y + high for x, y, wide, high in boxes)


@pytest.mark.parametrize(("two_lines", "width"), [(True, 80), (True, 200), (False, 120), (False, 260)])
def test_most_drawn_plates_are_found(two_lines: bool, width: int) -> None:
    hits = 0
    for seed in range(5):
        scene, middle = pictures.plate(_ground(), two_lines=two_lines, width=width, seed=seed)
        hits += _hit(telling.found(scene).get("plates", []), middle)
    assert hits >= 4, f"{hits} of 5"


def test_plates_are_found_on_a_real_road() -> None:
    hits, tried = 0, 0
    for seed, frame in enumerate(pictures.frames("car-detection", 75)):
        scene, middle = pictures.plate(frame, two_lines=True, width=160, seed=seed)
        hits += _hit(telling.found(scene).get("plates", []), middle)
        tried += 1
    assert tried >= 5
    assert hits >= tried - 1


def test_few_faces_are_seen_where_there_is_none() -> None:
    """Everybody in this video stands with their back to the camera."""
    wrong = sum(bool(telling.found(frame)) for frame in pictures.frames("one-by-one-person-detection", 140))
    assert wrong <= 1


def test_what_is_blurred_cannot_be_read() -> None:
    """No letter of a plate stands out any more: the picture within the box is all but flat."""
    scene, middle = pictures.plate(_ground(), two_lines=True, width=200)
    found = telling.found(scene)
    plain = telling.blurred(scene, found)
    x, y, wide, high = next(box for box in found["plates"] if _hit([box], middle))
    before, after = (one[y : y + high, x : x + wide].astype(float) for one in (scene, plain))
    edges = [float(numpy.abs(numpy.diff(one[..., 0], axis=1)).max()) for one in (before, after)]
    assert edges[0] > 60
    assert edges[1] < 15
    assert not _hit(telling.found(plain).get("plates", []), middle)


def test_a_box_at_the_edge_is_blurred_within_the_picture() -> None:
    scene = _ground()
    scene[:40:2, :40] = 255
    plain = telling.blurred(scene, {"faces": [[-5, -5, 40, 40]], "plates": [[1270, 700, 50, 50]]})
    assert plain.shape == scene.shape
    assert int(plain[10:20, 10:20].max()) < 255


def test_nothing_is_found_on_a_bare_wall() -> None:
    assert telling.found(_ground()) == {}
