"""Offices, accounts, import, reviews. Never: an address without a view behind it."""

from __future__ import annotations

from django.urls import URLPattern, path

from haidang.web.views import imports, offices, people, reviews

urlpatterns: list[URLPattern] = [
    path("people/", people.listing, name="people"),
    path("people.<slug:kind>", people.export, name="people-file"),
    path("people/new", people.new, name="person-new"),
    path("people/import", imports.upload, name="people-import"),
    path("people/import/template.xlsx", imports.template, name="people-template"),
    path("people/import/confirm", imports.confirm, name="people-confirm"),
    path("people/import/passwords", imports.passwords, name="people-passwords"),
    path("people/<str:name>", people.person, name="person"),
    path("people/<str:name>/<slug:act>", people.act, name="person-act"),
    path("offices/", offices.listing, name="offices"),
    path("offices/new", offices.new, name="office-new"),
    path("offices/seed", offices.seed, name="offices-seed"),
    path("offices/<str:key>", offices.office, name="office"),
    path("offices/<str:key>/<slug:act>", offices.act, name="office-act"),
    path("reviews/", reviews.listing, name="reviews"),
    path("reviews/open", reviews.start, name="review-open"),
    path("reviews/<int:number>", reviews.review, name="review"),
    path("reviews/<int:number>.<slug:kind>", reviews.export, name="review-file"),
    path("reviews/<int:number>/decide", reviews.decide, name="review-decide"),
    path("reviews/<int:number>/close", reviews.close, name="review-close"),
]
