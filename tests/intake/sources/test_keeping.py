"""Raw bytes go when the pack's retention is over, and only those nobody needs."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from haidang.intake import actions as arrivals
from haidang.intake import clock
from haidang.intake.models import Attempt, HookSeen, Run
from haidang.intake.sources import actions
from haidang.words.nouns import Actor
from tests.intake.sources.conftest import vn

WHO = Actor("collector", "robot")
THEN = vn("2026-01-02T08:00")
NOW = THEN + timedelta(days=40)


def arrived(centre: Path, text: str, *, land: bool = True, source: str = "thu.so-ca") -> Run:
    file = centre.parent / "den.json"
    file.write_text(text)
    with clock.at(THEN):
        run = arrivals.receive(WHO, "thu.ca", file, origin=arrivals.Origin("pull", source))
        if land:
            arrivals.land(run)
    row = Run.objects.get(pk=run)
    os.utime(centre / row.path, (THEN.timestamp(), THEN.timestamp()))
    return row


def rows(key: str, cases: object = 1) -> str:
    return f'{{"rows": [{{"ma": "{key}", "ngay": "2026-01-01", "ca": "{cases}"}}]}}'


def test_bytes_go_after_their_days_and_the_row_stays(centre: Path) -> None:
    old = arrived(centre, rows("a"))
    assert actions.sweep(THEN + timedelta(days=29)).runs == 0
    assert (centre / old.path).exists()
    done = actions.sweep(NOW)
    assert (done.runs, done.files, done.bytes) == (1, 1, old.size)
    assert not (centre / old.path).exists()
    old.refresh_from_db()
    assert (old.path, old.state, old.landed) == ("", "landed", 1)
    assert actions.sweep(NOW).runs == 0


def test_what_is_still_needed_stays(centre: Path) -> None:
    unlanded = arrived(centre, rows("b"), land=False)
    with_rejects = arrived(centre, rows("c", "không phải số"))
    by_hand = arrived(centre, rows("d"), source="")
    for_ever = arrived(centre, rows("e"), source="thu.day")
    first, second = arrived(centre, rows("f")), arrived(centre, rows("f"), source="thu.day")
    assert first.path == second.path
    actions.sweep(NOW)
    for row in (unlanded, with_rejects, by_hand, for_ever, second):
        row.refresh_from_db()
        assert row.path, row.source
        assert (centre / row.path).exists()
    first.refresh_from_db()
    assert first.path == ""


def test_bytes_that_just_came_again_stay(centre: Path) -> None:
    old = arrived(centre, rows("a"))
    os.utime(centre / old.path, (NOW.timestamp(), NOW.timestamp()))
    actions.sweep(NOW)
    assert (centre / old.path).exists()


def test_old_tries_and_marks_go(centre: Path) -> None:
    for days in (1, 100):
        Attempt.objects.create(source="thu.so-ca", at=NOW - timedelta(days=days), outcome="nothing")
        HookSeen.objects.create(source="thu.day", mark=str(days), at=NOW - timedelta(days=days))
    assert actions.sweep(NOW).tries == 1
    assert Attempt.objects.count() == HookSeen.objects.count() == 1
