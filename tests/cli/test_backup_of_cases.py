"""`haidang backup` and `haidang restore` carry the desk: rows of Cases and, byte for byte, their photos and recordings."""

from __future__ import annotations

import io
import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from cases.conftest import DESK, play
from cases.files import pictures
from django.db import connection

from haidang.cli import exits
from haidang.cli.main import main
from haidang.words.nouns import Actor
from haidang.words.texts import text

WAV = b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(40)
SECRET = "cua-rieng-trung-tam-nay"
Enter = Callable[[Path], Path]


@pytest.fixture
def enter(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Enter:
    """From here on this process looks into that home."""

    def entered(home: Path) -> Path:
        monkeypatch.setenv("HAIDANG_HOME", str(home))
        settings.HOME = home
        return home

    return entered


@pytest.fixture
def home(db: None, tmp_path: Path, enter: Enter) -> Path:
    found = enter(tmp_path / "home")
    found.mkdir()
    (found / "secret").write_text(SECRET)
    return found


@pytest.fixture
def people(home: Path, settings: Any) -> dict[str, Actor]:
    played: dict[str, Actor] = play(settings)
    return played


@pytest.fixture
def kept(home: Path, people: dict[str, Actor]) -> tuple[Any, str, str]:
    """A Case with a photo and a recording, assigned, in the home's own database; the keys of both files."""
    from haidang.access import gate
    from haidang.cases.actions import Arrival, Person, Wanted, act, open_case
    from haidang.cases.files.actions import keep

    photo = keep(gate.public(), "a.jpg", pictures.photo(640, 480))
    record = keep(people["truc-1022"], "a.wav", io.BytesIO(WAV), kind="record")
    who = Person(name="Nguyễn Văn Thử", phone="0912345678")
    case = open_case(gate.public(), Arrival(DESK, "web", "Ổ gà lớn", who, "mat-duong", place="06184", files=(photo,)))
    act(people["truc-1022"], case.pk, Wanted("assign", office="so-xay-dung", files=(record,)))
    _written(home)
    return case, photo, record


def _written(home: Path) -> None:
    """The rows of this test as the home's database file."""
    with closing(sqlite3.connect(home / "db.sqlite3")) as file:
        file.executescript("\n".join(connection.connection.iterdump()))


def _files(home: Path) -> dict[str, bytes]:
    return {str(one.relative_to(home)): one.read_bytes() for one in (home / "cases").rglob("*") if one.is_file()}


def _rows(home: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the desk's tables."""
    with closing(sqlite3.connect(home / "db.sqlite3")) as file:
        listed = "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'cases_%' ORDER BY name"
        tables = [name for (name,) in file.execute(listed)]
        return {name: file.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for name in tables}


def _run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str]:
    """Exit status and stderr."""
    capsys.readouterr()
    status = main([str(word) for word in words])
    return status, capsys.readouterr().err


def test_cases_and_their_files_come_back_elsewhere(
    capsys: pytest.CaptureFixture[str],
    home: Path,
    people: dict[str, Actor],
    kept: tuple[Any, str, str],
    tmp_path: Path,
    enter: Enter,
) -> None:
    from haidang.cases.files import reads
    from haidang.cases.models import Case, File

    case, photo, record = kept
    files, rows = _files(home), _rows(home)
    assert len(files) == 3, "the photo, its thumbnail, the recording"
    assert WAV in files.values()
    (home / "cases" / "arriving-x").write_bytes(b"half of a photo")
    assert _run(capsys, "backup", tmp_path / "saved") == (0, "")
    shutil.rmtree(home)
    other = enter(tmp_path / "other")
    assert _run(capsys, "restore", tmp_path / "saved") == (0, "")
    assert _files(other) == files
    assert (other / "secret").read_text() == SECRET, "without it nothing that is sealed can be opened"
    restored = _rows(other)
    assert restored == rows
    counts = {name: len(restored[f"cases_{name}"]) for name in ("case", "sender", "step", "file")}
    assert counts == {"case": 1, "sender": 1, "step": 2, "file": 2}
    assert restored["cases_case"][0][0] == Case.objects.get().pk == case.pk
    opened, kind = reads.opened(people["truc-1022"], photo)
    assert opened.is_relative_to(other)
    assert (opened.read_bytes(), kind) == (files[f"cases/{File.objects.get(key=photo).path}"], "image/jpeg")
    assert (other / "cases" / File.objects.get(key=record).path).read_bytes() == WAV


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


def _altered(file: Path) -> None:
    """As long as it was, one byte of it another."""
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def test_a_file_missing_or_altered_is_told_of_and_nothing_restored(
    capsys: pytest.CaptureFixture[str], home: Path, kept: tuple[Any, str, str], tmp_path: Path, enter: Enter
) -> None:
    from haidang.cases.models import File

    assert _run(capsys, "backup", tmp_path / "saved") == (0, "")
    other = enter(tmp_path / "other")
    photo = f"cases/{File.objects.get(key=kept[1]).path}"
    spoilt: list[tuple[str, Callable[[Path], None]]] = [(photo, one) for one in (Path.unlink, _cut, _altered)]
    for number, (name, spoil) in enumerate([*spoilt, ("db.sqlite3", _altered)]):
        saved = tmp_path / f"spoilt-{number}"
        shutil.copytree(tmp_path / "saved", saved)
        spoil(saved / name)
        status, told = _run(capsys, "restore", saved)
        assert (status, told.strip()) == (exits.BAD_USE, text("backup-damaged", found=name)), spoil
        assert not list(other.iterdir()), spoil
    assert _run(capsys, "restore", tmp_path / "saved") == (0, "")
    assert _files(other) == _files(home)


def test_a_file_let_go_while_it_is_copied_does_not_stop_the_backup(
    capsys: pytest.CaptureFixture[str], home: Path, kept: tuple[Any, str, str], tmp_path: Path
) -> None:
    """The centre goes on: what a sender erases is gone between the listing of a folder and its copying."""
    files = _files(home)
    gone = next((home / "cases").rglob(f"{kept[1]}*")).with_name("let-go.jpg")
    gone.symlink_to(home / "nowhere")
    assert _run(capsys, "backup", tmp_path / "saved") == (0, "")
    assert _files(tmp_path / "saved") == files


def test_an_older_backup_without_digests_of_its_files_restores(
    capsys: pytest.CaptureFixture[str], home: Path, kept: tuple[Any, str, str], tmp_path: Path, enter: Enter
) -> None:
    del kept
    saved = tmp_path / "saved"
    assert _run(capsys, "backup", saved) == (0, "")
    manifest = json.loads((saved / "haidang-backup.json").read_text())
    del manifest["digests"]
    (saved / "haidang-backup.json").write_text(json.dumps(manifest))
    other = enter(tmp_path / "other")
    assert _run(capsys, "restore", saved) == (0, "")
    assert _files(other) == _files(home)
    _altered(saved / "lake" / "catalog.sqlite")
    status, told = _run(capsys, "restore", saved, "--replace")
    assert (status, told.strip()) == (exits.BAD_USE, text("backup-damaged", found="lake/catalog.sqlite"))
