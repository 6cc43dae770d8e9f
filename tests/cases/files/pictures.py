"""Pictures for tests: a plain one, one with the camera's data, drawn plates, frames of real videos."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy
import pytest
from PIL import Image

SHARED = Path(__file__).resolve().parents[4] / "shared"
VIDEOS = SHARED / "data" / "video-samples"
CAMERA = {271: "MayAnh", 272: "DT-12", 306: "2026:11:20 08:30:00", 315: "Nguyễn Văn Thử"}
GPS = {1: "N", 2: (21.0, 56.0, 24.0), 3: "E", 4: (106.0, 42.0, 0.0)}


def photo(width: int = 800, height: int = 600, *, kind: str = "JPEG", **more: Any) -> io.BytesIO:
    """A photo of nothing: a slope of colours."""
    across = numpy.linspace(30, 200, width, dtype=numpy.uint8)
    plane = numpy.repeat(across[None, :, None], height, axis=0).repeat(3, axis=2)
    held = io.BytesIO()
    Image.fromarray(plane).save(held, kind, **more)
    held.seek(0)
    return held


def telling_camera() -> io.BytesIO:
    """A JPEG that says where it was taken, by whom and with what, lying on its side."""
    exif = Image.Exif()
    for tag, value in CAMERA.items():
        exif[tag] = value
    exif[274] = 6
    exif.get_ifd(0x8825).update(GPS)
    return photo(800, 600, exif=exif.tobytes(), comment=b"gui boi 0912345678")


def plate(frame: Any, *, two_lines: bool, width: int, seed: int = 1) -> tuple[Any, tuple[float, float]]:
    """The frame with a drawn Vietnamese plate on a dark body; and the middle of the plate."""
    drawn = random.Random(seed)
    high, wide = (140, 190) if two_lines else (110, 470)
    field = numpy.full((high, wide, 3), 235, numpy.uint8)
    cv2.rectangle(field, (3, 3), (wide - 4, high - 4), (20, 20, 20), 4)
    first, last = drawn.randint(11, 99), drawn.randint(10, 99)
    font = cv2.FONT_HERSHEY_SIMPLEX
    if two_lines:
        cv2.putText(field, f"{first}-H{last % 9}", (18, 58), font, 1.5, (15, 15, 15), 6)
        cv2.putText(field, f"456.{last}", (12, 122), font, 1.45, (15, 15, 15), 6)
    else:
        cv2.putText(field, f"{first}A-456.{last}", (18, 80), font, 2.1, (15, 15, 15), 8)
    size = (width, round(high * width / wide))
    small = cv2.resize(field, size, interpolation=cv2.INTER_AREA)
    x = drawn.randint(60, frame.shape[1] - size[0] - 60)
    y = drawn.randint(60, frame.shape[0] - size[1] - 60)
    scene = frame.copy()
    body = (x - width // 2, y - size[1]), (x + width + width // 2, y + 2 * size[1])
    cv2.rectangle(scene, *body, (60, 60, 60), -1)
    scene[y : y + size[1], x : x + size[0]] = small
    return cv2.GaussianBlur(scene, (3, 3), 0), (x + size[0] / 2, y + size[1] / 2)


def frames(name: str, every: int) -> Iterator[Any]:
    """Frames of a real video at 1280 × 720; skips where the videos are absent."""
    file = VIDEOS / f"{name}.mp4"
    if not file.is_file():
        pytest.skip("the sample videos are absent")
    video = cv2.VideoCapture(str(file))
    number = 0
    while True:
        fine, frame = video.read()
        if not fine:
            return
        if number % every == 0:
            yield cv2.resize(frame, (1280, 720))
        number += 1


def stream(picture: Any) -> io.BytesIO:
    """JPEG bytes of a picture."""
    return io.BytesIO(cv2.imencode(".jpg", picture)[1].tobytes())
