"""What one was told: the list, one's own alone; marking as read. Never: tells."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from haidang.watch import actions, reads
from haidang.web import bell, page
from haidang.web.doors import door
from haidang.web.page import Visit
from haidang.words.errors import Denied

MOST = 200


@door
def listing(request: HttpRequest) -> HttpResponse:
    """Newest first; `unread=1`: those not read yet. The public has none: absent."""
    seen = _told(request)
    unread = request.GET.get("unread") == "1"
    found = reads.notices(seen.who, unread=unread, limit=MOST)
    told = [(one, one.sentence(seen.language)) for one in found]
    return page.render(request, "notices", seen, told=told, only_unread=unread, count=bell.unread(seen.who))


@require_POST
@door
def read(request: HttpRequest) -> HttpResponse:
    """One (`notice`) or all of one's own; goes on to the thing when `go` is said."""
    seen = _told(request)
    number = str(request.POST.get("notice", "0"))
    actions.read(seen.who, int(number) if number.isdecimal() else 0)
    found = next((one for one in reads.notices(seen.who, limit=MOST) if str(one.id) == number), None)
    go = found.link if found and request.POST.get("go") else ""
    return HttpResponseRedirect(go if go.startswith("/") and not go.startswith("//") else "/notices/")


def _told(request: HttpRequest) -> Visit:
    seen = page.visit(request)
    if seen.who.kind == "public":
        raise Denied("no-grant")
    return seen
