"""Purging, and erasing: a person's data is emptied in the newest rows, in looks into the past, on the disk."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.conf import settings

from haidang.access import gate
from haidang.access.personal import digests
from haidang.catalog import declared as catalog
from haidang.intake import actions
from haidang.intake.erasing import actions as erasing
from haidang.intake.models import MendRule, Run
from haidang.store import upkeep
from haidang.words.errors import IntakeStopped
from haidang.words.nouns import Actor
from haidang.words.people import digest, key_of
from tests.intake.conftest import OFFICER, Centre

KEY = "thu.khach"
PERSON, OTHER = "012345678901", "098765432109"
HEAD = "so,cccd,ten,ngay,diem"
DATASET = """\
dataset: khach
title: {vi: Khách, en: Guests}
level: internal
person: {id: [cccd], erase: allowed, basis: {vi: Luật, en: Law}}
key: [so]
period: ngay
grain: day
columns:
  so: {type: integer, required: true, title: {vi: Số, en: Number}}
  cccd: {type: text, level: personal, mask: id-number, title: {vi: CCCD, en: Id}}
  ten: {type: text, level: personal, mask: name, title: {vi: Tên, en: Name}}
  ngay: {type: date, required: true, title: {vi: Ngày, en: Day}}
  diem: {type: integer, min: 0, max: 10, title: {vi: Điểm, en: Points}}
"""


@pytest.fixture
def guests(centre: Centre) -> Centre:
    declare(centre, DATASET)
    centre.land(KEY, HEAD, f"1,{PERSON},Lò Văn Một,2026-01-05,5", f"2,{OTHER},Vừ A Hai,2026-01-05,6", name="mot.csv")
    centre.land(
        KEY, HEAD, f"1,{PERSON},Lò Văn Một,2026-01-05,7", f"3,{PERSON},Lò Văn Một,2026-02-05,99", name="hai.csv"
    )
    return centre


def declare(centre: Centre, text: str) -> None:
    (centre.packs / "thu/datasets/khach.yaml").write_text(text, "utf-8")
    catalog.forget()


def erase(centre: Centre, person: str = PERSON) -> str:
    run = erasing.erase(OFFICER, KEY, [digests.digest(person)], name="yêu cầu 1")
    actions.land(run)
    return run


def held(centre: Centre, word: str = PERSON) -> list[str]:
    """Files of the home the word stands in, plainly or in a Parquet file's own text."""
    files = [file for folder in ("lake", "raw") for file in (centre.home / folder).rglob("*") if file.is_file()]
    return [str(file.relative_to(centre.home)) for file in files if word.encode() in file.read_bytes()]


def test_the_rows_stay_and_what_is_personal_goes(guests: Centre) -> None:
    erase(guests)
    rows = {row["so"]: row for row in guests.facts(KEY)}
    assert (rows[1]["cccd"], rows[1]["ten"], rows[1]["diem"]) == (None, None, 7)
    assert (rows[2]["cccd"], rows[2]["ten"]) == (OTHER, "Vừ A Hai")
    (reject,) = guests.rejects(dataset=KEY)
    assert (reject["raw"], reject["found"], reject["state"]) == (None, None, "erased")
    assert guests.rejects(dataset=KEY, state="open") == []


def test_a_look_into_the_past_brings_nobody_back(guests: Centre) -> None:
    before = guests.lake.snapshot()
    who = Actor(gate.operator().name, "operator", purpose="khan-cap")

    def seen(snapshot: int) -> dict[str, object]:
        return {row["cccd"]: row["ten"] for row in gate.fetch(gate.rows(who, KEY, snapshot=snapshot).table)}

    def aside(snapshot: int) -> list[str | None]:
        rows = gate.fetch(gate.ledger(who, "rejects", snapshot=snapshot, clear=True).table)
        return [row["raw"] for row in rows if row["dataset"] == KEY]

    assert PERSON in seen(before)
    assert PERSON in str(aside(before))
    erase(guests)
    for snapshot in range(before - 1, guests.lake.snapshot() + 1):
        assert seen(snapshot) == {None: None, OTHER: "Vừ A Hai"}, snapshot
        assert PERSON not in str(aside(snapshot))
    assert OTHER in str(guests.facts(KEY, before)), "the store itself still has the old snapshot: purge lets it go"


def test_raw_bytes_go_and_their_runs_say_so(guests: Centre) -> None:
    assert [name for name in held(guests) if name.startswith("raw/")]
    run = erase(guests)
    assert not [name for name in held(guests) if name.startswith("raw/")]
    for row in Run.objects.filter(dataset=KEY, kind="file"):
        assert (row.path, row.log[-1]["code"], row.log[-1]["by"]) == ("", "raw-erased", run)
    assert not held(guests, digest(PERSON, "")), "digests are keyed"


