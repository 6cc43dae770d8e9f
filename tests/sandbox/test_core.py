"""Clock, days, dice, faults, the way out: the parts of the sandbox that know no stream."""

from __future__ import annotations

import ast
import asyncio
import csv
import itertools
import json
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import paho.mqtt.client as mqtt
import pytest
from conftest import ROOT, free_port

from sandbox import plugs, spoil
from sandbox.broker import Post
from sandbox.clock import VN, Clock, again, moment
from sandbox.database import Database
from sandbox.engine import Engine
from sandbox.faults import KINDS, Faults, span
from sandbox.opening import Wish, open_world
from sandbox.out import Deliverer, Out
from sandbox.plugs import Plug
from sandbox.seasons import tet, working
from sandbox.world import World, pieces

from .conftest import NOW, Province, world_of


def test_clock_runs_jumps_and_drifts() -> None:
    steady = [100.0]
    clock = Clock(NOW, speed=60, steady=lambda: steady[0])
    steady[0] += 10
    assert clock.now() == NOW + timedelta(minutes=10)
    clock.set(jump=-3600, speed=1440)
    assert clock.now() == NOW - timedelta(minutes=50)
    steady[0] += 60
    assert clock.now() == NOW - timedelta(minutes=50) + timedelta(days=1)
    clock.set(to=NOW, speed=1, drift=86.4)
    steady[0] += 1000
    assert clock.now() == NOW + timedelta(seconds=1001)
    with pytest.raises(ValueError, match="speed"):
        clock.set(speed=2000)


def test_clock_after_a_restart() -> None:
    """At the province's own speed time has passed meanwhile; a fast clock stood still."""
    kept = {"simulated": NOW.timestamp(), "wall": 1000.0, "speed": 1.0, "drift": 0.0}
    assert abs((again(kept, wall=1000.0 + 7200).now() - NOW).total_seconds() - 7200) < 1
    fast = again({**kept, "speed": 60.0}, wall=1000.0 + 7200)
    assert abs((fast.now() - NOW).total_seconds()) < 30
    assert again(kept, wall=500.0).now() >= NOW


def test_pieces_end_at_midnight() -> None:
    found = list(pieces(moment("2026-11-20T23:00"), moment("2026-11-22T01:00")))
    assert [(b - a).total_seconds() / 3600 for a, b in found] == [1, 24, 1]
    assert list(pieces(NOW, NOW)) == []


def test_working_days() -> None:
    assert working(date(2026, 11, 20))
    assert not any(working(date(2026, *d)) for d in ((11, 21), (2, 17), (4, 30), (9, 2), (11, 24)))
    assert tet(date(2026, 2, 17))
    assert not tet(date(2026, 3, 2))


def test_the_same_seed_gives_the_same_world(tmp_path: Path) -> None:
    one, two, other = (world_of(tmp_path / n, seed=s) for n, s in (("a", 20), ("b", 20), ("c", 21)))
    day = date(2026, 8, 1)
    assert one.rng("x", day).random() == two.rng("x", day).random() != other.rng("x", day).random()
    assert one.rng("x", day).random() != one.rng("y", day).random()
    assert one.rng("x", day).random() != one.rng("x", day + timedelta(days=1)).random()
    assert one.calendar.storms(2026) == two.calendar.storms(2026) != other.calendar.storms(2026)
    assert one.calendar.day(day) == two.calendar.day(day)


def test_seasons(tmp_path: Path) -> None:
    calendar = world_of(tmp_path).calendar
    year = [calendar.day(date(2026, 1, 1) + timedelta(days=n)) for n in range(365)]
    assert 6 <= sum(d.storm is not None for d in year) <= 25
    assert len({d.outbreak.disease for d in year if d.outbreak}) == 4
    assert max(d.outbreak_factor for d in year) >= 2
    assert np.mean([d.rain for d in year if d.storm]) > 3 * np.mean([d.rain for d in year if not d.storm])
    assert sum(calendar.office(h) for h in range(24)) > 0 == calendar.office(12) == calendar.office(3)


