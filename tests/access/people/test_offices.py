"""The tree of offices: seeded from the register, changed by those who may, closed when empty."""

from __future__ import annotations

import pytest

from haidang.access import gate
from haidang.access.models import Account, Office
from haidang.access.people.offices import actions, reads
from haidang.access.people.offices.actions import Named
from haidang.words.errors import Absent, BadQuestion, Denied

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people_alone")]


def test_the_communes_of_the_province_have_their_committees() -> None:
    Office.objects.filter(key__startswith="xa-").exclude(key="xa-06184").delete()
    assert actions.seed(gate.operator()) == 64
    assert actions.seed(gate.operator()) == 0
    found = {one.key: one for one in reads.offices()}
    assert found["xa-06184"].name.vi == "UBND xã Đồng Đăng"
    assert found["xa-06184"].above == "ubnd-tinh"
    assert found["xa-06184"].place.startswith("06184@")
    assert found["ubnd-tinh"].head == "lanh-dao"  # what stands is left as it is


def test_the_tree_counts_what_lies_inside() -> None:
    found = {one.key: one for one in reads.offices()}
    assert found["so-y-te"].people == 1
    assert found["so-y-te"].inside == 2
    assert found["ubnd-tinh"].inside == Account.objects.filter(is_active=True).exclude(office=None).count()
    assert found["so-y-te-van-phong"].path == ("ubnd-tinh", "so-y-te", "so-y-te-van-phong")
    keys = list(found)
    assert keys.index("so-y-te") < keys.index("so-y-te-van-phong")


def test_a_keeper_makes_divisions_of_his_own_and_moves_none() -> None:
    keeper = gate.actor("quan-tri-y-te")
    actions.set_office(keeper, Named("so-y-te-moi", "Phòng mới", above="so-y-te"), new=True)
    actions.set_office(keeper, Named("so-y-te-moi", "Phòng Tổ chức", above="so-y-te"))
    for said in (
        Named("so-moi", "Sở mới", above="ubnd-tinh"),
        Named("goc", "Gốc"),
        Named("so-giao-duc", "Sở của tôi", above="so-y-te"),
        Named("so-y-te-moi", "Phòng", above="so-y-te-van-phong"),
        Named("so-y-te", "Sở Y tế", above="ubnd-tinh"),
    ):
        with pytest.raises(Denied):
            actions.set_office(keeper, said)
    with pytest.raises(Absent, match="unknown-actor"):
        actions.set_office(keeper, Named("so-y-te-moi", "Phòng", above="so-y-te", head="so-giao-duc"))
    assert Office.objects.get(key="so-giao-duc").name_vi == "Sở Giáo dục và Đào tạo"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (Named("Sở Y", "x"), "bad-key"),
        (Named("new", "x"), "bad-key"),
        (Named("so-moi", " "), "no-name"),
        (Named("so-y-te", "Sở Y tế"), "office-taken"),
    ],
)
def test_what_cannot_be_an_office(said: Named, code: str) -> None:
    with pytest.raises(BadQuestion, match=code):
        actions.set_office(gate.operator(), said, new=True)


def test_no_office_lies_within_itself() -> None:
    with pytest.raises(BadQuestion, match="office-in-circle"):
        actions.set_office(gate.operator(), Named("so-y-te", "Sở Y tế", above="so-y-te-van-phong"))


def test_only_an_empty_office_closes_and_it_opens_again() -> None:
    with pytest.raises(BadQuestion, match="office-in-use"):
        actions.close(gate.operator(), "so-y-te")
    actions.close(gate.operator(), "so-y-te-nghiep-vu")
    assert "so-y-te-nghiep-vu" not in {one.key for one in reads.offices()}
    assert reads.office("so-y-te-nghiep-vu").closed is not None
    actions.reopen(gate.actor("quan-tri-y-te"), "so-y-te-nghiep-vu")
    assert reads.office("so-y-te-nghiep-vu").closed is None
