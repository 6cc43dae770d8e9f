"""Who opens which file: the house what belongs to its Cases, the sender their own, the public what was let out."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy
import pytest
from cases.files import pictures

from haidang.access import gate
from haidang.cases import reads as cases
from haidang.cases.actions import Wanted, act, act_as_sender
from haidang.cases.files import actions, reads
from haidang.cases.models import Call, Case, File
from haidang.words.errors import Absent, Denied

WAV = b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(40)


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path


def _photo() -> io.BytesIO:
    return pictures.photo(120, 90)


def _plated() -> io.BytesIO:
    scene, _ = pictures.plate(numpy.full((720, 1280, 3), 105, numpy.uint8), two_lines=True, width=200)
    return pictures.stream(scene)


def _absent(call: Callable[[], Any]) -> bool:
    with pytest.raises(Absent):
        call()
    return True


@pytest.fixture
def sent(report: Callable[..., Any]) -> tuple[Case, str, str]:
    """A Case with two photos of its sender: one of nobody, one with a plate."""
    keys = actions.keep_all(gate.public(), [("a.jpg", _photo()), ("b.jpg", _plated())])
    return report(files=keys), *keys


def _through(people: dict[str, Any], case: Case, **opened: Any) -> None:
    """From new to published."""
    act(people["truc-1022"], case.pk, Wanted("assign", office="so-xay-dung"))
    act(people["don-vi-xu-ly"], case.pk, Wanted("finish", words="Đã vá"))
    act(people["so-xay-dung"], case.pk, Wanted("approve"))
    act(people["truc-1022"], case.pk, Wanted("publish", **opened))


def test_the_house_opens_what_belongs_to_its_cases(people: dict[str, Any], sent: tuple[Case, str, str]) -> None:
    case, plain, _ = sent
    assert reads.opened(people["truc-1022"], plain)[0].is_file()
    assert reads.opened(people["lanh-dao"], plain, size="small")[1] == "image/jpeg"
    for name in ("don-vi-xu-ly", "cong-dan", "cong-chung"):
        assert _absent(lambda who=name: reads.opened(people[who], plain)), name
    act(people["truc-1022"], case.pk, Wanted("assign", office="so-xay-dung"))
    assert reads.opened(people["don-vi-xu-ly"], plain)[0].is_file()


def test_a_file_of_no_case_is_opened_by_whoever_kept_it(people: dict[str, Any]) -> None:
    own = actions.keep(people["truc-1022"], "a", _photo())
    other = actions.keep(gate.public(), "a", _photo())
    assert reads.opened(people["truc-1022"], own)
    assert _absent(lambda: reads.opened(people["don-vi-xu-ly"], own))
    assert _absent(lambda: reads.opened(people["truc-1022"], other))
    assert _absent(lambda: reads.opened(gate.public(), other))
    assert reads.waiting(people["truc-1022"], (other, own)) == (own,)


def test_a_voice_is_opened_for_a_purpose_alone(people: dict[str, Any], report: Callable[..., Any]) -> None:
    key = actions.keep(gate.public(), "cuoc-goi.wav", io.BytesIO(WAV), kind="record")
    case = report(files=(key,))
    operator = people["truc-1022"]
    with pytest.raises(Denied):
        reads.opened(operator, key)
    assert reads.opened(replace(operator, purpose="nghe lại cuộc gọi"), key)[1] == "audio/wav"
    with pytest.raises(Denied):
        reads.opened(replace(people["lanh-dao"], purpose="xem"), key)
    assert _absent(lambda: reads.of_code(case.code, key)), "a record holds the operator's voice too"
    assert key not in {one.key for one in cases.followed(case.code).files}


def test_the_sender_opens_their_own_and_what_they_may_read(
    people: dict[str, Any], sent: tuple[Case, str, str], report: Callable[..., Any]
) -> None:
    case, plain, plated = sent
    assert reads.of_code(case.code, plain)[0].is_file()
    assert reads.of_code(case.code, plated)[0] == reads.opened(people["truc-1022"], plated)[0], "it is their photo"
    assert _absent(lambda: reads.of_code(report().code, plain))
    operator, unit = people["truc-1022"], people["don-vi-xu-ly"]
    inner, after = (actions.keep(who, "x", _plated()) for who in (operator, unit))
    act(operator, case.pk, Wanted("note", words="nội bộ", files=(inner,)))
    act(operator, case.pk, Wanted("assign", office="so-xay-dung"))
    act(unit, case.pk, Wanted("finish", words="xong", files=(after,)))
    assert _absent(lambda: reads.of_code(case.code, inner))
    assert _absent(lambda: reads.of_code(case.code, after)), "not approved yet"
    act(people["so-xay-dung"], case.pk, Wanted("approve"))
    assert "blurred" in reads.of_code(case.code, after)[0].name
    assert {one.key for one in cases.followed(case.code).files} == {plain, plated, after}


def test_what_the_sender_adds_is_their_own(people: dict[str, Any], report: Callable[..., Any]) -> None:
    case = report()
    key = actions.keep(gate.public(), "x", _plated())
    act_as_sender(gate.public(), case.code, Wanted("add", words="thêm ảnh", files=(key,)))
    assert "blurred" not in reads.of_code(case.code, key)[0].name


def test_a_result_shows_what_was_let_out_and_nobody_can_be_told_on(
    people: dict[str, Any], sent: tuple[Case, str, str]
) -> None:
    case, plain, plated = sent
    _through(people, case, open_files=(plain, plated))
    public = gate.public()
    assert [one.key for one in cases.result(public, case.pk).files] == [plain]
    assert reads.of_result(public, case.pk, plain)[0].is_file()
    assert _absent(lambda: reads.of_result(public, case.pk, plated))
    assert _absent(lambda: reads.of_result(public, case.pk + 1, plain))
    File.objects.filter(key=plated).update(open=True)
    assert _absent(lambda: reads.of_result(public, case.pk, plated)), "even where a row says so"
    act(people["truc-1022"], case.pk, Wanted("withdraw", words="xem lại"))
    assert _absent(lambda: reads.of_result(public, case.pk, plain))


def test_the_desk_judges_what_the_machine_saw(people: dict[str, Any], sent: tuple[Case, str, str]) -> None:
    case, plain, plated = sent
    operator = people["truc-1022"]
    actions.judge(operator, plated, clear=True)
    actions.judge(operator, plain, clear=False)
    _through(people, case, open_files=(plain, plated))
    assert [one.key for one in cases.result(gate.public(), case.pk).files] == [plated]
    actions.judge(operator, plated, clear=False)
    assert not cases.result(gate.public(), case.pk).files
    with pytest.raises(Denied):
        actions.judge(people["lanh-dao"], plated, clear=True)


def test_a_key_that_is_none_opens_nothing(people: dict[str, Any]) -> None:
    for key in ("", "../../db.sqlite3", "0" * 32):
        assert _absent(lambda key=key: reads.opened(people["truc-1022"], key))
    assert not Call.objects.exists()
