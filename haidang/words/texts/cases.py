"""Texts of the desk: states, acts, channels and parts of a Case, and what is refused and why."""

from haidang.words.nouns import Label

_STATES: dict[str, tuple[str, str]] = {
    "new": ("Mới đến", "New"),
    "received": ("Đã tiếp nhận", "Received"),
    "assigned": ("Đã giao đơn vị", "Assigned"),
    "in-progress": ("Đang xử lý", "In progress"),
    "asked": ("Chờ người gửi bổ sung", "Waiting for the sender"),
    "approving": ("Chờ duyệt kết quả", "Waiting for approval"),
    "resolved": ("Đã xử lý", "Resolved"),
    "published": ("Đã công khai", "Published"),
    "refused": ("Không tiếp nhận", "Refused"),
    "merged": ("Đã gộp", "Merged"),
}
_ACTS: dict[str, tuple[str, str]] = {
    "open": ("Gửi đến", "Sent in"),
    "receive": ("Tiếp nhận", "Receive"),
    "refuse": ("Không tiếp nhận", "Refuse"),
    "assign": ("Giao đơn vị", "Assign"),
    "start": ("Bắt đầu xử lý", "Start"),
    "progress": ("Báo tiến độ", "Report progress"),
    "send-back": ("Trả lại tổng đài", "Send back"),
    "ask": ("Hỏi thêm người gửi", "Ask the sender"),
    "supply": ("Bổ sung thông tin", "Supply what was asked"),
    "extend": ("Gia hạn", "Extend"),
    "finish": ("Báo đã xử lý xong", "Finish"),
    "approve": ("Duyệt kết quả", "Approve"),
    "return": ("Yêu cầu làm lại", "Return"),
    "publish": ("Công khai kết quả", "Publish"),
    "withdraw": ("Gỡ công khai", "Withdraw"),
    "reopen": ("Mở lại", "Open again"),
    "merge": ("Gộp vào vụ việc khác", "Merge"),
    "unmerge": ("Tách ra", "Unmerge"),
    "add": ("Gửi thêm", "Add"),
    "note": ("Ghi chú nội bộ", "Note"),
    "correct": ("Sửa thông tin", "Correct"),
    "rate": ("Đánh giá", "Rate"),
}
_CHANNELS: dict[str, tuple[str, str]] = {
    "web": ("Trang web", "Web form"),
    "app": ("Ứng dụng trên điện thoại", "Phone app"),
    "phone": ("Điện thoại 1022", "Telephone 1022"),
    "email": ("Thư điện tử", "E-mail"),
    "zalo": ("Zalo", "Zalo"),
    "facebook": ("Facebook", "Facebook"),
    "sms": ("Tin nhắn SMS", "SMS"),
    "open311": ("Open311", "Open311"),
    "desk": ("Cán bộ nhập", "Written by an officer"),
    "import": ("Nạp từ hệ thống khác", "Brought from another system"),
}
_ROLES: dict[str, tuple[str, str]] = {
    "route": ("Tổng đài", "The desk"),
    "handle": ("Đơn vị xử lý", "The handling unit"),
    "approve": ("Lãnh đạo đơn vị", "The head of the unit"),
    "sender": ("Người gửi", "The sender"),
    "system": ("Hệ thống", "The centre"),
}
_KINDS: dict[str, tuple[str, str]] = {
    "report": ("Phản ánh", "Report"),
    "directive": ("Chỉ đạo", "Directive"),
    "alert": ("Cảnh báo", "Alert"),
    "press": ("Báo chí nêu", "Press report"),
}
_RATINGS: dict[str, tuple[str, str]] = {
    "1": ("Chưa hài lòng", "Not satisfied"),
    "2": ("Hài lòng", "Satisfied"),
    "3": ("Rất hài lòng", "Very satisfied"),
}
_TRACED: dict[str, tuple[str, str]] = {
    "route": ("điều phối phản ánh ở", "route reports of"),
    "handle": ("xử lý phản ánh ở", "handle reports of"),
    "open-case": ("tiếp nhận vụ việc", "open the case"),
    "case-receive": ("tiếp nhận", "receive"),
    "case-refuse": ("từ chối tiếp nhận", "refuse"),
    "case-assign": ("giao đơn vị xử lý", "assign"),
    "case-start": ("bắt đầu xử lý", "start"),
    "case-progress": ("báo tiến độ của", "report progress of"),
    "case-send-back": ("trả lại tổng đài", "send back"),
    "case-ask": ("hỏi thêm người gửi của", "ask the sender of"),
    "case-supply": ("bổ sung thông tin cho", "supply what was asked about"),
    "case-extend": ("gia hạn", "extend"),
    "case-finish": ("báo đã xử lý xong", "finish"),
    "case-approve": ("duyệt kết quả của", "approve the result of"),
    "case-return": ("yêu cầu làm lại", "return"),
    "case-publish": ("công khai kết quả của", "publish"),
    "case-withdraw": ("gỡ công khai", "withdraw"),
    "case-reopen": ("mở lại", "open again"),
    "case-merge": ("gộp", "merge"),
    "case-unmerge": ("tách ra", "unmerge"),
    "case-add": ("gửi thêm cho", "add to"),
    "case-note": ("ghi chú vào", "note on"),
    "case-correct": ("sửa thông tin của", "correct"),
    "case-rate": ("đánh giá", "rate"),
    "senders-erased": ("xóa thông tin người gửi của", "erase who sent"),
}
_HELD: dict[str, tuple[str, str]] = {
    "code": ("Mã theo dõi", "Code"),
    "sent_at": ("Gửi lúc", "Sent at"),
    "channel": ("Kênh", "Channel"),
    "text": ("Nội dung đã gửi", "What was sent"),
    "address": ("Nơi xảy ra", "Where it is"),
    "state": ("Trạng thái", "State"),
    "result": ("Kết quả", "Result"),
    "rating_words": ("Lời đánh giá", "Words of the rating"),
    "name": ("Họ tên", "Name"),
    "phone": ("Số điện thoại", "Telephone"),
    "email": ("Thư điện tử", "E-mail"),
    "zalo": ("Mã Zalo", "Zalo id"),
    "facebook": ("Mã Facebook", "Facebook id"),
    "home": ("Địa chỉ", "Address"),
    "account": ("Tài khoản", "Account"),
    "called_at": ("Gọi lúc", "Called at"),
}


