"""The rules of signing in: the law's value, this centre's own, the bounds; set and put back by an administrator.

Never: lets a rule be looser than the law's table allows.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from haidang.access import gate
from haidang.access.identity import actions, reads
from haidang.access.identity.rules import Set
from haidang.web import formats, page
from haidang.web.doors import door
from haidang.web.page import Visit
from haidang.words.errors import BadQuestion
from haidang.words.nouns import ANY, Subject
from haidang.words.texts import say, text

GROUPS = (
    ("password", ("password_min_alone", "classes", "password_min", "reuse", "rotate_days", "rotate_warn_days")),
    ("lock", ("lock_after", "lock_hours", "lock_addresses", "lock_wide")),
    (
        "session",
        (
            "idle_web",
            "idle_mobile",
            "idle_admin",
            "absolute_hours",
            "service_hours",
            "code_minutes",
            "purpose_minutes",
            "privilege_minutes",
        ),
    ),
    ("account", ("idle_days", "idle_days_warn", "review_months", "review_days", "trace_months")),
)


@require_http_methods(["GET", "HEAD", "POST"])
@door
def rules(request: HttpRequest) -> HttpResponse:
    """The table; a POST sets one rule (`key`, `value`) or puts it back (`undo`)."""
    seen = page.visit(request)
    gate.require(seen.who, "manage", Subject(ANY, "rules"))
    if request.method != "POST":
        return _page(request, seen)
    key = request.POST.get("key", "")
    try:
        actions.set_rule(seen.who, key, None if "undo" in request.POST else _number(request.POST.get("value", "")))
    except BadQuestion as trouble:
        return _page(request, seen, wrong={key: say(trouble, seen.language)})
    messages.success(
        request, text("rules.set", seen.language, rule=text(f"rule.{key}", seen.language)), extra_tags="good"
    )
    return HttpResponseRedirect(f"/rules/#{key}")


def _number(typed: str) -> int:
    """Raises BadQuestion('rule-number')."""
    if not typed.strip().isdecimal() or len(typed) > 9:
        raise BadQuestion("rule-number", found=typed[:20])
    return int(typed)


def _page(request: HttpRequest, seen: Visit, wrong: dict[str, str] | None = None) -> HttpResponse:
    every = {one.law.key: _line(one, seen.language, wrong or {}) for one in reads.every_rule()}
    groups = [(group, [every[key] for key in keys]) for group, keys in GROUPS]
    return page.render(request, "rules", seen, groups=groups, status=422 if wrong else 200)


def _line(one: Set, language: str, wrong: dict[str, str]) -> dict[str, Any]:
    fixed = one.law.least == one.law.most
    return {
        "key": one.law.key,
        "name": text(f"rule.{one.law.key}", language),
        "law": one.law,
        "set": one,
        "unit": text(f"unit.{one.law.unit}", language),
        "verified": text(f"rules.{one.law.verified}", language),
        "at": formats.moment(timezone.localtime(one.at).isoformat(), language) if one.at else "",
        "fixed": fixed,
        "wrong": wrong.get(one.law.key, ""),
    }
