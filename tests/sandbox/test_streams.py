"""The streams: the same seed tells the same story, history and clock agree, and what they send fits the packs."""

from __future__ import annotations

import base64
import csv
import gzip
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from conftest import ROOT

from haidang.catalog.declared import Catalog, load
from haidang.intake import headings
from haidang.intake.connectors import kinds
from haidang.intake.formats import Arrival, open_tables
from sandbox.clock import VN, moment
from sandbox.opening import Wish, open_world
from sandbox.streams import accidents, bhyt, border, crimes, edxml, eve, fires, lodging, news, stations
from sandbox.world import World

STREAMS = (stations, bhyt, edxml, border, eve, lodging, accidents, crimes, fires, news)
FRIDAY = date(2026, 11, 20)


def midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=VN)


class Caught:
    """What a stream sends, kept instead."""

    def __init__(self) -> None:
        self.files: dict[tuple[str, str], bytes] = {}
        self.messages: list[tuple[str, bytes]] = []
        self.rows: list[Mapping[str, Any]] = []

    def drop(self, stream: str, filename: str, content: bytes) -> None:
        self.files[stream, filename] = content

    def append(self, stream: str, filename: str, content: bytes) -> None:
        self.files[stream, filename] = self.files.get((stream, filename), b"") + content

    def publish(self, topic: str, payload: bytes) -> None:
        self.messages.append((topic, payload))

    def store(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        self.rows += rows


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> World:
    return open_world(tmp_path_factory.mktemp("small"), Wish(20, 0.05, 0, moment("2026-11-20T10:00")))


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load(ROOT / "packs")


def told(world: World, stream: ModuleType, since: datetime, until: datetime, *, pieces: int = 1) -> Caught:
    caught = Caught()
    step = (until - since) / pieces
    for number in range(pieces):
        stream.tick(world, since + number * step, since + (number + 1) * step, caught)
    return caught


def archive(world: World, stream: ModuleType, folder: Path, days: int) -> dict[str, list[dict[str, str]]]:
    """Rows of a stream's history of the days before Friday, by source."""
    stream.history(world, midnight(FRIDAY - timedelta(days=days)), midnight(FRIDAY), folder)
    found: dict[str, list[dict[str, str]]] = {}
    for file in sorted(folder.glob("*/*.csv.gz")):
        text = gzip.decompress(file.read_bytes()).decode()
        found.setdefault(file.parent.name, []).extend(csv.DictReader(io.StringIO(text)))
    return found


@pytest.mark.parametrize("stream", STREAMS, ids=lambda s: s.NAME)
def test_the_same_seed_makes_the_same_bytes(stream: ModuleType, tmp_path: Path) -> None:
    made = []
    for name in ("a", "b"):
        world = open_world(tmp_path / name, Wish(20, 0.05, 0, moment("2026-11-20T10:00")))
        stream.history(world, midnight(FRIDAY - timedelta(days=3)), midnight(FRIDAY), tmp_path / name / "history")
        files = sorted((tmp_path / name / "history").rglob("*.csv.gz"))
        made.append([(f.parent.name, f.name, f.read_bytes()) for f in files])
    assert made[0] == made[1]


@pytest.mark.parametrize("stream", [eve, bhyt, edxml], ids=lambda s: s.NAME)
def test_many_small_ticks_send_what_one_sends(stream: ModuleType, small: World) -> None:
    since, until = midnight(FRIDAY), midnight(FRIDAY) + timedelta(hours=18)
    once, often = (told(small, stream, since, until, pieces=n) for n in (1, 53))
    assert once.files
    assert once.files == often.files


def test_another_seed_tells_another_story(small: World, tmp_path: Path) -> None:
    other = open_world(tmp_path, Wish(21, 0.05, 0, moment("2026-11-20T10:00")))
    assert list(eve.plan(small, FRIDAY).seconds) != list(eve.plan(other, FRIDAY).seconds)


def test_alerts_of_the_clock_and_of_the_archive_are_the_same(small: World, tmp_path: Path) -> None:
    day = FRIDAY - timedelta(days=1)
    sent = told(small, eve, midnight(day), midnight(FRIDAY))
    lines = [json.loads(line) for content in sent.files.values() for line in content.splitlines()]
    kept = archive(small, eve, tmp_path, 1)[eve.SOURCES[0]]
    counts = Counter(str(line["alert"]["signature_id"]) for line in lines)
    grouped: Counter[str] = Counter()
    for row in kept:
        grouped[row["alert.signature_id"]] += int(row["so_lan"])
    assert counts == grouped
    assert sum(row["rows"] for row in sent.rows) == len(lines)


def test_visits_are_sent_once_each_and_as_the_archive_has_them(small: World, tmp_path: Path) -> None:
    day = FRIDAY - timedelta(days=1)
    sent = told(small, bhyt, midnight(day), midnight(FRIDAY) + timedelta(hours=14))
    parts = [
        base64.b64decode(part).decode()
        for content in sent.files.values()
        for part in re.findall(r"<NOIDUNGFILE>(.*?)</NOIDUNGFILE>", content.decode())
    ]
    links = [found[1] for part in parts if (found := re.search(r"<MA_LK>(.*?)</MA_LK>", part))]
    assert len(links) == len(set(links))
    archived = {row["MA_LK"] for row in archive(small, bhyt, tmp_path, 1)[bhyt.SOURCES[0]]}
    assert archived
    assert archived <= set(links)
    assert not {"HO_TEN", "SO_CCCD", "MA_THE_BHYT"} & set(
        csv.DictReader(io.StringIO(gzip.decompress(next(tmp_path.rglob("*.gz")).read_bytes()).decode())).fieldnames
        or []
    )


def test_a_truck_goes_forward_and_is_counted_once(small: World, tmp_path: Path) -> None:
    made = border.plan(small, FRIDAY)
    assert (made.times[1:] >= made.times[:-1]).all()
    end = datetime(2026, 11, 20, 15)
    inside = border.standing(small, end).sum()
    steps = border.moved(small, end - timedelta(days=border.LONGEST), end)
    assert inside == sum(1 for *_, reached in steps if reached in {1, 2, 3})
    numbers = [border.declared(step)["numberOfDeclaration"] for step in steps]
    assert len(numbers) == len(set(numbers))
    kept = archive(small, border, tmp_path, 2)
    through = [r for r in kept[border.SOURCES[0]] if r["state"] == "COMPLETED"]
    assert len(through) == len(kept[border.SOURCES[1]])


def test_pages_of_trucks_hold_their_place_while_trucks_move(small: World) -> None:
    asked = {"since": "2026-11-20T06:00:00", "size": "3"}
    first = border._page(small, asked)
    small.clock.set(jump=900)
    rest, after = [], first["next"]
    while after:
        page = border._page(small, asked | {"after": after})
        rest += page["data"]
        after = page["next"]
    small.clock.set(jump=-900)
    whole = border._page(small, asked | {"size": "1000"})["data"]
    ours = {row["numberOfDeclaration"] for row in [*first["data"], *rest]}
    assert {row["numberOfDeclaration"] for row in whole} <= ours


def test_station_files_are_lines_of_the_circular(small: World) -> None:
    sent = told(small, stations, midnight(FRIDAY), midnight(FRIDAY) + timedelta(minutes=10))
    line = re.compile(r"[^\t]+\t-?[0-9.]+\t[^\t]+\t20[0-9]{12}\t0[012]\r\n")
    assert len(sent.files) >= 20
    for content in sent.files.values():
        assert all(line.fullmatch(text) for text in content.decode().splitlines(keepends=True))
    values = sum(len(content.splitlines()) for content in sent.files.values())
    assert values == sum(row["rows"] for row in sent.rows if row["source"] == stations.SOURCES[0])
    assert len(sent.messages) == sum(row["rows"] for row in sent.rows if row["source"] == stations.SOURCES[1])


@pytest.mark.parametrize("kind", ["new-column", "wrong-unit", "clock-wrong"])
def test_a_workbook_shows_the_faults_of_content(kind: str, tmp_path: Path, catalog: Catalog) -> None:
    world = open_world(tmp_path, Wish(20, 0.05, 0, moment("2026-11-20T10:00")))
    good = rows_of(lodging.workbook(world, FRIDAY), "a.xlsx", "du-lich.luu-tru", tmp_path, catalog)
    world.faults.order(lodging.NAME, kind, lasting="1h")
    bad = rows_of(lodging.workbook(world, FRIDAY), "b.xlsx", "du-lich.luu-tru", tmp_path, catalog)
    assert good != bad


def rows_of(content: bytes, name: str, source: str, folder: Path, catalog: Catalog) -> list[dict[str, str]]:
    """What the source's format makes of a file; the contract's headings must all be found in it."""
    declared = next(s for p in catalog.packs for s in p.sources if s.key == source)
    dataset = next(d for p in catalog.packs for d in p.datasets if d.key == declared.dataset)
    path, scratch = folder / name, folder / "scratch"
    path.write_bytes(content)
    scratch.mkdir(exist_ok=True)
    found = []
    for table in open_tables(Arrival(path, name, dataset, scratch, declared.format, dict(declared.read))):
        at = headings.match(table.columns, dataset).at
        missing = [c.name for c in headings.must_stand(dataset) if c.name not in at and not c.like]
        assert not missing, f"{source}: {missing} of {table.columns}"
        assert table.arrow is not None
        found += table.arrow.to_pylist()
    return found


SENT: tuple[tuple[str, ModuleType, Callable[[str], bool], int], ...] = (
    ("moi-truong.quan-trac-tep", stations, lambda n: n.endswith(".txt"), 1),
    ("y-te.luot-kham", bhyt, lambda n: n.endswith(".xml"), 1),
    ("van-ban.van-ban", edxml, lambda n: n.startswith("VB-"), 1),
    ("van-ban.trang-thai", edxml, lambda n: n.startswith("TT-"), 1),
    ("an-toan-thong-tin.canh-bao", eve, lambda n: n.startswith("eve-"), 1),
    ("du-lich.luu-tru", lodging, lambda n: n.endswith(".xlsx"), 1),
    ("giao-thong.tai-nan", accidents, lambda n: n.endswith(".xlsx"), 8),
    ("an-ninh-trat-tu.pham-phap", crimes, lambda n: n.endswith(".xlsx"), 20),
    ("an-ninh-trat-tu.vu-chay", fires, lambda n: n.endswith(".xlsx"), 20),
)


@pytest.mark.parametrize(("source", "stream", "mine", "days"), SENT, ids=[s[0] for s in SENT])
def test_what_is_sent_fits_its_contract(
    source: str, stream: ModuleType, mine: Callable[[str], bool], days: int, tmp_path: Path, catalog: Catalog
) -> None:
    world = open_world(tmp_path / "home", Wish(20, 0.3, 0, moment("2026-11-20T10:00")))
    hours = timedelta(minutes=5) if stream is stations else timedelta(days=days)
    sent = told(world, stream, midnight(FRIDAY), midnight(FRIDAY) + hours)
    name, content = next((n, c) for (_, n), c in sent.files.items() if mine(n))
    assert rows_of(content, name, source, tmp_path, catalog)


def test_what_is_asked_for_fits_its_contract(small: World, tmp_path: Path, catalog: Catalog) -> None:
    page = json.dumps(border._page(small, {"since": "2026-11-19T00:00:00", "size": "500"})).encode()
    assert rows_of(page, "a.json", "cua-khau-so.to-khai", tmp_path, catalog)
    yards = json.dumps({"data": border.yards(small, datetime(2026, 11, 20, 10))}).encode()
    assert rows_of(yards, "b.json", "cua-khau-so.ton-bai", tmp_path, catalog)
    items = news.newest(small, datetime(2026, 11, 20, 10))
    rows = rows_of(news.feed(items), "c.xml", "bao-chi-mang-xa-hoi.tin-bao", tmp_path, catalog)
    assert len(rows) == len(items)


def test_every_source_is_declared_and_reached(catalog: Catalog) -> None:
    connections = json.loads((ROOT / "sandbox/connections.json").read_text(encoding="utf-8"))
    declared = {source.key: source for pack in catalog.packs for source in pack.sources}
    for stream in STREAMS:
        for key in stream.SOURCES:
            settings = {s.name for s in kinds()[declared[key].connector].SETTINGS}
            assert key in connections
            assert set(connections[key]) <= settings, key
            assert set(dict(declared[key].connect)) <= settings, key
