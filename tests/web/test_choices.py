"""What a person chose lives in the URL; what is wrong is refused, language and theme never are."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import RequestFactory

from haidang.web import switches
from haidang.web.choices import Choice, chosen
from haidang.web.views.places import back_with
from haidang.words.errors import BadQuestion

TODAY = date(2026, 11, 20)


def test_defaults_leave_the_address_bare() -> None:
    assert Choice("/boards/y-te").url() == "/boards/y-te"


def test_the_address_holds_every_choice() -> None:
    choice = Choice("/", place="68@2024", period="2018-Q3", compare="plan", as_of=TODAY)
    assert choice.url() == "/?place=68@2024&period=2018-Q3&compare=plan&as_of=2026-11-20"
    assert choice.url("/map/", period="latest") == "/map/?place=68@2024&compare=plan&as_of=2026-11-20"


def test_reading_gives_back_what_was_written() -> None:
    choice = Choice("/", place="20", period="2014..2016", compare="2010", as_of=TODAY, indicator="a.b")
    assert chosen(RequestFactory().get(choice.url())) == choice


@pytest.mark.parametrize("query", ["period=năm+nay", "compare=xưa", "as_of=31/02/2020", "period=2018-13"])
def test_nonsense_is_refused(query: str) -> None:
    with pytest.raises(BadQuestion):
        chosen(RequestFactory().get(f"/?{query}"))


def test_unknown_language_and_theme_fall_back() -> None:
    choice = chosen(RequestFactory().get("/?lang=xx&theme=pink"))
    assert (choice.language, choice.theme) == ("vi", "auto")


def test_language_comes_from_the_persons_cookie_not_from_the_browser() -> None:
    request = RequestFactory().get("/", headers={"accept-language": "en"})
    assert chosen(request).language == "vi"
    request.COOKIES["haidang_language"] = "en"
    assert chosen(request).language == "en"


def test_choosing_a_grain_stays_where_the_data_is() -> None:
    found = switches.periods(Choice("/"), TODAY, newest="2010-12")
    assert [way.url for way in found.grains] == ["/", "/?period=2010-12", "/?period=2010-Q4", "/?period=2010"]
    assert found.earlier is None


def test_stepping_to_the_neighbours() -> None:
    found = switches.periods(Choice("/", period="2018-Q1"), TODAY)
    assert found.name == "Quý I/2018"
    assert found.earlier is not None
    assert found.later is not None
    assert (found.earlier.url, found.later.url) == ("/?period=2017-Q4", "/?period=2018-Q2")


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/x", "javascript:alert(1)", "", "/\\evil"])
def test_a_search_leads_back_only_to_pages_of_our_own(back: str) -> None:
    assert back_with(back, "20") == ""


def test_a_search_changes_the_place_alone() -> None:
    assert back_with("/boards/y-te?place=01&period=2010", "20") == "/boards/y-te?place=20&period=2010"
