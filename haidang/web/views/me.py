"""One's own account: who I am, what I may, my password, my sessions, my e-mail. Never: another's."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haidang.access.identity import actions, reads
from haidang.access.identity.passwords import Weak
from haidang.web import mine, page, proving
from haidang.web.doors import View, door
from haidang.web.page import Visit
from haidang.words.errors import BadQuestion, Denied
from haidang.words.texts import say, text


def signed_in(view: View) -> View:
    """For whoever has signed in; for everybody else the page is absent, as any other."""

    def opened(request: HttpRequest, /, *args: object, **named: object) -> HttpResponse:
        if not request.user.is_authenticated:
            raise Denied("no-grant")
        answer = view(request, *args, **named)
        assert isinstance(answer, HttpResponse)
        return answer

    return never_cache(door(opened))


@require_safe
@signed_in
def me(request: HttpRequest) -> HttpResponse:
    """Everything of one's own account."""
    seen = page.visit(request)
    return page.render(request, "me", seen, **mine.context(request, seen))


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def password(request: HttpRequest) -> HttpResponse:
    """The form of a new password; also what is owed before anything else."""
    seen, account = page.visit(request), mine.own(request)
    if not account.has_usable_password():
        raise Denied("no-grant")
    wrong: dict[str, list[str]] = {}
    if request.method == "POST":
        wrong = _changed(request, seen)
        if not wrong:
            messages.success(request, text("me.password-done", seen.language), extra_tags="good")
            return HttpResponseRedirect(request.session.pop("after_owed", "/me/"))
    said = {"wrong": wrong, "owed": reads.owed(account, request.session) == reads.PASSWORD}
    said |= {"first": account.must_change, "demands": mine.demands(account, seen.language), "account": account}
    return page.render(request, "password", seen, status=422 if wrong else 200, **said)


def _changed(request: HttpRequest, seen: Visit) -> dict[str, list[str]]:
    """What is wrong, by field; nothing when the password was changed."""
    account, given = mine.own(request), request.POST
    wanted = given.get("new", "")
    if wanted != given.get("again", ""):
        return {"again": [text("password.differ", seen.language)]}
    try:
        proving.prove_password(request, account, given.get("current", ""))
        actions.set_password(account.actor, account, wanted)
    except Weak as weak:
        return {"new": mine.faults(weak, seen.language)}
    except BadQuestion as trouble:
        return {"current": [say(trouble, seen.language)]}
    actions.keep_alone(request, account)
    return {}


@require_POST
@signed_in
def end(request: HttpRequest) -> HttpResponse:
    """End one of one's own sessions (`key`), or all the others."""
    account, key = mine.own(request), request.POST.get("key", "")
    language = page.visit(request).language
    here = next((one.key for one in reads.sessions(account, this=request.session.session_key) if one.this), None)
    if not key:
        count = actions.end_all(account.actor, account, but=here)
        messages.success(request, text("me.ended", language, count=count), extra_tags="good")
    elif key == here:
        logout(request)
        return HttpResponseRedirect("/login/")
    else:
        actions.end_session(account.actor, account, key)
        messages.success(request, text("me.ended", language, count=1), extra_tags="good")
    return HttpResponseRedirect("/me/#sessions")


@require_POST
@signed_in
def email(request: HttpRequest) -> HttpResponse:
    """Where notices go too; empty takes it away."""
    seen, account = page.visit(request), mine.own(request)
    try:
        actions.set_email(account.actor, account, request.POST.get("email", "").strip())
    except BadQuestion as trouble:
        said = {**mine.context(request, seen), "wrong_email": say(trouble, seen.language)}
        said["typed_email"] = request.POST.get("email", "")[:200]
        return page.render(request, "me", seen, status=422, **said)
    messages.success(request, text("me.email-done", seen.language), extra_tags="good")
    return HttpResponseRedirect("/me/")
