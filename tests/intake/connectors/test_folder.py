"""A watched folder: whole files once each, growing files by whole lines, nothing from outside the roots."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from haidang.intake import connectors
from haidang.words.errors import IntakeStopped, Unavailable

from .conftest import Make, Taken, take

folder = connectors.kind("folder")
Fetch = Callable[..., Taken]


@pytest.fixture
def drop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HAIDANG_DROPS", str(tmp_path / "drops"))
    made = tmp_path / "drops" / "tram"
    made.mkdir(parents=True)
    return made


@pytest.fixture
def fetch(drop: Path, make: Make) -> Fetch:
    def fetched(cursor: dict[str, str] | None = None, most: int = 1000, **values: str) -> Taken:
        order = make("folder", {"path": str(drop), "settle": "0", **values}, cursor=cursor or {})
        return take(folder.fetch(order), most=most)

    return fetched


def test_files_come_by_name_and_are_moved(drop: Path, fetch: Fetch) -> None:
    for name in ("b.txt", "a.txt", "c.csv"):
        (drop / name).write_text(name)
    taken = fetch(pattern="*.TXT")
    assert (taken.names, taken.contents) == (["a.txt", "b.txt"], [b"a.txt", b"b.txt"])
    assert sorted(p.name for p in (drop / "da-nhan").iterdir()) == ["a.txt", "b.txt"]
    assert (drop / "c.csv").exists()
    (drop / "a.txt").write_text("again")
    assert fetch(pattern="*.txt").contents == [b"again"]
    assert sorted(p.name for p in (drop / "da-nhan").iterdir()) == ["a-2.txt", "a.txt", "b.txt"]


def test_what_is_unfinished_is_left(drop: Path, fetch: Fetch) -> None:
    for name in (".a.txt", "b.txt.part", "~$c.xlsx", "d.tmp"):
        (drop / name).write_text("x")
    (drop / "empty.txt").write_text("")
    assert fetch().names == []


def test_half_a_file_is_taken_when_it_is_whole(drop: Path, fetch: Fetch) -> None:
    stop = threading.Event()

    def write() -> None:
        with (drop / "a.txt").open("w") as file:
            while not stop.wait(0.1):
                file.write("row\n")
                file.flush()

    (drop / "b.txt").write_text("whole")
    writer = threading.Thread(target=write)
    writer.start()
    time.sleep(0.15)
    try:
        assert fetch(settle="1").names == ["b.txt"]
    finally:
        stop.set()
        writer.join()
    assert fetch(settle="1").names == ["a.txt"]


def test_a_file_that_changes_while_it_is_read_is_left(drop: Path, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    file = drop / "a.txt"
    file.write_text("x" * 100)
    real = folder.chunks

    def slow(source: object, size: int) -> object:
        for chunk in real(source, size):
            yield chunk
            with file.open("a") as late:
                late.write("more")

    monkeypatch.setattr(folder, "chunks", slow)
    order = make("folder", {"path": str(drop), "settle": "0"})
    assert take(folder.fetch(order)).names == []
    assert not list(order.scratch.iterdir())


def test_a_marker_says_a_file_is_whole(drop: Path, fetch: Fetch) -> None:
    for name in ("a.xml", "b.xml", "b.xml.done"):
        (drop / name).write_text(name)
    assert fetch(complete="done").names == ["b.xml"]
    assert sorted(p.name for p in drop.iterdir()) == ["a.xml", "da-nhan"]


def test_left_files_are_read_once_and_again_when_changed(drop: Path, fetch: Fetch) -> None:
    for name in ("a", "b"):
        (drop / name).write_text(name)
    first = fetch(after="leave")
    assert first.names == ["a", "b"]
    assert fetch(first.cursor, after="leave").names == []
    (drop / "b").write_text("changed")
    (drop / "c").write_text("new")
    again = fetch(first.cursor, after="leave")
    assert again.contents == [b"changed", b"new"]
    (drop / "a").unlink()
    (drop / "d").write_text("d")
    assert '"a"' not in fetch(again.cursor, after="leave").cursor["seen"]


@pytest.mark.parametrize("after", ["move", "delete"])
def test_a_kill_before_the_file_is_put_away_reads_it_no_second_time(
    drop: Path, make: Make, fetch: Fetch, after: str
) -> None:
    for name in ("a", "b", "c"):
        (drop / name).write_text(name)
    order = make("folder", {"path": str(drop), "settle": "0", "after": after})
    cut = take(folder.fetch(order), most=1, done=False)
    assert fetch(None, most=1, after=after).contents == cut.contents  # the cursor was not safe either: the same bytes
    (drop / "a").write_text("a") if not (drop / "a").exists() else None
    cut = take(folder.fetch(make("folder", {"path": str(drop), "settle": "0", "after": after})), most=1, done=False)
    assert fetch(cut.cursor, after=after).names == ["b", "c"]
    assert [p.name for p in drop.iterdir() if p.is_file()] == []


def test_one_that_cannot_be_taken_holds_up_no_other(drop: Path, make: Make, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    (drop / "a").symlink_to(tmp_path / "secret")
    (drop / "b").write_text("large" * 100)
    (drop / "c").write_text("fine")
    os.mkfifo(drop / "d")
    order = make("folder", {"path": str(drop), "settle": "0"}, largest=100)
    parcels = folder.fetch(order)
    assert next(parcels).path.read_bytes() == b"fine"
    with pytest.raises(IntakeStopped, match="link-refused"):
        next(parcels)


@pytest.mark.parametrize("path", ["/etc", "..", "../..", "lien-ket", "/proc/self"])
def test_only_under_the_roots(drop: Path, fetch: Fetch, path: str) -> None:
    (drop.parent / "lien-ket").symlink_to("/etc")
    with pytest.raises(IntakeStopped, match="folder-not-allowed"):
        fetch(path=path)


def test_folders_that_are_not_there(drop: Path, fetch: Fetch) -> None:
    with pytest.raises(Unavailable, match="folder-missing"):
        fetch(path="khong-co")
    assert fetch(path="tram").names == []
    with pytest.raises(IntakeStopped, match="move-to-unreadable"):
        fetch(move_to="../../etc")


def test_a_trial_changes_nothing(drop: Path, make: Make) -> None:
    for name in ("a", "b"):
        (drop / name).write_text(name)
    order = make("folder", {"path": str(drop), "settle": "0"}, trial=True)
    assert take(folder.fetch(order)).names == ["a"]
    assert sorted(p.name for p in drop.iterdir()) == ["a", "b"]


def test_a_growing_file_gives_whole_lines_once(drop: Path, fetch: Fetch) -> None:
    file = drop / "eve.json"
    file.write_text('{"n":1}\n{"n":2}\n{"n"')
    first = fetch(append="true", pattern="eve.json")
    assert (first.names, first.contents) == (["eve-000000000000.json"], [b'{"n":1}\n{"n":2}\n'])
    assert fetch(first.cursor, append="true", pattern="eve.json").names == []
    with file.open("a") as more:
        more.write(':3}\n{"n":4}\n')
    second = fetch(first.cursor, append="true", pattern="eve.json")
    assert second.contents == [b'{"n":3}\n{"n":4}\n']
    assert file.exists()


def test_a_rotated_file_is_read_to_its_end_then_the_new_one(drop: Path, fetch: Fetch) -> None:
    file = drop / "eve.json"
    file.write_text("1\n2\n")
    cursor = fetch(append="true", pattern="eve.json").cursor
    with file.open("a") as more:
        more.write("3\n")
    file.rename(drop / "eve.json.1")
    file.write_text("4\n")
    taken = fetch(cursor, append="true", pattern="eve.json")
    assert taken.contents == [b"3\n", b"4\n"]
    assert fetch(taken.cursor, append="true", pattern="eve.json").names == []


@pytest.mark.parametrize("content", ["7\n", "5\n6\n7\n8\n9\n"])
def test_a_file_cut_back_is_read_from_its_beginning(drop: Path, fetch: Fetch, content: str) -> None:
    """Shorter than it was, or grown past where it had been read."""
    file = drop / "eve.json"
    file.write_text("1\n2\n3\n")
    cursor = fetch(append="true").cursor
    with file.open("r+") as same:
        same.truncate()
        same.write(content)
    assert fetch(cursor, append="true").contents == [content.encode()]


def test_a_large_growing_file_comes_in_pieces(drop: Path, fetch: Fetch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("haidang.intake.connectors._growing.PIECE", 1000)
    lines = "".join(f"{n:08d}\n" for n in range(1000))
    (drop / "eve.json").write_text(lines)
    taken = fetch(append="true")
    assert b"".join(taken.contents) == lines.encode()
    assert max(len(content) for content in taken.contents) <= 1000
    # killed after the third piece: exactly the rest
    rest = fetch(taken.cursors[2], append="true")
    assert rest.contents == taken.contents[3:]
    (drop / "eve.json").write_text("x" * 5000)
    with pytest.raises(IntakeStopped, match="line-too-long"):
        fetch(append="true")
