"""A newspaper's feed: RSS 2.0 at /bao/rss.xml with an ETag, the newest sixty items.

Volume: about forty items a day from six in the morning to eleven at night, as a provincial paper brings, fewer on
Sundays. Titles and summaries are put together from our own sentences about Lạng Sơn; what happens in the province
(storm, outbreak, congestion at the gates) shows in them.
Never: an article of a newspaper that is.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from sandbox.streams._face import Out, World, by_day
from sandbox.streams._files import Table
from sandbox.streams._truth import tally
from sandbox.streams._when import at, local, midnight, past, stretches

NAME = "bao"
SOURCES = ("bao-chi-mang-xa-hoi.tin-bao",)
OWN_FAULTS: frozenset[str] = frozenset()
USUAL, SHOWN = 40, 60
PAPER = "Báo Xứ Lạng (mô phỏng)"
SECTIONS = (
    "Thời sự",
    "Kinh tế",
    "Cửa khẩu",
    "Y tế",
    "Giáo dục",
    "Văn hóa - Du lịch",
    "Pháp luật",
    "Môi trường",
    "Bạn đọc",
)
SHARES = (0.2, 0.16, 0.14, 0.1, 0.09, 0.12, 0.09, 0.05, 0.05)
TITLES = {
    "Thời sự": (
        "UBND tỉnh họp phiên thường kỳ, bàn {viec}",
        "{xa}: đẩy nhanh {viec}",
        "Lãnh đạo tỉnh kiểm tra {viec} tại {xa}",
    ),
    "Kinh tế": (
        "{xa} phát triển vùng trồng {cay}",
        "Giải ngân vốn đầu tư công tại {xa} còn chậm",
        "Giá {cay} tăng, nông dân {xa} phấn khởi",
    ),
    "Cửa khẩu": (
        "Xe nông sản qua cửa khẩu {cua} thông suốt",
        "Cửa khẩu {cua}: xe chờ tăng, lực lượng chức năng điều tiết",
        "Xuất khẩu {cay} qua {cua} tăng mạnh",
    ),
    "Y tế": (
        "{xa} chủ động phòng, chống dịch bệnh",
        "Bệnh viện tỉnh cứu sống bệnh nhân ở {xa}",
        "Số ca bệnh hô hấp tăng khi trời trở lạnh",
    ),
    "Giáo dục": (
        "Trường học {xa} đón chuẩn quốc gia",
        "{xa}: thiếu giáo viên mầm non",
        "Học sinh {xa} đạt giải cấp tỉnh",
    ),
    "Văn hóa - Du lịch": (
        "Du khách đến {xa} dịp cuối tuần tăng cao",
        "Lễ hội tại {xa} thu hút đông người dân",
        "{xa} làm du lịch cộng đồng",
    ),
    "Pháp luật": (
        "Công an bắt giữ đối tượng trộm cắp tại {xa}",
        "Tai nạn giao thông ở {xa}, một người bị thương",
        "Triệt phá nhóm lừa đảo qua mạng",
    ),
    "Môi trường": (
        "{xa}: người dân phản ánh rác thải ven sông",
        "Không khí ở {xa} có ngày vượt quy chuẩn",
        "Trồng thêm rừng tại {xa}",
    ),
    "Bạn đọc": (
        "Đường vào {xa} xuống cấp, bạn đọc mong sớm sửa",
        "Cảm ơn cán bộ một cửa {xa}",
        "Bạn đọc hỏi về thủ tục đất đai tại {xa}",
    ),
}
WORKS = (
    "cải cách hành chính",
    "giải phóng mặt bằng",
    "chuyển đổi số",
    "phòng, chống thiên tai",
    "xây dựng nông thôn mới",
)
CROPS = ("hồi", "na", "quýt", "thạch đen", "hồng không hạt")
GATES = ("Hữu Nghị", "Tân Thanh", "Chi Ma", "Cốc Nam")
BODIES = (
    "Theo ghi nhận của phóng viên, công việc được triển khai đúng kế hoạch.",
    "Nhiều người dân bày tỏ sự hài lòng.",
    "Một số hộ dân cho biết còn gặp khó khăn, mong được giải quyết sớm.",
    "Cơ quan chức năng đang tiếp tục theo dõi.",
    "Kết quả bước đầu được đánh giá tích cực.",
    "Việc chậm trễ gây bức xúc trong dư luận.",
)


@dataclass(frozen=True)
class Item:
    id: str
    at: datetime
    section: str
    title: str
    summary: str


@by_day(keep=8)
def plan(world: World, day: date) -> tuple[Item, ...]:
    """The items of a day, oldest first."""
    rng = world.rng(NAME, day)
    sky = world.calendar.day(day)
    count = int(rng.poisson(USUAL * (0.7 if day.weekday() == 6 else 1.0) * (0.5 if sky.tet else 1.0)))
    seconds = sorted(int(s) for s in rng.triangular(6, 10, 23, count) * 3600)
    found = []
    for number, second in enumerate(seconds):
        section = SECTIONS[int(rng.choice(len(SECTIONS), p=SHARES))]
        words = {
            "xa": world.communes[int(rng.integers(0, len(world.communes)))].name,
            "viec": str(rng.choice(WORKS)),
            "cay": str(rng.choice(CROPS)),
            "cua": str(rng.choice(GATES)),
        }
        title = str(rng.choice(TITLES[section])).format(**words)
        if sky.storm and section in {"Thời sự", "Môi trường"} and rng.random() < 0.6:
            title = f"{words['xa']} ứng phó mưa lớn do {sky.storm.name}"
        if sky.outbreak and section == "Y tế" and rng.random() < 0.5:
            title = f"{sky.outbreak.disease}: {words['xa']} ghi nhận thêm ca mắc"
        title = title[0].upper() + title[1:]
        found.append(
            Item(f"sandbox-{day:%Y%m%d}-{number + 1:03d}", at(day, second), section, title, str(rng.choice(BODIES)))
        )
    return tuple(found)


def newest(world: World, now: datetime) -> list[Item]:
    """The items the feed shows at a moment, newest first."""
    items: list[Item] = []
    day = now.date()
    while len(items) < SHOWN and day > now.date() - timedelta(days=7):
        items += [item for item in reversed(plan(world, day)) if item.at <= now]
        day -= timedelta(days=1)
    return items[:SHOWN]


def feed(items: list[Item]) -> bytes:
    """RSS 2.0."""
    told = "".join(
        f'<item><guid isPermaLink="false">{i.id}</guid><title>{escape(i.title)}</title>'
        f"<link>http://127.0.0.1/bao/{i.id}</link><description>{escape(i.summary)}</description>"
        f"<category>{escape(i.section)}</category><pubDate>{i.at:%a, %d %b %Y %H:%M:%S} +0700</pubDate></item>"
        for i in items
    )
    head = (
        f"<title>{PAPER}</title><link>http://127.0.0.1/bao</link><description>Số liệu mô phỏng (sandbox)</description>"
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>{head}{told}</channel></rss>'.encode()


def routes(world: World) -> list[BaseRoute]:
    """The feed; who has the newest already is told so (304)."""

    async def rss(request: Request) -> Response:
        content = feed(newest(world, local(world.now())))
        mark = f'"{hashlib.sha256(content).hexdigest()[:20]}"'
        if request.headers.get("if-none-match") == mark:
            return Response(status_code=304, headers={"ETag": mark})
        return Response(content, media_type="application/rss+xml", headers={"ETag": mark})

    return [Route("/bao/rss.xml", rss)]


def tick(world: World, since: datetime, until: datetime, out: Out) -> None:
    """Nothing is sent: the feed is asked. What came out is counted."""
    for day, start, end in stretches(since, until):
        begun = midnight(day)
        tally(out, SOURCES[0], day, sum(start < (i.at - begun).total_seconds() <= end for i in plan(world, day)))


def history(world: World, since: date, until: date, folder: Path) -> None:
    """The paper's archive."""
    with Table(folder, SOURCES[0], "tin-bao") as table:
        for day, end in past(since, until):
            items = [i for i in plan(world, day) if (i.at - midnight(day)).total_seconds() <= end]
            table.add(
                {
                    "id": [i.id for i in items],
                    "title": [i.title for i in items],
                    "link": [f"http://127.0.0.1/bao/{i.id}" for i in items],
                    "summary": [i.summary for i in items],
                    "category": [i.section for i in items],
                    "published": [i.at.isoformat() for i in items],
                    "source": [PAPER] * len(items),
                }
            )
