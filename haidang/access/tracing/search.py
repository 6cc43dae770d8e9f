"""What of the trace is asked for, and the query of it. Never: decides who may ask (`reads` does), writes."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from haidang.access.models import Account, Trace
from haidang.catalog.declared import declared
from haidang.words.errors import BadQuestion
from haidang.words.names import fold
from haidang.words.texts import texts

MOST_NAMES = 200
LOOKS = ("read", "look-personal", "export", "personal")
"""Acts by which somebody gets to see what is in a dataset."""
SEARCHES = ("trace-search", "trace-export")
ACT = "trace.act."
"""Codes of what was done, in words: `trace.act.sign-in`."""


@dataclass(frozen=True)
class Wanted:
    """What is asked for; what is empty narrows nothing. Days are both included, Việt Nam time.

    `text`: words in any form, without tones, of people, datasets, acts, purposes; `personal`: only looks at personal
    data; `door` web | api | cli | jobs | hook; `before`: only rows with a smaller number.
    """

    who: str = ""
    action: str = ""
    subject: str = ""
    outcome: str = ""
    address: str = ""
    door: str = ""
    start: date | None = None
    end: date | None = None
    text: str = ""
    personal: bool = False
    before: int = 0

    def __post_init__(self) -> None:
        if self.start and self.end and self.start > self.end:
            raise BadQuestion("days-turned-round", start=f"{self.start:%d/%m/%Y}", end=f"{self.end:%d/%m/%Y}")


def said(wanted: Wanted) -> str:
    """What was asked for, as the trace keeps it: `who=… start=…`; "" when nothing was narrowed."""
    told = {name: str(value) for name, value in asdict(wanted).items() if value and name != "before"}
    return " ".join(f"{name}={value}" for name, value in told.items())[:300]


def rows(wanted: Wanted) -> QuerySet[Trace]:
    """The rows asked for, newest first; those that still wait for their number are not among them."""
    found = Trace.objects.filter(_people(wanted), _said(wanted), _when(wanted), number__isnull=False)
    if wanted.text.strip():
        found = found.filter(_worded(wanted.text))
    if wanted.personal:
        found = found.filter(personal())
    if (wanted.text.strip() or wanted.subject.strip()) and not wanted.action:
        found = found.exclude(action__in=SEARCHES)  # whoever looks for a word is not shown that it was looked for
    return found.order_by("-number")


def personal() -> Q:
    """Looks at personal data: at that level, or with a purpose said."""
    return ~Q(purpose="") | Q(subject__contains="(personal)") | Q(action="personal")


def _people(wanted: Wanted) -> Q:
    if not wanted.who.strip():
        return Q()
    names = [wanted.who.strip().lower(), *_named(fold(wanted.who))]
    return Q(who__in=names) | Q(real__in=names)


def _said(wanted: Wanted) -> Q:
    asked = Q(subject__icontains=wanted.subject.strip()) if wanted.subject.strip() else Q()
    if wanted.address.strip():
        asked &= Q(address__startswith=wanted.address.strip())
    for name in ("action", "outcome", "door"):
        if value := getattr(wanted, name):
            asked &= Q(**{name: value})
    return asked


def _when(wanted: Wanted) -> Q:
    asked = Q(number__lt=wanted.before) if wanted.before else Q()
    if wanted.start:
        asked &= Q(at__gte=_midnight(wanted.start))
    if wanted.end:
        asked &= Q(at__lt=_midnight(wanted.end + timedelta(days=1)))
    return asked


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, timezone.get_default_timezone())


def _worded(text: str) -> Q:
    """Every word in the row's own words; or the whole of it the name of a person, a dataset, an act."""
    said = fold(text[:200])
    own = Q()
    for word in said.split():
        own &= Q(plain__contains=word)
    acts = [
        code.removeprefix(ACT) for code, label in texts().items() if code.startswith(ACT) and said in fold(label.vi)
    ]
    asked = own | Q(action__in=acts) | Q(who__in=_named(said)) | Q(purpose__icontains=text.strip())
    for key in _called(said):
        asked |= Q(subject__contains=key)
    return asked


def _named(said: str) -> list[str]:
    """Accounts whose title or holder bears these words."""
    if not said:
        return []
    people = Account.objects.values_list("name", "title", "holder").iterator()
    found = (name for name, title, holder in people if said in fold(title) or said in fold(holder))
    return [name for name, _ in zip(found, range(MOST_NAMES), strict=False)]


def _called(said: str) -> list[str]:
    """Datasets and indicators whose title bears these words."""
    packs = declared().packs
    titles = [(one.key, one.title) for pack in packs for one in pack.datasets]
    titles += [(one.key, one.title) for pack in packs for one in pack.indicators]
    return [key for key, title in titles if said and (said in fold(title.vi) or said in fold(title.en))][:50]


def made_from(dataset: str) -> frozenset[str]:
    """A dataset's key and those of the indicators made from it; raises Absent."""
    known = declared()
    noun = known.dataset(dataset)
    made = (one.key for pack in known.packs for one in pack.indicators if one.dataset == noun.key)
    return frozenset({noun.key, *made})


def looks(keys: frozenset[str], start: date, end: date) -> QuerySet[Trace]:
    """Rows that may be about these; `thing` says which are."""
    about = Q()
    for key in keys:
        about |= Q(subject__contains=key) | Q(subject__contains=key.replace(".", "/", 1))
    found = Trace.objects.filter(about, _when(Wanted(start=start, end=end)), action__in=LOOKS, number__isnull=False)
    return found.order_by("number")


def thing(subject: str, keys: frozenset[str]) -> str:
    """Which of the keys a row's subject names, "" none: `kinh-te/kinh-te.dan-so (internal)`, `kinh-te/dan-so 12`."""
    words = subject.replace("(", " ").replace(":", " ").split()
    said = (name for word in words for name in (word, word.rpartition("/")[2], word.replace("/", ".", 1)))
    return next((name for name in said if name in keys), "")
