"""The other side of `haidang bench pull`, a process of its own: `bench_dossiers PORT DOSSIERS`.

The one-stop protocol over HTTP: log in, then dossiers page by page, ordered by when they changed; pages are made before
the first is asked for, so that this side is not what is measured. Never: reads the centre.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

BEGIN = datetime(2025, 1, 2, 8)
FORM = "%Y%m%d%H%M%S"
BAD_EVERY = 200
"""Every so-many-th dossier ended before it was handed in."""
UNITS = tuple(f"H37.0{number}" for number in range(1, 5))
SESSION = "bench"


def dossier(number: int) -> dict[str, Any]:
    """The n-th: as wide as the protocol's own."""
    begun = BEGIN + timedelta(seconds=600 * number)
    ended = begun + timedelta(days=-1 if number % BAD_EVERY == BAD_EVERY - 1 else number % 20)
    return {
        "MaHoSo": f"H37.01-{begun:%y%m%d}-{number % 1_000_000:06d}",
        "MaTTHC": f"1.{number % 300:06d}",
        "TenTTHC": f"Thủ tục số {number % 300}",
        "TenLinhVuc": f"Lĩnh vực {number % 30}",
        "ChuHoSo": f"Người nộp {number % 5000}",
        "LoaiDoiTuong": str(number % 2 + 1),
        "MaDonVi": UNITS[number % len(UNITS)],
        "KenhThucHien": str(number % 3 + 1),
        "TrangThaiHoSo": str(number % 10 + 1),
        "NgayNop": begun.strftime(FORM),
        "NgayTiepNhan": (begun + timedelta(hours=1)).strftime(FORM),
        "NgayHenTra": (begun + timedelta(days=10)).strftime(FORM),
        "NgayKetThucXuLy": ended.strftime(FORM),
        "ThoiGianGiaiQuyet": 10,
        "DonViTinh": "ngày",
        "SoLanYeuCauBoSung": number % 3,
        "TaiKhoanDuocXacThucVoiVNeID": number % 2,
        "DuocThanhToanTrucTuyen": str(number % 3),
        "HoSoCoThanhPhanSoHoa": number % 2,
        "NgayCapNhat": (begun + timedelta(hours=2)).strftime(FORM),
    }


def page(number: int, size: int, dossiers: int) -> bytes:
    """One page as it is sent, of all dossiers there are."""
    rows = [dossier(n) for n in range((number - 1) * size, min(number * size, dossiers))]
    return json.dumps({"error_code": "0", "data": rows}, ensure_ascii=False).encode()


def serve(port: int, dossiers: int) -> None:
    made = cache(lambda number, size: page(number, size, dossiers))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            login = {"error_code": "0", "session": SESSION}
            body = made(asked["page"], asked["size"]) if "page" in asked else json.dumps(login).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    for number in range(1, dossiers // 1000 + 2):
        made(number, 1000)
    print("ready", flush=True)
    ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever()


if __name__ == "__main__":
    serve(int(sys.argv[1]), int(sys.argv[2]))
