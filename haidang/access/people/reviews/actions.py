"""Reviews opened, their lines decided, closed. A decision holds at once; a review never gives more than there was.

Whether one may is asked here. Every act is traced.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from haidang.access import actions, gate, trace
from haidang.access.identity.rules import rules
from haidang.access.models import GrantRow, Office, Review, ReviewLine
from haidang.access.people import reach
from haidang.access.people.granting import rules as giving
from haidang.access.people.reviews import reads
from haidang.access.people.reviews.reads import DECISIONS, KEEP, UNTIL, WITHDRAW
from haidang.words.errors import Absent, BadQuestion, Denied
from haidang.words.nouns import Actor


@dataclass(frozen=True)
class Decision:
    """What is said of lines: KEEP, WITHDRAW, or UNTIL (`until`: the end of its last day); `words`: why."""

    what: str
    until: datetime | None = None
    words: str = ""


def open_review(by: Actor, office: str) -> int:
    """Open the review of an office now; gives its number.

    Raises Absent('unknown-office') for who does not keep it, BadQuestion('review-open' | 'review-nothing').
    """
    where = reach.over(by)
    row = Office.objects.filter(key=office, closed=None).first()
    if row is None or (where is not None and row.pk not in where):
        raise Absent("unknown-office", found=office[:64])
    return _open(by, row, timezone.now()).pk


def open_owed(now: datetime) -> tuple[int, ...]:
    """Open every review that is owed; gives their numbers. The clock does it, as the operator of the machine."""
    return tuple(_open(gate.operator(), office, now).pk for office in reads.owed(now))


def _open(by: Actor, office: Office, now: datetime) -> Review:
    with transaction.atomic():
        if Review.objects.filter(office=office, closed=None).exists():
            raise BadQuestion("review-open")
        rows = list(reads.grants_of(office))
        if not rows:
            raise BadQuestion("review-nothing")
        due = timezone.localdate(now) + timedelta(days=rules().review_days)
        review = Review.objects.create(office=office, opened=now, due=due)
        names = [row.account.name if row.account else "" for row in rows]
        grants = [row.grant(name).id for row, name in zip(rows, names, strict=True)]
        made = zip(rows, names, grants, strict=True)
        ReviewLine.objects.bulk_create(ReviewLine(review=review, grant=r, account=n, said=g) for r, n, g in made)
        trace.note(by, "review-open", office.key, because=(f"{len(rows)} grants",))
    return review


def decide(by: Actor, number: int, lines: Iterable[int], decision: Decision) -> int:
    """Decide lines of an open review; gives how many. Nobody decides about his own grants.

    Raises Absent('unknown-review' | 'unknown-line'), BadQuestion('review-closed' | 'no-lines' | 'unknown-decision' |
    'no-until' | 'longer-than-given'), Denied('not-yourself' | 'last-administrator').
    """
    review = _review(by, number)
    wanted = set(lines)
    if not wanted:
        raise BadQuestion("no-lines")
    _sound(decision)
    with transaction.atomic():
        rows = list(review.lines.select_related("grant", "review").filter(pk__in=wanted))
        if len(rows) != len(wanted):
            raise Absent("unknown-line")
        before = giving.administrators()
        for row in rows:
            _settle(by, row, decision)
        if before and not giving.administrators():
            raise Denied("last-administrator")
    return len(rows)


def _sound(decision: Decision) -> None:
    if decision.what not in DECISIONS:
        raise BadQuestion("unknown-decision", found=decision.what[:16], known=", ".join(DECISIONS))
    if decision.what == UNTIL and (decision.until is None or decision.until <= timezone.now()):
        raise BadQuestion("no-until")


def _settle(by: Actor, row: ReviewLine, decision: Decision) -> None:
    if not reads.may_settle(by, reads.from_id(row.said), row.review.office_id):
        raise Denied("not-yourself")
    if row.grant is None:
        raise BadQuestion("grant-gone")
    _carry_out(by, row.grant, decision)
    row.decision, row.by, row.at, row.words = decision.what, by.name, timezone.now(), decision.words[:300]
    row.save(update_fields=["decision", "by", "at", "words"])
    trace.note(by, f"review-{decision.what}", row.said)


def _carry_out(by: Actor, grant: GrantRow, decision: Decision) -> None:
    """What a decision does to the grant: nothing, its end now, or an earlier end."""
    if decision.what == WITHDRAW:
        actions.withdraw(by, grant.pk)
    elif decision.what == UNTIL and decision.until is not None:
        if grant.until is not None and decision.until > grant.until:
            raise BadQuestion("longer-than-given")
        grant.until = decision.until
        grant.save(update_fields=["until"])


def close(by: Actor, number: int) -> None:
    """Close a review; raises BadQuestion('review-undecided') while a line is."""
    review = _review(by, number)
    with transaction.atomic():
        waiting = review.lines.filter(reads.open_lines()).count()
        if waiting:
            raise BadQuestion("review-undecided", count=waiting)
        review.closed, review.closed_by = timezone.now(), by.name
        review.save(update_fields=["closed", "closed_by"])
        trace.note(by, "review-close", review.office.key)


def _review(by: Actor, number: int) -> Review:
    """One that is open and `by`'s to decide."""
    row = Review.objects.select_related("office").filter(pk=number).first()
    if row is None or not reads.may_decide(by, row.office.key):
        raise Absent("unknown-review", found=number)
    if row.closed is not None:
        raise BadQuestion("review-closed")
    return row


__all__ = ["KEEP", "UNTIL", "WITHDRAW", "Decision", "close", "decide", "open_owed", "open_review"]
