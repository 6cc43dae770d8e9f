"""The API of the one-stop system: /adapter/login and /adapter/api. Faults that only it can do are done here.

A business answer is always JSON with `error_code`: "0" well, "401" the session has ended or never was, "403" wrong name
or password, "400" a wrong request, "404" not found; the HTTP status says the same (200 for "0").
Never: writes a dossier: what is sent in `data` is refused.
"""

from __future__ import annotations

import json
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.dossiers.book import OVER
from sandbox.dossiers.catalogue import Procedure, procedures, unit_numbers
from sandbox.dossiers.fields import SELECT, as_json, unstamp
from sandbox.dossiers.sessions import SECONDS, Sessions
from sandbox.dossiers.steps import progress
from sandbox.dossiers.walk import Asked, Row, Walks
from sandbox.world import World

STREAM = "dossiers"
LARGEST = 1000
PROVINCE = {"", "H37"}


class Wrong(Exception):
    """A request that cannot be answered: (error code, message in Vietnamese)."""


def routes(world: World) -> list[BaseRoute]:
    api = Api(world)
    return [Route("/adapter/login", api.login, methods=["POST"]), Route("/adapter/api", api.call, methods=["POST"])]


def said(code: str, message: str) -> Response:
    return JSONResponse({"error_code": code, "message": message}, status_code=200 if code == "0" else int(code))


