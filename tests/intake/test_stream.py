"""Streams on a real broker: nothing acknowledged is lost, nothing comes twice after landing, nothing vanishes."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from haidang.catalog.declared import declared
from haidang.intake import actions, reads
from haidang.intake.actions import Origin
from haidang.intake.connectors import Order, Parcel, _spool, mqtt
from haidang.intake.connectors._spool import Bounds, Spool
from haidang.intake.formats import Arrival, messages
from haidang.words.errors import IntakeStopped, Unavailable
from haidang.words.texts import say
from tests.intake.conftest import OFFICER, Centre
from tests.intake.stream_world import Broker, Listening, measurements, until

QUICK = {"topic": "qt/+/+", "topic_columns": "tram=2, chi_so=3", "batch_seconds": "0.2", "batch_messages": "100"}


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    made = Broker(tmp_path / "broker").start()
    yield made
    made.stop()


@pytest.fixture
def listening(tmp_path: Path, broker: Broker) -> Iterator[Listening]:
    made = Listening(tmp_path / "kept", {**QUICK, "address": f"mqtt://127.0.0.1:{broker.port}"})
    yield made
    made.kill()


def heard(
    tmp_path: Path, values: dict[str, str], send: Any = None, *, wanted: int = 1, trial: bool = False
) -> list[dict[str, Any]]:
    """Listen in this process until so many rows have come; `send` is called once the listening has begun."""
    rows: list[dict[str, Any]] = []
    stop = threading.Event()

    def deliver(parcel: Parcel) -> str:
        rows.extend(json.loads(line) for line in parcel.path.read_text().splitlines())
        if len(rows) >= wanted:
            stop.set()
        return parcel.name

    if send:
        threading.Timer(0.7, send).start()
    guard = threading.Timer(25, stop.set)
    guard.start()
    mqtt.listen(Order("thu.nguon", values, tmp_path / "scratch", trial=trial), deliver, stop)
    guard.cancel()
    return rows


# --- batches


def spool(tmp_path: Path, **bounds: Any) -> Spool:
    return Spool(tmp_path, "thu", Bounds(**bounds), {"tram": 2})


def test_a_batch_is_closed_by_count_by_bytes_by_time_and_by_silence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr(_spool.time, "monotonic", lambda: now[0])
    by_count, by_bytes, by_time = spool(tmp_path, messages=3), spool(tmp_path, bytes=200), spool(tmp_path)
    assert not by_count.full()
    for number in range(1, 4):
        assert not by_count.full()
        by_count.add("qt/t1", b'{"a": 1}', number)
    assert by_count.full()
    by_bytes.add("qt/t1", b'{"a": "' + b"x" * 200 + b'"}', 1)
    assert by_bytes.full()
    for number in range(10):
        by_time.add("qt/t1", b"{}", number)
    assert not by_time.full()
    now[0] += 0.25
    assert by_time.full(), "a broker that is silent with a full window waits for us"
    few = spool(tmp_path)
    few.add("qt/t1", b"{}", 1)
    now[0] += 0.9
    assert not few.full()
    now[0] += 0.2
    assert few.full()
    batch = by_count.close()
    assert (batch.numbers, batch.messages, by_count.empty, by_count.full()) == ([1, 2, 3], 3, True, False)


@pytest.mark.parametrize(
    ("payload", "told"),
    [
        (b'{"a": 1.50, "tram": "forged", "_topic": "forged"}', {"a": 1.5}),
        (b"{}", {}),
        (b' {\n"a"\r\n: 1}\n', {"a": 1}),
        (b"xin chao", {"_payload": "xin chao"}),
        (b'[{"a": 1}]', {"_payload": '[{"a": 1}]'}),
        (b'{"a": NaN}', {"_payload": '{"a": NaN}'}),
        (b"", {"_payload": ""}),
        (b"\xff\xfe", {"_base64": "//4="}),
        (b'{"a":' * 3000 + b"1" + b"}" * 3000, None),
        (b"x" * 70_000, {"_refused": "message-too-large", "_size": 70_000, "_payload": "x" * 1000}),
    ],
)
def test_every_message_is_one_line_that_its_topic_signs(
    tmp_path: Path, payload: bytes, told: dict[str, object] | None
) -> None:
    made = spool(tmp_path)
    made.add("qt/trạm 1", payload, 1)
    lines = made.close().path.read_text().splitlines()
    assert len(lines) == 1
    row = json.loads(lines[0]) if told is not None else {"_topic": "qt/trạm 1", "tram": "trạm 1"}
    assert (row["_topic"], row["tram"]) == ("qt/trạm 1", "trạm 1")
    if told is not None:
        assert row.pop("_at").endswith("+00:00")
        assert {k: v for k, v in row.items() if k not in {"_topic", "tram"}} == told
    else:
        assert "_payload" in lines[0][:12]


@pytest.mark.parametrize("text", ["tram", "tram=0", "tram=x", "=2"])
def test_columns_of_a_topic_that_cannot_be(text: str) -> None:
    with pytest.raises(IntakeStopped) as stopped:
        mqtt.columns_of(text)
    assert say(stopped.value) != stopped.value.code


# --- the broker


def test_messages_come_with_their_topic_and_are_acknowledged_after_they_are_safe(
    tmp_path: Path, broker: Broker
) -> None:
    values = {**QUICK, "address": f"127.0.0.1:{broker.port}"}
    rows = heard(tmp_path, values, lambda: broker.publish(measurements(0, 250)), wanted=250)
    assert sorted(row["so"] for row in rows) == list(range(250))
    assert {(row["tram"], row["chi_so"]) for row in rows} == {(f"t{n}", "pm25") for n in range(7)}
    broker.publish(measurements(250, 30))  # nobody listens: the broker keeps them for the session
    again = heard(tmp_path, values, wanted=30)
    assert sorted(row["so"] for row in again) == list(range(250, 280)), "what was acknowledged came again, or was lost"


@pytest.mark.parametrize("version", ["5", "3.1.1"])
def test_killed_before_the_acknowledgement_it_comes_again_and_lands_once(
    broker: Broker, listening: Listening, version: str
) -> None:
    listening.start(version=version, _die="2")
    until(lambda: "$SYS" not in (broker.folder / "broker.log").read_text() and _connected(broker))
    broker.publish(measurements(0, 600))
    assert listening.process
    listening.process.wait(timeout=30)
    assert 0 < len(listening.numbers()) < 600
    listening.start(version=version)
    until(lambda: set(listening.numbers()) == set(range(600)))
    assert len(listening.numbers()) > 600, "a batch was safe and not acknowledged: it must have come again"


def _connected(broker: Broker) -> bool:
    return "haidang-" in (broker.folder / "broker.log").read_text()


def test_a_broker_that_restarts_loses_nothing(broker: Broker, listening: Listening) -> None:
    listening.start()
    until(lambda: _connected(broker))
    broker.publish(measurements(0, 300))
    broker.stop()
    time.sleep(0.5)
    broker.start()
    broker.publish(measurements(300, 300))
    until(lambda: set(listening.numbers()) == set(range(600)))
    assert listening.process
    assert listening.process.poll() is None


def test_two_listeners_share_a_topic(tmp_path: Path, broker: Broker) -> None:
    values = {**QUICK, "address": f"mqtt://127.0.0.1:{broker.port}", "share": "trung-tam"}
    both = [Listening(tmp_path / name, {**values, "client_id": name}).start() for name in ("mot", "hai")]
    try:
        until(lambda: all(n in (broker.folder / "broker.log").read_text() for n in ("mot", "hai")))
        time.sleep(0.5)
        broker.publish(measurements(0, 400))
        until(lambda: len(both[0].numbers() + both[1].numbers()) >= 400)
        assert sorted(both[0].numbers() + both[1].numbers()) == list(range(400))
        assert all(one.numbers() for one in both)
    finally:
        for one in both:
            one.kill()


def test_a_trial_shows_a_few_and_takes_nothing_away(tmp_path: Path, broker: Broker) -> None:
    values = {**QUICK, "address": f"127.0.0.1:{broker.port}", "share": "trung-tam"}
    real = Listening(tmp_path / "that", {**values, "client_id": "that"}).start()
    try:
        until(lambda: "that" in (broker.folder / "broker.log").read_text())
        rows = heard(tmp_path, values, lambda: broker.publish(measurements(0, 50)), trial=True)
        assert len(rows) == mqtt.TRIAL_MESSAGES
        until(lambda: sorted(real.numbers()) == list(range(50)))
    finally:
        real.kill()


def test_a_broker_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        heard(tmp_path, {"address": "127.0.0.1:1", "topic": "qt/#"}, trial=True)


def test_a_broker_outside_the_networks_is_never_reached(tmp_path: Path) -> None:
    with pytest.raises(IntakeStopped) as stopped:
        heard(tmp_path, {"address": "mqtt://169.254.169.254:1883", "topic": "qt/#"}, trial=True)
    assert stopped.value.code == "address-not-allowed"


def test_a_wrong_password_is_for_a_person_to_mend(tmp_path: Path) -> None:
    (tmp_path / "passwords").write_text("")
    locked = Broker(
        tmp_path / "locked", more=f"allow_anonymous false\npassword_file {tmp_path / 'passwords'}\n"
    ).start()
    try:
        values = {"address": f"127.0.0.1:{locked.port}", "topic": "qt/#", "user": "a", "password": "b"}
        with pytest.raises(IntakeStopped) as stopped:
            heard(tmp_path, values)
        assert stopped.value.code == "broker-refused"
        assert "b" not in stopped.value.facts.values()
    finally:
        locked.stop()


def test_tls_with_our_own_authority_and_both_certificates(tmp_path: Path) -> None:
    from tests.intake.stream_papers import papers

    made = papers(tmp_path / "papers")
    lines = "".join(
        f"{name} {made[file]}\n" for name, file in (("cafile", "ca"), ("certfile", "broker"), ("keyfile", "broker_key"))
    )
    secure = Broker(tmp_path / "secure", more=f"allow_anonymous true\n{lines}require_certificate true\n").start()
    read = {name: file.read_text() for name, file in made.items()}
    values = {**QUICK, "address": f"mqtts://localhost:{secure.port}", "ca": read["ca"]}
    known = {**values, "certificate": read["centre"], "key": read["centre_key"]}

    def trusted(client: Any) -> None:
        client.tls_set(str(made["ca"]), str(made["centre"]), str(made["centre_key"]))

    try:
        assert len(heard(tmp_path, known, lambda: secure.publish(measurements(0, 20), trusted), wanted=20)) == 20
        with pytest.raises((Unavailable, IntakeStopped)):
            heard(tmp_path, values, trial=True)  # without our certificate
        with pytest.raises(IntakeStopped) as stopped:
            heard(tmp_path, {**known, "ca": read["stranger"]}, trial=True)
        assert stopped.value.code == "certificate-wrong"
        wrong_name = {**known, "address": f"mqtts://127.0.0.1:{secure.port}"}
        with pytest.raises(IntakeStopped) as stopped:
            heard(tmp_path, wrong_name, trial=True)
        assert stopped.value.code == "certificate-wrong"
    finally:
        secure.stop()


# --- from a batch to rows


def write_source(centre: Centre) -> None:
    file = centre.packs / "thu" / "sources" / "tram.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(
        "source: tram\ndataset: dich\nconnector: mqtt\nformat: messages\n"
        "title: {vi: Trạm, en: Station}\nowner: {vi: Sở, en: Department}\n"
        'connect: {topic: "ca/+", topic_columns: "tinh=2"}\n'
    )
    centre.declare()


def stream(centre: Centre, tmp_path: Path, *payloads: tuple[str, bytes]) -> actions.Landed:
    made = Spool(tmp_path / "spool", "thu.tram", Bounds(), {"tinh": 2})
    for topic, payload in payloads:
        made.add(topic, payload, 0)
    batch = made.close()
    run = actions.receive(OFFICER, "thu.dich", batch.path, name=batch.name, origin=Origin("stream", "thu.tram"))
    return actions.land(run)


def test_what_is_no_object_or_too_large_is_set_aside_with_its_reason(centre: Centre, tmp_path: Path) -> None:
    write_source(centre)
    good = ("ca/20", b'{"thang": "2018-03", "ca": 5, "nam": {"x": 1}}')
    landed = stream(centre, tmp_path, good, ("ca/20", b"xin chao"), ("ca/20", b"{" + b" " * 70_000 + b"}"))
    assert (landed.read, landed.landed) == (3, 1)
    assert landed.reasons == {"message-not-json": 1, "message-too-large": 1}
    found = {reject["code"]: reject["found"] for reject in centre.rejects()}
    assert found == {"message-not-json": "xin chao", "message-too-large": "70002"}
    (fact,) = centre.facts("thu.dich")
    assert (fact["tinh"], fact["ca"], fact["_row"]) == ("20", 5, 1)


def test_a_batch_that_came_twice_lands_once(centre: Centre, tmp_path: Path) -> None:
    write_source(centre)
    rows = [("ca/20", b'{"thang": "2018-0%d", "ca": %d}' % (n, n)) for n in range(1, 8)]
    first, again = stream(centre, tmp_path, *rows), stream(centre, tmp_path, *rows)
    assert (first.landed, again.landed, again.unchanged) == (7, 0, 7)
    assert len(centre.facts("thu.dich")) == 7
    assert centre.value("thu.so-ca") == [28]


def test_little_runs_add_up_to_what_a_whole_derivation_gives(centre: Centre, tmp_path: Path) -> None:
    write_source(centre)
    for n in range(1, 10):
        stream(
            centre,
            tmp_path,
            ("ca/20", b'{"thang": "2018-0%d", "ca": %d}' % (n, n)),
            ("ca/68", b'{"thang": "2019-0%d"}' % n),
        )
    assert centre.value("thu.so-ca", "20@") == [45]
    assert centre.value("thu.so-ca", "68@") == []  # nothing was counted there: no number, not a zero
    stream(centre, tmp_path, ("ca/20", b'{"thang": "2018-01", "ca": 11}'))  # a correction: derived the long way
    assert centre.value("thu.so-ca", "20@") == [55]
    stream(centre, tmp_path, ("ca/20", b'{"thang": "2018-10", "ca": 1}'), ("ca/68", b'{"thang": "2019-10", "ca": 4}'))
    assert (centre.value("thu.so-ca", "20@"), centre.value("thu.so-ca", "68@")) == ([56], [4])


def test_tidying_keeps_every_snapshot(centre: Centre, tmp_path: Path) -> None:
    write_source(centre)
    before = []
    for n in range(30):
        landed = stream(centre, tmp_path, ("ca/20", b'{"thang": "%d-01", "ca": %d}' % (1990 + n, n)))
        before.append((landed.snapshot, n + 1, centre.value("thu.so-ca", snapshot=landed.snapshot)))
    joined = actions.tidy()
    assert joined.after < joined.before / 2
    for snapshot, rows, values in before:
        assert len(centre.facts("thu.dich", snapshot)) == rows
        assert centre.value("thu.so-ca", snapshot=snapshot) == values


def test_messages_within_messages_are_flattened_and_numbers_stay(centre: Centre, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(
        '{"a": {"b": {"c": 1.50}}, "d": [1, "x", null], "e": true, "f": "", "g": "\\ud800", "h": 12345678901234567890}\n'
    )
    (table,) = messages.tables(Arrival(file, "a", declared().dataset("thu.dich"), tmp_path))
    assert table.columns == ("a.b.c", "d", "e", "f", "g", "h")
    assert table.arrow.to_pylist() == [
        {"a.b.c": "1.50", "d": "1; x; ", "e": "true", "f": None, "g": "?", "h": "12345678901234567890"}
    ]


def test_a_batch_cut_short_is_refused(centre: Centre, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text('{"a": 1}\n{"a": ')
    with pytest.raises(IntakeStopped) as stopped:
        list(messages.tables(Arrival(file, "a", declared().dataset("thu.dich"), tmp_path)))
    assert stopped.value.code == "json-broken"


def test_runs_wait_in_turn_so_that_no_flood_starves_another(centre: Centre, tmp_path: Path) -> None:
    write_source(centre)
    file = tmp_path / "a.jsonl"
    file.write_text('{"thang": "2018-01", "tinh": "20", "_topic": "a", "_at": "b"}\n')

    def receive(source: str) -> str:
        return actions.receive(OFFICER, "thu.dich", file, origin=Origin("stream", source))

    flood = [receive("thu.tram") for _ in range(5)]
    small = [receive("thu.khac") for _ in range(2)]
    turns: dict[str, int] = {}
    claimed = [actions.claim(turns) for _ in range(7)]
    assert claimed == [small[0], flood[0], small[1], flood[1], *flood[2:]] or claimed == [
        flood[0], small[0], flood[1], small[1], *flood[2:]
    ]  # fmt: skip
    assert actions.claim(turns) == ""
    assert actions.resume() == 7
    assert reads.run(flood[0]).state == "received"
    actions.put_back(actions.claim(turns))
    assert len(reads.unfinished()) == 7
