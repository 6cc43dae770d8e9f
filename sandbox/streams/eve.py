"""The province's network sensor: Suricata EVE alerts, one JSON a line, appended to a file that turns over at midnight.

Volume at scale 1: about 5,000 alerts a day (a provincial network of some 6,000 seats behind one sensor whose noisy
rules are switched off), with bursts: a scan, a worm in a department, a storm on the portal. Histories are grouped by
day, rule and source with how often (`so_lan`), as a SOC keeps them.
Never: an attack on anything; addresses outside are from the blocks kept for documentation.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import numpy as np

from sandbox.streams._face import Out, World, by_day
from sandbox.streams._files import Table
from sandbox.streams._truth import tally
from sandbox.streams._when import at, growth, past, stretches

NAME = "eve"
OWN_FAULTS: frozenset[str] = frozenset()
SOURCES = ("an-toan-thong-tin.canh-bao",)
USUAL = 4600


@dataclass(frozen=True)
class Signature:
    """`inward`: from outside against our machines; else one of ours calls out (a sign of infection)."""

    id: int
    text: str
    category: str
    severity: int
    share: float
    port: int
    inward: bool = True
    proto: str = "TCP"


SIGNATURES = (
    Signature(9000001, "SANDBOX SCAN SSH login attempts", "Attempted Information Leak", 2, 0.17, 22),
    Signature(9000002, "SANDBOX SCAN RDP sweep", "Attempted Information Leak", 2, 0.13, 3389),
    Signature(9000003, "SANDBOX SCAN SMB sweep", "Attempted Information Leak", 2, 0.09, 445),
    Signature(9000004, "SANDBOX WEB SQL injection in query", "Web Application Attack", 1, 0.06, 443),
    Signature(9000005, "SANDBOX WEB path traversal", "Web Application Attack", 1, 0.04, 443),
    Signature(9000006, "SANDBOX WEB upload of a script", "Web Application Attack", 1, 0.012, 443),
    Signature(9000007, "SANDBOX PHISHING login page of a look-alike name", "Possible Social Engineering Attempted", 2,
              0.05, 443, inward=False),
    Signature(9000008, "SANDBOX TROJAN beacon to a control server", "A Network Trojan was detected", 1, 0.03, 8443,
              inward=False),
    Signature(9000009, "SANDBOX MALWARE coin miner pool", "Crypto Currency Mining Activity Detected", 2, 0.025, 3333,
              inward=False),
    Signature(9000010, "SANDBOX MALWARE name made by an algorithm", "A Network Trojan was detected", 1, 0.03, 53,
              inward=False, proto="UDP"),
    Signature(9000011, "SANDBOX DOS SYN flood", "Attempted Denial of Service", 2, 0.03, 443),
    Signature(9000012, "SANDBOX EXPLOIT old firewall remote code", "Attempted Administrator Privilege Gain", 1, 0.018,
              10443),
    Signature(9000013, "SANDBOX POLICY remote desktop tool", "Potential Corporate Privacy Violation", 3, 0.14, 5938,
              inward=False),
    Signature(9000014, "SANDBOX POLICY file sharing", "Potential Corporate Privacy Violation", 3, 0.1, 6881,
              inward=False, proto="UDP"),
    Signature(9000015, "SANDBOX INFO outdated TLS", "Misc activity", 3, 0.075, 443, inward=False),
)  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """A day's alerts in order of time: seconds, signature numbers, the address outside and ours, both as numbers."""

    seconds: np.ndarray
    signature: np.ndarray
    outside: np.ndarray
    inside: np.ndarray
    port: np.ndarray


@by_day(4)
def plan(world: World, day: date) -> Plan:
    """Every alert of a day."""
    rng = world.rng(NAME, day)
    usual = USUAL * world.scale * growth(day, 0.12) * (1.0 if world.calendar.day(day).working else 0.72)
    count = int(rng.poisson(usual))
    shares = np.array([s.share for s in SIGNATURES])
    seconds = np.sort(rng.normal(13, 5.2, count) % 24 * 3600)
    signature = rng.choice(len(SIGNATURES), count, p=shares / shares.sum())
    # Few addresses make most of the noise: a heavy tail on both sides.
    outside = np.minimum(rng.zipf(1.5, count), 700)
    inside = _machines(rng, signature, day)
    return _with_burst(rng, Plan(seconds, signature, outside, inside, rng.integers(1025, 65000, count)))


