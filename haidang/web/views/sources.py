"""Every source with its freshness, its promise and what it last sent. Never: judges a source (intake does)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from haidang.web import feeds, page
from haidang.web.doors import door


@door
def listing(request: HttpRequest) -> HttpResponse:
    """The sources of the datasets one may see or feed, and the newest runs."""
    seen = page.visit(request)
    found = feeds.feeds(seen)
    late = sum(feed.state == "warn" for feed in found)
    return page.render(request, "sources", seen, feeds=found, late=late, runs=feeds.runs(seen))
