"""Addresses of the citizens' pages. Never: an address without a view behind it."""

from __future__ import annotations

from django.urls import URLPattern, path

from haidang.web.views.cong import app, follow, home, results, send

urlpatterns: list[URLPattern] = [
    path("cong/", home.home, name="cong"),
    path("cong/tro-giup", home.help_, name="cong-help"),
    path("cong/cua-toi", home.mine, name="cong-mine"),
    path("cong/gui", send.send, name="cong-send"),
    path("cong/theo-doi", follow.find, name="cong-find"),
    path("cong/ket-qua", results.listing, name="cong-results"),
    path("cong/ket-qua/<int:number>", results.result, name="cong-result"),
    path("cong/ket-qua/<int:number>/tep/<str:key>", results.file, name="cong-result-file"),
    path("cong/app.webmanifest", app.manifest, name="cong-manifest"),
    path("cong/sw.js", app.worker, name="cong-worker"),
    path("cong/phieu", app.ticket, name="cong-ticket"),
    path("cong/cho", app.waiting, name="cong-waiting"),
    path("cong/<str:code>", follow.follow, name="cong-follow"),
    path("cong/<str:code>/bao-tin", follow.push, name="cong-push"),
    path("cong/<str:code>/tep/<str:key>", follow.file, name="cong-file"),
    path("cong/<str:code>/<slug:act>", follow.act, name="cong-act"),
]
