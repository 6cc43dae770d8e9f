"""/cases: the desk for programs of the house: lists, one, acts, a new one. Never: who sent a Case, or its code.

Whoever works at no desk finds nothing here; citizens' programs send by Open311 (`/open311/v2/`).
"""

from __future__ import annotations

from dataclasses import asdict, fields, is_dataclass
from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router

from haidang.access import gate, territory
from haidang.api.cases_shapes import (
    Acting,
    CaseDone,
    Cases,
    CaseWhole,
    Counts,
    Listed,
    NewCase,
    Number,
    Sought,
)
from haidang.api.errors import reply
from haidang.api.shapes import answered
from haidang.api.who import caller
from haidang.cases import actions, reads
from haidang.cases.actions import Arrival, Wanted
from haidang.cases.faces import Whole
from haidang.catalog.declared import declared
from haidang.words.errors import BadQuestion
from haidang.words.nouns import Subject

router = Router(tags=["cases"])
One = Annotated[Number, Path()]


@router.get("/cases", response=answered(Cases))
def listed(request: HttpRequest, asked: Query[Listed]) -> HttpResponse:
    """One page of what the caller sees at their desks: `{cases, total, page}`."""
    who, sought = caller(request), _sought(asked)
    found = reads.cases(who, sought, page=asked.page, size=asked.size)
    lines = [_plain(asdict(line)) for line in found]
    return reply({"cases": lines, "total": reads.count(who, sought), "page": asked.page})


@router.get("/cases/counts", response=answered(Counts))
def counts(request: HttpRequest, asked: Query[Sought]) -> HttpResponse:
    """How many of each state, and `late`."""
    return reply({"counts": reads.by_state(caller(request), _sought(asked))})


@router.get("/cases/{number}", response=answered(CaseWhole))
def one(request: HttpRequest, number: One) -> HttpResponse:
    """One Case with its history and what the caller may do."""
    return reply(_whole(reads.case(caller(request), number)))


@router.post("/cases", response=answered(CaseDone, 201, 409))
def create(request: HttpRequest, said: NewCase) -> HttpResponse:
    """A new Case, written down by whoever routes at that desk; the same `once` again is the same Case."""
    who = caller(request)
    desk = declared().desk(said.desk)
    gate.require(who, "route", Subject(desk.pack, desk.key, desk.level))
    if said.category and desk.category(said.category) is None:
        raise BadQuestion("unknown-category", found=said.category[:64])
    if (said.lat is None) != (said.lon is None):
        raise BadQuestion("open311-half-position")
    once = f"{who.name}:{said.once}" if said.once else ""
    case = actions.open_case(who, Arrival(**{**said.dict(), "channel": "desk", "once": once}))
    return reply(_done(case), 201)


@router.post("/cases/{number}/acts", response=answered(CaseDone, 200, 409))
def act(request: HttpRequest, number: One, said: Acting) -> HttpResponse:
    """One act; 409 when somebody acted since `version`, or the state does not allow it."""
    return reply(_done(actions.act(caller(request), number, Wanted(**said.dict()))))


def _sought(asked: Sought) -> reads.Sought:
    same = ("desk", "q", "channel", "group", "category", "office", "since", "until", "mine", "urgent")
    return reads.Sought(
        **{name: getattr(asked, name) for name in same},
        states=tuple(one for one in asked.state.split(",") if one),
        unit=territory.unit_id(asked.place) if asked.place else "",
        sort=getattr(asked, "sort", "newest"),
    )


def _whole(whole: Whole) -> dict[str, Any]:
    return {field.name: _plain(getattr(whole, field.name)) for field in fields(whole)}


def _plain(value: Any) -> Any:
    """As JSON has it: moments in ISO 8601, sets sorted."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(asdict(value))
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, frozenset):
        return sorted(value)
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple) else value


def _done(case: Any) -> dict[str, Any]:
    return {"number": case.pk, "state": case.state, "version": case.version}