def test_the_communes_are_the_real_ones(tmp_path: Path) -> None:
    communes = world_of(tmp_path).communes
    assert len(communes) == 65
    assert sum(c.ward for c in communes) == 4
    assert {"06187", "05977"} < {c.code for c in communes}
    with (ROOT / "sandbox/dossiers/units.csv").open(encoding="utf-8") as file:
        units = list(csv.DictReader(file))
    assert {u["ma_xa"] for u in units if u["loai"] == "xa"} == {c.code for c in communes}
    assert {u["ma_xa"] for u in units if u["loai"] == "tinh"} == {"20"}


def test_a_home_keeps_its_seed(tmp_path: Path) -> None:
    world_of(tmp_path, seed=5).database.close()
    with pytest.raises(ValueError, match="seed 5"):
        open_world(tmp_path, Wish(seed=6))
    assert open_world(tmp_path, Wish()).seed == 5


# Faults

JSON_BODY = json.dumps({"data": [{"t": "20261120100000", "v": 1.5}, {"t": "20261120110000", "v": 2.5}]}).encode()
CSV_BODY = b"gio,tram,tri\n2026-11-20T10:00,A,1.5\n"
XML_BODY = b"<a><t>2026-11-20T10:00:00</t><v>1.5</v></a>"
STATION = b"20261120100000\tPM25\t31.5\tug/m3\t00\n"


def test_spoilt_bytes() -> None:
    assert json.loads(spoil.new_column(JSON_BODY))["data"][1][spoil.NEW_COLUMN]
    assert [r["v"] for r in json.loads(spoil.wrong_unit(JSON_BODY))["data"]] == [1500, 2500]
    assert json.loads(spoil.clock_wrong(JSON_BODY, 7))["data"][0]["t"] == "20261120170000"
    assert spoil.new_column(CSV_BODY).decode().splitlines()[0] == f"gio,tram,tri,{spoil.NEW_COLUMN}"
    assert spoil.wrong_unit(CSV_BODY).endswith(b"A,1500\n")
    assert b"2026-11-20T17:00" in spoil.clock_wrong(CSV_BODY, 7)
    assert b"<CotMoiThem>" in spoil.new_column(XML_BODY)
    assert b"<v>1500</v>" in spoil.wrong_unit(XML_BODY)
    assert b"2026-11-20T09:00:00" in spoil.clock_wrong(XML_BODY, -1)
    assert spoil.wrong_unit(STATION) == STATION.replace(b"31.5", b"31500")
    assert spoil.half(b"12345678") == b"1234"
    workbook = b"PK\x03\x04\xff\xfe\x00"
    assert spoil.new_column(workbook) == workbook


def test_faults_end_and_survive(tmp_path: Path) -> None:
    world = world_of(tmp_path)
    world.faults.order("a", "down", seconds=60)
    world.faults.order("b", "late", lasting="2d")
    world.faults.order("c", "down", seconds=-1)
    assert set(world.faults.active("a")) == {"down"} == {k for k in KINDS if world.faults.active("a", k)}
    assert world.faults.held("b")
    assert not world.faults.held("c")
    again_ = Faults(Database(world.database.path), world.clock)
    assert again_.held("a")
    world.clock.set(jump=span("2d"))
    assert not world.faults.held("b")
    assert world.faults.lift("a") == 1
    assert not Faults(world.database, world.clock).held("a")
    for wrong in ({"kind": "sleepy", "seconds": 1}, {"kind": "down"}, {"kind": "down", "lasting": "two days"}):
        with pytest.raises(ValueError, match=r"."):
            world.faults.order("a", **wrong)  # type: ignore[arg-type]  # wrong on purpose


