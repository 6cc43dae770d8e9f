"""One report for whoever holds its code: how far it is, what was answered; add, supply, rate, open again.

Never: says whether a code nobody holds is near one that somebody does; shows what is for the house alone.
"""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST, require_safe

from haidang.access import gate
from haidang.cases import actions, reads
from haidang.cases.actions import Wanted
from haidang.cases.faces import Followed, StepFace
from haidang.cases.files import actions as files
from haidang.cases.files import reads as kept
from haidang.cases.push import actions as pushing
from haidang.cases.push import keys
from haidang.web import cong, filing
from haidang.web.cong import Look
from haidang.words.errors import Absent, BadQuestion, HaiDangError, NotNow
from haidang.words.texts import say

STAGES = ("sent", "received", "working", "answered")
REACHED = {"new": 0, "received": 1, "assigned": 2, "in-progress": 2, "asked": 2, "approving": 2}
ACTS = ("add", "supply", "rate", "reopen")
MOST_JSON = 4096


@require_safe
@cong.door
def find(request: HttpRequest) -> HttpResponseBase:
    """Where a code is typed in; with `?ma=` on to its page."""
    typed = "".join(request.GET.get("ma", "").split()).upper().replace("–", "-")[:24]
    if typed:
        return HttpResponseRedirect(f"/cong/{typed.replace('/', '')}" if typed.strip("/.") else "/cong/theo-doi")
    return cong.render(request, "find", cong.look(request))


@require_safe
@cong.door
def follow(request: HttpRequest, code: str) -> HttpResponseBase:
    """The report of a code; `?gui=1`: it was sent just now."""
    return _page(request, cong.look(request), code)


def _page(request: HttpRequest, seen: Look, code: str, trouble: HaiDangError | None = None) -> HttpResponse:
    one = reads.followed(code)
    state = one.joined or one.state
    offices = cong.office_names(seen.language)
    context = {
        "one": one,
        "new": request.GET.get("gui") == "1" and trouble is None,
        "done": request.GET.get("xong", "") if request.GET.get("xong") in ACTS else "",
        "state": cong.shown_state(state, seen.language),
        "now_words": seen.say(f"cong.now-{one.state}"),
        "stages": _stages(state),
        "category": cong.category_name(one.category, seen.language),
        "place": cong.place_name(one.unit),
        "office": offices.get(one.office, ""),
        "sent": cong.moment(one.sent_at),
        "due": cong.day(one.due, seen.language) if state in REACHED and state != "asked" else "",
        "steps": [_step(step, seen, offices) for step in reversed(one.steps)],
        "own_files": [file for file in one.files if not any(file.key in step.files for step in one.steps[1:])],
        "asked": _asked(one),
        "vapid": keys.public(),
        "trouble": say(trouble, seen.language) if trouble else "",
        "wrote": request.POST.get("words", "")[:4000] if trouble else "",
    }
    status = 200 if trouble is None else 409 if isinstance(trouble, NotNow) else 422
    return cong.private(cong.render(request, "follow", seen, status=status, **context))


def _stages(state: str) -> list[tuple[str, str]]:
    """Each stage and how it stands: done | here | ahead."""
    at = REACHED.get(state, 3)
    return [(name, "done" if n < at else "here" if n == at else "ahead") for n, name in enumerate(STAGES)]


def _step(step: StepFace, seen: Look, offices: dict[str, str]) -> dict[str, Any]:
    office = step.facts.get("office", ["", ""])[1] if step.act == "assign" else step.office
    return {
        "act": seen.say(f"cong.step-{step.act}"),
        "at": cong.moment(step.at),
        "words": step.words,
        "files": step.files if step.act != "open" else (),
        "own": step.role == "sender",
        "office": offices.get(office or "", ""),
    }


def _asked(one: Followed) -> str:
    """What was asked last, while an answer is waited for."""
    return next((step.words for step in reversed(one.steps) if step.act == "ask"), "") if "supply" in one.acts else ""


@require_POST
@cong.door
def act(request: HttpRequest, code: str, act: str) -> HttpResponseBase:
    """One act of whoever holds the code; a double click is one, what went wrong is said on the page."""
    seen = cong.look(request)
    one = reads.followed(code)
    if act not in ACTS:
        raise Absent("unknown-case", found=code[:24])
    try:
        actions.act_as_sender(gate.public(), one.code, _wanted(request, act))
    except (BadQuestion, NotNow) as trouble:
        return _page(request, seen, one.code, trouble)
    return HttpResponseRedirect(f"/cong/{one.code}?xong={act}#xong")


def _wanted(request: HttpRequest, act: str) -> Wanted:
    rating, words = request.POST.get("rating", ""), request.POST.get("words", "").strip()[:4001]
    if act != "rate" and not words:
        raise BadQuestion("missing-words", found=act)
    keys_ = files.keep_all(gate.public(), cong.photos(request)) if act in ("add", "supply") else ()
    return Wanted(
        act,
        words=words,
        rating=int(rating) if rating in ("1", "2", "3") else 0,
        files=keys_,
        once=request.POST.get("once", "")[:64],
    )


@require_safe
@cong.door
def file(request: HttpRequest, code: str, key: str) -> HttpResponseBase:
    """A photo of the report; `?size=small` its thumbnail."""
    size = "small" if request.GET.get("size") == "small" else ""
    return filing.answer(request, kept.of_code(code, key, size=size))


@require_POST
@cong.door
def push(request: HttpRequest, code: str) -> HttpResponseBase:
    """A browser wants to be told (`{"subscription": …}`), or no more (`{"off": true, …}`)."""
    reads.followed(code)
    try:
        said = json.loads(request.body[:MOST_JSON])
        do = pushing.unsubscribe if said.get("off") else pushing.subscribe
        do(code, said.get("subscription"))
    except (ValueError, AttributeError, RecursionError):
        return JsonResponse({"code": "bad-subscription"}, status=400)
    except BadQuestion as trouble:
        return JsonResponse({"code": trouble.code}, status=400)
    return JsonResponse({"told": not said.get("off")})
