"""/why: why the caller sees what a page shows, or why not; another's rights for administrators. Never: shows data."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from haidang.access import explain
from haidang.access.explain import Because, Reason
from haidang.access.people.granting import words
from haidang.api.errors import reply
from haidang.api.shapes import Why, answered
from haidang.api.who import caller
from haidang.words.errors import Denied

router = Router(tags=["me"])
MOST_AT = 300


@router.get("/why", response=answered(Why))
def why(request: HttpRequest, at: str = "/") -> HttpResponse:
    """`{allowed, at, who, title, level, reaches, floor, reasons, instead, missing, whom}`.

    `at`: a page's address (`/indicators/y-te.so-ca?place=20`); `as`: another account, for administrators and `audit`.
    """
    who, other = caller(request), request.GET.get("as", "").strip()[:64]
    if who.real and other:
        raise Denied("no-grant")
    at = at[:MOST_AT]
    return reply(_because(explain.why_another(who, other, at) if other else explain.why(who, at)))


def _because(found: Because) -> dict[str, Any]:
    scope = found.scope
    return {
        "allowed": found.allowed,
        "at": found.at,
        "who": found.who.name,
        "title": asdict(found.title) if found.title else None,
        "level": found.level.name.lower() if found.title else None,
        "reaches": scope.level.name.lower() if scope else None,
        "floor": scope.floor if scope else None,
        "reasons": [_reason(one) for one in found.reasons],
        "instead": [_reason(one) for one in found.instead],
        "missing": list(found.missing),
        "whom": [name for name, _ in found.whom],
    }


def _reason(one: Reason) -> dict[str, str]:
    return {
        "grant": one.grant.id,
        "vi": words.said(one.grant),
        "en": words.said(one.grant, "en"),
        "through": one.through,
        "via": one.via,
    }
