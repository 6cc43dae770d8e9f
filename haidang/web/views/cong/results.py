"""What was answered, open to everybody: a list, a search, a map without scripts. Never: tells who sent anything."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from haidang.access import gate
from haidang.cases import reads, results
from haidang.cases.files import reads as kept
from haidang.cases.reads import Sought
from haidang.catalog.places import register
from haidang.web import cong, filing
from haidang.web.views.cong.home import line
from haidang.words.errors import Absent

SIZE = 12
BANDS = 4


@require_safe
@cong.door
def listing(request: HttpRequest) -> HttpResponseBase:
    """`?q=&group=&place=&page=`."""
    seen = cong.look(request)
    asked = {name: request.GET.get(name, "").strip()[:80] for name in ("q", "group", "place")}
    sought = Sought(q=asked["q"], group=asked["group"], unit=_unit(asked["place"], seen.now.date()))
    counted = results.counted(gate.public(), sought)
    pages = max(1, -(-counted.total // SIZE))
    number = min(pages, max(1, int(given) if (given := request.GET.get("page", "")).isdecimal() else 1))
    lines = [line(one, seen) for one in reads.published(gate.public(), sought, page=number, size=SIZE)]
    everywhere = results.counted(gate.public(), Sought(q=asked["q"], group=asked["group"]))
    context = {
        "asked": asked,
        "lines": lines,
        "counted": counted,
        "number": number,
        "pages": pages,
        "earlier": _way(asked, number - 1) if number > 1 else "",
        "later": _way(asked, number + 1) if number < pages else "",
        "groups": [(key, title.in_(seen.language)) for key, title in cong.desk().groups],
        "good": round(counted.good * 100) if counted.good is not None else None,
        **_map(everywhere.units, asked),
    }
    return cong.render(request, "results", seen, **context)


def _unit(code: str, day: date) -> str:
    """The unit of a commune's code; raises Absent('unknown-place')."""
    return register().resolve(code, day).id if code else ""


def _way(asked: dict[str, str], number: int) -> str:
    given = {name: value for name, value in {**asked, "page": str(number)}.items() if value}
    return f"/cong/ket-qua?{urlencode(given)}"


def _map(units: dict[str, int], asked: dict[str, str]) -> dict[str, object]:
    """The communes drawn, each with how many results it has; darker is more."""
    ground, most = results.ground(), max(units.values(), default=1)
    shapes = []
    for one in ground.drawn:
        many = units.get(one.unit, 0)
        band = 0 if not many else min(BANDS, 1 + (many * BANDS - 1) // most)
        shapes.append({"one": one, "many": many, "band": band, "way": _way({**asked, "place": one.code}, 1)})
    listed = sorted((one for one in shapes if one["many"]), key=lambda one: (-int(str(one["many"])), str(one["way"])))
    return {"shapes": shapes, "listed": listed, "high": ground.high, "wide": results.WIDE, "most": most}


@require_safe
@cong.door
def result(request: HttpRequest, number: int) -> HttpResponseBase:
    """One answered report."""
    seen = cong.look(request)
    one = reads.result(gate.public(), number)
    ground = results.ground()
    point = ground.at(one.lat, one.lon) if one.lat is not None and one.lon is not None else None
    photos = [file for file in one.files if _opens(number, file.key)]
    context = {
        **line(one, seen),
        "photos": photos,
        "sent": cong.day(one.sent_at, seen.language),
        "resolved": cong.day(one.resolved_at, seen.language),
        "shapes": [{"one": drawn, "here": drawn.unit == one.unit} for drawn in ground.drawn],
        "point": point,
        "wide": results.WIDE,
        "high": ground.high,
    }
    return cong.render(request, "result", seen, **context)


def _opens(number: int, key: str) -> bool:
    """Whether everybody may see a file of a result: a face or a plate may have been found on it."""
    try:
        kept.of_result(gate.public(), number, key)
    except Absent:
        return False
    return True


@require_safe
@cong.door
def file(request: HttpRequest, number: int, key: str) -> HttpResponseBase:
    """A photo of a published result."""
    size = "small" if request.GET.get("size") == "small" else ""
    return filing.answer(request, kept.of_result(gate.public(), number, key, size=size), shared=True)
