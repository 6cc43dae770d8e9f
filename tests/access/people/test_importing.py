"""Accounts from a table: every fault named with sheet, row and column; nothing written before; twice is once."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
import xlsxwriter

from haidang.access import gate
from haidang.access.models import Account
from haidang.access.people import actions as people
from haidang.access.people.importing import actions
from haidang.access.people.importing.judged import CHANGE, NEW, SAME, WRONG, Judge
from haidang.access.people.importing.table import MOST_ROWS, Table, read
from haidang.words.errors import BadQuestion

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people_alone")]
HEADS = ("Tên tài khoản", "Họ và tên", "Đơn vị", "Chức vụ", "Điện thoại", "Thư điện tử", "Loại tài khoản")
AN = ("bs-an", "Trần Văn An", "Sở Y tế", "Chuyên viên", 912345678, "an@example.vn", "tác nghiệp")


def book(*rows: Sequence[object], heads: Sequence[object] = HEADS, sheet: str = "Cán bộ") -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        page = made.add_worksheet(sheet)
        for number, row in enumerate((("Danh sách cán bộ",), heads, *rows)):
            page.write_row(number, 0, row)
        made.add_worksheet("Cách ghi").write_row(0, 0, ("không phải bảng", "này"))
    return out.getvalue()


def table(*rows: Sequence[object]) -> Table:
    return read(book(*rows), "a.xlsx")


def faults(by: str, *rows: Sequence[object]) -> set[tuple[str, int, str, str]]:
    judged = Judge(gate.actor(by), table(*rows)).judged()
    return {(one.row.sheet, one.row.number, one.field, one.problem.code) for one in judged.faults}


def test_a_workbook_is_read_with_its_own_row_numbers() -> None:
    found = table(AN)
    (row,) = found.rows
    assert (row.sheet, row.number) == ("Cán bộ", 3)
    assert row.said["phone"] == "912345678"
    assert found.headings["office"] == "Đơn vị"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_as_excel_saves_it(separator: str, encoding: str) -> None:
    text = "\n".join(separator.join(line) for line in (("Họ tên", "Tài khoản"), ("Lê Bình", "bs-binh")))
    assert read(text.encode(encoding), "a.csv").rows[0].said == {"holder": "Lê Bình", "name": "bs-binh"}


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.csv", "people-no-headings"),
        (b"mot,hai\n1,2\n", "a.csv", "people-no-headings"),
        ("Tên tài khoản,Họ và tên\n".encode(), "a.csv", "people-no-rows"),
        ("Tài khoản,Họ tên\nb,Bé\n".encode("cp1258", "replace") + b"\xc3\x28\xff", "a.csv", "people-file-encoding"),
        (b"PK\x03\x04 hong", "a.xlsx", "people-file-unreadable"),
        (b"x" * (2 * 1024 * 1024 + 1), "a.csv", "people-file-large"),
        (("Tài khoản,Họ tên\n" + "a,b\n" * (MOST_ROWS + 1)).encode(), "a.csv", "people-many-rows"),
    ],
)
def test_a_file_that_cannot_be_is_refused_in_words(content: bytes, name: str, code: str) -> None:
    with pytest.raises(BadQuestion, match=code):
        read(content, name)


def test_a_sheet_that_claims_to_be_enormous_is_refused() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        page = made.add_worksheet()
        page.write_row(0, 0, HEADS)
        page.write(1_048_575, 16_383, "x")
    with pytest.raises(BadQuestion, match="people-file-unreadable"):
        read(out.getvalue(), "a.xlsx")


def test_formulas_are_text() -> None:
    (row,) = read(book(("bs-an", '=HYPERLINK("http://x")', "so-y-te")), "a.xlsx").rows
    assert row.said["holder"] == "0"  # the value saved with it; nothing is computed here


def test_every_fault_is_told_with_its_cell() -> None:
    found = faults(
        "quan-tri-y-te",
        ("Sai Tên", "", "Sở Giáo dục và Đào tạo", "???", "12", "không", "sếp"),
        ("import", "B", "so-y-te"),
        ("bs-hai", "Hai", "so-y-te", "", "0911111111"),
        ("bs-hai", "Hai Lần", "so-y-te"),
        ("bs-ba", "Hai", "so-y-te", "", "0911111111"),
        ("so-giao-duc", "Của Người Khác", "so-y-te"),
        ("bs-bon", "Bốn", "so-y-te", "", "", "", "quản trị"),
    )
    assert found == {
        ("Cán bộ", 3, "name", "people-cell-name"),
        ("Cán bộ", 3, "holder", "people-cell-missing"),
        ("Cán bộ", 3, "office", "people-cell-office"),
        ("Cán bộ", 3, "post", "people-cell-post"),
        ("Cán bộ", 3, "phone", "people-cell-phone"),
        ("Cán bộ", 3, "email", "people-cell-email"),
        ("Cán bộ", 3, "use", "people-cell-use"),
        ("Cán bộ", 4, "name", "people-cell-name"),
        ("Cán bộ", 5, "name", "people-cell-twice"),
        ("Cán bộ", 5, "holder", "people-cell-person-twice"),
        ("Cán bộ", 6, "name", "people-cell-twice"),
        ("Cán bộ", 7, "holder", "people-cell-person-twice"),
        ("Cán bộ", 8, "", "name-taken"),
        ("Cán bộ", 9, "", "admin-only"),
    }


def test_judging_writes_nothing() -> None:
    before = Account.objects.count()
    judged = Judge(gate.actor("quan-tri-y-te"), table(AN)).judged()
    assert [verdict.does for verdict in judged.verdicts] == [NEW]
    assert Account.objects.count() == before


def test_the_same_table_twice_is_once() -> None:
    by = gate.actor("quan-tri-y-te")
    first = actions.bring(by, table(AN, ("so-y-te", "Lương Thị Hạnh", "Sở Y tế")))
    assert (first.opened, first.changed, first.faults) == (("bs-an",), ("so-y-te",), ())
    account = Account.objects.get(name="bs-an")
    assert (account.phone, account.post, account.title) == ("0912345678", "chuyen-vien", "Trần Văn An")
    assert not account.has_usable_password()
    again = actions.bring(by, table(AN, ("so-y-te", "Lương Thị Hạnh", "Sở Y tế")))
    assert (again.opened, again.changed, again.same) == ((), (), 2)


def test_an_empty_cell_leaves_what_is() -> None:
    by = gate.actor("quan-tri-y-te")
    actions.bring(by, table(AN))
    judged = Judge(by, table(("bs-an", "Trần Văn An", "", "", "", "", ""))).judged()
    assert [verdict.does for verdict in judged.verdicts] == [SAME]
    moved = Judge(by, table(("bs-an", "Trần Văn An", "so-y-te-nghiep-vu"))).judged().verdicts[0]
    assert (moved.does, moved.changed) == (CHANGE, ("office",))


def test_sound_rows_come_in_beside_faulty_ones() -> None:
    report = actions.bring(gate.actor("quan-tri-y-te"), table(AN, ("bs-hai", "Hai", "đâu đó")))
    assert report.opened == ("bs-an",)
    assert [fault.problem.code for fault in report.faults] == ["people-cell-office"]


def test_the_preview_is_the_same_persons_and_unchanged() -> None:
    by, other = gate.actor("quan-tri-y-te"), gate.actor("quan-tri")
    seal = actions.sealed(by, table(AN))
    assert actions.unsealed(by, seal) == table(AN)
    for who, what in ((other, seal), (by, seal[:-2] + "xx"), (by, "")):
        with pytest.raises(BadQuestion, match="people-seal"):
            actions.unsealed(who, what)


def test_first_passwords_are_taken_once() -> None:
    by = gate.actor("quan-tri-y-te")
    report = actions.bring(by, table(AN, ("bs-hai", "Hai", "so-y-te")))
    people.new_password(by, "bs-hai")
    seal = actions.sealed_names(by, report.opened)
    made = dict(actions.first_passwords(by, seal))
    assert list(made) == ["bs-an"]  # the other has one already
    account = Account.objects.get(name="bs-an")
    assert account.check_password(made["bs-an"])
    assert account.must_change
    with pytest.raises(BadQuestion, match="people-passwords-taken"):
        actions.first_passwords(by, seal)


def test_a_disabled_account_is_not_brought_back_by_a_table() -> None:
    by = gate.actor("quan-tri-y-te")
    actions.bring(by, table(AN))
    people.disable(by, "bs-an", "nghỉ")
    judged = Judge(by, table(AN)).judged()
    assert [verdict.does for verdict in judged.verdicts] == [WRONG]
    assert judged.faults[0].problem.code == "people-cell-disabled"
