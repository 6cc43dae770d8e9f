"""Proofs of desks: categories stand in groups, routes lead from what stands, terms and replies bear known names.

Never: judges a term's law, looks whether an office exists (that is the province's).
"""

from __future__ import annotations

from datetime import time

from haidang.catalog.nearest import nearest, some
from haidang.catalog.reading import Draft
from haidang.catalog.schema import Entry

TERMS = ("route", "refuse", "supplement", "resolve", "national", "publish", "reopen", "extend")
"""What a desk may put a time to; `resolve` must stand."""
REPLIES = (
    "received",
    "refused",
    "asked",
    "assigned",
    "progress",
    "extended",
    "resolved",
    "reopened",
    "merged",
    "thanks",
)
"""What the person who sent a Case is told."""
_UNITS = ("minutes", "hours", "days")


def prove(draft: Draft) -> None:
    for desk in draft.desks:
        _categories(draft, desk)
        _routes(draft, desk)
        _terms(draft, desk)
        _known(draft, desk, "replies", REPLIES)
        _hours(draft, desk)


def _categories(draft: Draft, desk: Entry) -> None:
    groups = desk.get("groups") or {}
    for category in (desk.get("categories") or {}).values():
        if isinstance(category, Entry) and (group := category.get("group")) and group not in groups:
            where = category.where("group")
            draft.add("unknown-group", where, found=group, expected=some(groups), nearest=nearest(group, groups))


def _routes(draft: Draft, desk: Entry) -> None:
    known = {**(desk.get("groups") or {}), **(desk.get("categories") or {})}
    for route in desk.get("routes", ()):
        of = route.get("of")
        if of and of not in known:
            draft.add("unknown-category", route.where("of"), found=of, expected=some(known), nearest=nearest(of, known))


def _terms(draft: Draft, desk: Entry) -> None:
    _known(draft, desk, "terms", TERMS)
    terms = desk.get("terms") or {}
    if desk.says("terms") and "resolve" not in terms:
        draft.add("missing-key", desk.where("terms"), found="resolve", expected="resolve")
    for term in terms.values():
        if isinstance(term, Entry) and sum(unit in term.values for unit in _UNITS) != 1:
            draft.add("not-a-term", term.where(), expected=", ".join(_UNITS))


def _known(draft: Draft, desk: Entry, key: str, names: tuple[str, ...]) -> None:
    for name in desk.get(key) or {}:
        if name not in names:
            near = nearest(name, names)
            draft.add("unknown-key", desk.where(key), found=name, expected=some(names), nearest=near)


def _hours(draft: Draft, desk: Entry) -> None:
    """Spans of the day in order, none over another."""
    last = time.min
    for text in desk.get("hours", ()):
        try:
            start, end = (time.fromisoformat(part) for part in text.split("-"))
        except ValueError:
            start, end = time.max, time.min
        if not last <= start < end:
            draft.add("not-hours", desk.where("hours"), found=text, expected="07:30-11:30, 13:30-17:00")
            return
        last = end
