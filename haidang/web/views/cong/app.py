"""What makes the pages an app: its manifest, its worker, a ticket for a form kept without a network, the waiting page.

Never: answers with anything of a person.
"""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from haidang.cases import forms
from haidang.web import cong
from haidang.web.templatetags.haidang import BUILT, built_files

KEPT_PAGES = ("/cong/cho", "/cong/gui?app=1", "/cong/")
"""What is there without a network."""


@require_safe
@cong.door
def manifest(request: HttpRequest) -> HttpResponseBase:
    """/cong/app.webmanifest."""
    seen = cong.look(request)
    icons = [
        {"src": static(f"cong/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for size, purpose in ((192, "any"), (512, "any"), (512, "maskable"))
    ]
    said = {
        "id": "/cong/",
        "name": seen.say("cong.app-name"),
        "short_name": seen.say("cong.app-short"),
        "description": seen.say("cong.app-what"),
        "lang": seen.language,
        "dir": "ltr",
        "start_url": "/cong/?app=1",
        "scope": "/cong/",
        "display": "standalone",
        "background_color": cong.COLOURS["light"],
        "theme_color": cong.COLOURS["light"],
        "icons": icons,
        "shortcuts": [{"name": seen.say("cong.send"), "url": "/cong/gui?app=1"}],
    }
    written = json.dumps(said, ensure_ascii=False)
    return HttpResponse(written, content_type="application/manifest+json; charset=utf-8")


@require_safe
@cong.door
def worker(request: HttpRequest) -> HttpResponseBase:
    """/cong/sw.js: the built worker, told which files it keeps; asked for anew at every visit."""
    source, kept = built_files("cong/sw"), built_files("cong/cong")
    files = [static(f"built/{name}") for name in kept]
    text = (BUILT / source[0]).read_text() if source else ""
    told = json.dumps({"files": files, "pages": KEPT_PAGES, "wait": forms.WAIT + 1})
    answer = HttpResponse(f"self.KEPT={told};\n{text}", content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


@require_safe
@cong.door
def ticket(request: HttpRequest) -> HttpResponseBase:
    """A fresh ticket for a form that was kept (`?once=`), and the token of forms."""
    seen = cong.look(request)
    made = forms.ticket(seen.now, request.GET.get("once", "")[:64])
    answer = JsonResponse({"ticket": made.text, "once": made.once, "csrf": get_token(request)})
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
@cong.door
def waiting(request: HttpRequest) -> HttpResponseBase:
    """Reports kept on this telephone until there is a network (filled in by the script)."""
    return cong.render(request, "waiting", cong.look(request))
