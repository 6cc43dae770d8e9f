"""`haidang cases act` and `haidang cases export`: what somebody does and takes away here is what the screen lets them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cases.conftest import DESK, play
from django.utils import timezone

from haidang.cli import exits
from haidang.cli.commands import cases as command
from haidang.cli.main import main
from haidang.words.nouns import Actor
from haidang.words.texts import text

UNIT, HEAD, OPERATOR = "don-vi-xu-ly", "so-xay-dung", "truc-1022"
ELSEWHERE = {"lat": None, "lon": None, "place": "06187"}
ASSIGN = ("assign", "--office", HEAD)
TELLS = ("Thử Canarina", "Canarina", "0912345678", "912 345", "canarina@bi-mat.vn", "Số 77")
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
COLUMNS = ("number", "state", "channel", "category", "title", "unit", "office", "urgent", "sent_at", "due", "rating")
NOTHING_HERE = text("no-grant")


class Said:
    """What `haidang cases …` gave: exit status, stdout, stderr."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *words: object) -> None:
        capsys.readouterr()
        self.status = main(("cases", *map(str, words)))
        self.out, self.err = capsys.readouterr()

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Say = Callable[..., Said]
Open = Callable[..., Any]


@pytest.fixture(autouse=True)
def people(db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Actor]:
    """The cast in an empty home."""
    monkeypatch.setenv("HAIDANG_HOME", str(tmp_path))
    monkeypatch.delenv("HAIDANG_DEBUG", raising=False)
    settings.HOME = tmp_path
    played: dict[str, Actor] = play(settings)
    return played


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    return lambda *words: Said(capsys, *words)


@pytest.fixture
def report() -> Open:
    """Opens a Case by the web form, of a sender known by everything, in Đồng Đăng."""
    from haidang.access import gate
    from haidang.cases.actions import Arrival, Person, open_case

    who = Person(
        name="Nguyễn Thử Canarina", phone="0912345678", email="canarina@bi-mat.vn", address="Số 77 ngõ Canarina"
    )

    def opened(words: str = "Ổ gà lớn trước chợ", **more: Any) -> Any:
        said: dict[str, Any] = {"category": "mat-duong", "lat": 21.94, "lon": 106.70, **more}
        return open_case(gate.public(), Arrival(DESK, "web", words, who, **said))

    return opened


@pytest.fixture
def assigned(report: Open, people: dict[str, Actor]) -> Any:
    """A Case of the unit, in a commune that is not Đồng Đăng."""
    from haidang.cases.actions import Wanted, act

    return act(people[OPERATOR], report(**ELSEWHERE).pk, Wanted("assign", office=HEAD))


def _stands(case: Any) -> tuple[Any, ...]:
    """The Case as it is in the database now, and how long its history is."""
    case.refresh_from_db()
    return case.state, case.version, case.changed, case.title, case.due, case.office, case.steps.count()


def test_each_does_their_part_from_the_first_word_to_the_last(say: Say, report: Open) -> None:
    from haidang.access.models import Trace
    from haidang.cases.models import Step

    case = report()
    first = say("act", case.pk, *ASSIGN, "--words", "Làm ngay", "--as", OPERATOR, "--json")
    assert (first.status, first.err) == (0, "")
    case.refresh_from_db()
    assert case.due
    assert first.json == {"number": case.pk, "state": "assigned", "version": 2, "due": str(case.due)}
    later = (
        (UNIT, "in-progress", ("start", "--version", 2)),
        (UNIT, "approving", ("finish", "--words", "Đã vá xong")),
        (HEAD, "resolved", ("approve",)),
        (OPERATOR, "published", ("publish",)),
        (OPERATOR, "published", ("rate", "--rating", 3)),
    )
    for who, state, words in later:
        said = say("act", case.pk, *words, "--as", who)
        assert (said.status, said.err) == (0, "")
        told = text("cli.case-acted", number=case.pk, state=text(f"case.state-{state}"))
        assert said.out.strip() == told
        assert _stands(case)[0] == state
    assert (case.office, case.result, case.rating, case.version) == (HEAD, "Đã vá xong", 3, 7)
    by = Step.objects.filter(case=case).values_list("act", "by")
    assert list(by) == [("open", ""), ("assign", OPERATOR), *((words[0], who) for who, _, words in later)]
    traced = Trace.objects.filter(action__startswith="case-").values_list("who", "door")
    assert sorted(set(traced)) == sorted((who, "cli") for who in (UNIT, HEAD, OPERATOR))


