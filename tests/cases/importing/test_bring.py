"""Cases of another program: their history by the one state machine, once each, senders sealed, faults told."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from haidang.cases.importing import Aside, Brought, FileMap, Happened, bring, mapping, rows
from haidang.cases.senders import Person
from haidang.words.errors import BadQuestion, Denied

pytestmark = pytest.mark.usefixtures("home")
DESK = "phan-anh.phan-anh"
SENT = datetime(2026, 9, 7, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))  # a Monday
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def home(db: None, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HAIDANG_HOME", str(tmp_path))
    settings.HOME = tmp_path
    return tmp_path


def one(outside: str = "1", **more: Any) -> Brought:
    said = {"channel": "web", "text": "Ổ gà lớn trước chợ", "sent_at": SENT, "category": "mat-duong", **more}
    return Brought(outside, **said)


def land(*brought: Brought) -> Any:
    from haidang.access import gate

    return bring(gate.operator(), DESK, brought)


def case(outside: str = "1") -> Any:
    from haidang.cases.models import Case

    return Case.objects.get(once=f"import:{DESK}:{outside}")


def acts(outside: str = "1") -> list[tuple[str, str, str]]:
    return list(case(outside).steps.values_list("act", "before", "after"))


def test_the_moments_make_the_history_and_the_clocks() -> None:
    done = land(one(assigned_at=SENT + HOUR, started_at=SENT + DAY, resolved_at=SENT + 2 * DAY, published_at=SENT + 3 * DAY, rating=3, result="Đã vá", office="so-xay-dung"))  # fmt: skip
    assert (done.read, done.landed, done.set_aside) == (1, 1, ())
    assert acts() == [
        ("open", "", "new"),
        ("assign", "new", "assigned"),
        ("start", "assigned", "in-progress"),
        ("finish", "in-progress", "approving"),
        ("approve", "approving", "resolved"),
        ("publish", "resolved", "published"),
        ("rate", "published", "published"),
    ]
    row = case()
    assert (row.state, row.rating, row.result, row.office, row.version) == ("published", 3, "Đã vá", "so-xay-dung", 7)
    assert row.due == datetime(2026, 9, 14, 17, 0, tzinfo=SENT.tzinfo)
    assert row.national_due == datetime(2026, 9, 28, 17, 0, tzinfo=SENT.tzinfo)
    assert (row.sent_at, row.resolved_at) == (SENT, SENT + 2 * DAY)


def test_published_results_are_found(people: dict[str, Any]) -> None:
    from haidang.access import gate
    from haidang.cases import reads
    from haidang.cases.reads import Sought

    land(one(resolved_at=SENT + DAY, published_at=SENT + DAY, result="Đã vá mặt đường"))
    found = reads.published(gate.public(), Sought(q="cho da va"))
    assert [line.number for line in found] == [case().pk]


@pytest.mark.parametrize(
    ("said", "state", "last"),
    [
        ({}, "new", "open"),
        ({"state": "received"}, "received", "receive"),
        ({"assigned_at": SENT}, "assigned", "assign"),
        ({"assigned_at": SENT, "state": "approving"}, "approving", "finish"),
        ({"state": "refused", "result": "Không thuộc thẩm quyền", "closed_at": SENT + DAY}, "refused", "refuse"),
        ({"state": "merged", "closed_at": SENT + DAY}, "merged", "merge"),
        ({"state": "asked", "closed_at": SENT + DAY}, "asked", "ask"),
    ],
)
def test_states_no_moment_tells(said: dict[str, Any], state: str, last: str) -> None:
    assert land(one(**said)).landed == 1
    assert (case().state, acts()[-1][0]) == (state, last)


def test_acts_besides_stop_and_move_the_clock() -> None:
    more = (
        Happened("ask", SENT + 2 * HOUR, "Ở km mấy?"),
        Happened("supply", SENT + 2 * DAY + 2 * HOUR, "Km 12"),
        Happened("extend", SENT + 3 * DAY, "Chờ vật liệu", due=SENT + 14 * DAY),
    )
    reopened = Happened("reopen", SENT + 6 * DAY, "Lại hỏng")
    land(one(assigned_at=SENT + HOUR, more=more))
    land(one("2", assigned_at=SENT + HOUR, resolved_at=SENT + 5 * DAY, more=(reopened,)))
    row = case()
    assert (row.extended, row.waited, row.due) == (1, 15 * 3600, SENT + 14 * DAY)
    assert (case("2").state, case("2").reopened, case("2").resolved_at) == ("assigned", 1, None)


def test_the_same_rows_again_change_nothing() -> None:
    from haidang.cases.models import Case, Step

    land(one(), one("2"))
    again = land(one(resolved_at=SENT + DAY), one("3"))
    assert (again.read, again.landed, again.unchanged) == (2, 1, 1)
    assert (Case.objects.count(), Step.objects.count(), case().state) == (3, 3, "new")


def test_duplicates_lead_to_the_case_they_repeat() -> None:
    land(one(), one("2", state="merged", duplicate_of="1"), one("3", state="merged", duplicate_of="99"))
    assert (case("2").into_id, case("3").into_id) == (case().pk, None)


WRONG = [
    ({"outside": " "}, "no-number"),
    ({"text": "  "}, "empty-report"),
    ({"channel": "fax"}, "unknown-channel"),
    ({"category": "khong-co"}, "unknown-category"),
    ({"state": "xong"}, "unknown-state"),
    ({"place": "99999"}, "unknown-place"),
    ({"sent_at": datetime(2199, 1, 1, tzinfo=SENT.tzinfo)}, "not-yet"),
    ({"assigned_at": SENT - DAY}, "before-sent"),
    ({"published_at": SENT + DAY}, "not-in-this-state"),
    ({"resolved_at": SENT + DAY, "state": "new"}, "other-state"),
    ({"more": (Happened("fly", SENT),)}, "unknown-act"),
    ({"public": False, "resolved_at": SENT, "published_at": SENT}, "may-not-publish"),
]


@pytest.mark.parametrize(("said", "code"), WRONG)
def test_a_faulty_row_is_set_aside_with_its_reason_and_the_rest_lands(said: dict[str, Any], code: str) -> None:
    from haidang.words.texts import texts

    bad = {"outside": "1", **said}
    done = land(one(bad.pop("outside"), **bad), one("2"))
    assert [aside.code for aside in done.set_aside] == [code]
    assert done.landed == 1
    assert f"case-aside.{code}" in texts()


def test_who_sent_one_is_sealed_and_one_row() -> None:
    from haidang.cases.models import Case, Sender

    person = Person(name="Nguyễn Văn An", phone="0912 345 678")
    land(*(one(str(n), text="Tôi là Nguyễn Văn An, số 0912345678", sender=person) for n in range(3)))
    assert Sender.objects.count() == 1
    plain = "".join(str(value) for row in (*Case.objects.values(), *Sender.objects.values()) for value in row.values())
    assert "0912" not in plain
    assert "Nguyễn Văn An" not in plain


def test_every_row_of_the_bench_lands(people: dict[str, Any]) -> None:
    """Also of categories that are never published."""
    from haidang.cases import bench
    from haidang.cases.models import Case

    assert bench.fill(DESK, 120) == 120
    assert Case.objects.filter(level__gt=0, published_at=None).exists()
    assert not Case.objects.filter(level__gt=1).exclude(published_at=None).exists()


def test_only_whoever_imports_may(people: dict[str, Any]) -> None:
    with pytest.raises(Denied):
        bring(people["truc-1022"], DESK, [one()])


# --- files


def read(text: str, how: FileMap | None, folder: Path) -> tuple[list[Brought], list[Aside]]:
    aside: list[Aside] = []
    file = folder / "viec.csv"
    file.write_text(text, "utf-8")
    return list(rows(file, how, aside.append)), aside


def test_columns_bear_the_fields_names_or_a_mapping_says_them(tmp_path: Path) -> None:
    plain = "outside,channel,text,sent_at,lat,urgent,sender.phone\n7,sms,Mất nước,2026-09-07T08:00:00+07:00,21.9,có,0912345678\n"
    found, aside = read(plain, None, tmp_path)
    assert found == [Brought("7", "sms", "Mất nước", SENT, lat=21.9, urgent=True, sender=Person(phone="0912345678"))]
    said = tmp_path / "map.yaml"
    said.write_text(
        'fields: {outside: "{So}", channel: import, text: "{Viec} tại {Noi}", sent_at: "{Ngay}", state: "{TT}"}\n'
        'values: {state: {Xong: resolved, "": ""}}\nhours: {sent_at: "08:00"}\n',
        "utf-8",
    )
    rough = (
        "So,Viec,Noi,Ngay,TT\n1,Rác,chợ,2026-09-07,Xong\n2,Rác,chợ,hôm qua,Xong\n3,Rác,chợ,2026-09-07,Lạ\n4,Rác,chợ,,\n"
    )
    found, aside = read(rough, mapping(said), tmp_path)
    assert found == [Brought("1", "import", "Rác tại chợ", SENT, state="resolved")]
    assert [(one.outside, one.code) for one in aside] == [
        ("2", "not-a-moment"),
        ("3", "unknown-value"),
        ("4", "no-moment"),
    ]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("fields: [", "map-unreadable"),
        ("values: {}", "map-unreadable"),
        ('fields: {outside: "{a}", channel: web, text: "{b}", sent_at: "{c}", mau: "{d}"}', "map-unknown"),
        ('fields: {outside: "{a}"}', "map-lacks"),
        ('fields: {outside: "{a}", channel: web, text: "{b}", sent_at: "{z}"}', "case-file-lacks"),
    ],
)
def test_a_mapping_that_does_not_fit_is_told(said: str, code: str, tmp_path: Path) -> None:
    file = tmp_path / "map.yaml"
    file.write_text(said, "utf-8")
    with pytest.raises(BadQuestion) as told:
        read("a,b,c,d\n1,2,3,4\n", mapping(file), tmp_path)
    assert told.value.code == code


def test_a_file_that_is_none_is_told(tmp_path: Path) -> None:
    broken = tmp_path / "viec.csv.gz"
    broken.write_bytes(b"no gzip at all")
    for file in (broken, tmp_path / "none.csv"):
        with pytest.raises(BadQuestion) as told:
            list(rows(file, None, [].append))
        assert told.value.code == "case-file-unreadable"