class Wire:
    """A broker that acknowledges as many as it is told to."""

    def __init__(self, takes: int = 1 << 30) -> None:
        self.got: list[tuple[str, bytes]] = []
        self.takes = takes

    async def send(self, items: list[tuple[str, bytes]]) -> int:
        taken = items[: self.takes]
        self.got += taken
        return len(taken)


def made(world: World, *items: tuple[str, bytes]) -> Deliverer:
    out = Out("s")
    for name, body in items:
        (out.publish if "/" in name else lambda n, b: out.drop("s", n, b))(name, body)
    out.store("readings", [{"id": 1, "v": 2}, {"id": 1, "v": 3}])
    out.close(world.database, NOW)
    return Deliverer(world.database, world.faults, world.home / "drop")


def deliver(deliverer: Deliverer, wire: Wire | None = None) -> int:
    return asyncio.run(deliverer.deliver((wire or Wire()).send))


def files(world: World) -> dict[str, bytes]:
    return (
        {p.name: p.read_bytes() for p in (world.home / "drop" / "s").glob("*")}
        if (world.home / "drop").exists()
        else {}
    )


def test_files_and_messages_leave_once(tmp_path: Path) -> None:
    world, wire = world_of(tmp_path), Wire()
    deliverer = made(world, ("a.csv", CSV_BODY), ("t/1", b"x"), ("t/2", b"y"))
    assert deliver(deliverer, wire) == 3
    assert deliver(deliverer, wire) == 0
    assert files(world) == {"a.csv": CSV_BODY}
    assert wire.got == [("t/1", b"x"), ("t/2", b"y")]
    assert [tuple(r) for r in world.database.rows("select * from s_readings")] == [(1, 3)]
    assert world.database.rows("select until from progress")[0][0] == NOW.timestamp()


def test_what_the_broker_did_not_acknowledge_is_sent_again(tmp_path: Path) -> None:
    world = world_of(tmp_path)
    deliverer = made(world, *((f"t/{n}", b"x") for n in range(5)))
    first, second = Wire(takes=2), Wire()
    assert deliver(deliverer, first) == 2
    assert deliver(deliverer, second) == 3
    assert [t for t, _ in first.got + second.got] == [f"t/{n}" for n in range(5)]


@pytest.mark.parametrize("kind", ["down", "late"])
def test_held_back_and_then_all_there(tmp_path: Path, kind: str) -> None:
    world, wire = world_of(tmp_path), Wire()
    world.faults.order("s", kind, lasting="1h")
    deliverer = made(world, ("a.csv", CSV_BODY), ("t/1", b"x"))
    assert deliver(deliverer, wire) == 0
    assert files(world) == {}
    world.clock.set(jump=3601)
    assert deliver(deliverer, wire) == 2
    assert len(files(world)) == len(wire.got) == 1


