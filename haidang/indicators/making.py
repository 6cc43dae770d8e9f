"""Makes one Answer of a question understood: when, how much, against what, how it stands, how good the data is.

Never: fetches anything (book, ledger and lens are given), decides a right.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from haidang.catalog.declared import Catalog
from haidang.indicators import breakdown, compare, spans, status
from haidang.indicators.amounts import NO_DATA, Amount, nothing
from haidang.indicators.asked import Asked
from haidang.indicators.compare import View
from haidang.indicators.guarded import guarded
from haidang.indicators.lens import Lens
from haidang.indicators.quality import Beneath, Ledger, age, known_at, quality, sources
from haidang.indicators.spans import Span
from haidang.words.nouns import Answer, Comparison
from haidang.words.periods import Grain

LATEST = "latest"


@dataclass(frozen=True)
class Desk:
    """What answers are made from."""

    catalog: Catalog
    ledger: Ledger
    as_of: date | None


def make(asked: Asked, lens: Lens, desk: Desk) -> Answer:
    """The Answer; raises BadQuestion for a period or a breakdown that cannot be."""
    if asked.scope is None:
        return blank(asked, "denied")
    span = when(asked, lens)
    if span is None:
        return _without_period(asked, lens, desk)
    amount = lens.over(asked.what, asked.unit.id, span)
    view = View(asked.indicator, asked.what, asked.unit.id, span, amount)
    against = tuple(compare.compared(word, view, lens) for word in dict.fromkeys(asked.question.compare))
    answer = blank(asked, amount.reason, _facts(asked, lens) | _so_far(asked, span, amount))
    made = _with(
        answer,
        value=amount.value,
        num=amount.num,
        den=amount.den,
        n=amount.n,
        kind=amount.kind,
        period=span.text,
        parts=breakdown.parts(amount, lens.reckoner.world.register),
        cells=breakdown.cells(asked, lens, span, desk.catalog),
        series=breakdown.series(asked, lens, span),
        compare=against,
        status=status.judge(asked.indicator, _signs(asked, lens, desk, view)),
        **_origin(asked, lens, desk, amount),
    )
    return guarded(made, asked, lens, span)


def blank(asked: Asked, reason: str, facts: dict[str, str] | None = None) -> Answer:
    """An Answer that says nothing but what was asked and why there is nothing."""
    return Answer(
        asked.question,
        asked.indicator.key,
        asked.indicator.title,
        None,
        asked.indicator.unit,
        "",
        asked.unit.code,
        asked.unit.name,
        reason=reason,
        facts=facts or {},
    )


def _with(answer: Answer, **changes: object) -> Answer:
    return Answer(**{**vars(answer), **changes})


def _facts(asked: Asked, lens: Lens) -> dict[str, str]:
    indicator = asked.indicator
    return {
        "unit": asked.unit.id,
        "digits": str(indicator.digits),
        "direction": indicator.direction,
        "grain": indicator.grain,
        "today": lens.today.isoformat(),
    }


def _so_far(asked: Asked, span: Span, amount: Amount) -> dict[str, str]:
    """Of a period still running: how many of its base periods have come, and the last day they speak for."""
    if span.kept is None or amount.value is None:
        return {}
    whole = len(replace(span, kept=None).bases(Grain(asked.indicator.grain)))
    return {"so_far": f"{span.kept}/{whole}", "upto": amount.upto.isoformat() if amount.upto else ""}


# --- when


def when(asked: Asked, lens: Lens) -> Span | None:
    """The span asked for; `latest`, or `latest-month|quarter|half|year` around it. None when there is no data."""
    text = asked.question.period.strip() or LATEST
    if not text.startswith(LATEST):
        span = spans.read(text, cumulative=asked.question.cumulative)
    else:
        newest = lens.latest(asked.what, asked.unit.id)
        if newest is None:
            return None
        wider = spans.grain_of(text.removeprefix(LATEST).removeprefix("-"))
        if wider and wider.rank > newest.grain.rank:
            newest = newest.within(wider)
        span = Span((newest,), asked.question.cumulative)
    return span if len(span.asked) > 1 else lens.kept(asked.what, asked.unit.id, span)


def _without_period(asked: Asked, lens: Lens, desk: Desk) -> Answer:
    amount = nothing(NO_DATA)
    said = status.judge(asked.indicator, status.Signs(None, NO_DATA))
    return _with(blank(asked, NO_DATA, _facts(asked, lens)), status=said, **_origin(asked, lens, desk, amount))


# --- how it stands


def _signs(asked: Asked, lens: Lens, desk: Desk, view: View) -> status.Signs:
    ages = [found for d in asked.datasets.values() if (found := age(desk.ledger, d, lens.today)) is not None]
    promises = [dataset.promise_days for dataset in asked.datasets.values() if dataset.promise_days]
    return status.Signs(
        view.amount.value,
        view.amount.reason,
        target=compare.target(view, lens),
        same=_same(view, lens),
        age=max(ages, default=None),
        promise=min(promises, default=0),
    )


def _same(view: View, lens: Lens) -> Comparison | None:
    return compare.compared("same-period", view, lens) if view.amount.value is not None else None


# --- how good, where from


def _origin(asked: Asked, lens: Lens, desk: Desk, amount: Amount) -> dict[str, object]:
    inside = lens.reckoner.world.register.territory(asked.unit.id)
    placeless = not any(dataset.place for dataset in asked.datasets.values())
    nowhere = asked.unit.level == "country" or (placeless and lens.reckoner.world.home in inside)
    beneath = Beneath(asked.datasets, inside, _facts_beneath(asked, lens, desk, inside), nowhere)
    return {
        "sources": sources(desk.ledger, amount.runs, asked.datasets),
        "quality": quality(amount, beneath, desk.ledger, lens.today),
        "known_at": known_at(desk.ledger, amount.runs),
        "because": asked.scope.because if asked.scope else (),
        "as_of": desk.as_of.isoformat() if desk.as_of else "",
    }


def _facts_beneath(asked: Asked, lens: Lens, desk: Desk, inside: frozenset[str]) -> int:
    """The most facts any of its indicators counts there; official tables are counted by all their rows."""
    counts = [lens.reckoner.book.page(leaf.key, asked.what.slice).beneath(inside) for leaf in asked.leaves]
    official = {leaf.dataset for leaf in asked.leaves if leaf.kind == "reported"}
    landed = [desk.ledger.landed.get(dataset, 0) for dataset in official]
    return int(max((*counts, *landed), default=0))
