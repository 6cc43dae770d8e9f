"""Reminders: each to whom it is for, once, on working days; the head when late, the desk when late for long."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from cases.digest.mornings import SATURDAY, row

from haidang.cases.clocks import HERE

Weeks = Callable[..., None]
MONDAY = datetime(2026, 11, 23, 8, 5, tzinfo=HERE)
WEDNESDAY = MONDAY + timedelta(days=2)
"""The day between is a day off (24 November)."""


def told(code: str = "desk-") -> dict[str, list[dict[str, str]]]:
    """Account → facts of the notices of a code."""
    from haidang.watch.models import Notice

    found: dict[str, list[dict[str, str]]] = {}
    for one in Notice.objects.filter(code__startswith=code).order_by("id"):
        found.setdefault(one.actor, []).append(one.facts)
    return found


def test_the_sheet_goes_to_heads_at_eight_and_once(people: dict[str, Any], weeks: Weeks) -> None:
    from haidang.cases.models import Digest
    from haidang.jobs.duties import desk_digest

    weeks(added=9)
    desk_digest.run(MONDAY - timedelta(minutes=10))
    assert told() == {}
    desk_digest.run(MONDAY)
    (facts,) = told()["lanh-dao"]
    assert facts["unusual"].startswith("10 phản ánh Rác thải ở Phường Kỳ Lừa")
    assert facts["headline_en"].startswith("From Friday 20/11 to Sunday 22/11: 10 reports")
    assert "xa-dong-dang" not in told(), "nothing came there and nothing waits there"
    before = told()
    desk_digest.run(MONDAY + timedelta(hours=3))
    assert told() == before
    assert Digest.objects.get().sheet["received"] == 10


def test_nobody_is_told_on_a_day_off(people: dict[str, Any], weeks: Weeks) -> None:
    from haidang.jobs.duties import desk_digest, desk_reminders

    weeks(added=9, due=MONDAY - timedelta(days=2))
    for duty in (desk_digest, desk_reminders):
        duty.run(datetime(2026, 11, 22, 9, tzinfo=HERE))
    assert told() == {}


def test_an_officer_hears_of_the_offices_unfinished_work_but_not_of_a_colleagues(people: dict[str, Any]) -> None:
    from haidang.cases.models import Case
    from haidang.jobs.duties import desk_reminders

    mine = {"office": "so-xay-dung", "category": "mat-duong"}
    Case.objects.bulk_create(
        [
            row(SATURDAY, **mine, due=MONDAY + timedelta(hours=6)),
            row(SATURDAY, **mine, person="don-vi-xu-ly", state="asked"),
            row(SATURDAY, **mine, person="nguoi-khac"),
            row(SATURDAY, **mine, state="resolved"),
        ]
    )
    desk_reminders.run(MONDAY)
    (facts,) = told("desk-work")["don-vi-xu-ly"]
    assert facts == {"open": "2", "late": "0", "today": "1", "asked": "1"}
    desk_reminders.run(MONDAY + timedelta(minutes=10))
    assert len(told("desk-work")["don-vi-xu-ly"]) == 1


@pytest.mark.parametrize(("at", "weekly"), [(MONDAY, True), (WEDNESDAY, False)])
def test_a_head_hears_on_the_weeks_first_working_day(people: dict[str, Any], at: datetime, *, weekly: bool) -> None:
    from haidang.cases.models import Case
    from haidang.jobs.duties import desk_reminders

    Case.objects.bulk_create([row(SATURDAY, office="so-xay-dung", due=WEDNESDAY + timedelta(days=1))])
    desk_reminders.run(at)
    assert ("so-xay-dung" in told("desk-week")) is weekly


def test_what_became_late_goes_to_the_head_at_once_and_to_the_desk_a_working_day_later(people: dict[str, Any]) -> None:
    from haidang.cases.models import Case
    from haidang.jobs.duties import desk_reminders

    late = row(SATURDAY, office="so-xay-dung", category="mat-duong", due=MONDAY - timedelta(minutes=5))
    Case.objects.bulk_create([late, row(SATURDAY, office="xa-06187")])
    desk_reminders.run(MONDAY)
    (facts,) = told("desk-late")["so-xay-dung"]
    assert facts["office"] == "Sở Xây dựng"
    assert "truc-1022" not in told("desk-late")
    desk_reminders.run(WEDNESDAY + timedelta(hours=1))
    assert len(told("desk-late-desk")["truc-1022"]) == 1
    assert len([one for one in told("desk-late")["so-xay-dung"] if "number" in one]) == 1


def test_many_at_once_are_one_sentence(people: dict[str, Any]) -> None:
    from haidang.cases.models import Case
    from haidang.jobs.duties import desk_reminders

    Case.objects.bulk_create([row(SATURDAY, office="so-xay-dung", due=MONDAY - timedelta(hours=1)) for _ in range(12)])
    desk_reminders.run(MONDAY)
    (facts,) = told("desk-late")["so-xay-dung"]
    assert facts["count"] == "12"


def test_an_office_without_a_head_is_told_by_the_one_above(people: dict[str, Any]) -> None:
    from haidang.cases.models import Case
    from haidang.jobs.duties import desk_reminders

    Case.objects.bulk_create([row(SATURDAY, office="xa-06187", due=MONDAY - timedelta(hours=1))])
    desk_reminders.run(MONDAY)
    assert set(told("desk-late")) == {"lanh-dao"}


def test_a_head_who_may_not_see_a_case_is_not_told_of_it(people: dict[str, Any]) -> None:
    from haidang.cases.models import Case
    from haidang.jobs.duties import desk_reminders
    from haidang.words.nouns import Level

    secret = {"level": Level.RESTRICTED.value, "due": MONDAY - timedelta(hours=1)}
    Case.objects.bulk_create([row(SATURDAY, office="so-xay-dung", **secret)])
    desk_reminders.run(MONDAY)
    assert "so-xay-dung" not in told("desk-late")
