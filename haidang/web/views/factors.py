"""One's own second factors: codes by a clock, recovery codes, passkeys, and the provider one is linked to.

Whoever changes one has lately proved who they are. Never: another's factors (people's pages reset those).
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from haidang.access.identity import locks
from haidang.access.identity import reads as identity
from haidang.access.identity.factors import actions, again, drawing, keys, reads
from haidang.access.identity.factors.adapter import Adapter
from haidang.access.identity.providers import actions as providers
from haidang.access.identity.providers import reads as known
from haidang.watch import actions as watch
from haidang.web import page
from haidang.web.doors import View, door
from haidang.words.errors import BadQuestion, Denied, HaiDangError, NotNow
from haidang.words.texts import say, text

HOME = "/me/factors/"
NEW = "totp_new"
"""Key of the session: the key of a clock that waits for its first code, sealed."""


def mine(view: View) -> View:
    """For whoever has signed in; for others there is nothing here."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            raise Denied("nobody-signed-in")
        return view(request, *args, **named)

    return never_cache(door(opened))


def proved(view: View) -> View:
    """For whoever has lately proved who they are; others do it first and come back."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        if not again.fresh(request):
            back = request.path if request.method == "GET" else HOME
            return HttpResponseRedirect(f"{HOME}again?next={quote(back)}")
        return view(request, *args, **named)

    return mine(opened)


@require_http_methods(["GET", "HEAD"])
@mine
def factors(request: HttpRequest) -> HttpResponseBase:
    """The list: what one has, what one may add, what is owed."""
    account: Any = request.user
    found = reads.factors(account)
    linked = {link.provider: link for link in known.links(account)}
    ways = [(key, name, linked.pop(key, None)) for key, name in known.offered()]
    words = {
        "found": found,
        "clock": any(one.kind == reads.TOTP for one in found),
        "codes": reads.codes(account),
        "needed": identity.needs_factor(account),
        "owed": identity.owed(account, request.session) == identity.FACTOR,
        "ways": ways + [(link.provider, link.name, link) for link in linked.values()],
    }
    return page.render(request, "factors", page.visit(request), **words)


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@proved
def totp(request: HttpRequest) -> HttpResponseBase:
    """A new key of a clock: shown as a picture and as letters, kept once a code of it was typed."""
    account: Any = request.user
    if request.method == "POST" and NEW in request.session:
        return _kept(
            request, account, lambda secret: actions.confirm_totp(account, secret, request.POST.get("code", ""))
        )
    request.session[NEW] = Adapter().encrypt(actions.new_secret())
    return _totp_page(request, account)


def _kept(request: HttpRequest, account: Any, keep: Callable[[str], None]) -> HttpResponseBase:
    try:
        actions.may_try(account)
        keep(Adapter().decrypt(request.session[NEW]))
    except (BadQuestion, NotNow) as wrong:
        if wrong.code == "code-wrong":
            actions.missed(account)
        return _totp_page(request, account, wrong)
    del request.session[NEW]
    return _added(request, account, reads.TOTP)


def _totp_page(request: HttpRequest, account: Any, wrong: HaiDangError | None = None) -> HttpResponseBase:
    seen, secret = page.visit(request), Adapter().decrypt(request.session[NEW])
    words = {
        "picture": base64.b64encode(drawing.picture(account, secret)).decode(),
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "wrong": say(wrong, seen.language) if wrong else "",
    }
    return page.render(request, "factor_totp", seen, status=422 if wrong else 200, **words)


@require_http_methods(["GET", "HEAD", "POST"])
@proved
def passkey(request: HttpRequest) -> HttpResponseBase:
    """A new passkey of this device, with a name."""
    account: Any = request.user
    wrong: HaiDangError | None = None
    if request.method == "POST":
        try:
            credential = keys.registered(account, request.POST.get("credential", ""))
            name = request.POST.get("name", "").strip() or text("factors.passkey", page.visit(request).language)
            actions.add_passkey(account, name, credential)
            return _added(request, account, reads.PASSKEY)
        except BadQuestion as refused:
            wrong = refused
    seen = page.visit(request)
    words = {"options": json.dumps(keys.ask_new(account)), "wrong": say(wrong, seen.language) if wrong else ""}
    return page.render(request, "factor_passkey", seen, status=422 if wrong else 200, **words)


def _added(request: HttpRequest, account: Any, kind: str) -> HttpResponseBase:
    """This session has a factor now; its holder is told, and sees the recovery codes once."""
    request.session[reads.SESSION] = kind
    tell(request, account.name, "factor-added", kind)
    codes = reads.codes(account)
    return HttpResponseRedirect(f"{HOME}codes" if codes and not codes.shown else HOME)


@require_http_methods(["GET", "HEAD", "POST"])
@proved
def codes(request: HttpRequest) -> HttpResponseBase:
    """Recovery codes: shown once; a POST makes new ones."""
    account: Any = request.user
    if request.method == "POST":
        actions.renew_codes(account)
        tell(request, account.name, "codes-renewed", reads.CODES)
        return HttpResponseRedirect(f"{HOME}codes")
    try:
        shown = actions.show_codes(account)
    except BadQuestion:
        shown = []
    return page.render(request, "factor_codes", page.visit(request), codes=shown)


@require_POST
@proved
def rename(request: HttpRequest, number: int) -> HttpResponseBase:
    account: Any = request.user
    return _done(request, lambda: actions.rename(account, number, request.POST.get("name", "")), "factors.renamed")


@require_http_methods(["GET", "HEAD", "POST"])
@proved
def remove(request: HttpRequest, number: int) -> HttpResponseBase:
    """Asks once more; then it is gone."""
    account: Any = request.user
    one = next((found for found in reads.factors(account) if found.number == number), None)
    if one is None:
        return HttpResponseRedirect(HOME)
    if request.method != "POST":
        return page.render(request, "factor_remove", page.visit(request), one=one)
    answer = _done(request, lambda: actions.remove(account, number), "factors.removed")
    if number not in {found.number for found in reads.factors(account)}:
        tell(request, account.name, "factor-removed", one.kind)
    return answer


@require_POST
@proved
def unlink(request: HttpRequest, key: str) -> HttpResponseBase:
    account: Any = request.user
    return _done(request, lambda: providers.unlink(account, key), "factors.unlinked")


def _done(request: HttpRequest, act: Callable[[], None], code: str) -> HttpResponseBase:
    """Do it, say so or why not, and back to the list."""
    language = page.visit(request).language
    try:
        act()
        messages.success(request, text(code, language), extra_tags="good")
    except BadQuestion as wrong:
        messages.error(request, say(wrong, language), extra_tags="bad")
    return HttpResponseRedirect(HOME)


@sensitive_post_parameters("password", "code", "credential")
@require_http_methods(["GET", "HEAD", "POST"])
@mine
def once_more(request: HttpRequest) -> HttpResponseBase:
    """/me/factors/again?next=…: password, code or passkey, before something is changed."""
    account: Any = request.user
    wanted = request.GET.get("next", "")
    to = wanted if wanted.startswith(HOME) else HOME
    wrong: HaiDangError | None = None
    if request.method == "POST":
        try:
            again.noted(request, account, _again(request, account), reauthenticated=True)
            return HttpResponseRedirect(to)
        except (BadQuestion, NotNow) as refused:
            wrong = refused
    seen = page.visit(request)
    kinds = {one.kind for one in reads.factors(account)}
    words = {
        "to": to,
        "wrong": say(wrong, seen.language) if wrong else "",
        "password": account.has_usable_password(),
        "by_code": bool(kinds),
        "options": json.dumps(keys.ask(account)) if reads.PASSKEY in kinds else "",
        "none": not kinds and not account.has_usable_password(),
    }
    return page.render(request, "again", seen, status=422 if wrong else 200, **words)


def _again(request: HttpRequest, account: Any) -> str:
    """What was proved; raises BadQuestion('password-wrong' | 'code-wrong' | 'passkey-wrong'), NotNow."""
    if request.POST.get("credential"):
        actions.may_try(account)
        actions.used_passkey(keys.proved(request.POST["credential"], account))
        return "mfa"
    if request.POST.get("code"):
        actions.check_code(account, request.POST["code"][:32])
        return "mfa"
    typed = request.POST.get("password", "")
    found = get_adapter().authenticate(request, username=account.name, password=typed) if typed else None
    if found is None or found.pk != account.pk:
        raise BadQuestion("password-wrong")
    if trial := vars(request).get("trial"):
        locks.give_back(trial)
    return "password"


def tell(request: HttpRequest, name: str, code: str, kind: str) -> None:
    """Tell a holder what became of their factors, whoever did it."""
    moment = page.visit(request).now
    facts = {"kind": text(f"factors.kind-{kind}", "vi"), "kind_en": text(f"factors.kind-{kind}", "en")}
    watch.tell(name, code, facts, HOME, key=f"{code}:{name}:{moment:%Y%m%d%H%M%S%f}")
