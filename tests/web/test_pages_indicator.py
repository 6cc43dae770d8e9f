"""The page of one indicator, its records and its files, as people of the cast find them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

import pytest
from django.test import Client

from haidang.web import asking, sheets

As = Callable[[str], Client]
pytestmark = pytest.mark.django_db
BUDGET, PEOPLE, LIBRARY = "kinh-te-xa-hoi.thu-ngan-sach", "kinh-te-xa-hoi.dan-so-xa", "mau.luot-ban-doc"


def body(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, (path, answer.status_code, answer.content.decode()[:300])
    return answer.content.decode()


def test_everything_about_a_number_stands_on_its_page(as_: As) -> None:
    page = body(as_("lanh-dao"), f"/indicators/{BUDGET}")
    for words in (
        "tỷ đồng · năm 2014",
        "Con số này từ đâu",
        "ngan-sach.csv",
        "Chất lượng",
        "Định nghĩa",
        "chưa kiểm chứng",
        "Biết đến ngày",
        "Bản ghi gốc",
        "mọi lĩnh vực, đến mức hạn chế",
        "kế hoạch",
        "so cùng kỳ",
        'id="history-kinh-te-xa-hoi-thu-ngan-sach"',
    ):
        assert words in page, words


def test_the_page_is_one_pass(as_: As, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []
    real = asking.answer_many

    def counted(questions, who, **more):  # type: ignore[no-untyped-def]  # the face's own types
        calls.append(len(questions))
        return real(questions, who, **more)

    monkeypatch.setattr(asking, "answer_many", counted)
    client = as_("lanh-dao")
    for path in (f"/indicators/{BUDGET}?period=2013", "/indicators/", "/places/20"):
        calls.clear()
        body(client, path)
        assert len(calls) == 1, path


def test_any_two_periods_are_compared(as_: As) -> None:
    page = body(as_("lanh-dao"), f"/indicators/{BUDGET}?period=2013&compare=2011")
    assert "so 2011" in page
    assert '<option value="2013" selected>' in page


def test_a_value_rebuilt_over_a_merger_shows_its_parts(as_: As) -> None:
    page = body(as_("lanh-dao"), "/indicators/kinh-te-xa-hoi.dan-so-trung-binh?place=68&period=2015")
    assert "được dựng lại từ 3 địa bàn cũ" in page
    for name in ("Tỉnh Bình Thuận", "Tỉnh Đắk Nông", "Tỉnh Lâm Đồng"):
        assert name in page


def test_places_lead_down_to_the_same_indicator_there(as_: As) -> None:
    page = body(as_("lanh-dao"), f"/indicators/{PEOPLE}")
    assert f"/indicators/{PEOPLE}?place=06184" in page
    assert "/map/shapes/commune/20@1976-07-02.json" in page
    down = body(as_("lanh-dao"), f"/indicators/{PEOPLE}?place=06184")
    assert "Xã Đồng Đăng" in down
    assert f'href="/indicators/{PEOPLE}?place=20"' in down


def test_the_table_of_places_is_sorted_by_its_heads(as_: As) -> None:
    client = as_("lanh-dao")
    page = body(client, f"/indicators/{PEOPLE}?sort=name")
    rows = page[page.index('id="place-rows"') :]
    names = re.findall(r"<td><a[^>]*>([^<]+)</a>", rows)
    assert len(names) == 65
    assert names == sorted(names)
    assert 'aria-sort="ascending"' in page


def test_an_indicator_without_data_says_who_owes_it(as_: As) -> None:
    page = body(as_("lanh-dao"), "/indicators/giao-duc.so-giao-vien")
    assert "Đang chờ số liệu" in page
    assert "Sở Giáo dục và Đào tạo" in page


def test_the_day_it_was_known_by_leads_back_in_time(as_: As) -> None:
    page = body(as_("lanh-dao"), f"/indicators/{BUDGET}?as_of=2020-01-01")
    assert "01/01/2020" in page
    assert "tỷ đồng · năm 2014" not in page


@pytest.mark.parametrize("path", ["", "/records", "/data.csv", "/data.xlsx", "/records.csv", "/records.xlsx"])
def test_what_is_denied_is_absent_at_every_door(as_: As, path: str) -> None:
    for who in ("so-giao-duc", "quan-tri", ""):
        body(as_(who), f"/indicators/{BUDGET}{path}", 404)
    body(as_("xa-dong-dang"), f"/indicators/{PEOPLE}{path}?place=06187", 404)
    assert as_("xa-dong-dang").get(f"/indicators/{PEOPLE}{path}?place=06184").status_code == 200


def test_the_list_narrows_without_tones(as_: As) -> None:
    client = as_("lanh-dao")
    everything, found = body(client, "/indicators/"), body(client, "/indicators/?q=thu+ngan+sach")
    assert "Tổng thu ngân sách nhà nước" in found
    assert found.count("<tr>") < everything.count("<tr>") / 4
    assert "Không có chỉ tiêu nào như vậy" in body(client, "/indicators/?q=zzzz")
    assert BUDGET not in body(as_("so-giao-duc"), "/indicators/")


def test_the_list_narrows_to_what_has_data(as_: As) -> None:
    client = as_("lanh-dao")
    assert "đang chờ số" not in body(client, "/indicators/?data=yes")
    assert "giao-duc.so-giao-vien" in body(client, "/indicators/?data=no&pack=giao-duc")


def test_records_are_searched_sorted_and_paged(as_: As) -> None:
    client = as_("lanh-dao")
    page = body(client, f"/indicators/{PEOPLE}/records")
    assert "Trang 1/2" in page
    second = body(client, f"/indicators/{PEOPLE}/records?page=2")
    assert "Trang 2/2" in second
    assert "Xã Đồng Đăng" in body(client, f"/indicators/{PEOPLE}/records?q=06184")
    body(client, f"/indicators/{PEOPLE}/records?sort=khong_co", 400)


def test_files_hold_the_figures_and_their_source(as_: As) -> None:
    answer = as_("lanh-dao").get(f"/indicators/{BUDGET}/data.csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][0] == "Mục"
    assert any(row[0] == "Diễn biến" and row[1] == "2013" for row in rows)
    assert "attachment" in answer["Content-Disposition"]


def test_the_excel_file_has_a_sheet_of_sources(as_: As) -> None:
    from python_calamine import CalamineWorkbook

    answer = as_("lanh-dao").get(f"/indicators/{BUDGET}/records.xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    assert book.sheet_names == ["Bản ghi gốc", "Nguồn"]
    said = {row[0]: row[1] for row in book.get_sheet_by_name("Nguồn").to_python()}
    assert said["Giấy phép"] == "CC0"


def test_there_is_no_other_format(as_: As) -> None:
    body(as_("lanh-dao"), f"/indicators/{BUDGET}/data.exe", 404)


@pytest.mark.parametrize("risky", ["=1+1", "+84", "-2", "@SUM(A1)", "\tx"])
def test_a_text_that_begins_like_a_formula_is_made_harmless(risky: str) -> None:
    made = sheets.answer(sheets.Sheet("x", ["a"], [[risky], [-2.5]]), "csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(made)))
    assert rows[1] == [f"'{risky}"]
    assert rows[2] == ["-2.5"]


def test_pages_hold_no_inline_script_or_style(as_: As) -> None:
    client = as_("lanh-dao")
    for path in (f"/indicators/{BUDGET}", "/indicators/", f"/indicators/{PEOPLE}/records", "/places/60", "/sources/"):
        page = body(client, path)
        assert " style=" not in page, path
        assert not re.search(r"\son[a-z]+=", page), path


def test_every_text_of_the_pages_is_known(as_: As) -> None:
    """A code without a text would stand on the page as it is."""
    client = as_("lanh-dao")
    for language in ("vi", "en"):
        for path in (
            f"/indicators/{BUDGET}",
            "/indicators/",
            f"/indicators/{PEOPLE}/records",
            "/places/20",
            "/sources/",
        ):
            page = body(client, f"{path}?lang={language}")
            found = re.findall(
                r">\s*((?:fiche|catalogue|records|place|feed|run|mend|upload|tile|state)\.[a-z0-9-]+)", page
            )
            assert not found, (path, language, found)
