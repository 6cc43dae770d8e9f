"""What the whole world may ask of any site: whom to tell of a weakness, what robots may read, reports of the policy.

Never: knows who asks.
"""

from __future__ import annotations

import json
import logging
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from haidang.web import contact

MOST_BYTES = 16 * 1024
FIELDS = ("effective-directive", "effectiveDirective", "blocked-uri", "blockedURL", "document-uri", "documentURL")
log = logging.getLogger("haidang.csp")


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """/.well-known/security.txt (RFC 9116); 404 where the settings name no contact, or the day has passed."""
    found = contact.lines(timezone.now())
    if not found:
        raise Http404
    return HttpResponse("\n".join(found) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """A centre is for people: nothing of it is to be gathered by machines."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain; charset=utf-8")


@csrf_exempt
@require_POST
def report(request: HttpRequest) -> HttpResponse:
    """A browser's report that the content policy stopped something: one line in the log, nothing else; 204 always."""
    told = _told(request.read(MOST_BYTES + 1))
    if told:
        log.warning("content policy: %s", told)
    return HttpResponse(status=204)


def _told(body: bytes) -> str:
    """The few fields worth reading, on one line and short; "" for what is no report."""
    try:
        said: Any = json.loads(body[:MOST_BYTES])
    except (ValueError, RecursionError):
        return ""
    first: Any = said[0] if isinstance(said, list) and said else said
    inner = first.get("csp-report") or first.get("body") if isinstance(first, dict) else None
    if not isinstance(inner, dict):
        return ""
    return " ".join(f"{name}={_plain(inner[name])}" for name in FIELDS if name in inner)


def _plain(value: object) -> str:
    """Without the query (it may hold what somebody asked), without anything that could end the line."""
    text = str(value).partition("?")[0][:120]
    return "".join(letter if letter.isprintable() else "·" for letter in text)
