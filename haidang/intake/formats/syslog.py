"""Log lines: RFC 5424, RFC 3164 and CEF (within either or bare), a row a line.

RFC 3164 says no year and no zone: the year is that of `year` or the one that puts the line not after now, the time is
Việt Nam time. Never: drops a line: one that cannot be read stands as a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

from haidang.intake.formats import Arrival, RawTable
from haidang.intake.formats.cef import TooManyKeys, cef_of
from haidang.intake.formats.gather import Gathered
from haidang.intake.formats.isolated import read_light
from haidang.intake.formats.lined import numbered
from haidang.intake.formats.refuse import problem
from haidang.words.errors import Problem

KIND = "syslog"
SUFFIXES = (".log", ".cef")
READ = ("year",)
HERE = timezone(timedelta(hours=7))
COLUMNS = (
    "time", "host", "app", "process", "severity", "facility", "message_id", "message", "cef.vendor", "cef.product",
    "cef.product_version", "cef.signature", "cef.name", "cef.severity",
)  # fmt: skip
OWN = frozenset(COLUMNS[:8])  # an event's keys of these names are called `cef.…`
FACILITIES = (
    "kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron", "authpriv", "ftp", "ntp",
    "audit", "alert", "clock", *(f"local{number}" for number in range(8)),
)  # fmt: skip
SEVERITIES = ("emerg", "alert", "crit", "err", "warning", "notice", "info", "debug")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
STAMP = r"(?P<stamp>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)?|-)"
PRIORITY = r"(?:<(?P<priority>\d{1,3})>)"
NEW = re.compile(
    PRIORITY + r"1 " + STAMP + r" (?P<host>\S{1,255}) (?P<app>\S{1,48}) (?P<process>\S{1,128}) (?P<id>\S{1,32}) "
    r"(?P<data>-|(?:\[(?:[^\]\\\"]|\\.|\"(?:[^\"\\]|\\.)*\")*\])+)(?: (?P<message>.*))?$",
    re.DOTALL,
)
OLD = re.compile(
    PRIORITY + r"?(?P<month>[A-Z][a-z]{2}) +(?P<day>\d{1,2}) (?:(?P<year>\d{4}) )?(?P<clock>\d\d:\d\d:\d\d)"
    r"(?:\.\d{1,6})? (?P<host>\S{1,255}) "
    r"(?:(?!CEF:)(?P<app>[^\s:\[\]|]{1,48})(?:\[(?P<process>[^\]\s]{0,128})\])?: ?)?(?P<message>.*)$",
    re.DOTALL,
)
LOOSE = re.compile(PRIORITY + r"?(?:" + STAMP + r" (?P<host>\S{1,255}) )?(?P<message>CEF:.*)$", re.DOTALL)
PAIR = re.compile(r"([^\s=\]\"\[]{1,32})=\"((?:[^\"\\]|\\.)*)\"")
START = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\d{1,3}>|CEF:\s?\d|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d )")


def looks(head: bytes) -> int:
    """Its first line begins as a log line does."""
    return 2 * bool(START.match(head))


def tables(file: Arrival) -> Iterator[RawTable]:
    """The one table of the file."""
    return read_light("syslog", file)


def read(file: Arrival, remarks: list[Problem]) -> Iterator[RawTable]:
    """Every line as a row."""
    made = Gathered(file, COLUMNS)
    year = file.read.get("year", "")
    for number, line, whole in numbered(file):
        try:
            cells = cells_of(line, year)
        except TooManyKeys:
            made.broken("cef-too-many-keys", {}, number, found=line)
            continue
        if cells:
            made.add(cells, number)
        elif whole:
            made.broken("line-no-log", {"message": line}, number, found=line)
        else:
            remarks.append(problem("half-line-left-out", file.name, found=number))
    yield made.table()


def cells_of(line: str, year: str = "") -> dict[str, str]:
    """The row of a line; nothing for a line of no known shape. Raises TooManyKeys."""
    found = NEW.match(line) or OLD.match(line) or LOOSE.match(line)
    if not found:
        return {}
    said = {name: value or "" for name, value in found.groupdict().items()}
    cells = _priority(said.get("priority", "")) | {
        "time": _told(said.get("stamp", "")) or _old_time(said, year),
        "host": _told(said.get("host", "")),
        "app": _told(said.get("app", "")),
        "process": _told(said.get("process", "")),
        "message_id": _told(said.get("id", "")),
    }
    message = said["message"].removeprefix("\ufeff").strip()
    carried = cef_of(message)
    before, fields = carried if carried else (message, {})
    fields = {f"cef.{key}" if key in OWN else key: value for key, value in fields.items()}
    cells["time"] = cells["time"] or _received(fields.get("rt", ""))
    return _structured(said.get("data", "")) | fields | cells | {"message": fields.get("msg", "") or before}


def _received(text: str) -> str:
    """The receipt time of an event in milliseconds since 1970, as a moment of Việt Nam time."""
    if not re.fullmatch(r"\d{13}", text):
        return ""
    return datetime.fromtimestamp(int(text) / 1000, HERE).isoformat(timespec="milliseconds")


def _told(text: str) -> str:
    return "" if text == "-" else text


def _priority(text: str) -> dict[str, str]:
    if not text or int(text) >= 8 * len(FACILITIES):
        return {}
    return {"facility": FACILITIES[int(text) // 8], "severity": SEVERITIES[int(text) % 8]}


def _old_time(said: dict[str, str], year: str) -> str:
    """`Nov  2 07:00:00` with a year: the one said, else the newest that does not lie ahead of tomorrow."""
    if said.get("month") not in MONTHS:
        return ""
    now = datetime.now(UTC).astimezone(HERE)
    years = [said.get("year") or year] if said.get("year") or year else [str(now.year), str(now.year - 1)]
    stamps = [f"{y}-{MONTHS.index(said['month']) + 1:02}-{int(said['day']):02}T{said['clock']}" for y in years]
    latest = (now + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%S")
    return next((stamp for stamp in stamps if len(stamps) == 1 or stamp <= latest), stamps[-1])


def _structured(data: str) -> dict[str, str]:
    """`[id key="value"]` of RFC 5424 as `id.key`."""
    cells: dict[str, str] = {}
    for element in re.finditer(r"\[([^\s\]]{1,64})((?:[^\]\\\"]|\\.|\"(?:[^\"\\]|\\.)*\")*)\]", data):
        cells |= {f"{element[1]}.{key}": re.sub(r"\\(.)", r"\1", value) for key, value in PAIR.findall(element[2])}
    return cells