def test_what_is_put_right_and_put_off(say: Say, assigned: Any) -> None:
    fields = ("--set", "title=Ổ gà = nguy hiểm", "--set", "urgent=true", "--set", "category=")
    assert say("act", assigned.pk, "correct", *fields, "--as", OPERATOR).status == 0
    assigned.refresh_from_db()
    assert (assigned.title, assigned.urgent, assigned.category) == ("Ổ gà = nguy hiểm", True, "")
    due = timezone.localtime(assigned.due)
    extend = ("extend", "--words", "Mưa", "--as", UNIT, "--due")
    same = say("act", assigned.pk, *extend, f"{due:%Y-%m-%dT%H:%M}")
    assert (same.status, f"{due:%H:%M}" in same.err) == (exits.BAD_USE, True), "a moment without a zone is Việt Nam's"
    later = due + timedelta(minutes=1)
    assert say("act", assigned.pk, *extend, f"{later:%Y-%m-%dT%H:%M}").status == 0
    assigned.refresh_from_db()
    assert assigned.due == later


NOT_THEIRS = (
    (OPERATOR, ("start",)),
    ("lanh-dao", ("start",)),
    ("xa-dong-dang", ("start",)),
    ("so-y-te", ("start",)),
    ("cong-dan", ("note", "--words", "x")),
    ("cong-chung", ("note", "--words", "x")),
    (UNIT, ASSIGN),
    (UNIT, ("approve",)),
    (UNIT, ("publish",)),
    ("lanh-dao", ("correct", "--set", "title=x")),
)


def test_the_wrong_person_changes_nothing_and_learns_nothing(say: Say, assigned: Any) -> None:
    before = _stands(assigned)
    for who, words in NOT_THEIRS:
        for number in (assigned.pk, assigned.pk + 1000):
            said = say("act", number, *words, "--as", who, "--json")
            assert (said.status, said.out, said.err.strip()) == (exits.DENIED, "", NOTHING_HERE), (who, words)
        assert _stands(assigned) == before, (who, words)


NOT_NOW = (
    (HEAD, ("approve",), "not-in-this-state"),
    (OPERATOR, ("receive",), "not-in-this-state"),
    (OPERATOR, ("publish",), "not-in-this-state"),
    (OPERATOR, ("rate", "--rating", "3"), "not-in-this-state"),
    (UNIT, ("start", "--version", "1"), "case-changed"),
    (UNIT, ("note", "--words", "x", "--version", "99"), "case-changed"),
)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_cannot_be_done_now_says_so(say: Say, assigned: Any, language: str) -> None:
    before = _stands(assigned)
    for who, words, code in NOT_NOW:
        said = say("act", assigned.pk, *words, "--as", who, "--lang", language)
        assert (said.status, said.out) == (exits.BROKEN, ""), (who, words)
        assert said.err.startswith(text(code, language).partition("(")[0]), (who, words)
        assert "{" not in said.err
        assert _stands(assigned) == before, (who, words)


