"""A kept file as an answer: its type, never run by the browser, a part of it where a video asks for a part.

Never: decides who opens it (`cases.files.reads` gave the path).
"""

from __future__ import annotations

import re
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

PART = 4 * 1024 * 1024
"""Bytes sent at once."""
_RANGE = re.compile(r"bytes=(\d+)-(\d*)$")


def answer(request: HttpRequest, opened: tuple[Path, str], *, shared: bool = False) -> HttpResponseBase:
    """`opened`: path and media type. `shared`: open to everybody, so that caches on the way may keep it an hour."""
    path, kind = opened
    size = path.stat().st_size
    wanted = _RANGE.match(request.headers.get("Range", ""))
    if wanted:
        reply: HttpResponseBase = _part(path, kind, size, (wanted[1], wanted[2]))
    elif size <= PART:
        reply = HttpResponse(path.read_bytes(), content_type=kind)
    else:
        reply = FileResponse(path.open("rb"), content_type=kind)
    shown = kind.startswith(("image/", "video/", "audio/"))
    reply["Content-Disposition"] = "inline" if shown else f'attachment; filename="{path.name}"'
    reply["Accept-Ranges"] = "bytes"
    reply["X-Content-Type-Options"] = "nosniff"
    reply["Cache-Control"] = "public, max-age=3600" if shared else "private, max-age=600"
    return reply


def _part(path: Path, kind: str, size: int, wanted: tuple[str, str]) -> HttpResponse:
    first = int(wanted[0])
    last = min(int(wanted[1] or size - 1), size - 1, first + PART - 1)
    if first > last:
        refused = HttpResponse(status=416)
        refused["Content-Range"] = f"bytes */{size}"
        return refused
    with path.open("rb") as file:
        file.seek(first)
        reply = HttpResponse(file.read(last - first + 1), content_type=kind, status=206)
    reply["Content-Range"] = f"bytes {first}-{last}/{size}"
    return reply
