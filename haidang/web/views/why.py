"""Why one sees what a page shows, or why not; of another for administrators. Never: shows the data itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from haidang.access import explain
from haidang.access.explain import Because, Reason
from haidang.access.people.granting import reads, rules, words
from haidang.web import giving, granted, page
from haidang.web.doors import door
from haidang.web.page import Visit
from haidang.words.nouns import Level
from haidang.words.texts import text

MOST_AT = 300


@dataclass(frozen=True)
class Line:
    """One reason in words: what it allows, through what, given by whom and why."""

    said: str
    through: str
    why: str


@door
def why(request: HttpRequest) -> HttpResponse:
    """`at`: the page meant; `as`: another's rights, for whoever keeps rights or reads the trace."""
    seen = page.visit(request)
    at = address(request.GET.get("at", ""))
    other = request.GET.get("as", "").strip()[:64]
    because = explain.why_another(seen.who, other, at) if other else explain.why(seen.who, at)
    return page.render(request, "why", seen, **context(seen, because, bool(other)))


def address(at: str) -> str:
    """A page of this centre; "/" for anything else."""
    return at[:MOST_AT] if at.startswith("/") and not at.startswith(("//", "/\\")) else "/"


def context(seen: Visit, because: Because, other: bool) -> dict[str, Any]:
    language = seen.language
    scope = because.scope
    explains = rules.administers(seen.who) or reads.audits(seen.who)
    return {
        "because": because,
        "about": because.title.in_(language) if because.title else "",
        "other": because.who if other else None,
        "needs": words.level(because.level, language) if because.scope else "",
        "reaches": words.level(scope.level, language) if scope else "",
        "places": _places(scope.units, language) if scope else [],
        "floor": scope.floor if scope else 0,
        "personal": bool(scope) and (scope.level if scope else Level.PUBLIC) < Level.PERSONAL,
        "columns": bool(scope) and (scope.level if scope else Level.PUBLIC) < Level.PERSONAL,
        "reasons": [line(one, language) for one in because.reasons],
        "instead": [line(one, language) for one in because.instead],
        "missing": [text(f"why.missing-{code}", language) for code in because.missing],
        "whom": because.whom,
        "ask": f"/requests/new?{urlencode({'at': because.at})}" if giving.may_ask(seen) and not other else "",
        "back": because.at,
        "explains": explains,
        "people": reads.accounts(seen.who) if rules.administers(seen.who) else {},
    }


def _places(units: frozenset[str] | None, language: str) -> list[str]:
    """Where it reaches, in words: everywhere, or the widest places; the rest counted."""
    if units is None:
        return [text("grant.everywhere", language)]
    return [text("why.units", language, count=len(units))]


def line(one: Reason, language: str) -> Line:
    by = granted.giver(one.given_by, language) if one.given_by else ""
    through = text(f"why.through-{one.through}", language, via=one.via)
    given = text("why.given-by", language, by=by) if by else ""
    return Line(words.said(one.grant, language), " · ".join(filter(None, (through, given))), one.why)