MISTAKES_OF_THE_UNIT = (
    (("bay",), "“bay”"),
    (("finish",), text("missing-words")),
    (("progress", "--words", "   "), text("missing-words")),
    (("note", "--words", "x" * 4001), "4001"),
    (("extend", "--words", "Mưa"), text("missing-due")),
    (("extend", "--words", "Mưa", "--due", "hôm nọ"), "“due”"),
    (("extend", "--words", "Mưa", "--due", "2020-01-01T10:00"), "10:00 01/01/2020"),
    (("extend", "--words", "Mưa", "--due", "9999-12-31T23:59:59"), "23:59 31/12/9999"),
    (("extend", "--words", "Mưa", "--due", "9999-12-31T23:59:59-11:00"), "“due”"),
    (("extend", "--words", "Mưa", "--due", "0001-01-01T00:00:00+14:00"), "“due”"),
    (("start", "--version", "x"), "--version"),
)
MISTAKES_OF_THE_DESK = (
    (("assign",), text("missing-office")),
    (("assign", "--office", "khong-co"), "“khong-co”"),
    (("merge",), text("missing-into")),
    (("correct", "--set", "mau=do"), "“mau”"),
    (("correct", "--set", "lat=abc"), "“lat”"),
    (("correct", "--set", "lat=999", "--set", "lon=106"), "“999.0, 106.0”"),
    (("correct", "--set", "urgent=co"), "“urgent”"),
    (("correct", "--set", "urgent"), "“urgent”"),
    (("correct", "--set", "category=khong-co"), "“khong-co”"),
    (("correct", "--set", "text="), text("empty-report")),
)


def test_bad_words_are_told_and_change_nothing(say: Say, assigned: Any) -> None:
    before, number = _stands(assigned), str(assigned.pk)
    into_itself = (("merge", "--into", number), f"“{number}”")
    tried = [(UNIT, *one) for one in MISTAKES_OF_THE_UNIT]
    tried += [(OPERATOR, *one) for one in (*MISTAKES_OF_THE_DESK, into_itself)]
    for who, words, part in tried:
        said = say("act", number, *words, "--as", who)
        assert (said.status, said.out) == (exits.BAD_USE, ""), (words, said.err)
        assert part in said.err, words
        assert "Traceback" not in said.err
        assert _stands(assigned) == before, words


def test_a_number_nobody_has_is_named_to_the_operator_of_the_machine(say: Say) -> None:
    for number in ("0", "-5", "4000", "9" * 30):
        said = say("act", number, "note", "--words", "x")
        assert (said.status, said.out) == (exits.BAD_USE, "")
        assert said.err.strip() == text("unknown-case", found=number[:20])
    assert say("act", "muoi", "start").status == exits.BAD_USE


def test_somebody_nobody_knows_is_told_who_is_meant(say: Say, assigned: Any) -> None:
    said = say("act", assigned.pk, "start", "--as", "don-vi-xu-l")
    assert (said.status, "don-vi-xu-ly" in said.err) == (exits.BAD_USE, True)


@pytest.fixture
def many(report: Open, people: dict[str, Actor]) -> list[Any]:
    """Cases of two communes, some of them of the unit, one of them urgent."""
    from haidang.cases.actions import Wanted, act

    opened = [report(f"Ổ gà số {number}", **(ELSEWHERE if number % 2 else {})) for number in range(5)]
    for case in opened[:3]:
        act(people[OPERATOR], case.pk, Wanted("assign", office=HEAD))
    act(people[OPERATOR], opened[0].pk, Wanted("correct", fields={"urgent": True}))
    return opened


def _rows(content: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content, newline="")))


LISTS: tuple[tuple[str, tuple[str, ...], int], ...] = (
    ("", (), 5),
    ("", ("--state", "new"), 2),
    (OPERATOR, (), 5),
    (OPERATOR, ("--q", "o ga so 3"), 1),
    (OPERATOR, ("--state", "assigned", "--urgent"), 1),
    (OPERATOR, ("--state", "new", "--state", "assigned", "--sort", "oldest"), 5),
    (OPERATOR, ("--place", "06187"), 2),
    ("lanh-dao", ("--office", HEAD, "--sort", "due"), 3),
    (UNIT, (), 3),
    (HEAD, ("--mine",), 3),
    ("xa-dong-dang", (), 3),
    ("so-y-te", (), 0),
    ("cong-dan", (), 0),
    ("cong-chung", (), 0),
)
"""Who, narrowed to what, and how many of `many` that is."""


