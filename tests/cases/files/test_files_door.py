"""The door of files: types, parts of a video, who is turned away, judging a photo by a press."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cases.files import pictures
from django.test import Client

from haidang.access import gate
from haidang.access.models import Account
from haidang.cases.files import actions
from haidang.cases.models import File
from haidang.words.texts import text

FILM = b"\x00\x00\x00\x10ftypisom\x00\x00\x00\x00" + b"\x00\x00\x04\x08mdat" + bytes(range(256)) * 4


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path


def _as(name: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(name=name))
    session = client.session
    session["factor"] = "totp"
    session.save()
    return client


def test_a_photo_by_the_door(people: dict[str, Any], report: Any) -> None:
    key = actions.keep(gate.public(), "x", pictures.photo(900, 700))
    case = report(files=(key,))
    client = _as("truc-1022")
    answer = client.get(f"/cases/files/{key}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "private" in answer["Cache-Control"]
    small = client.get(f"/cases/files/{key}?size=small")
    assert 0 < len(small.content) < len(answer.content)
    for other in (Client(), _as("don-vi-xu-ly"), _as("cong-dan")):
        assert other.get(f"/cases/files/{key}").status_code == 404
    judged = client.post(f"/cases/files/{key}/judge", {"clear": "0"})
    assert (judged.status_code, judged["Location"]) == (302, f"/cases/{case.pk}")
    assert File.objects.get(key=key).found["judged"] == "telling"
    assert _as("lanh-dao").post(f"/cases/files/{key}/judge", {"clear": "1"}).status_code == 404
    assert client.get(f"/cases/files/{key}/judge").status_code == 405
    page = client.get(f"/cases/{case.pk}").content.decode()
    assert f'action="/cases/files/{key}/judge"' in page
    assert text("files.telling") in page
    elsewhere = client.post(f"/cases/files/{key}/judge", {"clear": "0", "next": "//evil.example/cases/"})
    assert elsewhere["Location"] == f"/cases/{case.pk}"


def test_parts_of_a_video(people: dict[str, Any], report: Any) -> None:
    import io

    key = actions.keep(gate.public(), "x", io.BytesIO(FILM), kind="video")
    report(files=(key,))
    client = _as("truc-1022")
    whole = client.get(f"/cases/files/{key}")
    assert whole.content == FILM
    part = client.get(f"/cases/files/{key}", HTTP_RANGE="bytes=10-19")
    assert (part.status_code, part.content) == (206, FILM[10:20])
    assert part["Content-Range"] == f"bytes 10-19/{len(FILM)}"
    assert client.get(f"/cases/files/{key}", HTTP_RANGE="bytes=1000-").content == FILM[1000:]
    assert client.get(f"/cases/files/{key}", HTTP_RANGE=f"bytes={len(FILM)}-").status_code == 416


def test_every_refusal_has_its_words() -> None:
    for code in ("not-this-kind", "heic-photo", "too-big-file", "too-many-files", "unreadable-photo", "files-full"):
        for language in ("vi", "en"):
            assert text(code, language, found="x", expected="12") != code