def test_faults_of_the_way(tmp_path: Path) -> None:
    world, wire = world_of(tmp_path), Wire()
    world.faults.order("s", "duplicate", seconds=60)
    world.faults.order("s", "out-of-order", seconds=60)
    deliver(made(world, ("a.csv", CSV_BODY), ("b.csv", CSV_BODY), ("t/1", b"x"), ("t/2", b"y")), wire)
    assert set(files(world)) == {"a.csv", "b.csv", "a-gui-lai.csv", "b-gui-lai.csv"}
    assert [t for t, _ in wire.got] == ["t/2", "t/2", "t/1", "t/1"]
    world.faults.lift()
    world.faults.order("s", "half-file", seconds=60)
    deliver(made(world, ("a.csv", CSV_BODY)))
    assert files(world)["a.csv"] == CSV_BODY[: len(CSV_BODY) // 2]
    kinds = {r[0] for r in world.database.rows("select distinct kind from injected")}
    assert kinds == {"duplicate", "out-of-order", "half-file"}


def test_a_single_one_waits_for_a_second_to_change_places_with(tmp_path: Path) -> None:
    world, wire = world_of(tmp_path), Wire()
    world.faults.order("s", "out-of-order", seconds=60)
    assert deliver(made(world, ("t/1", b"x")), wire) == 0
    deliver(made(world, ("t/2", b"y")), wire)
    assert [t for t, _ in wire.got] == ["t/2", "t/1"]


# The heart and the broker


def ticking(seen: list[tuple[datetime, datetime]]) -> Plug:
    def tick(_world: World, since: datetime, until: datetime, out: Out) -> None:
        seen.append((since, until))
        if len(seen) == 3:
            raise RuntimeError("a bad day")
        out.publish("t/x", until.isoformat().encode())

    return Plug("s", ("p.s",), "", lambda *_: None, tick, None, None, frozenset())


def test_catching_up_is_bounded_and_a_failure_loses_nothing(tmp_path: Path) -> None:
    world, seen = world_of(tmp_path), list[tuple[datetime, datetime]]()
    engine = Engine(world, (ticking(seen),), Post(world.database, free_port()))
    engine.reached("s")
    world.clock.set(jump=6 * 86400)
    engine.tick()
    assert len(seen) == 3  # the third failed
    assert "a bad day" in world.database.rows("select error from progress")[0][0]
    engine._retry.clear()
    engine.tick()
    engine.tick()
    spans = seen[:2] + seen[3:]
    assert spans[0][0] == NOW
    assert spans[-1][1] == world.now()
    assert all(a[1] == b[0] for a, b in itertools.pairwise(spans))
    assert seen[2][0] == seen[3][0]


def test_a_stream_waits_for_its_receiver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a slow broker has not taken bounds what is made; nothing is skipped."""
    monkeypatch.setattr("sandbox.engine.WAITING", 2)
    world, seen = world_of(tmp_path), list[tuple[datetime, datetime]]()
    engine = Engine(world, (ticking(seen),), Post(world.database, free_port()))
    engine.reached("s")
    for hour in range(1, 5):
        world.clock.set(to=NOW + timedelta(hours=hour))
        engine.tick()
    assert seen == [(NOW, NOW + timedelta(hours=1)), (NOW + timedelta(hours=1), NOW + timedelta(hours=2))]
    assert deliver(engine.deliverer) == 2
    seen += [(NOW, NOW)] * 2  # the third tick of this stream would fail
    engine.tick()
    assert seen[-1] == (NOW + timedelta(hours=2), NOW + timedelta(hours=4))


def watcher(port: int, got: list[bytes]) -> mqtt.Client:
    client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2)
    client.on_message = lambda _c, _u, m: got.append(m.payload)
    client.on_connect = lambda c, *_: c.subscribe("#", 1)
    client.reconnect_delay_set(1, 1)
    client.connect_async("127.0.0.1", port)
    client.loop_start()
    return client


async def until(true: Callable[[], object]) -> None:
    for _ in range(100):
        if true():
            return
        await asyncio.sleep(0.1)
    pytest.fail("did not come true within 10 s")


async def sent(post: Post, *bodies: bytes) -> None:
    """Try until the broker has taken them."""
    for _ in range(100):
        if await post.send([("a/b", body) for body in bodies]) == len(bodies):
            return
        await asyncio.sleep(0.1)
    pytest.fail("the broker takes nothing")


def test_the_broker_waits_for_its_listener_and_remembers(tmp_path: Path) -> None:
    """While it was dead nothing is lost: the listener comes back, gets the last minute again and then the rest."""
    database, port, got = Database(tmp_path / "s.sqlite3"), free_port(), list[bytes]()

    async def life() -> None:
        first = Post(database, port)
        await first.start()
        client = watcher(port, got)
        await until(first._listeners)
        await sent(first, b"1", b"2")
        await until(lambda: len(got) == 2)
        await first.stop()
        assert await first.send([("a/b", b"3")]) == 0
        second = Post(database, port)
        await second.start()
        assert await second.send([("a/b", b"3")]) == 0  # nobody listens yet
        await sent(second, b"3")
        await until(lambda: len(got) == 5)
        client.disconnect()
        await until(lambda: not second._listeners())
        assert await second.send([("a/b", b"4")]) == 0  # it waits for the one that went away
        client.loop_stop()
        client = watcher(port, got)
        await sent(second, b"4")
        await until(lambda: got[-1] == b"4")
        client.loop_stop()
        await second.stop()

    asyncio.run(life())
    assert got[:5] == [b"1", b"2", b"1", b"2", b"3"]


def test_nobody_ever_listened(tmp_path: Path) -> None:
    async def life() -> None:
        post = Post(Database(tmp_path / "s.sqlite3"), free_port())
        await post.start()
        assert await post.send([("a/b", b"1")]) == 1
        await post.stop()

    asyncio.run(life())


# The program


def test_the_control_door(province: Province) -> None:
    state = province.get("/sandbox/state")
    assert state["simulated"]
    assert state["scale"] == 0.02
    assert "dossiers" in state["streams"]
    assert not [s for s in state["streams"].values() if s["error"]]
    assert province.post("/sandbox/clock", speed=5000)["error"]
    assert province.post("/sandbox/faults", stream="nobody", kind="down", seconds=1)["error"]
    assert province.post("/sandbox/faults", stream="dossiers", kind="down")["error"]
    assert "dossiers" in province.get("/sandbox/truth/nobody")["error"]
    import httpx

    page = httpx.get(province.url)
    assert "Tỉnh mô phỏng" in page.text
    assert page.headers["x-simulated"] == "sandbox"


def test_after_kill_9_it_goes_on(tmp_path: Path) -> None:
    """The clock goes on, no dossier is invented anew, none is lost, the broker is back."""
    one = Province(tmp_path / "home")
    one.start("--scale", "0.01", "--speed", "600", "--start", "2026-11-20T09:00", "--only", "dossiers")
    session = one.login()
    time.sleep(1.5)
    before = {d["MaHoSo"]: d for d in one.ask(session, size=1000, since="20261120080000")["data"]}
    one.kill()
    one.start("--only", "dossiers")
    after = {d["MaHoSo"]: d for d in one.ask(one.login(), size=1000, since="20261120080000")["data"]}
    assert moment(one.get("/sandbox/state")["now"]) > moment("2026-11-20T09:10")
    one.kill()
    assert before
    assert before.keys() <= after.keys()
    assert all(
        after[ma]["NgayNop"] == d["NgayNop"] and after[ma]["ChuHoSo"] == d["ChuHoSo"] for ma, d in before.items()
    )


# The house


def modules() -> list[Path]:
    return [p for p in (ROOT / "sandbox").rglob("*.py")]


def test_neither_program_knows_the_other() -> None:
    for folder, other in (("sandbox", "haidang"), ("haidang", "sandbox")):
        for file in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                assert not [n for n in names if n.split(".")[0] == other], file


def test_budgets() -> None:
    sizes = []
    for file in modules():
        tree = ast.parse(file.read_text())
        assert ast.get_docstring(tree), file
        assert len(file.read_text().splitlines()) <= 400, file
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
                sizes.append((node.end_lineno or 0) - body[0].lineno + 2)
                positional = [a.arg for a in node.args.args if a.arg != "self"]
                assert len(positional) <= 5, f"{file} {node.name}"
    sizes.sort()
    assert sizes[len(sizes) // 2] <= 9
    assert sizes[int(len(sizes) * 0.9)] <= 32


def test_every_stream_keeps_the_face() -> None:
    found = plugs.plugs()
    assert found[0].name == "dossiers"
    assert len({p.name for p in found}) == len(found)
    known = json.loads((ROOT / "sandbox/connections.json").read_text())
    assert "dich-vu-cong.ho-so" in known
    assert all("." in source for plug in found for source in plug.sources)


def test_vietnam_time() -> None:
    assert moment("2026-11-20T10:00").utcoffset() == timedelta(hours=7)
    assert moment("2026-11-20T03:00Z") == NOW.astimezone(VN)
