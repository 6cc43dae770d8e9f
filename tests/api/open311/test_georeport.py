"""GeoReport v2: every method in XML and JSON by the standard's shapes, its errors, who reads what."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import open311_standard as standard
import pytest
from django.test import Client
from django.utils import timezone

pytestmark = pytest.mark.usefixtures("alone")
BASE = "/open311/v2"
REPORT = {
    "service_code": "mat-duong",
    "lat": "21.94",
    "long": "106.70",
    "address_string": "Trước chợ Đồng Đăng",
    "description": "Ổ gà lớn giữa đường, đã có hai xe máy ngã trong tuần này.",
    "email": "an.nguyen@example.vn",
    "phone": "0912 345 678",
    "first_name": "An",
    "last_name": "Nguyễn Văn",
}
SECRETS = ("0912", "345678", "345 678", "example.vn", "Nguyễn Văn")


def key(name: str = "peer-68") -> str:
    from haidang.access import actions, gate

    return actions.issue_token(gate.operator(), name)


def send(kind: str = "json", **changed: str) -> Any:
    return Client().post(f"{BASE}/requests.{kind}", {**REPORT, **changed})


def sent(**changed: str) -> str:
    return str(standard.of_json(send(**changed))[0]["service_request_id"])


def get(path: str, **query: str) -> Any:
    return Client().get(f"{BASE}/{path}", query)


def handled(code: str, *, publish: bool = True) -> int:
    from haidang.access import gate
    from haidang.cases import actions
    from haidang.cases.actions import Wanted
    from haidang.cases.models import Case

    number = int(Case.objects.get(code=code).pk)
    desk, unit, head = (gate.actor(name) for name in ("truc-1022", "don-vi-xu-ly", "so-xay-dung"))
    actions.act(desk, number, Wanted("receive"))
    actions.act(desk, number, Wanted("assign", office="so-xay-dung"))
    actions.act(unit, number, Wanted("finish", words="Đã vá mặt đường"))
    actions.act(head, number, Wanted("approve"))
    if publish:
        actions.act(desk, number, Wanted("publish"))
    return number


def same(path: str, shape: Any, outer: str, each: str = "", **query: str) -> Any:
    """The JSON of an address, after the XML of it has said the same and both are of the standard's shape."""
    plain = standard.of_json(get(f"{path}.json", **query))
    root = standard.of_xml(get(f"{path}.xml", **query), outer)
    assert not list(standard.spec_errors([shape] if each else shape, plain))
    if each:
        assert {child.tag for child in root} <= {each}
        assert [standard.spark(child, shape) for child in root] == [_empty(row) for row in plain]
    else:
        assert standard.spark(root, shape) == _empty(plain)
    return plain


def _empty(row: dict[str, Any]) -> dict[str, Any]:
    """XML does not tell an empty text from none."""
    return {name: None if value == "" else value for name, value in row.items()}


def test_discovery() -> None:
    found = same("discovery", standard.DISCOVERY, "discovery")
    assert found["endpoints"][0]["url"] == "http://testserver/open311/v2"
    assert found["endpoints"][0]["formats"] == ["text/xml", "application/json"]
    assert datetime.fromisoformat(found["changeset"]) < timezone.now()
    assert Client().get("/open311/discovery.xml").status_code == 200


def test_services_are_the_categories_of_open_desks() -> None:
    from haidang.catalog.declared import declared

    found = same("services", standard.SERVICE, "services", "service")
    categories = declared().desk("phan-anh.phan-anh").categories
    assert [one["service_code"] for one in found] == [one.key for one in categories]
    road = next(one for one in found if one["service_code"] == "mat-duong")
    assert (road["service_name"], road["group"]) == ("Mặt đường hư hỏng", "Giao thông")
    assert "ổ gà" in road["keywords"]


def test_definition_of_every_service() -> None:
    found = same("services/mat-duong", standard.DEFINITION, "service_definition")
    assert [one["order"] for one in found["attributes"]] == [1, 2, 3]
    communes = found["attributes"][0]["values"]
    assert {"key": "06184", "name": "Xã Đồng Đăng"} in communes


