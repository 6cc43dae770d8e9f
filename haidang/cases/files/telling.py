"""What on a picture tells who somebody is: faces and number plates, found by cascades that ship with OpenCV.

They miss many (measured: docs/files.md): what they find is blurred, that they find nothing proves nothing, which is why
a person opens a photo to the public one by one. Never: says whose face it is, keeps a face.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import cv2

LONGEST = 1280
"""Pixels of the longer side a picture is looked at in."""
_CASCADES = Path(cv2.__file__).parent / "data"
_FACES = ("haarcascade_frontalface_alt2.xml", "haarcascade_profileface.xml")
_PLATES = ("haarcascade_russian_plate_number.xml",)
Box = list[int]
Found = dict[str, list[Box]]
_ONE_AT_A_TIME = Lock()
"""A cascade is not safe in two threads at once."""


def found(picture: Any) -> Found:
    """Boxes [x, y, width, height] in pixels under `faces` and `plates`; nothing found: {}."""
    height, width = picture.shape[:2]
    scale = min(1.0, LONGEST / max(height, width))
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else grey
    grey = cv2.equalizeHist(grey)
    with _ONE_AT_A_TIME:
        both = {
            "faces": [box for name in _FACES for box in _look(name, grey, 5, (24, 24))],
            "plates": [box for name in _PLATES for box in _look(name, grey, 4, (40, 12))],
        }
    return {kind: [[round(side / scale) for side in box] for box in boxes] for kind, boxes in both.items() if boxes}


def _look(name: str, grey: Any, neighbours: int, least: tuple[int, int]) -> list[Box]:
    seen = _cascade(name).detectMultiScale(grey, scaleFactor=1.1, minNeighbors=neighbours, minSize=least)
    return [[int(side) for side in box] for box in seen]


@lru_cache(maxsize=4)
def _cascade(name: str) -> cv2.CascadeClassifier:
    return cv2.CascadeClassifier(str(_CASCADES / name))


def blurred(picture: Any, boxes: Found) -> Any:
    """A copy with every box, and a fifth of it around, made unreadable: coarse squares, then smooth."""
    copy = picture.copy()
    height, width = copy.shape[:2]
    for x, y, wide, high in (box for every in boxes.values() for box in every):
        left, top = max(0, x - wide // 5), max(0, y - high // 5)
        right, bottom = min(width, x + wide + wide // 5), min(height, y + high + high // 5)
        part = copy[top:bottom, left:right]
        coarse = cv2.resize(part, (6, 6), interpolation=cv2.INTER_AREA)
        copy[top:bottom, left:right] = cv2.resize(coarse, (right - left, bottom - top), interpolation=cv2.INTER_LINEAR)
    return copy