@pytest.mark.usefixtures("many")
def test_the_file_holds_what_the_list_of_that_person_holds(
    say: Say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "AT_ONCE", 2)
    file = tmp_path / "danh-sach.csv"
    for who, narrowed, count in LISTS:
        words = (*narrowed, "--as", who) if who else narrowed
        listed = say("list", *words, "--json").json
        assert (listed["count"], len(listed["cases"])) == (count, count), words
        said = say("export", file, *words)
        assert (said.status, said.err, said.json) == (0, "", {"file": str(file), "count": count}), words
        assert file.read_bytes().startswith(b"\xef\xbb\xbf"), "Excel reads tones by this mark"
        found = _rows(file.read_text("utf-8-sig"))
        assert found == [{name: _plain(line[name]) for name in COLUMNS} for line in listed["cases"]], words
        assert _rows(say("export", "-", *words).out) == found, words


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def test_what_was_taken_away_is_traced(say: Say, many: list[Any], tmp_path: Path) -> None:
    from haidang.access.models import Trace

    assert say("export", tmp_path / "danh-sach.csv", "--as", UNIT).status == 0
    assert say("export", "-").status == 0
    traced = Trace.objects.filter(action="export").order_by("number")
    told = [("cases", "3 rows", "cli", UNIT), ("cases", f"{len(many)} rows", "cli", "operator")]
    assert list(traced.values_list("subject", "because", "door", "who")) == told


def test_nothing_of_the_sender_is_in_the_file(say: Say, report: Open, tmp_path: Path) -> None:
    told = "tôi là Nguyễn Thử Canarina, gọi 0912.345.678 hoặc canarina@bi-mat.vn, nhà Số 77 ngõ Canarina"
    case = report(f"Ổ gà: {told}", title=f"Ổ gà, {told}", address="gần nhà Nguyễn Thử Canarina, Số 77")
    for who in ((), ("--as", OPERATOR)):
        file = tmp_path / "danh-sach.csv"
        assert say("export", file, *who).json["count"] == 1
        content = file.read_text("utf-8-sig")
        assert str(case.pk) in content
        assert [one for one in (*TELLS, "0912.345.678", case.code) if one.casefold() in content.casefold()] == []


def test_a_spreadsheet_reckons_with_no_title(say: Say, report: Open, tmp_path: Path) -> None:
    from haidang.cases.models import Case

    titles = {}
    for begins in RISKY:
        number = report().pk
        titles[str(number)] = f'{begins}HYPERLINK("https://evil.example","xem")'
        Case.objects.filter(pk=number).update(title=titles[str(number)])
    plain = report("Ổ gà")
    file = tmp_path / "danh-sach.csv"
    assert say("export", file, "--as", OPERATOR).status == 0
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    guarded = {number: f"'{title}" for number, title in titles.items()}
    assert {row["number"]: row["title"] for row in rows} == {**guarded, str(plain.pk): plain.title}
    assert {row["office"] for row in rows} == {""}


MISTAKES_OF_EXPORT = (
    (("danh-sach.xlsx",), "“.xlsx”"),
    (("danh-sach.json",), "“.json”"),
    (("danh-sach.csv", "--state", "xong"), "xong"),
    (("danh-sach.csv", "--since", "hôm nọ"), "--since"),
    (("danh-sach.csv", "--place", "Khong Co Noi Nay"), "Khong Co Noi Nay"),
    (("danh-sach.csv", "--as", "truc-102"), OPERATOR),
)


def test_bad_words_leave_no_file(say: Say, report: Open, tmp_path: Path) -> None:
    report()
    for (name, *words), part in MISTAKES_OF_EXPORT:
        said = say("export", tmp_path / name, *words)
        assert (said.status, said.out) == (exits.BAD_USE, ""), (name, words)
        assert part in said.err, (name, words)
        assert "Traceback" not in said.err
        assert not (tmp_path / name).exists()
    assert say("export").status == exits.BAD_USE
