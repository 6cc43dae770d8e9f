"""Texts of what moves on an open page (`live.`)."""

from haidang.words.nouns import Label

TEXTS: dict[str, Label] = {
    "live.lost": Label(
        "Mất kết nối từ {time}; số hỏi lại 30 giây một lần", "No connection since {time}; asking every 30 s"
    ),
    "live.ended": Label("Phiên làm việc đã hết. Xin đăng nhập lại.", "The session has ended. Please sign in again."),
    "live.ending": Label(
        "Phiên sẽ kết thúc lúc {time} nếu không thao tác. Mở hoặc tải lại một trang để tiếp tục.",
        "The session ends at {time} if nothing is done. Open a page or load this one again to go on.",
    ),
    "live.old": Label("cũ", "old"),
    "live.news": Label("Vừa cập nhật: {what}", "Just updated: {what}"),
    "live.unread": Label("Thông báo, {count} chưa đọc", "Notices, {count} unread"),
}