def _machines(rng: np.random.Generator, signature: np.ndarray, day: date) -> np.ndarray:
    """Attacks come to forty servers, signs of infection from a few dozen seats that stay sick for a month or so."""
    inward = np.array([s.inward for s in SIGNATURES])[signature]
    severe = np.array([s.severity for s in SIGNATURES])[signature] <= 2
    sick = 400 + (day.toordinal() // 30 * 37 + rng.integers(0, 45, len(signature)) ** 2 // 45 * 3) % 1500
    anyone = 300 + np.minimum(rng.zipf(1.4, len(signature)), 5600)
    return np.where(inward, rng.integers(1, 41, len(signature)), np.where(severe, sick, anyone))


def _with_burst(rng: np.random.Generator, calm: Plan) -> Plan:
    """One day in six something more happens within an hour or two: one rule, one address, many hits."""
    if rng.random() > 1 / 6:
        return calm
    count = int(len(calm.seconds) * rng.uniform(0.15, 0.7))
    start, many = rng.uniform(0, 22) * 3600, np.ones(count, dtype=np.int64)
    kind = int(rng.choice([0, 1, 3, 7, 10]))
    burst = (
        start + rng.random(count) * rng.uniform(1800, 7000), many * kind, many * int(rng.integers(2, 700)),
        many * int(rng.integers(1, 41) if SIGNATURES[kind].inward else rng.integers(400, 1900)),
        rng.integers(1025, 65000, count),
    )  # fmt: skip
    joined = [np.concatenate(pair) for pair in zip(vars(calm).values(), burst, strict=True)]
    order = np.argsort(joined[0], kind="stable")
    return Plan(*(part[order] for part in joined))


def abroad(number: int) -> str:
    """An address outside, in the blocks kept for documentation."""
    return f"{('198.51.100', '203.0.113', '192.0.2')[number // 250 % 3]}.{number % 250 + 1}"


def ours(number: int) -> str:
    """An address of the province's own network."""
    return f"10.20.{number // 250}.{number % 250 + 1}"


def tick(world: World, since: datetime, until: datetime, out: Out) -> None:
    """The alerts in (since, until], appended to the day's file as the sensor's own rotation names it."""
    for day, start, end in stretches(since, until):
        made = plan(world, day)
        first, last = np.searchsorted(made.seconds, (start, end), side="right")
        lines = [_line(made, n, day) for n in range(first, last)]
        if lines:
            out.append(NAME, f"eve-{day.isoformat()}.json", "".join(lines).encode())
        tally(out, SOURCES[0], day, len(lines))


def _line(made: Plan, number: int, day: date) -> str:
    rule = SIGNATURES[made.signature[number]]
    far = (abroad(int(made.outside[number])), int(made.port[number]) if rule.inward else rule.port)
    near = (ours(int(made.inside[number])), rule.port if rule.inward else int(made.port[number]))
    source, target = (far, near) if rule.inward else (near, far)
    told = {
        "timestamp": at(day, float(made.seconds[number])).strftime("%Y-%m-%dT%H:%M:%S.%f") + "+0700",
        "flow_id": day.toordinal() * 1_000_000 + number, "in_iface": "sandbox0", "event_type": "alert",
        "src_ip": source[0], "src_port": source[1], "dest_ip": target[0], "dest_port": target[1], "proto": rule.proto,
        "alert": {
            "action": "allowed", "gid": 1, "signature_id": rule.id, "rev": 1, "signature": rule.text,
            "category": rule.category, "severity": rule.severity,
        },
        "metadata": {"simulated": "sandbox"},
    }  # fmt: skip
    return json.dumps(told) + "\n"


def history(world: World, since: date, until: date, folder: Path) -> None:
    """Alerts by day, rule and source with how often each came."""
    with Table(folder, SOURCES[0], "theo-ngay") as table:
        for day, end in past(since, until):
            table.add(_grouped(world, day, end))


def _grouped(world: World, day: date, end: float) -> dict[str, object]:
    """The first of each rule and source stands for all of them that day."""
    whole = plan(world, day)
    made = Plan(*(part[whole.seconds <= end] for part in vars(whole).values()))
    inward = np.array([s.inward for s in SIGNATURES])[made.signature]
    source = np.where(inward, made.outside, made.inside)
    _, first, counts = np.unique(made.signature * 100_000 + source, return_index=True, return_counts=True)
    rules = [SIGNATURES[n] for n in made.signature[first]]
    far = [abroad(int(n)) for n in made.outside[first]]
    near = [ours(int(n)) for n in made.inside[first]]
    return {
        "timestamp": [at(day, float(s)).strftime("%Y-%m-%dT%H:%M:%S.%f") for s in made.seconds[first]],
        "flow_id": day.toordinal() * 1_000_000 + first,
        "src_ip": [f if r.inward else n for r, f, n in zip(rules, far, near, strict=True)],
        "dest_ip": [n if r.inward else f for r, f, n in zip(rules, far, near, strict=True)],
        "dest_port": [r.port for r in rules], "proto": [r.proto for r in rules],
        "alert.signature_id": [r.id for r in rules], "alert.signature": [r.text for r in rules],
        "alert.category": [r.category for r in rules], "alert.severity": [r.severity for r in rules],
        "so_lan": counts,
    }  # fmt: skip
