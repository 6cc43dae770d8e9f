"""Published results: who may see them, what is in them, how they are found; nothing of a sender."""

from __future__ import annotations

from typing import Any

from django.test import Client


def test_only_what_is_published_is_there(case: Any, walk: Any, citizen: Client) -> None:
    made = case(category="mat-duong", lat="21.9412345", lon="106.7012345")
    assert citizen.get(f"/cong/ket-qua/{made.pk}").status_code == 404
    walk(made, "published")
    page = citizen.get(f"/cong/ket-qua/{made.pk}").content.decode()
    assert "Đã vá xong mặt đường" in page
    assert "Xã Đồng Đăng" in page
    assert "21.9412345" not in page
    assert f"/cong/ket-qua/{made.pk}" in citizen.get("/cong/ket-qua").content.decode()
    assert f"/cong/ket-qua/{made.pk}" in citizen.get("/cong/").content.decode()


def test_nothing_of_whoever_sent_it(case: Any, walk: Any, citizen: Client) -> None:
    canary = {"name": "Hoàng Thị Canary", "phone": "0912 345 699", "email": "canary@example.vn"}
    text = "Ổ gà lớn trước chợ. Tôi tên là Hoàng Thị Canary, gọi 0912 345 699 hoặc canary@example.vn"
    made = case(text, **canary, address="số 3 Lê Lợi, gặp Hoàng Thị Canary")
    walk(made, "published")
    for url in ("/cong/", "/cong/ket-qua", "/cong/ket-qua?q=canary", f"/cong/ket-qua/{made.pk}"):
        page = citizen.get(url).content.decode().replace('value="canary"', "").replace("q=canary", "")
        for secret in ("Canary", "canary", "345 699", "0912345699", made.code):
            assert secret not in page, (url, secret)


def test_who_said_no_is_not_published(case: Any, walk: Any, citizen: Client) -> None:
    made = case(public="0")
    walk(made, "resolved")
    assert citizen.get(f"/cong/ket-qua/{made.pk}").status_code == 404
    assert not made.public


def test_search_needs_no_tones_and_places_narrow(case: Any, walk: Any, citizen: Client) -> None:
    road = case(category="mat-duong", lat="21.94", lon="106.70")
    lamp = case("Đèn tín hiệu ở ngã tư không sáng", category="den-tin-hieu", lat="21.85", lon="106.76")
    for one in (road, lamp):
        walk(one, "published")

    def found(query: str) -> set[int]:
        page = citizen.get(f"/cong/ket-qua?{query}").content.decode()
        return {one.pk for one in (road, lamp) if f"/cong/ket-qua/{one.pk}" in page}

    assert found("q=den+tin+hieu") == {lamp.pk}
    assert found("place=06184") == {road.pk}
    assert found("group=giao-thong") == {road.pk, lamp.pk}
    assert found("group=y-te") == set()
    assert citizen.get("/cong/ket-qua?place=khong-co").status_code == 404
    assert citizen.get("/cong/ket-qua?page=999999999999").status_code == 200


def test_the_map_counts_what_the_list_shows(case: Any, walk: Any, citizen: Client) -> None:
    made = case(category="mat-duong", lat="21.94", lon="106.70")
    walk(made, "published")
    page = citizen.get("/cong/ket-qua").content.decode()
    assert "Xã Đồng Đăng: 1" in page
    assert page.count("<path") >= 60


def test_open_photos_without_faces_alone(case: Any, walk: Any, citizen: Client) -> None:
    from cong.test_send import photo

    from haidang.cases.models import File

    made = case(photos=[photo(), photo("blue")], category="mat-duong")
    walk(made, "published")
    shown, face = made.files.order_by("pk")
    File.objects.filter(pk__in=(shown.pk, face.pk)).update(open=True)
    File.objects.filter(pk=face.pk).update(blurred="somewhere.jpg", found={"looked": True, "faces": 1})
    page = citizen.get(f"/cong/ket-qua/{made.pk}").content.decode()
    assert shown.key in page
    assert face.key not in page
    assert citizen.get(f"/cong/ket-qua/{made.pk}/tep/{face.key}").status_code == 404
    assert "public" in citizen.get(f"/cong/ket-qua/{made.pk}/tep/{shown.key}")["Cache-Control"]
