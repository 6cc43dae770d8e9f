"""A photo as it is kept: upright, made anew without the camera's data, a thumbnail, and one with people blurred.

Never: writes a file, keeps the bytes that came.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from haidang.cases.files import telling
from haidang.words.errors import BadQuestion

LONGEST, SMALL = 2560, 480
"""Pixels of the longer side, as kept and as a thumbnail."""
MOST_PIXELS = 64_000_000
"""A small file may open into a huge picture: no more than a 64-megapixel camera makes."""
FORMATS = ("JPEG", "PNG", "WEBP")
Picture = NDArray[numpy.uint8]


@dataclass(frozen=True)
class Made:
    """JPEG bytes; `blurred` b"" when nothing was found. `found`: {"looked": true, "faces": [[x, y, w, h]…], …}."""

    whole: bytes
    small: bytes
    blurred: bytes
    width: int
    height: int
    found: dict[str, Any] = field(default_factory=dict)


def made(file: Path) -> Made:
    """Raises BadQuestion('unreadable-photo' | 'too-large-picture')."""
    picture = _read(file)
    found = telling.found(picture)
    blurred = telling.blurred(picture, found) if found else None
    height, width = picture.shape[:2]
    return Made(
        whole=jpeg(picture),
        small=jpeg(_within(picture if blurred is None else blurred, SMALL), 78),
        blurred=b"" if blurred is None else jpeg(blurred),
        width=width,
        height=height,
        found={"looked": True, **found},
    )


def _read(file: Path) -> Picture:
    try:
        with Image.open(file, formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise BadQuestion("too-large-picture", found=f"{opened.width} × {opened.height}")
            # A JPEG can be read at half or a quarter of its size at once, which is much quicker.
            opened.draft("RGB", (LONGEST, LONGEST))
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
            return cv2.cvtColor(numpy.asarray(_flat(upright)), cv2.COLOR_RGB2BGR)  # type: ignore[return-value]  # stubs of cv2 say any number
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as broken:
        raise BadQuestion("unreadable-photo", found=type(broken).__name__) from broken


def _flat(picture: Image.Image) -> Image.Image:
    """Without transparency: white behind it."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        ground = Image.new("RGB", clear.size, "white")
        ground.paste(clear, mask=clear.getchannel("A"))
        return ground
    return picture.convert("RGB")


def thumbnail(picture: Any) -> bytes:
    """JPEG bytes of a thumbnail with what tells of people blurred."""
    found = telling.found(picture)
    return jpeg(_within(telling.blurred(picture, found) if found else picture, SMALL), 78)


def _within(picture: Any, longest: int) -> Any:
    height, width = picture.shape[:2]
    scale = min(1.0, longest / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return picture if scale == 1.0 else cv2.resize(picture, size, interpolation=cv2.INTER_AREA)


def jpeg(picture: Any, quality: int = 85) -> bytes:
    fine, content = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not fine:
        raise BadQuestion("unreadable-photo", found="jpeg")
    return content.tobytes()