def _named(prefix: str, names: dict[str, tuple[str, str]]) -> dict[str, Label]:
    return {f"{prefix}{name}": Label(vi, en) for name, (vi, en) in names.items()}


TEXTS: dict[str, Label] = {
    **_named("case.state-", _STATES),
    **_named("case.act-", _ACTS),
    **_named("case.channel-", _CHANNELS),
    **_named("case.role-", _ROLES),
    **_named("case.kind-", _KINDS),
    **_named("case.rating-", _RATINGS),
    **_named("trace.act.", _TRACED),
    **_named("cases.held-", _HELD),
    "cases.senders-source": Label("Người gửi phản ánh", "Whoever sent reports"),
    # --- refused
    "unknown-case": Label(
        "Không có phản ánh “{found}”, hoặc ông/bà không được xem phản ánh này.",
        "There is no report “{found}”, or you may not see it.",
    ),
    "unknown-desk": Label("Không có bàn tiếp nhận “{found}”.", "There is no desk “{found}”."),
    "unknown-act": Label(
        "Không có việc “{found}”. Có: {expected}.", "There is no act “{found}”. There are: {expected}."
    ),
    "unknown-field": Label(
        "Không sửa được mục “{found}”. Sửa được: {expected}.", "“{found}” cannot be corrected. These can: {expected}."
    ),
    "unknown-category": Label("Không có lĩnh vực “{found}”.", "There is no category “{found}”."),
    "unknown-channel": Label(
        "Không có kênh “{found}”. Có: {expected}.", "There is no channel “{found}”. There are: {expected}."
    ),
    "office-not-standing": Label(
        "Đơn vị “{found}” không có hoặc đã đóng; hãy chọn đơn vị khác.",
        "The office “{found}” does not stand; choose another.",
    ),
    "unknown-unit": Label("Không có địa bàn “{found}” trong tỉnh.", "There is no place “{found}” in the province."),
    "empty-report": Label("Hãy ghi nội dung phản ánh.", "Say what the report is about."),
    "words-too-long": Label(
        "Nội dung dài {found} ký tự; nhiều nhất {expected} ký tự.",
        "The text has {found} characters; at most {expected}.",
    ),
    "bad-position": Label(
        "Vị trí “{found}” không đúng: vĩ độ từ −90 đến 90, kinh độ từ −180 đến 180.",
        "The position “{found}” is none: latitude −90 to 90, longitude −180 to 180.",
    ),
    "bad-field": Label("Giá trị của mục “{found}” không dùng được.", "The value of “{found}” cannot be used."),
    "missing-words": Label("Hãy ghi nội dung trước khi lưu.", "Write what you want to say first."),
    "missing-office": Label("Hãy chọn đơn vị xử lý.", "Choose the office that handles it."),
    "missing-due": Label("Hãy chọn ngày hẹn mới.", "Choose the new date."),
    "missing-into": Label("Hãy chọn phản ánh để gộp vào.", "Choose the report to merge into."),
    "missing-rating": Label("Hãy chọn một trong ba mức đánh giá.", "Choose one of the three ratings."),
    "bad-rating": Label(
        "Mức đánh giá “{found}” không có; chọn 1, 2 hoặc 3.", "There is no rating “{found}”; choose 1, 2 or 3."
    ),
    "due-not-later": Label(
        "Hạn mới ({found}) phải sau hạn đang có ({expected}).",
        "The new date ({found}) must be after the present one ({expected}).",
    ),
    "due-too-late": Label(
        "Hạn mới ({found}) quá xa; muộn nhất là {expected}.",
        "The new date ({found}) is too far away; at the latest {expected}.",
    ),
    "may-not-publish": Label(
        "Không công khai được vụ việc này: người gửi không đồng ý, hoặc nội dung thuộc diện không công khai.",
        "This cannot be published: the sender did not agree, or its level forbids it.",
    ),
    "cannot-merge-into": Label(
        "Không gộp được vào “{found}”: phải là phản ánh khác, cùng bàn tiếp nhận, chưa bị gộp và không bị từ chối.",
        "It cannot be merged into “{found}”: that must be another report of the same desk, neither merged nor refused.",
    ),
    "reopened-already": Label(
        "Phản ánh chỉ được mở lại một lần, trong thời hạn sau khi xử lý xong.",
        "A report is opened again once only, within the term after it was resolved.",
    ),
    "not-in-this-state": Label(
        "Chưa lưu: vụ việc đang ở trạng thái khác, có người vừa thao tác ({at}). Hãy xem lại rồi làm tiếp.",
        "Not saved: the report is in another state, somebody acted just now ({at}). Look again and go on.",
    ),
    "case-changed": Label(
        "Chưa lưu: có người vừa thao tác trên vụ việc này ({at}). Hãy xem lại rồi làm tiếp.",
        "Not saved: somebody acted on this report just now ({at}). Look again and go on.",
    ),
    # --- a desk in a pack
    "not-a-term": Label("Thời hạn phải ghi đúng một trong: {expected}.", "A term says exactly one of: {expected}."),
    "not-hours": Label(
        "Giờ làm việc “{found}” không đúng; ghi như {expected}, buổi sau không trước buổi trước.",
        "“{found}” are no working hours; write as in {expected}, one span after the other.",
    ),
    # --- the terminal
    "cli.cases-found": Label("{count} vụ việc", "{count} cases"),
    "cli.case-number": Label("Số", "Number"),
    "cli.case-state": Label("Trạng thái", "State"),
    "cli.case-due": Label("Hạn", "Due"),
    "cli.case-office": Label("Đơn vị", "Office"),
    "cli.case-title": Label("Nội dung", "What"),
    "cli.case-acts": Label("Việc làm được: {acts}", "What can be done: {acts}"),
    "cli.case-acted": Label("Vụ việc {number}: {state}", "Case {number}: {state}"),
}
