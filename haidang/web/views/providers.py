"""Providers of identities, for the administrator: the list, one of them, its trial, taking it away.

Never: shows a secret; signs anybody in.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from haidang.access import gate
from haidang.access.identity.providers import actions, reads
from haidang.access.identity.providers.trial import tried
from haidang.web import page, providing
from haidang.web.doors import door
from haidang.web.page import Visit
from haidang.words.errors import Absent, BadQuestion, HaiDangError
from haidang.words.nouns import ANY, Subject
from haidang.words.texts import say, text

NEW = "new"


def _managed(request: HttpRequest) -> Visit:
    seen = page.visit(request)
    gate.require(seen.who, "manage", Subject(ANY, "providers"))
    return seen


@require_http_methods(["GET", "HEAD"])
@door
def listing(request: HttpRequest) -> HttpResponse:
    """/providers/"""
    seen = _managed(request)
    rows = [
        (one, providing.level_code(one.level.name.lower()), providing.place_code(one.place))
        for one in reads.providers()
    ]
    return page.render(request, "providers", seen, providers=rows, networks=", ".join(settings.NETWORKS))


@sensitive_post_parameters("secret")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@door
def provider(request: HttpRequest, key: str) -> HttpResponse:
    """/providers/<key> (`new`: another one): the form, and what was sent with it."""
    seen = _managed(request)
    face = None if key == NEW else reads.provider(key)
    if request.method != "POST":
        return _page(request, seen, key)
    named = face.key if face else request.POST.get("key", "").strip().lower()
    try:
        if face is None and any(one.key == named for one in reads.providers()):
            raise BadQuestion("provider-there", found=named)
        actions.keep(seen.who, named, providing.typed(request.POST))
    except (BadQuestion, Absent) as wrong:
        return _page(request, seen, key, wrong)
    messages.success(request, text("providers.saved", seen.language), extra_tags="good")
    return HttpResponseRedirect(f"/providers/{named}")


def _page(request: HttpRequest, seen: Visit, key: str, wrong: HaiDangError | None = None) -> HttpResponse:
    face = None if key == NEW else reads.provider(key)
    context = {
        **providing.context(face, request.POST if wrong else None),
        "back": _back(request, face.key if face else "…"),
        "logout": f"{_home(request)}/login/sso/{face.key if face else '…'}/logout-token",
        "trouble": say(wrong, seen.language) if wrong else "",
    }
    return page.render(request, "provider", seen, status=422 if wrong else 200, **context)


def _home(request: HttpRequest) -> str:
    return settings.ADDRESS or request.build_absolute_uri("/").rstrip("/")


def _back(request: HttpRequest, key: str) -> str:
    return f"{_home(request)}/login/sso/{key}/callback"


@require_POST
@door
def trial(request: HttpRequest, key: str) -> HttpResponse:
    """Ask the provider, as it is kept; a piece of page for htmx, else the page with it."""
    seen = _managed(request)
    lines = tried(reads.party(key, on=False), _back(request, key))
    if request.headers.get("HX-Request"):
        return render(request, "web/parts/provider_trial.html", {"lines": lines, "language": seen.language})
    context = {**providing.context(reads.provider(key)), "back": _back(request, key), "lines": lines}
    return page.render(request, "provider", seen, **context)


@require_http_methods(["GET", "HEAD", "POST"])
@door
def remove(request: HttpRequest, key: str) -> HttpResponse:
    """Asks once more, then takes it away with its links."""
    seen, face = _managed(request), reads.provider(key)
    if request.method != "POST":
        return page.render(request, "provider_remove", seen, one=face)
    actions.remove(seen.who, key)
    messages.success(request, text("providers.removed", seen.language), extra_tags="good")
    return HttpResponseRedirect("/providers/")