def test_a_later_file_that_said_nothing_new_goes_too(guests: Centre) -> None:
    again = guests.land(
        KEY, HEAD, f"1,{PERSON},Lò Văn Một,2026-01-05,7", f"4,{OTHER},Vừ A Hai,2026-03-05,1", name="ba.csv"
    )
    assert (again.unchanged, again.landed) == (1, 1)
    erase(guests)
    assert not [name for name in held(guests) if name.startswith("raw/")]


def test_another_persons_bytes_before_them_stay(centre: Centre) -> None:
    declare(centre, DATASET)
    centre.land(KEY, HEAD, f"2,{OTHER},Vừ A Hai,2026-01-05,6", name="mot.csv")
    centre.land(KEY, HEAD, f"1,{PERSON},Lò Văn Một,2026-01-05,5", name="hai.csv")
    erase(centre)
    assert [name for name in held(centre, OTHER) if name.startswith("raw/")]


def test_purging_takes_the_bytes_off_the_disk(guests: Centre) -> None:
    erase(guests)
    gone = upkeep.purge()
    assert gone.snapshots > 0
    assert held(guests) == []
    assert not held(guests, "Lò Văn Một")
    rows = {row["so"]: row for row in guests.facts(KEY)}
    assert rows[2]["cccd"] == OTHER, "what was not asked for is still there"
    assert guests.land(KEY, HEAD, f"5,{OTHER},Vừ A Hai,2026-04-05,6", name="sau.csv").landed == 1


def test_twice_is_once_and_another_is_untouched(guests: Centre) -> None:
    run = erase(guests)
    assert actions.land(run).repeated
    assert erasing.erase(OFFICER, KEY, ["0" * 64], name="không ai")
    assert Run.objects.get(pk=run).superseded == 1


def test_what_law_keeps_is_not_erased(centre: Centre) -> None:
    declare(centre, DATASET.replace("allowed", "kept"))
    with pytest.raises(IntakeStopped) as stopped:
        erasing.erase(OFFICER, KEY, [digests.digest(PERSON)], name="x")
    assert stopped.value.code == "not-to-be-erased"


def test_rules_that_quote_the_person_go(guests: Centre) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    for found in (PERSON, "sai"):
        MendRule.objects.create(dataset=KEY, column="cccd", found=found, becomes="", actor="x", made_at=now)
    erase(guests)
    assert [rule.found for rule in MendRule.objects.filter(dataset=KEY)] == ["sai"]


def test_what_is_too_old_is_emptied_then_dropped(guests: Centre) -> None:
    actions.land(erasing.retain(OFFICER, KEY, personal=date(2026, 2, 1), rows=None))
    assert {row["so"]: row["cccd"] for row in guests.facts(KEY)} == {1: None, 2: None}
    guests.land(KEY, HEAD, f"7,{OTHER},Vừ A Hai,2026-03-05,1", name="bay.csv")
    actions.land(erasing.retain(OFFICER, KEY, personal=None, rows=date(2026, 2, 1)))
    assert {row["so"]: row["cccd"] for row in guests.facts(KEY)} == {7: OTHER}


def test_the_key_is_the_centres_own() -> None:
    assert digests.key() == key_of(settings.SECRET_KEY) != key_of("khác")


LETTERS = """\
dataset: thu-tu
title: {vi: Văn bản, en: Letters}
key: [so]
period: ngay
grain: day
columns:
  so: {type: integer, required: true, title: {vi: Số, en: Number}}
  trich_yeu: {type: text, title: {vi: Trích yếu, en: Subject}}
  do_mat: {type: text, title: {vi: Độ mật, en: Secrecy}}
  ngay: {type: date, required: true, title: {vi: Ngày, en: Day}}
checks:
  - {kind: not-secret, column: do_mat}
"""


def test_a_state_secret_is_refused_and_nothing_of_it_kept(centre: Centre) -> None:
    (centre.packs / "thu/datasets/thu-tu.yaml").write_text(LETTERS, "utf-8")
    catalog.forget()
    lines = ["1,Họp giao ban,Thường,2026-01-05", "2,Kế hoạch KV7,Tối mật,2026-01-05", "3,Kế hoạch KV8,MẬT,không rõ"]
    done = centre.land("thu.thu-tu", "so,trich_yeu,do_mat,ngay", *lines, "4,Mật ong rừng,,2026-01-06")
    assert (done.landed, done.reasons) == (2, {"not-secret": 2})
    assert {row["so"] for row in centre.facts("thu.thu_tu")} == {1, 4}
    assert [(row["raw"], row["found"], row["code"]) for row in centre.rejects()] == [("{}", "", "not-secret")] * 2
    assert held(centre, "KV7") + held(centre, "KV8") == []
    run = Run.objects.get(pk=done.run)
    assert (run.path, run.log[-1]["code"]) == ("", "secret-refused")
