"""The count after the drill: what was acknowledged against the lake; the sandbox's dossiers one by one."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from centre import Centre
    from load import Load


def verdict(centre: Centre, *loads: Load) -> dict[str, Any]:
    os.environ |= centre.env
    import django

    django.setup()
    found: dict[str, Any] = {load.prefix: _events(load) for load in loads}
    found["dossiers"] = _dossiers(centre)
    found["runs"] = _runs()
    found["sound"] = all(
        not part.get("lost") and not part.get("doubled") and not part.get("wrong")
        for part in found.values()
        if isinstance(part, dict)
    )
    return found


def _events(load: Load) -> dict[str, Any]:
    from haidang.store.tables import lake

    table, rejects = lake().table("dien_tap__su_kien"), lake().table("rejects")
    landed = Counter(code for code in lake().columns(table.select("ma"))["ma"] if code.startswith(f"{load.prefix}-"))
    mine = rejects.filter(rejects["dataset"] == "dien-tap.su-kien")
    raw = lake().columns(mine.select("raw", "code"))
    aside = {
        text.split('"ma":"', 1)[1].split('"', 1)[0]
        for text, code in zip(raw["raw"], raw["code"], strict=True)
        if '"ma":"' in text and not code.startswith("duplicate")
    }
    there = set(landed) | aside
    lost = [n for n in load.acknowledged if f"{load.prefix}-{n:08d}" not in there]
    bad = {n for n in load.acknowledged if n % 50 == 0}
    return {
        "sent": load.sent, "acknowledged": len(load.acknowledged), "landed": len(landed),
        "set_aside": len([a for a in aside if a.startswith(load.prefix)]),
        "bad_on_purpose": len(bad), "lost": len(lost), "examples": sorted(lost)[:5],
        "doubled": sum(n - 1 for n in landed.values()),
        "wrong": len([c for c in landed if int(c.split("-")[1]) % 50 == 0]),
    }  # fmt: skip


def _dossiers(centre: Centre) -> dict[str, Any]:
    from haidang.store.tables import lake

    table = lake().table("dich_vu_cong__ho_so")
    rows = lake().rows(table.select("ma_ho_so", "don_vi", "ngay_tiep_nhan", "ngay_ket_thuc"))
    ours = Counter(row["ma_ho_so"] for row in rows)
    by_code = {row["ma_ho_so"]: row for row in rows}
    after, truth = "", {}
    while page := centre.ask(f"/sandbox/truth/dossiers?rows=all&limit=20000&after={after}")["rows"]:
        truth |= {row["MaHoSo"]: row for row in page}
        after = page[-1]["MaHoSo"]
    wrong = [code for code, row in truth.items() if code in by_code and not _same(row, by_code[code])]
    return {
        "truth": len(truth), "landed": len(ours), "lost": len(set(truth) - set(ours)),
        "doubled": sum(n - 1 for n in ours.values()), "wrong": len(wrong), "examples": wrong[:5],
    }  # fmt: skip


def _same(true: dict[str, Any], ours: dict[str, Any]) -> bool:
    def plain(moment: Any) -> str:
        return "" if moment is None else str(moment).replace("T", " ")[:19]

    return (
        true["unit"] == ours["don_vi"]
        and plain(true["received"]) == plain(ours["ngay_tiep_nhan"])
        and plain(true["ended"]) == plain(ours["ngay_ket_thuc"])
    )


def _runs() -> dict[str, Any]:
    """Rows in = rows landed + unchanged + set aside, run by run."""
    from haidang.intake.models import Run

    rows = list(
        Run.objects.exclude(kind__in=("gone", "mend", "accept")).values_list(
            "state", "read", "landed", "unchanged", "set_aside"
        )
    )
    landed = [row for row in rows if row[0] == "landed"]
    off = [row for row in landed if row[1] != row[2] + row[3] + row[4]]
    return {
        "runs": len(rows),
        "states": dict(Counter(row[0] for row in rows)),
        "rows_in": sum(r[1] for r in landed),
        "wrong": len(off),
    }
