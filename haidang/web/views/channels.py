"""Channels of desks for whoever manages them: how each fares, its settings, a test of the connection.

For everybody else they are absent. Never: shows a secret.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from haidang.cases.channels import Setting, actions, reads
from haidang.cases.channels.reads import Face
from haidang.web import page
from haidang.web.doors import door
from haidang.web.page import Visit
from haidang.words.errors import Absent, BadQuestion, HaiDangError, IntakeStopped, Unavailable
from haidang.words.texts import say, text, texts


@door
def listing(request: HttpRequest) -> HttpResponse:
    """Every channel of the desks one manages."""
    seen = page.visit(request)
    found = reads.every(seen.who)
    if not found:
        raise Absent("unknown-channel", found="", expected="")
    rows = [(face, *_state(face), _trouble(face, seen.language)) for face in found]
    return page.render(request, "cases/channels", seen, rows=rows)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@door
def channel(request: HttpRequest, desk: str, kind: str) -> HttpResponse:
    """One channel, and what is said of it."""
    seen = page.visit(request)
    face = reads.one(seen.who, desk, kind)
    if request.method != "POST":
        return _shown(request, seen, face)
    forget = frozenset(one.name for one in face.settings if _ticked(request, f"forget-{one.name}"))
    ticked = {name: _ticked(request, name) for name in ("on", "simulated")}
    said = actions.Said(_typed(request, face), forget=forget, **ticked)
    try:
        actions.configure(seen.who, desk, kind, said)
    except BadQuestion as wrong:
        return _shown(request, seen, face, trouble=_said(wrong, face, seen.language), status=422)
    return _back(request, seen, face, "channel.saved")


@sensitive_post_parameters()
@require_POST
@door
def test(request: HttpRequest, desk: str, kind: str) -> HttpResponse:
    """Sign in at the provider with what is typed; nothing is saved or sent, but for a token that was renewed."""
    seen = page.visit(request)
    face = reads.one(seen.who, desk, kind)
    try:
        actions.trial(seen.who, desk, kind, _typed(request, face))
    except (Unavailable, IntakeStopped, BadQuestion) as wrong:
        return _shown(request, seen, face, trouble=_said(wrong, face, seen.language), status=422)
    return _back(request, seen, face, "channel.test-good")


@require_http_methods(["GET", "HEAD", "POST"])
@door
def told(request: HttpRequest, number: int) -> HttpResponse:
    """A piece of a Case's page: what its sender was told and what failed; whoever routes it writes, or sends again."""
    seen = page.visit(request)
    trouble = _tell(request, seen, number) if request.method == "POST" else ""
    if request.method == "POST" and not request.headers.get("HX-Request"):
        said = trouble or text("channel.write-done", seen.language)
        messages.success(request, said, extra_tags="bad" if trouble else "good")
        return HttpResponseRedirect(f"/cases/{number}")
    if request.method == "POST" and not trouble:
        # The note of it is an act: the page's forms are to know it.
        return HttpResponse(headers={"HX-Redirect": f"/cases/{number}"})
    return render(
        request,
        "web/cases/told.html",
        {
            "language": seen.language,
            "number": number,
            "told": reads.told(seen.who, number),
            "routes": reads.routes(seen.who, number),
            "once": secrets.token_urlsafe(12),
            "trouble": trouble,
            "typed": request.POST.get("words", "")[: actions.LONGEST] if trouble else "",
        },
    )


def _tell(request: HttpRequest, seen: Visit, number: int) -> str:
    """What was asked for; why it was not done, "" when it was."""
    again = request.POST.get("again", "")
    try:
        if again:
            actions.resend(seen.who, number, int(again) if again.isdecimal() and len(again) < 19 else 0)
        else:
            actions.write(seen.who, number, request.POST.get("words", ""), once=request.POST.get("once", "")[:40])
    except BadQuestion as wrong:
        return say(wrong, seen.language)
    return ""


def _shown(request: HttpRequest, seen: Visit, face: Face, **more: Any) -> HttpResponse:
    base = settings.ADDRESS or request.build_absolute_uri("/").rstrip("/")
    typed = _typed(request, face) if request.method == "POST" else {}
    return page.render(
        request,
        "cases/channel",
        seen,
        face=face,
        name=text(f"case.channel-{face.kind}", seen.language),
        mark=_state(face),
        fields=[_field(one, face, typed, seen.language) for one in face.settings],
        hook=f"{base}/hooks/desk/{face.kind}" if face.mode == "hook" else "",
        networks=", ".join(settings.NETWORKS),
        trouble=more.pop("trouble", _trouble(face, seen.language)),
        **more,
    )


def _field(one: Setting, face: Face, typed: dict[str, str], language: str) -> dict[str, Any]:
    """As `parts/setting.html` wants it."""
    code = f"channel.{face.kind}.{one.name}"
    return {
        "name": one.name,
        "title": text(code, language),
        "hint": text(f"{code}.hint", language) if f"{code}.hint" in texts() else "",
        "required": one.required and one.name not in face.kept,
        "secret": one.secret,
        "kept": one.name in face.kept,
        "choices": one.choices,
        "long": one.kind == "long",
        "input": "text",
        "value": typed.get(one.name, face.values.get(one.name, "")),
    }


def _typed(request: HttpRequest, face: Face) -> dict[str, str]:
    return {one.name: str(request.POST.get(f"set-{one.name}", ""))[:8000] for one in face.settings}


def _ticked(request: HttpRequest, name: str) -> bool:
    return request.POST.get(name) == "1"


def _state(face: Face) -> tuple[str, str]:
    """(mark, code of its words)."""
    if face.problem and face.on:
        return "bad", "channel.trouble"
    return ("good", "channel.on") if face.on else ("none", "channel.off")


def _trouble(face: Face, language: str) -> str:
    facts = dict(face.problem)
    code = facts.pop("code", "")
    return text(code, language, **facts) if code else ""


def _said(wrong: HaiDangError, face: Face, language: str) -> str:
    """A missing setting by its name on the form."""
    if wrong.code == "channel-missing":
        named = text(f"channel.{face.kind}.{wrong.facts.get('found', '')}", language)
        return text("channel-missing", language, found=named)
    return say(wrong, language)


def _back(request: HttpRequest, seen: Visit, face: Face, code: str) -> HttpResponse:
    messages.success(request, text(code, seen.language), extra_tags="good")
    return HttpResponseRedirect(f"/cases/channels/{face.desk}/{face.kind}")
