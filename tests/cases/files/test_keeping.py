"""What is kept of a file: made anew, without the camera's data, by its first bytes, within its limits."""

from __future__ import annotations

import io
import os
import struct
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cases.files import pictures
from django.utils import timezone
from PIL import Image

from haidang.cases.files import actions, places, reads
from haidang.cases.files.actions import MB, keep, keep_all
from haidang.cases.models import Call, File
from haidang.words.errors import BadQuestion, NotNow
from haidang.words.nouns import Actor


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path, db: None) -> Path:
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture
def public() -> Any:
    from haidang.access import gate

    return gate.public()


def _row(key: str) -> File:
    return File.objects.get(key=key)


def test_nothing_of_the_camera_or_of_the_sender_is_left(public: Any) -> None:
    sent = pictures.telling_camera()
    assert b"MayAnh" in sent.getvalue()
    assert b"0912345678" in sent.getvalue()
    row = _row(keep(public, "Nguyen Van Thu 0912345678.jpg", sent))
    for path in (places.whole(row.path), places.whole(places.beside(row.path, places.SMALL))):
        content = path.read_bytes()
        for trace in (b"MayAnh", b"DT-12", b"0912345678", b"Exif", "Thử".encode()):
            assert trace not in content
        assert not Image.open(path).getexif()
    assert row.name == "photo.jpg"
    assert (row.width, row.height) == (600, 800), "a photo that lies on its side is set upright"


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "JPEG"])
def test_each_kind_becomes_a_jpeg(public: Any, kind: str) -> None:
    row = _row(keep(public, "x", pictures.photo(4000, 1000, kind=kind)))
    opened = Image.open(places.whole(row.path))
    assert (opened.format, opened.size) == ("JPEG", (2560, 640))
    assert (row.type, row.kind, row.size) == ("image/jpeg", "photo", places.whole(row.path).stat().st_size)
    assert max(Image.open(places.whole(places.beside(row.path, places.SMALL))).size) == 480


def test_what_is_clear_becomes_white(public: Any) -> None:
    held = io.BytesIO()
    Image.new("RGBA", (64, 64), (255, 0, 0, 0)).save(held, "PNG")
    held.seek(0)
    row = _row(keep(public, "x.png", held))
    assert Image.open(places.whole(row.path)).getpixel((30, 30)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("content", "kind", "code"),
    [
        (b"", "photo", "empty-file"),
        (b"<html><script>alert(1)</script>", "", "not-this-kind"),
        (b"MZ\x90\x00" + bytes(100), "", "not-this-kind"),
        (b"GIF89a" + bytes(100), "", "not-this-kind"),
        (b"\xff\xd8\xff\xe0 not a picture after all", "photo", "unreadable-photo"),
        (b"\x89PNG\r\n\x1a\n" + bytes(60), "photo", "unreadable-photo"),
        (b"%PDF-1.7 letter", "photo", "not-this-kind"),
        (bytes(4) + b"ftypheic" + bytes(60), "photo", "heic-photo"),
    ],
)
def test_what_is_not_taken_leaves_nothing(public: Any, home: Path, content: bytes, kind: str, code: str) -> None:
    with pytest.raises(BadQuestion) as refused:
        keep(public, "x.jpg", io.BytesIO(content), kind=kind)
    assert refused.value.code == code
    assert not File.objects.exists()
    assert not [one for one in (home / "cases").rglob("*") if one.is_file()]


def test_a_small_file_that_opens_into_a_huge_picture_is_refused(public: Any) -> None:
    held = io.BytesIO()
    Image.new("1", (9000, 9000)).save(held, "PNG")
    assert held.tell() < MB
    held.seek(0)
    with pytest.raises(BadQuestion) as refused:
        keep(public, "x.png", held)
    assert refused.value.code == "too-large-picture"


def test_too_big_a_file_is_refused_before_it_is_read_whole(public: Any) -> None:
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1) -> bytes:
            self.given += size
            return b"\xff\xd8\xff" + bytes(size - 3)

    endless = Endless()
    with pytest.raises(BadQuestion) as refused:
        keep(public, "x.jpg", endless)  # type: ignore[arg-type]  # a stream of which only `read` is used
    assert refused.value.code == "too-big-file"
    assert endless.given < 14 * MB


def test_six_files_at_a_time_and_all_or_none(public: Any, home: Path) -> None:
    assert len(keep_all(public, [("x", pictures.photo(80, 60)) for _ in range(6)])) == 6
    with pytest.raises(BadQuestion, match="too-many-files"):
        keep_all(public, [("x", pictures.photo(80, 60)) for _ in range(7)])
    with pytest.raises(BadQuestion):
        keep_all(public, [("x", pictures.photo(80, 60)), ("bad", io.BytesIO(b"no picture"))])
    assert File.objects.count() == 6


