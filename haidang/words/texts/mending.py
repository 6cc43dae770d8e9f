"""Texts of mending: what a rule or a replay did, and why it could not."""

from haidang.words.nouns import Label

TEXTS: dict[str, Label] = {
    "mended-by-rule": Label(
        "Luật sửa: cột {column}, “{found}” đọc là “{becomes}”: {rows} dòng.",
        "Mend rule: column {column}, “{found}” read as “{becomes}”: {rows} rows.",
    ),
    "reason.mended-by-rule": Label("Đã sửa theo luật", "Mended by a rule"),
    "still-at-fault": Label("{rows} dòng vẫn còn lỗi, giữ chờ sửa.", "{rows} rows are still at fault and stay open."),
    "outrun-by-later": Label(
        "{rows} dòng cũ đã có bản mới hơn từ nguồn, đóng lại không nạp.",
        "{rows} old rows have a newer version from the source; closed without landing.",
    ),
    "rule-changes-nothing": Label(
        "“{found}” đổi thành chính nó thì không sửa được gì.", "“{found}” read as itself mends nothing."
    ),
    "cannot-replay": Label(
        "Lý do “{found}” chỉ thấy được trên cả nhóm dòng hay cả tệp, không xét lại từng dòng được: "
        "hãy chấp nhận, sửa hoặc bỏ dòng.",
        "The reason “{found}” only shows on a whole group or file and cannot be judged row by row: "
        "accept, mend or discard.",
    ),
    "unknown-rule": Label("Không có luật sửa “{found}” đang chạy.", "There is no running mend rule “{found}”."),
}
