"""Files of Cases and what is suggested for them. Never: an address without a view behind it."""

from __future__ import annotations

from django.urls import URLPattern, path

from haidang.web.views.cases import files, suggest

urlpatterns: list[URLPattern] = [
    path("cases/suggest", suggest.offers, name="case-suggest"),
    path("cases/files/<slug:key>", files.file, name="case-file"),
    path("cases/files/<slug:key>/judge", files.judge, name="case-file-judge"),
]
