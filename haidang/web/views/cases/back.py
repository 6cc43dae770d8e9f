"""Back to a page of the desk after an act. Never: to another site."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseRedirect


def back(request: HttpRequest, url: str) -> HttpResponseRedirect:
    """To `next` when it is one of the desk's own addresses, else to `url`."""
    wanted = request.POST.get("next", "")
    return HttpResponseRedirect(wanted if wanted.startswith("/cases/") and "\\" not in wanted else url)
