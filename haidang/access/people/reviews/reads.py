"""Reviews as plain values: which there are, their lines, whose turn it is, which are owed. Never: writes.

Every grant that runs belongs to the review of one office: an account's to that of its office, an office's to its own,
and whatever belongs to no office (posts everywhere, accounts without one) to that of the office at the top.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from haidang.access.identity.rules import rules
from haidang.access.models import Account, GrantRow, Office, Review, ReviewLine, Trace
from haidang.access.people import reach
from haidang.access.people.granting import reads as granting
from haidang.access.people.granting import rules as giving
from haidang.access.standing import above
from haidang.words.errors import Absent, Denied
from haidang.words.nouns import ANY, Actor, Grant, Label, Level

KEEP, WITHDRAW, UNTIL = "keep", "withdraw", "until"
DECISIONS = (KEEP, WITHDRAW, UNTIL)
GONE = "gone"
"""Decided by life: the grant was withdrawn or ran out since the review opened."""


@dataclass(frozen=True)
class ReviewFace:
    """One review: of which office, since when, due when, how far."""

    id: int
    office: str
    name: Label
    opened: datetime
    due: date
    closed: datetime | None
    closed_by: str
    total: int
    decided: int

    @property
    def overdue(self) -> bool:
        return self.closed is None and self.due < timezone.localdate()

    @property
    def share(self) -> int:
        """Percent decided."""
        return 100 if not self.total else self.decided * 100 // self.total


@dataclass(frozen=True)
class LineFace:
    """One grant of a review: as it stood then, to whom, and what was said of it.

    `until`: as it stands now; `used`: when the trace last names it, None when it does not; `own`: the reader's own, or
    an administrator's to decide: another must.
    """

    id: int
    grant: Grant
    title: str
    since: datetime | None
    until: datetime | None
    given_by: str
    why: str
    used: datetime | None
    decision: str
    by: str
    at: datetime | None
    words: str
    own: bool


def reviews(who: Actor) -> tuple[ReviewFace, ...]:
    """Those somebody may look at, open ones first; raises Denied('no-grant') for whoever may look at none."""
    rows = _visible(who)
    if rows is None:
        raise Denied("no-grant")
    faces = [_face(row) for row in rows]
    return tuple(sorted(faces, key=lambda face: (face.closed is not None, face.due, face.id)))


def review(who: Actor, number: int) -> ReviewFace:
    """Raises Absent('unknown-review')."""
    rows = _visible(who)
    row = rows.filter(pk=number).first() if rows is not None else None
    if row is None:
        raise Absent("unknown-review", found=number)
    return _face(row)


def _visible(who: Actor) -> QuerySet[Review] | None:
    """None for whoever keeps nobody, heads no office and does not read the trace."""
    rows = Review.objects.select_related("office").order_by("-pk")
    where = reach.over(who)
    if where is None or granting.audits(who):
        return rows
    mine = where | frozenset(headed(who))
    return rows.filter(office__in=mine) if mine else None


def headed(who: Actor) -> set[int]:
    """Ids of the offices somebody answers for as their head, with those below."""
    if who.real:
        return set()
    return giving.beneath(Office.objects.filter(head__name=who.name, closed=None).values_list("pk", flat=True))


def may_decide(who: Actor, office: str) -> bool:
    """Whether somebody decides in the review of an office: its keepers, and its head or one above."""
    pk = Office.objects.filter(key=office).values_list("pk", flat=True).first()
    where = reach.over(who)
    return pk is not None and (where is None or pk in where or pk in headed(who))


def _face(row: Review) -> ReviewFace:
    lines = row.lines.aggregate(total=Count("pk"), open=Count("pk", filter=open_lines()))
    name = Label(row.office.name_vi, row.office.name_en or row.office.name_vi)
    times = (row.opened, row.due, row.closed, row.closed_by)
    return ReviewFace(row.pk, row.office.key, name, *times, lines["total"], lines["total"] - lines["open"])


def open_lines() -> Q:
    """Lines nobody has decided and whose grant still runs."""
    runs = Q(grant__until=None) | Q(grant__until__gt=timezone.now())
    return Q(decision="", grant__isnull=False) & runs


def lines(who: Actor, number: int) -> tuple[LineFace, ...]:
    """The lines of a review somebody may look at, by account."""
    face = review(who, number)
    rows = ReviewLine.objects.select_related("grant", "review").filter(review=face.id)
    titles = dict(Account.objects.values_list("name", "title"))
    return tuple(_line(who, row, titles) for row in rows)


def _line(who: Actor, row: ReviewLine, titles: dict[str, str]) -> LineFace:
    grant, kept = from_id(row.said), row.grant
    gone = kept is None or (kept.until is not None and kept.until <= timezone.now())
    return LineFace(
        row.pk,
        grant,
        titles.get(row.account) or row.account,
        kept.created if kept else None,
        kept.until if kept else None,
        kept.given_by if kept else "",
        kept.why if kept else "",
        last_used(grant),
        row.decision or (GONE if gone else ""),
        row.by,
        row.at,
        row.words,
        not may_settle(who, grant, row.review.office_id),
    )


def may_settle(who: Actor, grant: Grant, office: int) -> bool:
    """Whether somebody decides about a grant in the review of an office.

    Nobody about his own; about who keeps the centre only administrators and whoever heads the office or one above: else
    nobody could look through the grants of a centre's only administrator.
    """
    if grant.actor == who.name:
        return False
    return grant.action not in giving.HEAVY or reach.administrator(who) or office in headed(who)


def from_id(said: str) -> Grant:
    """The grant an id says in words (`GrantRow.grant`): for lines whose grant is no more."""
    _, to, action, pack, place, level, *over = said.split(":")
    through = to if "/" in to else ""
    known = Level[level.upper()]
    return Grant(said, "" if through else to, action, pack, place, known, None, over[0] if over else "", through)


def last_used(grant: Grant) -> datetime | None:
    """When the trace last names a grant as the reason something was allowed; None when it does not."""
    rows = Trace.objects.filter(because__contains=grant.id)
    rows = rows.filter(who=grant.actor) if grant.actor else rows
    found = rows.order_by("-pk").values_list("at", flat=True).first()
    return found


# --- owed


def grants_of(office: Office) -> QuerySet[GrantRow]:
    """The grants that run and belong to the review of an office."""
    own = Q(account__office=office) | Q(account=None, office=office)
    if office.above_id is None and office.pk == _top():
        own |= Q(account__office=None, account__isnull=False) | Q(account=None, office=None)
    return giving.running_rows().filter(own).exclude(account__is_active=False)


def _top() -> int | None:
    """The first office at the top."""
    return Office.objects.filter(above=None, closed=None).order_by("pk").values_list("pk", flat=True).first()


def owed(now: datetime) -> list[Office]:
    """Offices whose grants nobody has looked through for as long as the rule says; none with a review still open."""
    since = months_before(now, rules().review_months)
    busy = Review.objects.filter(Q(closed=None) | Q(opened__gt=since)).values("office")
    offices = Office.objects.filter(closed=None).exclude(pk__in=busy).order_by("pk")
    return [office for office in offices if grants_of(office).filter(created__lte=since).exists()]


def months_before(now: datetime, months: int) -> datetime:
    """The same day that many months ago; the last of the month where it has no such day."""
    month = now.year * 12 + now.month - 1 - months
    first = now.replace(year=month // 12, month=month % 12 + 1, day=1)
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(now.day, last.day))


def overdue(now: datetime) -> Iterable[ReviewFace]:
    """Open reviews whose day has passed."""
    rows = Review.objects.select_related("office").filter(closed=None, due__lt=timezone.localdate(now))
    return tuple(_face(row) for row in rows)


def keepers(office: str) -> tuple[str, ...]:
    """Who is told of a review: the office's head, who holds `people` over it or above, the administrators."""
    found = Office.objects.select_related("head", "above").filter(key=office).first()
    if found is None:
        return ()
    keys = {*Office.objects.filter(pk__in=above(found)).values_list("key", flat=True), ANY}
    names = {found.head.name} if found.head and found.head.is_active else set()
    for row in giving.running_rows().filter(action="people", over__in=keys):
        names |= set(giving.holders(row).values_list("name", flat=True))
    return tuple(sorted({*names, *giving.administrators()}))
