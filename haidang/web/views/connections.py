"""How the province reaches a source: its form, a trial before saving, saving, cutting it off.

Only for whoever manages the source; for everybody else it is absent. Never: keeps or shows a secret.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from haidang.access import gate
from haidang.intake.sources import actions
from haidang.intake.sources.trial import trial as tried
from haidang.web import connecting, page, standing
from haidang.web.doors import door
from haidang.web.page import Visit
from haidang.web.standing import Line
from haidang.words.errors import BadQuestion, IntakeStopped
from haidang.words.nouns import Subject
from haidang.words.texts import say, text


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@door
def connection(request: HttpRequest, key: str) -> HttpResponse:
    """The form, and what was sent with it."""
    seen, found = _managed(request, key)
    if request.method != "POST":
        return page.render(request, "connection", seen, **_context(request, seen, found))
    typed = connecting.typed(found, request.POST)
    try:
        connecting.known(typed)
        more: actions.Said = {"simulated": typed.simulated, "owner": typed.owner, "duty": typed.duty, "connected": True}
        actions.configure(seen.who, found.key, values=typed.values, secrets=typed.secrets, **more)
    except (BadQuestion, IntakeStopped) as wrong:
        context = {**_context(request, seen, found, typed), "trouble": say(wrong, seen.language)}
        return page.render(request, "connection", seen, status=422, **context)
    return _back(request, seen, found, "connect.saved")


@sensitive_post_parameters()
@require_POST
@door
def trial(request: HttpRequest, key: str) -> HttpResponse:
    """Fetch one parcel with what was typed; nothing is saved. A piece of page for htmx, else the form with it."""
    seen, found = _managed(request, key)
    typed = connecting.typed(found, request.POST)
    secrets = {name: value for name, value in typed.secrets.items() if value}
    told = connecting.shown(found, tried(found.key, typed.values, secrets), seen.language)
    if request.headers.get("HX-Request"):
        return render(request, "web/parts/trial.html", {**told, "language": seen.language})
    return page.render(request, "connection", seen, **_context(request, seen, found, typed), **told)


@require_POST
@door
def cut(request: HttpRequest, key: str) -> HttpResponse:
    """Take the source off; what was said of it stays for the next time."""
    seen, found = _managed(request, key)
    actions.configure(seen.who, found.key, connected=False)
    return _back(request, seen, found, "connect.cut-done")


def _managed(request: HttpRequest, key: str) -> tuple[Visit, Line]:
    seen = page.visit(request)
    found = standing.one(seen, key)
    gate.require(seen.who, "manage", Subject(found.face.pack, found.key))
    return seen, found


def _context(
    request: HttpRequest, seen: Visit, found: Line, typed: connecting.Typed | None = None
) -> dict[str, object]:
    hook = request.build_absolute_uri(f"/hooks/{found.key}") if found.face.mode == "push" else ""
    return {**connecting.context(seen, found, typed), "hook": hook}


def _back(request: HttpRequest, seen: Visit, found: Line, code: str) -> HttpResponse:
    messages.success(request, text(code, seen.language), extra_tags="good")
    return HttpResponseRedirect(f"/sources/{found.key}")
