"""Log lines, CEF, feeds and mail."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from haidang.intake.formats.plain_text import moment_of, text_of
from haidang.intake.formats.syslog import cells_of
from tests.intake.formats.reading import codes, refused, rows, table

NEW = '<165>1 2026-11-22T10:15:00.003+07:00 fw01 sshd 8710 ID47 [ex@1 iut="3" q="a\\"]b"] \ufeffđăng nhập sai'
OLD = "<34>Oct 11 22:14:15 fw02 su[230]: 'su root' failed for lonvick on /dev/pts/8"
CEF = r"CEF:0|Hãng|Tường lửa|1.0|100|qu\|ét \\ cổng|8|src=10.0.0.1 msg=a \= b\nc dst=2.1.2.2 cs1Label=Vùng cs1=trong nội bộ rt=1790000000000"


def test_the_new_shape() -> None:
    assert cells_of(NEW) == {
        "time": "2026-11-22T10:15:00.003+07:00", "host": "fw01", "app": "sshd", "process": "8710", "message_id": "ID47",
        "facility": "local4", "severity": "notice", "message": "đăng nhập sai", "ex@1.iut": "3", "ex@1.q": 'a"]b',
    }  # fmt: skip


def test_the_old_shape() -> None:
    assert cells_of(OLD, "2026") == {
        "time": "2026-10-11T22:14:15", "host": "fw02", "app": "su", "process": "230", "message_id": "", "facility": "auth",
        "severity": "crit", "message": "'su root' failed for lonvick on /dev/pts/8",
    }  # fmt: skip


def test_the_old_shape_says_no_year_and_never_lies_ahead() -> None:
    ahead = datetime.now(UTC) + timedelta(days=40)
    told = cells_of(f"{ahead:%b} {ahead.day:2} 10:00:00 h app: x")["time"]
    assert told < f"{datetime.now(UTC) + timedelta(days=2):%Y-%m-%d}"


@pytest.mark.parametrize("before", ["", "<14>", "Oct 11 22:14:15 fw02 ", "<14>1 2026-11-22T10:15:00Z fw02 cef - - - "])
def test_cef_bare_and_within(before: str) -> None:
    cells = cells_of(before + CEF)
    assert cells.items() >= {
        "cef.vendor": "Hãng", "cef.product": "Tường lửa", "cef.product_version": "1.0", "cef.signature": "100",
        "cef.name": "qu|ét \\ cổng", "cef.severity": "8", "src": "10.0.0.1", "msg": "a = b\nc", "dst": "2.1.2.2",
        "cs1": "trong nội bộ", "message": "a = b\nc",
    }.items()  # fmt: skip
    assert cells["time"]


def test_a_log_with_lines_of_no_shape(tmp_path: Path) -> None:
    made = table(tmp_path, "a.log", "\n".join([NEW, "bậy bạ", OLD, CEF, "half"]))
    assert (made.rows, [(f.at, f.code) for f in made.faults], codes(made)) == (
        4,
        [(1, "line-no-log")],
        {"half-line-left-out"},
    )


# feeds ------------------------------------------------------------------------------------------------------------
RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Báo Lạng Sơn</title>
<item><guid>g1</guid><title><![CDATA[Tin <b>nóng</b> &amp; mới]]></title><link>https://bao.example/1</link>
<description><![CDATA[<p>Xin <script>alert(1)</script><style>p{}</style>chào</p><img src=x onerror=alert(1)>]]></description>
<pubDate>Thu, 20 Aug 2026 23:21:56 GMT+7</pubDate><category>Thời sự</category><category>Xã hội</category><author>An</author></item>
<item><title>Không mã</title><link>javascript:alert(1)</link><pubDate>2026-08-20T23:21:56</pubDate></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>urn:1</id><title type="html">&lt;i&gt;x&lt;/i&gt;</title>
<link href="https://a.example/2"/><published>2026-08-20T22:00:00+07:00</published><updated>2026-08-20T23:21:56Z</updated><summary>s</summary></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="x"><title>R</title></channel><item rdf:about="https://a.example/3"><title>t3</title><link>https://a.example/3</link><dc:date>2026-08-20</dc:date></item></rdf:RDF>"""


def test_rss_without_markup_scripts_and_odd_links(tmp_path: Path) -> None:
    first, second = rows(table(tmp_path, "a.rss", RSS, "feed"))
    assert first == {
        "id": "g1", "title": "Tin nóng & mới", "link": "https://bao.example/1", "summary": "Xin chào", "author": "An",
        "category": "Thời sự; Xã hội", "published": "2026-08-20T23:21:56+07:00", "source": "Báo Lạng Sơn",
    }  # fmt: skip
    assert (second["title"], second["published"], len(second["id"] or "")) == (
        "Không mã",
        "2026-08-20T23:21:56+07:00",
        32,
    )
    assert "link" not in second


