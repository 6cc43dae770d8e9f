"""The rows of the doors, for whoever is signed in and whoever is not; the pages' place in the house."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from house.rows.cong import ROWS

from haidang.access.models import Account


@pytest.mark.parametrize("who", ["", "cong-dan", "lanh-dao", "don-vi-xu-ly"])
def test_the_same_for_everybody(people: dict[str, Any], who: str) -> None:
    client = Client()
    if who:
        client.force_login(Account.objects.get(name=who))
    for rows in ROWS.values():
        for url, expected in rows:
            assert client.get(url).status_code == next(iter(expected.values())), (who, url)
            assert client.head(url).status_code == next(iter(expected.values())), (who, url)


def test_nothing_is_sent_without_the_token_of_a_form(people: dict[str, Any]) -> None:
    strict = Client(enforce_csrf_checks=True)
    for url in ("/cong/gui", "/cong/PA000000-KHONGCO2/add", "/cong/PA000000-KHONGCO2/bao-tin"):
        assert strict.post(url, {"text": "x"}).status_code == 403


def test_pages_of_a_code_are_kept_by_nobody(case: Any, citizen: Client) -> None:
    answer = citizen.get(f"/cong/{case().code}")
    assert answer["Cache-Control"] == "private, no-store"
    assert "noindex" in answer["X-Robots-Tag"]
    assert "geolocation=(self)" in answer["Permissions-Policy"]


def test_the_help_names_the_channels_that_are_on(citizen: Client) -> None:
    from haidang.cases.models import Channel

    Channel.objects.create(desk="phan-anh.phan-anh", kind="zalo", on=True, settings={"oa_id": "4190000000000"})
    Channel.objects.create(desk="phan-anh.phan-anh", kind="sms", on=False, settings={"number": "8022"})
    page = citizen.get("/cong/tro-giup").content.decode()
    assert "https://zalo.me/4190000000000" in page
    assert "8022" not in page
    assert "tel:1022" in page
