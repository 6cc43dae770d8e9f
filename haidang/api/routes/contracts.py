"""/contracts/<dataset>: a dataset's contract as ODCS 3.1 YAML, for whoever may read the dataset. Never: reads data."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from haidang.access import gate
from haidang.api.shapes import ALWAYS
from haidang.api.who import caller
from haidang.catalog.declared import declared
from haidang.intake.contracts import odcs
from haidang.words.nouns import Subject

router = Router(tags=["declared"])


YAML = {"description": "ODCS 3.1", "content": {"application/yaml": {"schema": {"type": "object"}}}}


@router.get("/contracts/{key}", response=ALWAYS, openapi_extra={"responses": {200: YAML}})
def contract(request: HttpRequest, key: str) -> HttpResponse:
    """Columns, rules, service levels and who answers for a dataset; no address and no secret."""
    noun = declared().dataset(key)
    gate.require(caller(request), "read", Subject(noun.pack, noun.key, noun.level))
    answer = HttpResponse(odcs.as_yaml(key), content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{key}.odcs.yaml"'
    return answer
