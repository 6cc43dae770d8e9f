"""/answer, /answers and /records: questions to the indicators. Never: makes a number."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from haidang.api.errors import reply
from haidang.api.shapes import Answer, Answers, Records, answered
from haidang.api.who import caller
from haidang.indicators import answer as face
from haidang.words.errors import BadQuestion
from haidang.words.nouns import Question

router = Router(tags=["answers"])
MOST_QUESTIONS = 200


class Asked(Schema):
    """A question as it stands in an address: lists by comma, slice items as `slice:item`."""

    indicator: str
    place: str = ""
    period: str = "latest"
    by: str = ""
    compare: str = ""
    where: str = ""
    cumulative: bool = False
    history: Annotated[int, Field(ge=0, le=1000)] = 0
    as_of: date | None = None

    def question(self) -> Question:
        rest = self.dict(exclude={"compare", "where", "limit", "offset", "sort", "search"})
        items = [part.partition(":") for part in self.where.split(",") if part]
        if any(not colon for _, colon, _ in items):
            raise BadQuestion("bad-where", found=self.where[:80])
        compare = tuple(part for part in self.compare.split(",") if part)
        return Question(**rest, compare=compare, where=tuple((name, item) for name, _, item in items))


class Page(Asked):
    """A question with the page of its facts that is wanted."""

    limit: Annotated[int, Field(ge=1, le=500)] = 50
    offset: Annotated[int, Field(ge=0)] = 0
    sort: str = ""
    search: str = ""


class Many(Schema):
    """Up to 200 questions, answered in one pass."""

    questions: Annotated[list[Asked], Field(max_length=MOST_QUESTIONS)]


@router.get("/answer", response=answered(Answer))
def answer(request: HttpRequest, asked: Query[Asked]) -> HttpResponse:
    """One question: `{value, unit, period, place, parts, compare, sources, quality, because}`."""
    return reply(face.answer_as_json(face.answer(asked.question(), caller(request))))


@router.post("/answers", response=answered(Answers))
def answers(request: HttpRequest, many: Many) -> HttpResponse:
    """Many questions in one pass: `{answers: […]}` in their order; what may not be seen, or is not, has `denied`."""
    found = face.answer_many([asked.question() for asked in many.questions], caller(request), lenient=True)
    return reply({"answers": [face.answer_as_json(one) for one in found]})


@router.get("/records", response=answered(Records))
def records(request: HttpRequest, page: Query[Page]) -> HttpResponse:
    """The facts behind an answer, as the caller may see them: `{dataset, columns, rows, total, masked}`."""
    who = caller(request)
    found = face.records(page.question(), who, limit=page.limit, offset=page.offset, sort=page.sort, search=page.search)
    columns: list[dict[str, Any]] = [
        dict(zip(("name", "vi", "en", "unit"), column, strict=True)) for column in found.columns
    ]
    body = {"dataset": found.dataset, "columns": columns, "rows": list(found.rows), "total": found.total}
    hidden = {
        "masked": list(found.masked),
        "covered": list(found.covered),
        "clear": list(found.clear),
        "few": found.few,
    }
    return reply({**body, **hidden, "because": asdict(found.scope)["because"]})