def test_a_report_comes_in_and_is_followed_by_its_id() -> None:
    from haidang.cases.models import Case

    answer = standard.of_json(send())
    assert not list(standard.spec_errors([standard.CREATED], answer))
    case = Case.objects.get()
    assert answer[0]["service_request_id"] == case.code
    assert (case.channel, case.category, case.unit.partition("@")[0]) == ("open311", "mat-duong", "06184")
    found = same(f"requests/{case.code}", standard.REQUEST, "service_requests", "request")[0]
    assert (found["status"], found["address"], found["lat"]) == ("open", "Trước chợ Đồng Đăng", 21.94)
    root = standard.of_xml(send("xml", description="Biển báo đổ ở ngã ba, che mất lối rẽ"), "service_requests")
    assert [child.tag for child in root[0]] == ["service_request_id", "service_notice", "account_id"]


@pytest.mark.usefixtures("desk")
def test_nothing_of_a_sender_comes_out() -> None:
    code = sent(description="Tôi là Nguyễn Văn An, gọi 0912 345 678: ổ gà lớn trước chợ")
    number = handled(code)
    bodies = [get(f"requests/{name}.{kind}") for name in (code, number) for kind in ("json", "xml")]
    bodies += [get("requests.json"), get("requests.xml")]
    for body in bodies:
        assert body.status_code == 200
        assert not [word for word in SECRETS if word in body.content.decode()]
    listed = standard.of_json(get("requests.json"))
    assert [one["service_request_id"] for one in listed] == [str(number)]
    assert code not in get("requests.xml").content.decode()
    assert listed[0]["address"] == "Xã Đồng Đăng, Tỉnh Lạng Sơn"


@pytest.mark.usefixtures("desk")
def test_only_what_is_published_is_listed_and_the_rest_is_its_senders() -> None:
    waiting, resolved, published = sent(description="Đèn đường tắt ba tối liền"), sent(), sent(lat="21.9412")
    done, number = handled(resolved, publish=False), handled(published)
    listed = same("requests", standard.REQUEST, "service_requests", "request")
    assert [one["service_request_id"] for one in listed] == [str(number)]
    assert listed[0]["status"] == "closed"
    assert "Đã vá mặt đường" in listed[0]["status_notes"]
    assert (listed[0]["lat"], listed[0]["agency_responsible"]) == (21.941, "Sở Xây dựng")
    assert get(f"requests/{done}.json").status_code == 404
    assert same(f"requests/{waiting}", standard.REQUEST, "service_requests", "request")[0]["status"] == "open"
    assert same(f"requests/{resolved}", standard.REQUEST, "service_requests", "request")[0]["status"] == "closed"


@pytest.mark.usefixtures("desk")
def test_a_key_lists_what_came_by_it_and_no_other() -> None:
    mine, other = key("peer-68"), key("so-giao-duc")
    code, theirs = sent(api_key=mine), sent(api_key=other)
    ids = [one["service_request_id"] for one in standard.of_json(get("requests.json", api_key=mine))]
    assert ids == [code]
    assert theirs not in ids
    bearer = Client(headers={"authorization": f"Bearer {other}"}).get(f"{BASE}/requests.json")
    assert [one["service_request_id"] for one in standard.of_json(bearer)] == [theirs]
    assert standard.of_json(get("requests.json")) == []


def test_a_report_sent_again_is_one_case() -> None:
    from haidang.cases.models import Case

    assert sent() == sent()
    assert sent() != sent(lat="21.95")
    once = {"Idempotency-Key": "7f2c"}
    one = Client().post(f"{BASE}/requests.json", REPORT, headers=once)
    two = Client().post(f"{BASE}/requests.json", {**REPORT, "description": "Ổ gà rất lớn giữa đường"}, headers=once)
    assert standard.of_json(one) == standard.of_json(two)
    assert Case.objects.count() == 3


def test_a_token_is_answered_where_the_channel_says_so() -> None:
    from haidang.cases.models import Channel

    Channel.objects.create(desk="phan-anh.phan-anh", kind="open311", on=True, settings={"answer": "token"})
    assert {one["type"] for one in same("services", standard.SERVICE, "services", "service")} == {"batch"}
    answer = standard.of_json(send())[0]
    assert "service_request_id" not in answer
    found = same(f"tokens/{answer['token']}", standard.TOKEN, "service_requests", "request")[0]
    assert found["token"] == answer["token"]
    assert get(f"requests/{found['service_request_id']}.json").status_code == 200


