"""Months old enough go into files that prove themselves and are then let go of; what is kept still proves."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from access.tracing import tampering

from haidang.access import trace
from haidang.access.models import Trace, TraceHead
from haidang.access.tracing import actions, anchors, archive, reads, retention
from haidang.words.errors import BadQuestion, Unavailable

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_home")]
NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)


def written(*days: str) -> None:
    """One row for each day (noon), in that order."""
    for number, day in enumerate(days):
        row = Trace(who=f"n{number}", action="read", subject="goi/bo (internal)", outcome="allowed")
        row.at = datetime.fromisoformat(f"{day}T12:00:00+07:00")
        actions.add([row])


def names(files: tuple[Path, ...]) -> list[str]:
    return [file.name for file in files]


def test_whole_months_go_and_the_rest_still_proves() -> None:
    written("2025-09-01", "2025-09-30", "2025-10-01", "2025-10-31", "2025-11-01", "2026-11-22")
    done = retention.keep(NOW, 12)
    assert names(done) == ["2025-09.jsonl.gz", "2025-10.jsonl.gz"]
    assert reads.verify() == reads.Verified(2, 5, 6, None)
    assert [archive.prove(file)[1] for file in done] == [None, None]
    assert archive.gaps() is None
    assert {file.stat().st_mode & 0o777 for file in done} == {0o600}
    assert retention.keep(NOW, 12) == ()
    trace.note("a", "read", "x")
    assert reads.verify().broken is None
    lines = [json.loads(line) for line in content(done[0])]
    assert [line.get("who") for line in lines] == [None, "n0", "n1"]


def test_a_row_out_of_time_goes_with_its_neighbours() -> None:
    written("2025-09-01", "2026-11-20", "2025-09-02", "2026-11-21")
    assert names(retention.keep(NOW, 12)) == ["2025-09.jsonl.gz"]
    assert reads.verify() == reads.Verified(3, 2, 4, None)


def test_killed_half_way_it_is_simply_run_again(monkeypatch: pytest.MonkeyPatch) -> None:
    written("2025-08-01", "2025-09-01", "2026-11-20")
    with monkeypatch.context() as patch:
        patch.setattr(actions, "move_on", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            retention.keep(NOW, 12)
    with monkeypatch.context() as patch:
        patch.setattr(actions, "let_go", lambda: 0)
        assert names(retention.keep(NOW, 12)) == ["2025-08.jsonl.gz", "2025-09.jsonl.gz"]
    assert (Trace.objects.count(), reads.verify().broken) == (3, None)
    assert retention.keep(NOW, 12) == ()
    assert (Trace.objects.count(), reads.verify().broken) == (1, None)
    assert names(archive.files()) == ["2025-08.jsonl.gz", "2025-09.jsonl.gz"]


@pytest.mark.parametrize("falsify", [tampering.change, tampering.delete])
def test_a_broken_month_is_never_let_go(falsify: Any) -> None:
    written("2025-08-01", "2025-08-02", "2025-09-01", "2026-11-20")
    falsify(2)
    with pytest.raises(Unavailable, match="trace-broken"):
        retention.keep(NOW, 12)
    assert archive.files() == ()
    assert Trace.objects.filter(number=3).exists()


def test_nothing_goes_that_the_siem_does_not_have(settings: Any) -> None:
    settings.SYSLOG = "tcp://127.0.0.1:1"
    written("2025-08-01", "2025-09-01", "2026-11-20")
    assert retention.keep(NOW, 12) == ()
    actions.sent(1)
    assert names(retention.keep(NOW, 12)) == ["2025-08.jsonl.gz"]


def content(file: Path) -> list[str]:
    with gzip.open(file, "rt") as lines:
        return lines.read().splitlines()


def rewritten(file: Path, change: Any) -> None:
    lines = content(file)
    change(lines)
    with gzip.open(file, "wt") as out:
        out.write("\n".join(lines) + "\n")


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        (lambda lines: lines.__setitem__(2, lines[2].replace('"n1"', '"x1"')), (2, "changed")),
        (lambda lines: lines.pop(2), (2, "missing")),
        (lambda lines: lines.pop(), (3, "truncated")),
        (lambda lines: lines.append(lines[-1].replace('"number": 3', '"number": 4')), (4, "changed")),
        (lambda lines: lines.__setitem__(0, lines[0].replace('"last": 3', '"last": 2')), (1, "head")),
    ],
    ids=["changed", "deleted", "cut", "added", "first-line"],
)
def test_a_falsified_file_is_named(change: Any, broken: tuple[int, str]) -> None:
    written("2025-08-01", "2025-08-02", "2025-08-03", "2026-11-20")
    (file,) = retention.keep(NOW, 12)
    rewritten(file, change)
    assert archive.prove(file)[1] == broken


def test_a_file_that_is_gone_leaves_a_gap() -> None:
    written("2025-07-01", "2025-08-02", "2025-09-03", "2026-11-20")
    files = retention.keep(NOW, 12)
    files[1].unlink()
    assert archive.gaps() == (2, "missing")


def test_a_file_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl.gz").write_bytes(b"no")
    for file in ("x.jsonl.gz", "absent.jsonl.gz"):
        with pytest.raises(BadQuestion, match="trace-file-unreadable"):
            archive.prove(tmp_path / file)


def test_an_anchor_a_day() -> None:
    assert retention.anchor(NOW) is False  # nothing to write down yet
    written("2026-11-20")
    assert retention.anchor(NOW) is True
    assert retention.anchor(NOW + timedelta(hours=2)) is False
    written("2026-11-21")
    assert retention.anchor(NOW + timedelta(days=1)) is True
    assert [anchor.number for anchor in anchors.anchors()] == [1, 2]
    assert reads.verify().broken is None


def test_the_beginning_is_only_moved_by_who_has_the_key() -> None:
    written("2025-08-01", "2025-09-01", "2026-11-20")
    tampering.sql("UPDATE access_tracehead SET kept_from = 3", "DELETE FROM access_trace WHERE number < 3")
    assert reads.verify().broken == (3, "changed")


def test_fullness_passes_its_thresholds(settings: Any) -> None:
    how = retention.fullness()
    assert 0 < how.disk < 100
    settings.FULL_PERCENT, settings.FULL_DATABASE_MB = 0, 0
    assert not how.near
    settings.FULL_PERCENT = 1
    assert how.near
    settings.FULL_PERCENT, settings.FULL_DATABASE_MB = 0, 1
    assert retention.Fullness(5, 2 * retention.MB).near
    assert TraceHead.objects.count() <= 1
