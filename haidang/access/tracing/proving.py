"""Proves the chain row by row and names the first that is not as it was written. Never: writes, holds many rows.

Looked at in turn: every row after the one before it, the anchors written down outside, the end of the chain against its
sealed head, rows beyond the head, rows that wait for a number, breaks this program noted itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Max

from haidang.access.models import Trace, TraceHead
from haidang.access.tracing import actions, anchors, chain
from haidang.access.tracing.chain import Broken, Link, Verified

PAGE = 5000
LOOKED_AHEAD = 200_000
"""So many rows on is searched for one that stands in another's place."""


def verify() -> Verified:
    """Prove what is kept. Retention may move the beginning on meanwhile: then it is proved again from there."""
    found = _once()
    while found.broken and _kept_from() > found.first:
        found = _once()
    return found


def _kept_from() -> int:
    return TraceHead.objects.filter(pk=actions.HEAD).values_list("kept_from", flat=True).first() or 0


def _once() -> Verified:
    largest = Trace.objects.aggregate(most=Max("number"))["most"] or 0
    head = TraceHead.objects.filter(pk=actions.HEAD).first()
    if head is None:
        return Verified(0, 0, largest, (largest, "head") if largest else None)
    if head.key != chain.name_of(actions.key()):
        return Verified(0, head.kept_from, head.number, (head.kept_from, "key"))
    rows, last, broken = _rows(head)
    return Verified(rows, head.kept_from, last, broken or _end(head, last, largest))


def links(start: int, end: int) -> Iterator[Link]:
    """Rows by number from `start` to `end`, both included, a page at a time."""
    at = start - 1
    while True:
        found = Trace.objects.filter(number__gt=at, number__lte=end).order_by("number")[:PAGE]
        page = [Link(row[0], row[2:], row[1]) for row in found.values_list("number", "digest", *chain.FIELDS)]
        yield from page
        if len(page) < PAGE:
            return
        at = page[-1].number


def _rows(head: TraceHead) -> tuple[int, int, Broken | None]:
    """How many rows fit, the last of them, the first that does not."""
    rows, last, before = 0, head.kept_from - 1, head.anchor
    told = {anchor.number: anchor.digest for anchor in anchors.anchors()}
    for link, wrong in chain.prove(actions.key(), links(head.kept_from, head.number), head.kept_from, head.anchor):
        if wrong:
            return rows, last, _named(link, last + 1, before, wrong)
        if told.get(link.number, link.digest) != link.digest:
            return rows, last, (link.number, "rewritten")
        rows, last, before = rows + 1, link.number, link.digest
    if beyond := [number for number in told if number > head.number]:
        return rows, last, (min(beyond), "truncated")
    if told.get(head.kept_from - 1, head.anchor) != head.anchor:
        return rows, last, (head.kept_from - 1, "rewritten")
    return rows, last, None


def _named(link: Link, expected: int, before: str, wrong: str) -> Broken:
    """The fault by its kind: a row in another's place, one put in between, one changed; or all by another key."""
    if wrong == "missing":
        return expected, "missing"
    if Trace.objects.filter(action="trace", outcome="broken", because="key", number__gt=expected).exists():
        return expected, "key"
    key = actions.key()
    for after in links(expected + 1, expected + LOOKED_AHEAD):
        if chain.belongs(key, after, expected, before):
            shifted = after.number == expected + 1 and not chain.belongs(key, link, expected + 1, after.digest)
            return expected, "inserted" if shifted else "reordered"
    return expected, "changed"


def _end(head: TraceHead, last: int, largest: int) -> Broken | None:
    if last < head.number:
        return last + 1, "truncated"
    if largest > head.number:
        return head.number + 1, "inserted"
    if head.seal != actions.sealed(head):
        return head.number, "head"
    return _waiting() or _noted()


def _waiting() -> Broken | None:
    """A row without a number that this program did not write; named by its id, as it has no number."""
    for row in Trace.objects.filter(number=None).order_by("pk")[:PAGE]:
        if row.digest != chain.seal_waiting(actions.key(), actions.values(row)):
            return row.pk, "unsealed"
    return None


def _noted() -> Broken | None:
    found = Trace.objects.filter(action="trace", outcome="broken", number__isnull=False).order_by("number").first()
    return (found.number or 0, "noted") if found else None
