"""One's own account as its page shows it: who one is, what one may, password, factors, sessions, in words.

Never: shows another's account; writes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from haidang.access import gate
from haidang.access.identity import reads, sessions
from haidang.access.identity.factors import reads as factors
from haidang.access.identity.passwords import Weak
from haidang.access.people.granting import words
from haidang.web import formats, roll
from haidang.web.page import Visit
from haidang.words.errors import Problem
from haidang.words.nouns import Grant
from haidang.words.texts import say, text

MOST_RIGHTS = 12


@dataclass(frozen=True)
class Place:
    """One session: its key, the device in words, and its moments as they are written."""

    key: str
    device: str
    address: str
    since: str
    seen: str
    ends: str
    this: bool


def context(request: HttpRequest, seen: Visit) -> dict[str, Any]:
    """Everything of /me/."""
    account = own(request)
    rights = [grant for grant in gate.grants(account.actor) if grant.actor == account.name]
    return {
        "account": account,
        "office": account.office,
        "post": roll.post(account.post, seen.language) if account.post else "",
        "rights": [_said(grant, seen.language) for grant in rights[:MOST_RIGHTS]],
        "more_rights": max(0, len(rights) - MOST_RIGHTS),
        "password": password(account, seen.language),
        "factors": len(factors.factors(account)),
        "factor_needed": reads.needs_factor(account),
        "places": places(request, seen.language),
        "idle": _idle(request, account),
        "longest": reads.rules().service_hours if account.use == "service" else reads.rules().absolute_hours,
    }


def own(request: HttpRequest) -> reads.Holder:
    """Whoever is signed in, also while seeing as another."""
    account = reads.holder(request.user)
    assert account is not None  # the views let nobody else through
    return account


def _said(grant: Grant, language: str) -> str:
    said = words.said(grant, language)
    return said[:1].upper() + said[1:]


def _idle(request: HttpRequest, account: reads.Holder) -> int:
    kind = reads.kind(account, request.META.get("HTTP_USER_AGENT", ""))
    return reads.rules().idle_minutes.get(kind, 0)


def password(account: reads.Holder, language: str) -> dict[str, Any]:
    """Since when it is, until when it holds ("" when no rule ends it), and whether that is near."""
    ends = reads.password_ends(account)
    far = ends.year > 9000
    soon = not far and ends - timezone.now() < timedelta(days=reads.rules().rotate_warn_days)
    return {
        "own": account.has_usable_password(),
        "since": _moment(account.password_at, language) if account.password_at else "",
        "ends": "" if far else formats.day(timezone.localdate(ends), language),
        "soon": soon,
    }


def places(request: HttpRequest, language: str) -> list[Place]:
    """Every session of one's own, the one that asks marked."""
    found = reads.sessions(own(request), this=request.session.session_key)
    return [
        Place(
            one.key,
            device(one.device, language),
            one.address,
            _moment(one.since, language),
            formats.age(one.seen.isoformat(), timezone.now(), language),
            _moment(one.ends, language),
            one.this,
        )
        for one in found
    ]


def device(agent: str, language: str) -> str:
    """“Chrome trên Windows”, as far as the browser says what it is."""
    browser, system = sessions.device(agent)
    if not browser and not system:
        return text("me.device-unknown", language)
    said = text("me.device", language, browser=browser or text("me.browser", language), system=system)
    return said if system else browser


def _moment(at: datetime, language: str) -> str:
    return formats.moment(timezone.localtime(at).isoformat(), language)


# --- the password's form


def demands(account: reads.Holder, language: str) -> list[str]:
    """What a password has to satisfy, line by line."""
    by = reads.rules()
    second = reads.has_factor(account)
    least = by.password_min if second else by.password_min_alone
    lines = [text("password.at-least", language, count=least)]
    if not second:
        lines.append(text("password.all-classes", language))
    lines += [text(f"password.{code}", language) for code in ("not-name", "not-common")]
    return [*lines, text("password.not-used", language, count=by.reuse)]


def faults(weak: Weak, language: str) -> list[str]:
    """Every rule a password breaks, and what was found."""
    return [_fault(problem, language) for problem in weak.problems]


def _fault(problem: Problem, language: str) -> str:
    if problem.code != "password-classes":
        return say(problem, language)
    missing = ", ".join(text(f"password.class-{one}", language) for one in problem.found.split(","))
    return text("password-classes", language, missing=missing)
