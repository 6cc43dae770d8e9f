"""Texts of notices: `notice.<code>` is the sentence, `notice.<code>.title` the subject of an e-mail."""

from haidang.words.nouns import Label

TEXTS: dict[str, Label] = {
    "bad-email": Label("“{found}” không phải là địa chỉ thư điện tử.", "“{found}” is no e-mail address."),
    "notice.source-late": Label(
        "Nguồn “{title}” của {department} quá hẹn: hẹn {due}, còn nợ {owed} kỳ, lần cuối có dữ liệu {last}. "
        "Người phụ trách: {owner}.",
        "The source “{title}” of {department} is late: due {due}, {owed} deliveries owed, last data {last}. "
        "In charge: {owner}.",
    ),
    "notice.source-late.title": Label("Quá hẹn: {title}", "Late: {title}"),
    "notice.source-failing": Label(
        "Không lấy được dữ liệu từ nguồn “{title}” của {department}: {problem} Lần cuối có dữ liệu {last}. "
        "Người phụ trách: {owner}.",
        "Nothing can be fetched from the source “{title}” of {department}: {problem} Last data {last}. "
        "In charge: {owner}.",
    ),
    "notice.source-failing.title": Label("Nguồn lỗi: {title}", "Failing: {title}"),
    "notice.source-back": Label(
        "Nguồn “{title}” của {department} đã hoạt động trở lại, phần còn thiếu đã được lấy đủ.",
        "The source “{title}” of {department} is back; what was missing has been filled.",
    ),
    "notice.source-back.title": Label("Đã trở lại: {title}", "Back: {title}"),
    "mail-failed": Label("Chưa gửi được thư: {found}", "The e-mail could not be sent: {found}"),
    "no-address": Label("{found} không có địa chỉ thư điện tử.", "{found} has no e-mail address."),
}
