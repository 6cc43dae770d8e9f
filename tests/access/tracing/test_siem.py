"""The trace at a SIEM: real listeners on the loopback, read by code that is not ours; breaks, lies and outages."""

from __future__ import annotations

import socket
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from access.tracing import listeners
from access.tracing.listeners import Heard

from haidang.access import trace
from haidang.access.models import TraceHead
from haidang.access.tracing import actions, reads, siem
from haidang.jobs.duties import trace_siem
from haidang.words.errors import BadQuestion, IntakeStopped, Unavailable
from haidang.words.nouns import Actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_home")]
HOSTILE = 'tên "lạ" ] \\ xuống\ndòng <13>1 giả'


def written(count: int = 5) -> None:
    for number in range(count):
        trace.note(f"nguoi-{number}", "read", "goi/bo (internal)")


def numbers(heard: Heard) -> list[int]:
    return [int(listeners.read(told)["number"]) for told in heard.messages]


def wait(heard: Heard, count: int) -> None:
    until = time.monotonic() + 5
    while len(heard.messages) < count and time.monotonic() < until:
        time.sleep(0.01)


def test_tcp_in_order_and_only_once(settings: Any) -> None:
    heard = Heard()
    written()
    with listeners.tcp(heard) as port:
        settings.SYSLOG = f"tcp://127.0.0.1:{port}"
        assert reads.standing().unsent == 5
        assert actions.ship() == 5
        written(2)
        assert actions.ship() == 2
        assert actions.ship() == 0
    assert numbers(heard) == [1, 2, 3, 4, 5, 6, 7]
    assert reads.standing().unsent == 0


def test_what_is_told_can_be_read_back(settings: Any) -> None:
    heard = Heard()
    with trace.context(address="10.1.2.3", door="api"):
        trace.note(Actor("a", purpose=HOSTILE, real="b", privilege=7), "read", HOSTILE, outcome="denied")
    with listeners.tcp(heard) as port:
        settings.SYSLOG = f"tcp://127.0.0.1:{port}"
        actions.ship()
    told = listeners.read(heard.messages[0])
    assert told["priority"] == str(13 * 8 + 4)
    assert (told["who"], told["real"], told["privilege"], told["address"], told["door"]) == (
        "a",
        "b",
        "7",
        "10.1.2.3",
        "api",
    )
    assert told["purpose"] == told["subject"] == HOSTILE.replace("\n", " ")
    assert "bị từ chối khi xem" in told["said"]
    assert "\n" not in heard.messages[0].decode()
    assert len(told["digest"]) == 64


def test_udp(settings: Any) -> None:
    heard = Heard()
    written(3)
    trace.note("a", "read", "x", because=["dài" * 2000])
    with listeners.udp(heard) as port:
        settings.SYSLOG = f"udp://127.0.0.1:{port}"
        assert actions.ship() == 4
        wait(heard, 4)
    assert numbers(heard) == [1, 2, 3, 4]
    assert max(len(told) for told in heard.messages) <= siem.MOST_UDP


def test_tls_only_to_whom_the_certificate_names(settings: Any, tmp_path: Path) -> None:
    heard = Heard()
    written(3)
    sealed, trusted = listeners.certificate(tmp_path, "localhost")
    _, other = listeners.certificate(tmp_path, "elsewhere")
    with listeners.tcp(heard, seal=sealed) as port:
        settings.SYSLOG = f"tls://localhost:{port}"
        settings.SYSLOG_CA = str(other)
        with pytest.raises(Unavailable, match="siem-away"):
            actions.ship()
        settings.SYSLOG, settings.SYSLOG_CA = f"tls://127.0.0.1:{port}", str(trusted)
        with pytest.raises(Unavailable, match="siem-away"):
            actions.ship()
        assert (heard.messages, TraceHead.objects.get().sent) == ([], 0)
        settings.SYSLOG = f"tls://localhost:{port}"
        assert actions.ship() == 3
    assert numbers(heard) == [1, 2, 3]


def test_a_break_in_the_middle_loses_nothing(settings: Any) -> None:
    heard = Heard()
    written(400)
    with listeners.tcp(heard, broken=1) as port:
        settings.SYSLOG = f"tcp://127.0.0.1:{port}"
        with pytest.raises(Unavailable, match="siem-away"):
            actions.ship()
        assert TraceHead.objects.get().sent == 0
        assert actions.ship() == 400
    assert numbers(heard) == list(range(1, 401))


def test_an_outage_is_waited_out(settings: Any) -> None:
    written(3)
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
    settings.SYSLOG = f"tcp://127.0.0.1:{port}"
    trace_siem.run(datetime.now(UTC))  # nobody there: not an error of the centre
    how = reads.standing()
    assert how.unsent == 3
    assert how.unsent_since is not None
    heard = Heard()
    with listeners.tcp(heard) as again:
        settings.SYSLOG = f"tcp://127.0.0.1:{again}"
        trace_siem.run(datetime.now(UTC))
    assert numbers(heard) == [1, 2, 3]


def test_only_into_the_allowed_networks(settings: Any) -> None:
    written(1)
    settings.NETWORKS, settings.SYSLOG = ("10.0.0.0/8",), "tcp://127.0.0.1:1"
    with pytest.raises(IntakeStopped, match="address-not-allowed"):
        actions.ship()
    settings.SYSLOG = "udp://169.254.169.254"
    with pytest.raises(IntakeStopped, match="address-not-allowed"):
        actions.ship()


@pytest.mark.parametrize("setting", ["syslog.local:514", "http://x", "tcp://", "tls://x:99999", "tcp://x/path"])
def test_a_setting_that_leads_nowhere_is_said(setting: str) -> None:
    with pytest.raises(BadQuestion, match="bad-setting"):
        siem.target(setting)
