"""Whoever sent reports asks what is held of them, and to be erased: by two pairs of eyes; the report stays, of nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from haidang.access import actions as access
from haidang.access import gate
from haidang.access.personal.subjects import actions as subjects
from haidang.access.personal.subjects import reads
from haidang.cases.actions import Person, Wanted, act, act_as_sender
from haidang.cases.erasing import actions as erasing
from haidang.cases.models import Call, Case, Message, Sender
from haidang.cases.reads import followed
from haidang.cases.senders import digest, seal
from haidang.words.errors import BadQuestion, Denied
from haidang.words.nouns import Actor, Grant, Level

from .conftest import DESK

Open = Callable[..., Case]
WHO = Person(name="Nguyễn Văn Thử", phone="0912345678", email="thu@vidu.vn")


@pytest.fixture
def two(people: dict[str, Actor]) -> tuple[Actor, Actor]:
    """Two who answer data subjects."""
    for name in ("truc-1022", "lanh-dao"):
        access.give(gate.operator(), Grant("", name, "personal", "*", "20", Level.PERSONAL))
    return people["truc-1022"], people["lanh-dao"]


@pytest.mark.parametrize("said", ["0912 345 678", "+84912345678", "THU@vidu.vn"])
def test_what_is_held_is_given(two: tuple[Actor, Actor], report: Open, said: str) -> None:
    case = report("Ổ gà, gọi 0912345678", sender=WHO)
    report("của người khác", sender=Person(phone="0912345670"))
    Call.objects.create(outside="c1", phone=seal("0912345678"), phone_digest=digest("phone", "0912345678"))
    found, _ = subjects.exported(two[0], said, "Đơn ngày 22/11/2026")
    assert [one.dataset for one in found] == [DESK]
    assert found[0].rows[0]["code"] == case.code
    assert found[0].rows[0]["text"] == "Ổ gà, gọi 0912345678"
    assert "0912345670" not in str(found)


def test_whoever_does_not_answer_subjects_finds_nothing(people: dict[str, Actor], report: Open) -> None:
    report(sender=WHO)
    for name in ("don-vi-xu-ly", "xa-dong-dang", "cong-dan", "cong-chung"):
        with pytest.raises(Denied):
            reads.find(people[name], "0912345678")


def test_erased_by_two_pairs_of_eyes(two: tuple[Actor, Actor], people: dict[str, Actor], report: Open) -> None:
    one, other = two
    case = report("Ổ gà, gọi 0912345678", sender=WHO)
    stays = report("của người khác", sender=Person(phone="0912345670"))
    Call.objects.create(outside="c1", phone=seal("0912345678"), phone_digest=digest("phone", "0912345678"))
    number = subjects.ask(one, "0912345678", "Đơn ngày 22/11/2026")
    since = report("gửi thêm sau khi có đơn", sender=Person(phone="84912345678"))
    with pytest.raises(BadQuestion, match="subject-own-request"):
        subjects.confirm(one, number)
    row, datasets = subjects.confirm(other, number)
    assert datasets == ()
    assert row.done["emptied"] == {DESK: 2}
    for gone in (case, since):
        kept = Case.objects.get(pk=gone.pk)
        assert (kept.sender_id, kept.raw) == (None, "")
        assert followed(kept.code).text in ("Ổ gà, gọi [số điện thoại]", "gửi thêm sau khi có đơn")
    assert Case.objects.get(pk=stays.pk).sender_id
    assert not Message.objects.filter(case__in=(case.pk, since.pk), state="due").exists()
    assert Call.objects.get().phone == ""
    assert set(Sender.objects.exclude(erased=None).values_list("name", "phone", "phone_digest", "key")) == {
        ("", "", "", None)
    }
    assert reads.find(one, "0912345678") == ()


def test_kept_as_long_as_the_desk_says(people: dict[str, Actor], report: Open) -> None:
    old, open_one, fresh = (report(f"số {n}", sender=Person(phone=f"091234560{n}")) for n in range(3))
    again = report("người cũ, việc mới", sender=Person(phone="0912345609"))
    ended = report("người cũ, việc cũ", sender=Person(phone="0912345609"))
    for case in (old, fresh, ended):
        act(people["truc-1022"], case.pk, Wanted("refuse", words="Không thuộc thẩm quyền"))
    past = timezone.now() - timedelta(days=3 * 365)
    Case.objects.filter(pk__in=(old.pk, open_one.pk, ended.pk)).update(changed=past)
    assert erasing.let_go(timezone.now()) == 1
    assert erasing.let_go(timezone.now()) == 0
    kept = dict(Case.objects.values_list("pk", "sender"))
    assert kept[old.pk] is None
    assert all(kept[one.pk] for one in (open_one, fresh, again, ended))
    assert act_as_sender(gate.public(), open_one.code, Wanted("add", words="thêm")).pk == open_one.pk


def test_the_page_finds_asks_and_confirms(
    two: tuple[Actor, Actor], report: Open, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Second factors are proven elsewhere."""
    from doors import enter

    from haidang.access.identity import reads as identity

    monkeypatch.setattr(identity, "owed", lambda account, session: "")
    settings.HOME = tmp_path
    report("Ổ gà, gọi 0912345678", sender=WHO)
    one, other = enter("truc-1022"), enter("lanh-dao")
    page = one.post("/subjects/find", {"identifier": "0912345678"})
    assert page.status_code == 200, page.get("Location")
    shown = page.content.decode()
    assert "Phản ánh hiện trường" in shown
    given = one.post("/subjects/export.xlsx", {"identifier": "0912345678", "why": "Đơn"})
    assert given.status_code == 200, given.content[:500]
    assert one.post("/subjects/erase", {"identifier": "0912345678", "why": "Đơn"}).status_code == 302
    number = reads.requests(two[0])[0].pk
    assert other.post(f"/subjects/{number}/confirm").status_code == 302
    assert not Case.objects.exclude(sender=None).exists()