class Api:
    """The services by their names in `service`."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.sessions = Sessions(float(world.database.get("dossiers.session_seconds", SECONDS)))
        self.walks = Walks(world.database)
        self.services = {
            "DongBoHoSoMC": self.dossiers,
            "CapNhatTienDoHoSoMC": self.progress,
            "TraCuuHoSo": self.one,
            "LayThuTuc": self.procedure,
            "LayDanhSachTTHC": self.procedures,
        }

    async def login(self, request: Request) -> Response:
        asked = await _asked(request)
        session = self.sessions.open(str(asked.get("username", "")), str(asked.get("password", "")))
        if not session:
            return said("403", "Sai tên đăng nhập hoặc mật khẩu")
        return JSONResponse({"session": session, "error_code": "0"})

    async def call(self, request: Request) -> Response:
        asked = await _asked(request)
        if not self.sessions.holds(str(asked.get("session", ""))):
            return said("401", "Phiên làm việc không có hoặc đã hết hạn, hãy đăng nhập lại")
        service = self.services.get(str(asked.get("service", "")))
        if service is None:
            return said("404", f"Không có dịch vụ này; có: {', '.join(self.services)}")
        if asked.get("data"):
            return said("400", "Hệ thống mô phỏng chỉ cho đọc, không nhận dữ liệu")
        try:
            body = await run_in_threadpool(service, asked)
        except Wrong as wrong:
            return said(*wrong.args)
        return Response(body, media_type="application/json")

    def _page(self, asked: dict[str, Any]) -> tuple[Asked, list[Row], int]:
        until = OVER - 1
        late = self.world.faults.active(STREAM).get("late")
        if late:
            self.world.faults.log(late, "changes since then are held back")
            until = int(late.begun_simulated)
        wish = Asked(
            _since(asked), _number(asked, "size", 100, LARGEST), _number(asked, "page", 1), _unit(asked), until
        )
        rows, total = self.walks.page(wish)
        return wish, rows, total

    def dossiers(self, asked: dict[str, Any]) -> str:
        """DongBoHoSoMC: dossiers changed since a moment."""
        wish, rows, total = self._page(asked)
        data = self._spoilt([as_json(row) for row in rows])
        return _answer(wish, f"[{','.join(data)}]", len(rows), total)

    def progress(self, asked: dict[str, Any]) -> str:
        """CapNhatTienDoHoSoMC: the progress records of those dossiers; `size` and `total` count dossiers."""
        if asked.get("MaHoSo"):
            return _answer(Asked(0, 1, 1), json.dumps(progress(self._dossier(asked), 0), ensure_ascii=False), 0, 1)
        wish, rows, total = self._page(asked)
        data = [json.dumps(step, ensure_ascii=False) for row in rows for step in progress(row, wish.since)]
        return _answer(wish, f"[{','.join(data)}]", len(rows), total)

    def _dossier(self, asked: dict[str, Any]) -> Row:
        rows = self.world.database.rows(f"{SELECT} where ma = ? and trang_thai > 0", [str(asked.get("MaHoSo", ""))])
        if not rows:
            raise Wrong("404", "Không có hồ sơ này")
        return tuple(rows[0])

    def one(self, asked: dict[str, Any]) -> str:
        """TraCuuHoSo: one dossier by MaHoSo."""
        return _answer(Asked(0, 1, 1), f"[{as_json(self._dossier(asked))}]", 0, 1)

    def procedure(self, asked: dict[str, Any]) -> str:
        """LayThuTuc: one procedure by MaTTHC."""
        found = [_procedure(p) for p in procedures() if p.code == str(asked.get("MaTTHC", ""))]
        if not found:
            raise Wrong("404", "Không có thủ tục này")
        return _answer(Asked(0, 1, 1), json.dumps(found, ensure_ascii=False), 0, 1)

    def procedures(self, _asked: dict[str, Any]) -> str:
        """LayDanhSachTTHC: every procedure."""
        found = [_procedure(p) for p in procedures()]
        return _answer(Asked(0, LARGEST, 1), json.dumps(found, ensure_ascii=False), 0, len(found))

    def _spoilt(self, data: list[str]) -> list[str]:
        for kind, fault in self.world.faults.active(STREAM).items():
            changed = _spoil(kind, data)
            if changed != data:
                self.world.faults.log(fault, f"{len(data)} dossiers of a page")
                data = changed
        return data


def _spoil(kind: str, data: list[str]) -> list[str]:
    """What a fault makes of a page: its last tenth twice, backwards, with a new key, with times in another unit."""
    if kind == "duplicate":
        return data + data[-max(1, len(data) // 10) :]
    if kind == "out-of-order":
        return data[::-1]
    if kind == "new-column":
        return [one[:-1] + ',"MaDinhDanhMoi":"G20"}' for one in data]
    if kind == "wrong-unit":
        return [one.replace('"DonViTinh":"ngày làm việc"', '"DonViTinh":"giờ"') for one in data]
    return data


def _answer(wish: Asked, data: str, rows: int, total: int) -> str:
    following = str(wish.page + 1) if rows == wish.size else "null"
    return (
        f'{{"error_code":"0","page":{wish.page},"size":{wish.size},"total":{total},"next":{following},"data":{data}}}'
    )


def _procedure(p: Procedure) -> dict[str, str]:
    return {
        "MaTTHC": p.code, "TenTTHC": p.name, "MaLinhVuc": p.field, "TenLinhVuc": p.field_name,
        "ThoiGianGiaiQuyet": str(p.time), "DonViTinh": p.unit, "MucDo": p.level,
        "CoLePhi": str(int(p.fee > 0)), "MucPhi": str(p.fee),
        "CapThucHien": "xa" if p.where == "xa" else "tinh",
    }  # fmt: skip


async def _asked(request: Request) -> dict[str, Any]:
    try:
        found = json.loads(await request.body())
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _since(asked: dict[str, Any]) -> int:
    text = str(asked.get("since") or "")
    try:
        return unstamp(text) if text else 0
    except ValueError:
        raise Wrong("400", "since phải có dạng yyyyMMddHHmmss") from None


def _number(asked: dict[str, Any], name: str, usual: int, largest: int = 1 << 31) -> int:
    text = str(asked.get(name) or usual)
    if not text.isdecimal() or not 1 <= int(text) <= largest:
        raise Wrong("400", f"{name} là số nguyên từ 1 đến {largest}")
    return int(text)


def _unit(asked: dict[str, Any]) -> int:
    code = str(asked.get("madonvi") or "")
    if code in PROVINCE:
        return -1
    if code not in unit_numbers():
        raise Wrong("400", "Không có đơn vị này")
    return unit_numbers()[code]
