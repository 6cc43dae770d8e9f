"""Texts of the page of rows set aside over all runs of a source (`aside.`) and of notices (`notices.`)."""

from haidang.words.nouns import Label

TEXTS: dict[str, Label] = {
    "aside.title": Label("Dòng để riêng", "Rows set aside"),
    "aside.handled": Label("Đã xử lý {done} trong {every} dòng", "{done} of {every} rows handled"),
    "aside.reasons": Label("Lý do", "Reasons"),
    "aside.every": Label("Mọi lý do", "Every reason"),
    "aside.in-runs": Label("{count} dòng, {runs} lượt nhận", "{count} rows in {runs} runs"),
    "aside.since": Label("chờ từ {when}", "since {when}"),
    "aside.common": Label("Thường gặp", "Most common"),
    "aside.empty-cell": Label("(để trống)", "(empty)"),
    "aside.by-rule": Label("Sửa theo quy tắc", "Correct by rule"),
    "aside.rule-of": Label("Ở cột", "In column"),
    "aside.rule-found": Label("mọi chỗ ghi", "wherever it says"),
    "aside.rule-becomes": Label("đọc là", "read"),
    "aside.rule-why": Label("vì", "because"),
    "aside.rule-later": Label("áp dụng cả cho dữ liệu đến sau", "also for what arrives later"),
    "aside.rule-do": Label("Sửa theo quy tắc này", "Correct by this rule"),
    "aside.rule-hint": Label(
        "Mọi dòng chờ xử lý có đúng giá trị này được đọc lại theo quy tắc; "
        "dòng nào đúng thì được nhận và mang dấu “sửa theo luật”.",
        "Every open row with just this value is read by the rule; "
        "those that then stand land with the mark “mended by a rule”.",
    ),
    "aside.whole-only": Label(
        "Quy tắc áp dụng cho mọi địa bàn nên chỉ người sửa được toàn tỉnh mới lập.",
        "A rule is about every place, so it is for whoever mends the whole province.",
    ),
    "aside.ruled": Label("Đã nhận {count} dòng theo quy tắc.", "{count} rows landed by the rule."),
    "aside.left": Label(" {count} dòng vẫn còn lỗi.", " {count} rows are still at fault."),
    "aside.replay": Label("Xét lại cả nhóm", "Judge the group again"),
    "aside.replay-hint": Label(
        "Dùng khi danh mục hoặc quy định của gói vừa thay đổi.", "When a code list or a rule of the pack has changed."
    ),
    "aside.replayed": Label("Đã xét lại, nhận {count} dòng.", "Judged again; {count} rows landed."),
    "aside.accepted": Label("Đã nhận {count} dòng, có đánh dấu.", "{count} rows landed, marked."),
    "aside.discarded": Label(
        "Đã bỏ {count} dòng; vẫn lưu và có thể mở lại.", "{count} rows discarded; they can be reopened."
    ),
    "aside.discard-ticked": Label("Bỏ các dòng đã chọn", "Discard the ticked rows"),
    "aside.tick": Label("Chọn dòng {row}", "Tick row {row}"),
    "aside.rules": Label("Quy tắc đã lập", "Rules made"),
    "aside.rule-end": Label("Ngừng quy tắc", "End the rule"),
    "aside.rule-ended": Label(
        "Đã ngừng quy tắc; những dòng đã sửa vẫn giữ.", "The rule has ended; what it mended stays."
    ),
    "aside.rule-runs": Label("đang áp dụng", "holds"),
    "aside.rule-once": Label("đã ngừng {when}", "ended {when}"),
    "aside.by": Label("{who}, {when}", "{who}, {when}"),
    "aside.keys": Label("Phím ↑ ↓ để chuyển dòng, Enter để sửa, Esc để thôi.", "↑ ↓ move, Enter mends, Esc cancels."),
    "notices.title": Label("Thông báo", "Notices"),
    "notices.none": Label("Chưa có thông báo nào", "No notices yet"),
    "notices.none-why": Label(
        "Khi nguồn anh/chị phụ trách trễ hẹn, lỗi hoặc trở lại, thông báo hiện ở đây.",
        "When a source in your charge is late, fails or is back, it is told here.",
    ),
    "notices.unread": Label("Chưa đọc", "Unread"),
    "notices.all": Label("Tất cả", "All"),
    "notices.read": Label("Đánh dấu đã đọc", "Mark as read"),
    "notices.read-all": Label("Đánh dấu tất cả đã đọc", "Mark all as read"),
    "notices.open": Label("Mở", "Open"),
    "notices.mailed": Label("đã gửi thư", "e-mailed"),
    "notices.mail-failed": Label("thư chưa gửi được", "e-mail failed"),
    "notices.count": Label("{count} chưa đọc", "{count} unread"),
}
