"""Texts of the half-yearly review of grants."""

from haidang.words.nouns import Label

TEXTS: dict[str, Label] = {
    "unknown-review": Label("Không có đợt rà soát số {found}.", "There is no review number {found}."),
    "unknown-line": Label("Dòng này không thuộc đợt rà soát.", "This line is not of the review."),
    "review-open": Label("Đơn vị này đang có một đợt rà soát mở.", "This office has a review open already."),
    "review-nothing": Label("Đơn vị này chưa có quyền nào để rà soát.", "This office has no grants to look through."),
    "review-closed": Label("Đợt rà soát đã đóng.", "The review is closed."),
    "review-undecided": Label(
        "Còn {count} quyền chưa quyết định nên chưa đóng được.",
        "{count} grants are undecided: it cannot be closed yet.",
    ),
    "grant-gone": Label("Quyền này đã hết, không còn gì để quyết.", "This grant has ended; nothing is left to decide."),
    "no-lines": Label("Hãy chọn ít nhất một dòng.", "Tick at least one line."),
    "unknown-decision": Label(
        "“{found}” không phải là một quyết định. Có: {known}.", "“{found}” is no decision: {known}."
    ),
    "longer-than-given": Label(
        "Rà soát không kéo dài quyền: ngày chọn muộn hơn hạn đang có.",
        "A review makes nothing longer: that day is later than its end.",
    ),
    "review.title": Label("Rà soát quyền", "Reviews"),
    "review.count": Label("{count} đợt", "{count} reviews"),
    "review.what": Label(
        "Sáu tháng một lần, mỗi đơn vị xem lại từng quyền: giữ, thu hồi hay đặt ngày hết hạn. "
        "Quyết định có hiệu lực ngay.",
        "Every six months each office looks through every grant: keep, withdraw, or let it end. "
        "Decisions hold at once.",
    ),
    "review.none": Label("Chưa có đợt rà soát nào", "No reviews yet"),
    "review.none-why": Label(
        "Trung tâm tự mở đợt rà soát khi đến hạn và báo cho người đứng đầu đơn vị; cũng có thể mở ngay.",
        "The centre opens one when it is due and tells the office's head; one can be opened now too.",
    ),
    "review.start": Label("Mở rà soát ngay", "Open one now"),
    "review.opened": Label("Mở ngày", "Opened"),
    "review.due": Label("Hạn", "Due"),
    "review.closed": Label("Đóng ngày", "Closed"),
    "review.overdue": Label("quá hạn", "overdue"),
    "review.running": Label("đang rà soát", "open"),
    "review.is-closed": Label("đã đóng", "closed"),
    "review.progress": Label("Đã quyết {done} trong {every} quyền", "{done} of {every} grants decided"),
    "review.since": Label("Có từ", "Since"),
    "review.never-used": Label("nhật ký chưa ghi lần dùng nào", "no use in the trace"),
    "review.decision": Label("Quyết định", "Decision"),
    "review.by": Label("Người quyết", "By"),
    "review.at": Label("Lúc", "At"),
    "review.is-open": Label("chưa quyết", "undecided"),
    "review.is-keep": Label("giữ", "keep"),
    "review.is-withdraw": Label("thu hồi", "withdrawn"),
    "review.is-until": Label("đến ngày", "until"),
    "review.is-gone": Label("đã hết từ trước", "ended already"),
    "review.tick": Label("Chọn quyền của {who}", "Tick the grant of {who}"),
    "review.ticked": Label("Với các dòng đã chọn", "With the ticked lines"),
    "review.keep": Label("Giữ", "Keep"),
    "review.withdraw": Label("Thu hồi", "Withdraw"),
    "review.withdraw-what": Label(
        "Quyền hết ngay. Muốn có lại phải cấp lại.",
        "The grants end at once; to have them back they must be given anew.",
    ),
    "review.until": Label("Giữ đến ngày", "Keep until"),
    "review.words": Label("Ghi chú", "Remark"),
    "review.decided-done": Label("Đã quyết {count} quyền.", "{count} grants decided."),
    "review.close": Label("Đóng đợt rà soát", "Close the review"),
    "review.closed-done": Label("Đã đóng đợt rà soát.", "The review is closed."),
    "review.left": Label("Còn {count} quyền chưa quyết", "{count} left"),
    "review.another": Label("người khác quyết", "another decides"),
    "notice.review-opened": Label(
        "Đến kỳ rà soát quyền của {office}: {count} quyền cần xem, hạn {due}.",
        "The grants of {office} are to be reviewed: {count} of them, by {due}.",
    ),
    "notice.review-opened.title": Label("Rà soát quyền: {office}", "Review of grants: {office}"),
    "notice.review-overdue": Label(
        "Rà soát quyền của {office} đã quá hạn {due}, còn {count} quyền chưa quyết.",
        "The review of {office} was due on {due}; {count} grants are undecided.",
    ),
    "notice.review-overdue.title": Label("Quá hạn rà soát quyền: {office}", "Review overdue: {office}"),
}
