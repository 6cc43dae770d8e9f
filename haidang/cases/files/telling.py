"""What on a picture tells who somebody is: faces and plates, by cascades that ship with OpenCV and by `plates`.

They miss many (measured: docs/files.md): what they find is blurred, that they find nothing proves nothing, which is why
a person opens a photo to the public one by one. Never: says whose face it is, keeps a face.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import cv2

from haidang.cases.files import plates

LONGEST, SIDEWAYS = 1280, 640
"""Pixels of the longer side a picture is looked at in: for faces turned here and plates, for faces seen sideways."""
_CASCADES = Path(cv2.__file__).parent / "data"
_FACES, _PROFILES, _PLATES = (
    f"haarcascade_{name}.xml" for name in ("frontalface_alt2", "profileface", "russian_plate_number")
)
Box = list[int]
Found = dict[str, list[Box]]
_ONE_AT_A_TIME = Lock()
"""A cascade is not safe in two threads at once."""


def found(picture: Any) -> Found:
    """Boxes [x, y, width, height] in pixels under `faces` and `plates`; nothing found: {}."""
    # Evened out (equalizeHist) the cascades lose every face below 60 pixels: grey as it is, measured.
    grey, scale = _grey(picture, LONGEST)
    small, less = _grey(picture, SIDEWAYS)
    with _ONE_AT_A_TIME:
        faces = _sized(_look(_FACES, grey, 3, (20, 20)), scale) + _sized(_sideways(small), less)
        known = _sized(_look(_PLATES, grey, 4, (40, 12)) + plates.plates(grey), scale)
    return {kind: boxes for kind, boxes in (("faces", faces), ("plates", known)) if boxes}


def _grey(picture: Any, longest: int) -> tuple[Any, float]:
    """In grey, no longer than that; and by how much it was made smaller."""
    scale = min(1.0, longest / max(picture.shape[:2]))
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    return cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else grey, scale


def _sideways(grey: Any) -> list[Box]:
    """Faces that look to the left, and in the mirror those that look to the right."""
    width = grey.shape[1]
    mirrored = _look(_PROFILES, cv2.flip(grey, 1), 5, (20, 20))
    return _look(_PROFILES, grey, 5, (20, 20)) + [[width - x - w, y, w, h] for x, y, w, h in mirrored]


def _sized(boxes: list[Box], scale: float) -> list[Box]:
    return [[round(side / scale) for side in box] for box in boxes]


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
