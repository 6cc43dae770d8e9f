"""Number plates of two lines (motorcycles) and of one, by their look: a light field with a row or two of dark signs.

Found: light regions whose holes are as many and as high as a plate's letters. Shop signs look so too: those are blurred
as well, and a person may say that nobody can be told. Never: reads a plate.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy

THRESHOLDS = (80, 110, 140, 170, 200)
"""Levels of grey a field is told from its signs at: noon, shade, night."""
LEAST_WIDE, LEAST_HIGH = 36, 14
SHAPES = ((1.1, 1.9, 0.2, 0.5), (2.8, 5.5, 0.4, 0.9))
"""(narrowest and widest field in heights, lowest and highest signs in heights) of two lines, of one line."""
SIGNS = (5, 12)
FULL = 0.65
"""How much of its box a field fills at least: a plate seen from not too far aside."""
Box = list[int]


def plates(grey: Any) -> list[Box]:
    """Boxes [x, y, width, height] in a grey picture."""
    seen: list[Box] = []
    for level in THRESHOLDS:
        _, light = cv2.threshold(grey, level, 255, cv2.THRESH_BINARY)
        contours, tree = cv2.findContours(light, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
        for at, contour in enumerate(contours):
            box = [int(side) for side in cv2.boundingRect(contour)]
            if tree[0][at][3] >= 0 or not _field(contour, box) or _known(box, seen):
                continue
            if _signs(box, [cv2.boundingRect(contours[hole])[3] for hole in _holes(tree[0], at)]):
                seen.append(box)
    return seen


def _field(contour: Any, box: Box) -> bool:
    """Whether an outer contour is as large and as full as a plate's."""
    wide, high = box[2], box[3]
    if wide < LEAST_WIDE or high < LEAST_HIGH or not 1.1 <= wide / high <= 5.5:
        return False
    return bool(cv2.contourArea(contour) >= FULL * wide * high)


def _holes(tree: Any, at: int) -> list[int]:
    found, hole = [], int(tree[at][2])
    while hole >= 0:
        found.append(hole)
        hole = int(tree[hole][0])
    return found


def _signs(box: Box, heights: list[int]) -> bool:
    """Whether the holes are a plate's letters: of one height, as many, as high as its shape has them."""
    for narrowest, widest, lowest, highest in SHAPES:
        if narrowest <= box[2] / box[3] <= widest:
            fit = [one for one in heights if lowest <= one / box[3] <= highest]
            middle = float(numpy.median(fit)) if fit else 0.0
            alike = [one for one in fit if abs(one - middle) <= 0.25 * middle]
            return SIGNS[0] <= len(alike) <= SIGNS[1]
    return False


def _known(box: Box, seen: list[Box]) -> bool:
    """The same field at another level."""
    x, y = box[0] + box[2] / 2, box[1] + box[3] / 2
    return any(one[0] <= x <= one[0] + one[2] and one[1] <= y <= one[1] + one[3] for one in seen)