def test_attributes_say_where_and_what_may_be_shown() -> None:
    from haidang.cases.models import Case

    form = {**REPORT, "lat": "", "long": "", "address_string": "", "attribute[noi]": "06184"}
    done = Client().post(
        f"{BASE}/requests.json", {**form, "attribute[cong-khai][]": "khong", "attribute[an-danh]": "co"}
    )
    standard.of_json(done)
    case = Case.objects.get()
    assert (case.unit.partition("@")[0], case.public, case.anonymous) == ("06184", False, True)


@pytest.mark.usefixtures("desk")
def test_lists_are_narrowed_and_paged() -> None:
    mine = key()
    first = sent(api_key=mine)
    second = sent(api_key=mine, service_code="rac-thai")
    third = sent(api_key=mine, service_code="cay-xanh")
    handled(first)

    def ids(**query: str) -> list[str]:
        return [one["service_request_id"] for one in standard.of_json(get("requests.json", api_key=mine, **query))]

    assert ids() == [third, second, first]
    assert ids(service_code="rac-thai,cay-xanh") == [third, second]
    assert ids(status="closed") == [first]
    assert ids(status="open") == [third, second]
    assert ids(status="open,closed") == ids()
    assert ids(page_size="2") == [third, second]
    assert ids(page_size="2", page="2") == [first]
    assert get("requests.json", api_key=mine, page_size="2")["X-Total-Count"] == "3"
    assert ids(service_request_id=f"{second},{first}", status="closed", service_code="khac") == [second, first]
    assert ids(service_code="khong-co") == []
    tomorrow = (timezone.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert ids(start_date=tomorrow) == []
    assert ids(end_date=tomorrow) == [third, second, first]
    assert ids(updated_after=tomorrow) == []


@pytest.mark.usefixtures("desk")
def test_the_last_ninety_days_when_no_dates_are_said() -> None:
    from haidang.cases.models import Case

    mine = key()
    code = sent(api_key=mine)
    long_ago = timezone.now() - timedelta(days=100)
    Case.objects.filter(code=code).update(sent_at=long_ago)
    assert standard.of_json(get("requests.json", api_key=mine)) == []
    since = (long_ago - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert len(standard.of_json(get("requests.json", api_key=mine, start_date=since))) == 1


WRONG = [
    ("services/khong-co", {}, 404),
    ("services", {"jurisdiction_id": "sfgov.org"}, 404),
    ("requests/999999", {}, 404),
    ("requests/PA000000-AAAAAA", {}, 404),
    ("tokens/PA000000-AAAAAA", {}, 404),
    ("tokens/1", {}, 404),
    ("requests", {"status": "done"}, 400),
    ("requests", {"start_date": "yesterday"}, 400),
    ("requests", {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-06-01T00:00:00Z"}, 400),
    ("requests", {"start_date": "2026-02-01T00:00:00Z", "end_date": "2026-01-01T00:00:00Z"}, 400),
    ("requests", {"page": "0"}, 400),
    ("requests", {"api_key": "khong-phai-khoa"}, 403),
]


@pytest.mark.parametrize(("path", "query", "status"), WRONG)
def test_errors_bear_the_standards_form(path: str, query: dict[str, str], status: int) -> None:
    plain = standard.of_json(get(f"{path}.json", **query), status)
    assert not list(standard.spec_errors([standard.ERROR], plain))
    assert plain[0]["code"] == status
    root = standard.of_xml(get(f"{path}.xml", **query), "errors", status)
    assert [standard.spark(child, standard.ERROR) for child in root] == plain


REFUSED = [
    ({"service_code": ""}, 400),
    ({"service_code": "khong-co"}, 404),
    ({"lat": "", "long": "", "address_string": ""}, 400),
    ({"long": ""}, 400),
    ({"lat": "không"}, 400),
    ({"lat": "nan"}, 400),
    ({"description": "x" * 4001}, 400),
    ({"attribute[mau]": "do"}, 400),
    ({"attribute[noi]": "99999"}, 400),
    ({"address_id": "khong-co"}, 400),
    ({"api_key": "sai"}, 403),
    ({"jurisdiction_id": "sfgov.org"}, 404),
    ({"description": "aaaaaaaaaaaaaaaaaaaaaaaa"}, 400),
]


@pytest.mark.parametrize(("changed", "status"), REFUSED)
def test_a_report_that_is_refused_leaves_nothing(changed: dict[str, str], status: int) -> None:
    from haidang.cases.models import Case, Sender

    plain = standard.of_json(send(**changed), status)
    assert not list(standard.spec_errors([standard.ERROR], plain))
    assert (Case.objects.count(), Sender.objects.count()) == (0, 0)


@pytest.mark.usefixtures("desk")
def test_strangers_are_slowed_and_whoever_has_a_key_is_not() -> None:
    from haidang.api.open311.pace import ONE

    answers = [send(lat=f"21.{940 + n}").status_code for n in range(ONE + 1)]
    assert answers == [200] * ONE + [429]
    slow = send("xml")
    standard.of_xml(slow, "errors", 429)
    assert 1 <= int(slow["Retry-After"]) <= 61
    assert send(api_key=key()).status_code == 200


@pytest.mark.usefixtures("desk")
def test_a_centre_may_ask_for_keys_or_switch_it_off() -> None:
    from haidang.cases.models import Channel

    row = Channel.objects.create(desk="phan-anh.phan-anh", kind="open311", on=True, settings={"who": "key"})
    standard.of_json(send(), 403)
    standard.of_json(send(api_key=key()))
    row.on = False
    row.save()
    standard.of_json(send(api_key=key()), 503)


def test_photos_come_with_a_report(tmp_path: Any) -> None:
    from io import BytesIO

    from django.core.files.uploadedfile import SimpleUploadedFile
    from PIL import Image

    from haidang.cases.models import Case, File

    picture = BytesIO()
    Image.new("RGB", (64, 48), "grey").save(picture, "JPEG")
    media = SimpleUploadedFile("anh.jpg", picture.getvalue(), "image/jpeg")
    standard.of_json(Client().post(f"{BASE}/requests.json", {**REPORT, "media": media}))
    assert File.objects.get().case_id == Case.objects.get().pk


def test_what_is_not_a_method_of_the_standard() -> None:
    assert Client().post(f"{BASE}/services.json", {}).status_code == 405
    assert get("services.html").status_code == 404
    english = Client(headers={"accept-language": "en"}).get(f"{BASE}/services/khong-co.json")
    assert "not found" in standard.of_json(english, 404)[0]["description"]
    assert get("services.json")["Access-Control-Allow-Origin"] == "*"
    assert Client().head(f"{BASE}/services.xml").status_code == 200


@pytest.mark.usefixtures("desk")
def test_what_was_joined_to_another_stands_where_that_one_stands() -> None:
    from haidang.access import gate
    from haidang.cases import actions
    from haidang.cases.actions import Wanted
    from haidang.cases.models import Case

    first, again = sent(), sent(lat="21.9401")
    numbers = {row.code: row.pk for row in Case.objects.all()}
    actions.act(gate.actor("truc-1022"), numbers[again], Wanted("merge", into=numbers[first]))
    assert standard.of_json(get(f"requests/{again}.json"))[0]["status"] == "open"
    handled(first)
    found = standard.of_json(get(f"requests/{again}.json"))[0]
    assert found["status"] == "closed"
    assert "Đã vá mặt đường" in found["status_notes"]


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("kind", ["json", "xml"])
def test_a_client_of_somebody_else_gets_on_with_it(live_server: Any, kind: str) -> None:
    """The client library of another hand, where it is installed: all it can do, in both formats."""
    theirs = pytest.importorskip("georeport", reason="the independent client (PyPI georeport) is not installed")
    code = sent()
    client = theirs.GeoReport(f"{live_server.url}/open311/v2", output_format=kind)
    assert client.get_service_list()[0]["service_code"] == "mat-duong"
    assert client.get_service_definition("rac-thai")["service_code"] == "rac-thai"
    assert client.get_service_request(code)["status"] == "open"
    found = client.get_service_requests(service_request_id=code)
    assert (found[0] if kind == "json" else found)["service_request_id"] == code
