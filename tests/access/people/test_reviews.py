"""The half-yearly review: opened when owed, every grant in one office's, decided by who may, never more than there was."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from haidang.access import actions as access
from haidang.access import gate
from haidang.access.models import GrantRow, Office, Review, ReviewLine, Trace
from haidang.access.people.reviews import actions, reads
from haidang.access.people.reviews.actions import Decision
from haidang.jobs.duties import reviews as duty
from haidang.watch import reads as watch
from haidang.words.errors import Absent, BadQuestion, Denied
from haidang.words.nouns import Grant, Level

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people_alone")]
KEEPER = "quan-tri-y-te"


def ages(days: int) -> None:
    GrantRow.objects.update(created=timezone.now() - timedelta(days=days))


def opened(office: str = "so-y-te") -> int:
    return actions.open_review(gate.operator(), office)


def ids(number: int, **which: Any) -> list[int]:
    return list(ReviewLine.objects.filter(review=number, **which).values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("now", "months", "then"),
    [
        ("2026-08-31", 6, "2026-02-28"),
        ("2026-03-15", 6, "2025-09-15"),
        ("2026-12-01", 6, "2026-06-01"),
        ("2026-01-31", 1, "2025-12-31"),
    ],
)
def test_months_are_those_of_the_calendar(now: str, months: int, then: str) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert f"{reads.months_before(moment, months):%Y-%m-%d}" == then


def test_every_grant_belongs_to_one_review() -> None:
    access.give(gate.operator(), Grant("", "", "read", "y-te", "20", Level.INTERNAL, through="*/giam-doc"))
    access.give(gate.operator(), Grant("", "", "read", "y-te", "20", Level.INTERNAL, through="so-y-te/*"))
    found = [row.pk for office in Office.objects.all() for row in reads.grants_of(office)]
    assert sorted(found) == sorted(GrantRow.objects.values_list("pk", flat=True))


def test_a_new_centre_owes_nothing_and_an_old_one_everything_once() -> None:
    now = timezone.now()
    assert actions.open_owed(now) == ()
    ages(200)
    made = actions.open_owed(now)
    assert len(made) == len({row.office_id for row in Review.objects.all()}) > 5
    assert actions.open_owed(now) == ()
    Review.objects.update(closed=now, opened=now - timedelta(days=190))
    assert len(actions.open_owed(now)) == len(made)


def test_the_head_the_keeper_and_the_administrators_are_told_once() -> None:
    ages(200)
    now = timezone.now()
    duty.run(now)
    duty.run(now)
    for name in ("so-y-te", KEEPER, "quan-tri"):
        told = [one for one in watch.notices(gate.actor(name), limit=200) if one.code == "review-opened"]
        about = [one for one in told if one.facts["office"] == "Sở Y tế"]
        assert len(about) == 1, name
        assert "Sở Y tế" in about[0].sentence()
        assert about[0].link.startswith("/reviews/")
    assert not [one for one in watch.notices(gate.actor("so-giao-duc")) if one.facts["office"] == "Sở Y tế"]
    later = now + timedelta(days=40)
    duty.run(later)
    duty.run(later)
    late = [one for one in watch.notices(gate.actor("so-y-te"), limit=200) if one.code == "review-overdue"]
    assert len(late) == 1


def test_who_sees_a_review() -> None:
    number = opened()
    for name in ("quan-tri", KEEPER, "so-y-te", "lanh-dao", "thanh-tra"):  # the last one reads the trace
        assert reads.review(gate.actor(name), number).office == "so-y-te", name
    for name in ("so-giao-duc", "xa-dong-dang", "cong-dan", "cong-chung", "bao-ve-du-lieu"):
        with pytest.raises(Absent):
            reads.review(gate.actor(name), number)
    with pytest.raises(Absent):
        actions.decide(gate.actor("thanh-tra"), number, ids(number), Decision("keep"))


def test_lines_are_decided_together_and_the_review_closes_when_all_are() -> None:
    number, keeper = opened(), gate.actor(KEEPER)
    first, second, *rest = ids(number)
    assert actions.decide(keeper, number, [first, second], Decision("keep", words="đúng việc")) == 2
    with pytest.raises(BadQuestion, match="review-undecided"):
        actions.close(keeper, number)
    end = timezone.now() + timedelta(days=30)
    actions.decide(keeper, number, rest[:1], Decision("until", end))
    kept = ReviewLine.objects.get(pk=rest[0]).grant
    assert kept is not None
    assert kept.until == end
    gone = ReviewLine.objects.get(pk=rest[1]).grant_id
    actions.decide(keeper, number, rest[1:], Decision("withdraw"))
    assert not GrantRow.objects.filter(pk=gone).exists()
    actions.close(keeper, number)
    face = reads.review(keeper, number)
    assert (face.closed is not None, face.decided, face.total, face.share) == (True, 6, 6, 100)
    with pytest.raises(BadQuestion, match="review-closed"):
        actions.decide(keeper, number, [first], Decision("withdraw"))
    assert {"review-open", "review-keep", "review-until", "review-withdraw", "review-close"} <= set(
        Trace.objects.values_list("action", flat=True)
    )


def test_a_review_makes_nothing_longer() -> None:
    soon = timezone.now() + timedelta(days=10)
    GrantRow.objects.filter(account__name="so-y-te").update(until=soon)
    number = opened()
    with pytest.raises(BadQuestion, match="longer-than-given"):
        actions.decide(gate.actor("quan-tri"), number, ids(number)[:1], Decision("until", soon + timedelta(days=1)))
    with pytest.raises(BadQuestion, match="no-until"):
        actions.decide(gate.actor("quan-tri"), number, ids(number)[:1], Decision("until"))
    assert set(GrantRow.objects.filter(account__name="so-y-te").values_list("until", flat=True)) == {soon}


def test_nobody_decides_about_his_own() -> None:
    number = opened()
    with pytest.raises(Denied, match="not-yourself"):
        actions.decide(gate.actor("so-y-te"), number, ids(number)[:1], Decision("keep"))
    office = opened("so-y-te-van-phong")  # the keeper's own `people`
    with pytest.raises(Denied):
        actions.decide(gate.actor(KEEPER), office, ids(office)[:1], Decision("keep"))
    assert all(line.own for line in reads.lines(gate.actor(KEEPER), office))


def test_only_administrators_decide_about_who_keeps_the_centre() -> None:
    access.give(gate.operator(), Grant("", "so-y-te", "audit"))
    number = opened()
    heavy = [line.id for line in reads.lines(gate.operator(), number) if line.grant.action == "audit"]
    with pytest.raises(Denied):
        actions.decide(gate.actor(KEEPER), number, heavy, Decision("withdraw"))
    assert actions.decide(gate.actor("quan-tri"), number, heavy, Decision("withdraw")) == 1


def test_the_only_administrators_own_grants_are_decided_by_a_head_above() -> None:
    number = opened("trung-tam-dieu-hanh")
    own = ids(number, account="quan-tri")
    with pytest.raises(Denied, match="not-yourself"):
        actions.decide(gate.actor("quan-tri"), number, own, Decision("keep"))
    assert actions.decide(gate.actor("lanh-dao"), number, own, Decision("keep")) == 2
    with pytest.raises(Denied, match="last-administrator"):
        actions.decide(gate.actor("lanh-dao"), number, own, Decision("withdraw"))


def test_the_last_administrator_is_not_reviewed_away() -> None:
    number = opened("trung-tam-dieu-hanh")
    whole = ids(number, account="quan-tri", said__contains=":manage:")
    with pytest.raises(Denied, match="last-administrator"):
        actions.decide(gate.operator(), number, whole, Decision("withdraw"))
    assert GrantRow.objects.filter(account__name="quan-tri", action="manage").exists()


def test_what_ended_meanwhile_needs_no_decision() -> None:
    number = opened()
    line = ReviewLine.objects.filter(review=number).first()
    assert line is not None
    access.withdraw(gate.operator(), line.grant_id or 0)
    face = reads.review(gate.operator(), number)
    assert (face.total, face.decided) == (6, 1)
    (gone,) = [one for one in reads.lines(gate.operator(), number) if one.id == line.pk]
    assert gone.decision == reads.GONE
    assert gone.grant.pack  # still said in words
    with pytest.raises(BadQuestion, match="grant-gone"):
        actions.decide(gate.operator(), number, [line.pk], Decision("keep"))


def test_a_line_tells_when_its_grant_was_last_used() -> None:
    number = opened()
    (one, *_) = reads.lines(gate.operator(), number)
    assert one.used is None
    from haidang.words.nouns import Subject

    gate.require(gate.actor("so-y-te"), "read", Subject("y-te", "y-te.x", Level.RESTRICTED))
    used = [line for line in reads.lines(gate.operator(), number) if line.used is not None]
    assert [line.grant.action for line in used] == ["read"]


def test_lines_of_another_review_are_none() -> None:
    number, other = opened(), opened("so-giao-duc")
    with pytest.raises(Absent, match="unknown-line"):
        actions.decide(gate.actor(KEEPER), number, [*ids(number)[:1], *ids(other)[:1]], Decision("keep"))
    assert not ReviewLine.objects.exclude(decision="").exists()
    with pytest.raises(BadQuestion, match="review-open"):
        opened()
    with pytest.raises(BadQuestion, match="no-lines"):
        actions.decide(gate.actor(KEEPER), number, [], Decision("keep"))
