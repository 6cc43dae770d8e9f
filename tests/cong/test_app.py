"""What makes it an app: manifest, worker under its own scope, tickets for forms kept without a network, headings."""

from __future__ import annotations

import json
import re

from django.test import Client

from haidang.web import cong
from haidang.web.templatetags.haidang import built_files


def test_the_manifest_is_enough_to_be_installed(citizen: Client) -> None:
    answer = citizen.get("/cong/app.webmanifest")
    said = json.loads(answer.content)
    assert answer["Content-Type"].startswith("application/manifest+json")
    assert said["scope"] == said["id"] == "/cong/"
    assert said["start_url"].startswith("/cong/")
    assert said["display"] == "standalone"
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in said["icons"]}
    for icon in said["icons"]:
        from django.contrib.staticfiles import finders

        assert finders.find(icon["src"].removeprefix("/static/")), icon


def test_the_worker_stands_under_its_scope_and_imports_nothing(citizen: Client) -> None:
    answer = citizen.get("/cong/sw.js")
    source = answer.content.decode()
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "no-cache"
    assert built_files("cong/sw"), "the browser files are not built"
    assert not re.search(r"\bimport\b|importScripts", source)
    kept = json.loads(source.partition("self.KEPT=")[2].partition(";\n")[0])
    for page in kept["pages"]:
        assert citizen.get(page).status_code == 200
    assert not any("PA2" in page for page in kept["pages"])


def test_a_ticket_for_a_kept_form_keeps_its_key(citizen: Client) -> None:
    key = "5f0c1c54-9a32-4f9b-8f1e-0d9a6f3b2a11"
    said = citizen.get("/cong/phieu", {"once": key}).json()
    assert said["once"] == key
    assert said["ticket"].startswith(f"{key}.")
    assert said["csrf"]


def test_a_page_may_ask_where_one_stands_and_for_nothing_else() -> None:
    from haidang.site.headers import always

    house = dict(always())[b"permissions-policy"].decode().replace("geolocation=()", "geolocation=(self)")
    house = house.replace("camera=()", "camera=(self)")
    assert house == cong.POLICY


def test_what_a_worker_needs_the_policy_allows() -> None:
    from django.conf import settings

    said = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert "'self'" in said["worker-src"]
    assert "'self'" in said["manifest-src"]
    assert "'unsafe-inline'" not in said["script-src"]