def test_atom_and_rss_1(tmp_path: Path) -> None:
    (atom,), (rdf,) = rows(table(tmp_path, "a.xml", ATOM)), rows(table(tmp_path, "a.xml", RDF))
    assert atom == {
        "id": "urn:1", "title": "x", "link": "https://a.example/2", "summary": "s", "published": "2026-08-20T22:00:00+07:00",
        "updated": "2026-08-20T23:21:56+00:00", "source": "T",
    }  # fmt: skip
    assert (rdf["id"], rdf["title"]) == ("https://a.example/3", "t3")


def test_a_feed_broken_in_places_gives_what_can_be_read(tmp_path: Path) -> None:
    made = table(tmp_path, "a.rss", RSS.replace("</item>", "", 1), "feed")
    assert (made.rows, codes(made)) == (2, {"feed-broken"})


def test_a_feed_of_nothing(tmp_path: Path) -> None:
    assert (
        refused(tmp_path, "a.rss", "<rss version='2.0'><channel><title>x</title></channel></rss>", "feed")[0]
        == "feed-no-items"
    )


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("Thu, 20 Aug 2026 23:21:56 +0700", "2026-08-20T23:21:56+07:00"), ("20 Aug 2026 16:21:56 GMT", "2026-08-20T16:21:56+00:00"),
        ("2026-08-20 23:21:56", "2026-08-20T23:21:56+07:00"), ("Thu, 20 Aug 2026 23:21:56 UTC+07:00", "2026-08-20T23:21:56+07:00"),
        ("hôm qua", ""), ("", ""), ("Thu, 99 Aug 2026 23:21:56 +0700", ""),
    ],
)  # fmt: skip
def test_moments(said: str, moment: str) -> None:
    assert moment_of(said) == moment


def test_text_out_of_markup() -> None:
    assert text_of("a < b và c > d", 100) == "a < b và c > d"
    assert text_of("<p>Một</p><p>hai &amp; ba<br>bốn</p>", 100) == "Một\nhai & ba\nbốn"
    assert text_of("x" * 200, 50) == "x" * 49 + "…"


# mail -------------------------------------------------------------------------------------------------------------
def mail() -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Cc"] = "Sở Y tế <SYT@ls.example>", "a@b.example, Ông C <c@d.example>", "e@f.example"
    made["Subject"], made["Date"], made["Message-ID"] = "Báo cáo tháng 11", "Sun, 22 Nov 2026 07:00:00 +0700", "<1@x>"
    made.set_content("Kính gửi UBND tỉnh\n\nSố ca: 5")
    made.add_alternative("<p>khác</p>", subtype="html")
    made.add_attachment(b"abc", maintype="application", subtype="pdf", filename="Báo cáo.pdf")
    return made


def test_a_mail_is_a_row(tmp_path: Path) -> None:
    (row,) = rows(table(tmp_path, "1.eml", mail().as_bytes(), "email"))
    assert row == {
        "message_id": "1@x", "from": "syt@ls.example", "from_name": "Sở Y tế", "to": "a@b.example; c@d.example", "cc": "e@f.example",
        "date": "2026-11-22T07:00:00+07:00", "subject": "Báo cáo tháng 11", "body": "Kính gửi UBND tỉnh\n\nSố ca: 5",
        "attachments": "1", "attachment_names": "Báo cáo.pdf",
    }  # fmt: skip


def test_a_mail_of_html_only_and_long(tmp_path: Path) -> None:
    made = EmailMessage()
    made["From"], made["Subject"] = "a@b.example", "x"
    made.set_content("<p>Xin <script>alert(1)</script>chào</p>" + "chữ " * 10_000, subtype="html")
    found = table(tmp_path, "1.eml", made.as_bytes())
    body = rows(found)[0]["body"] or ""
    assert (body[:8], "alert" in body, len(body), codes(found)) == ("Xin chào", False, 20_000, {"mail-body-cut"})


def test_a_charset_nobody_knows(tmp_path: Path) -> None:
    data = b"From: a@b\nSubject: =?la?b?xyz?= =?utf-8?q?T=E1=BB=91t?=\nContent-Type: text/plain; charset=la\n\nT\xe1\xbb\x91t\n"
    (row,) = rows(table(tmp_path, "1.eml", data, "email"))
    assert (row["body"], bool(row["subject"])) == ("Tốt", True)