def _box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), name) + content


def test_a_videos_place_is_emptied_and_nothing_moves(public: Any) -> None:
    where = _box(b"udta", _box(b"\xa9xyz", b"+21.9403+106.7003/"))
    phone = _box(b"meta", bytes(4) + b"com.apple.quicktime.location +21.9403 DT-12")
    track = _box(b"trak", _box(b"mdia", _box(b"hdlr", bytes(8) + b"vide" + bytes(12))) + where)
    path = _box(b"trak", _box(b"mdia", _box(b"hdlr", bytes(8) + b"meta" + bytes(12)) + b"+21.9403 each second"))
    film = _box(b"ftyp", b"isom" + bytes(4)) + _box(b"moov", track + path + where + phone) + _box(b"mdat", b"film")
    row = _row(keep(public, "x.mp4", io.BytesIO(film), kind="video"))
    kept = places.whole(row.path).read_bytes()
    assert len(kept) == len(film)
    assert b"21.9403" not in kept
    assert b"DT-12" not in kept
    assert kept.endswith(b"film")
    assert b"vide" in kept


def test_a_video_that_is_none_hides_nothing(public: Any) -> None:
    head = _box(b"ftyp", b"isom" + bytes(4))
    deep = b"+21.9403"
    for _ in range(20_000):
        deep = _box(b"moov", deep)
    broken = head + struct.pack(">I4s", 3, b"junk") + b"+21.9403+106.7003/"
    cut = head + struct.pack(">I4s", 9999, b"mdat") + b"pictures"
    kept = [_row(keep(public, "x", io.BytesIO(film), kind="video")) for film in (head + deep, broken, cut)]
    contents = [places.whole(row.path).read_bytes() for row in kept]
    assert b"21.9403" not in contents[0] + contents[1]
    assert contents[2].endswith(b"pictures")


def test_a_real_video_keeps_its_pictures_and_has_a_thumbnail(public: Any) -> None:
    import cv2

    file = pictures.VIDEOS / "car-detection.mp4"
    if not file.is_file():
        pytest.skip("the sample videos are absent")
    with file.open("rb") as stream:
        row = _row(keep(public, "x.mp4", stream, kind="video"))
    video = cv2.VideoCapture(str(places.whole(row.path)))
    assert int(video.get(cv2.CAP_PROP_FRAME_COUNT)) == 377
    assert places.whole(places.beside(row.path, places.SMALL)).is_file()
    assert not reads.presents(row.kind, row.found)


def test_a_photo_with_a_plate_has_a_blurred_twin(public: Any) -> None:
    import numpy

    scene, _ = pictures.plate(numpy.full((720, 1280, 3), 105, numpy.uint8), two_lines=True, width=200)
    row = _row(keep(public, "x.jpg", pictures.stream(scene)))
    assert row.found["plates"]
    assert places.whole(row.blurred).read_bytes() != places.whole(row.path).read_bytes()
    assert not reads.presents(row.kind, row.found)


def test_files_of_the_public_that_wait_have_a_limit(public: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(public, "x", pictures.photo(80, 60))
    monkeypatch.setattr(actions, "WAITING_BYTES", 10)
    with pytest.raises(NotNow, match="files-full"):
        keep(public, "x", pictures.photo(80, 60))
    assert File.objects.count() == 1
    officer = Actor("truc-1022", "officer", "Trực 1022")
    assert keep(officer, "x", pictures.photo(80, 60)), "the house goes on"


def test_what_no_case_took_is_let_go_after_a_day(public: Any, home: Path) -> None:
    old, young, called = (keep(public, "x", pictures.photo(80, 60)) for _ in range(3))
    yesterday = timezone.now() - timedelta(days=1, minutes=1)
    File.objects.filter(key__in=(old, called)).update(at=yesterday)
    Call.objects.create(outside="c1", record=_row(called))
    stray = places.whole(_row(young).path).with_name("0123abc.jpg")
    half = home / "cases" / "arriving-x"
    words = home / "cases" / "tu-cam.txt"
    for file in (stray, half, words):
        file.write_bytes(b"x")
        os.utime(file, (time.time() - 90_000,) * 2)
    gone_path = places.whole(_row(old).path)
    assert actions.sweep(timezone.now()) == 3
    assert set(File.objects.values_list("key", flat=True)) == {young, called}
    assert not gone_path.exists()
    assert not stray.exists()
    assert not half.exists()
    assert words.exists(), "what others keep in the folder stays"
    assert actions.sweep(timezone.now()) == 0
