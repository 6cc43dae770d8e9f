"""Sending files to a dataset: the gate is asked and the size looked at before a byte of the form is read.

Never: reads a file (intake does), lands it (the worker does).
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from haidang.access import gate
from haidang.catalog.declared import Dataset
from haidang.intake import actions
from haidang.web import behind, feeds, page
from haidang.web.doors import door
from haidang.web.page import Visit
from haidang.words.errors import IntakeStopped
from haidang.words.texts import say, text

MOST_FILES = 20
MEGA = 1024 * 1024


# The form is only read, and its token only checked, by `_sent`: a file too large is refused unread.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@door
def upload(request: HttpRequest, key: str) -> HttpResponse:
    """The form, and what was sent with it."""
    seen = page.visit(request)
    noun = _dataset(seen, key)
    gate.require(seen.who, "import", behind.subject(noun))
    if request.method != "POST":
        return _form(request, seen, noun)
    if int(request.META.get("CONTENT_LENGTH") or 0) > settings.UPLOAD_MB * MEGA:
        said = text("upload.too-large", seen.language, most=settings.UPLOAD_MB)
        return _form(request, seen, noun, troubles=[said], status=413)
    answer: HttpResponse = _sent(request, seen, noun)
    return answer


def _dataset(seen: Visit, key: str) -> Dataset:
    """By its own key, or by a source's."""
    by_source = {source.key: source.dataset for source in seen.catalog.sources()}
    return seen.catalog.dataset(by_source.get(key, key))


@csrf_protect
def _sent(request: HttpRequest, seen: Visit, noun: Dataset) -> HttpResponse:
    files = request.FILES.getlist("file")
    if not files or len(files) > MOST_FILES:
        said = text("upload.how-many", seen.language, most=MOST_FILES)
        return _form(request, seen, noun, troubles=[said], status=400)
    runs, troubles = _received(seen, noun, files)
    if not runs:
        return _form(request, seen, noun, troubles=troubles, status=400)
    for trouble in troubles:
        messages.error(request, trouble, extra_tags="bad")
    return HttpResponseRedirect(f"/runs/{runs[0]}" if len(runs) == 1 else f"/runs/?dataset={noun.key}")


def _received(seen: Visit, noun: Dataset, files: Iterable[UploadedFile[bytes]]) -> tuple[list[str], list[str]]:
    """Run ids of the files kept, and what is wrong with the others."""
    runs, troubles = [], []
    for file in files:
        name = Path(file.name or "tep").name
        try:
            runs.append(_receive(seen, noun, file, name))
        except IntakeStopped as stopped:
            troubles.append(f"{name}: {say(stopped, seen.language)}")
    return runs, troubles


def _receive(seen: Visit, noun: Dataset, file: UploadedFile[bytes], name: str) -> str:
    if hasattr(file, "temporary_file_path"):
        return actions.receive(seen.who, noun.key, Path(file.temporary_file_path()), name=name)
    with tempfile.NamedTemporaryFile(suffix=Path(name).suffix) as kept:
        for chunk in file.chunks():
            kept.write(chunk)
        kept.flush()
        return actions.receive(seen.who, noun.key, Path(kept.name), name=name)


def _form(
    request: HttpRequest, seen: Visit, noun: Dataset, *, troubles: list[str] | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "noun": noun,
        "troubles": troubles or [],
        "most": settings.UPLOAD_MB,
        "most_files": MOST_FILES,
        "runs": feeds.runs(seen, dataset=noun.key, limit=5),
    }
    return page.render(request, "upload", seen, status=status, **context)
