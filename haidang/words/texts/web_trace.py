"""Texts of the pages of the trace."""

from haidang.words.nouns import Label

TEXTS: dict[str, Label] = {
    "trace.find": Label("Tìm", "Find"),
    "trace.find-hint": Label(
        "người, bộ dữ liệu, việc, mục đích; gõ không dấu cũng được", "person, dataset, act, purpose"
    ),
    "trace.more": Label("Lọc thêm: tài khoản, hành động, đối tượng, kết quả, địa chỉ", "More filters"),
    "trace.from": Label("Từ ngày", "From"),
    "trace.to": Label("Đến ngày", "To"),
    "trace.personal": Label("Chỉ dữ liệu cá nhân", "Personal data only"),
    "trace.all": Label("Bỏ lọc", "Everything"),
    "trace.whence": Label("Từ đâu", "Whence"),
    "trace.newest": Label("Mới nhất", "Newest"),
    "trace.older": Label("Cũ hơn", "Older"),
    "trace.none": Label("Không có dòng nào như vậy", "There is no such row"),
    "trace.none-why": Label(
        "Xem dữ liệu công khai không ghi vào nhật ký. Hãy bỏ bớt điều kiện lọc.",
        "Looks at open data are not in the trace. Try fewer filters.",
    ),
    "trace.kept": Label(
        "Chỉ ghi thêm, không sửa, không xóa. Việc xem nhật ký cũng được ghi lại.",
        "Only ever added to. Reading the trace is traced too.",
    ),
    "trace.level-personal": Label("dữ liệu cá nhân", "personal data"),
    "trace.row": Label("Dòng nhật ký số {number}", "Row {number} of the trace"),
    "trace.row-before": Label("Dòng trước", "Row before"),
    "trace.row-after": Label("Dòng sau", "Row after"),
    "trace.proof": Label("Niêm phong", "Seal"),
    "trace.before": Label("Mã của dòng trước", "Digest of the row before"),
    "trace.sound": Label(
        "Dòng này còn nguyên như lúc ghi, đứng đúng sau dòng trước nó.",
        "This row is as it was written and stands right after the one before it.",
    ),
    "trace.unsound": Label(
        "Dòng này không còn như lúc ghi, hoặc dòng trước nó đã bị thay.",
        "This row is not as it was written, or the one before it was replaced.",
    ),
    "trace.unproved": Label("Không còn dòng trước để kiểm tra.", "The row before is no longer there to prove it by."),
    "trace.outcome-done": Label("đã làm", "done"),
    "trace.outcome-allowed": Label("được phép", "allowed"),
    "trace.outcome-shown": Label("đã cho xem", "shown"),
    "trace.outcome-denied": Label("bị từ chối", "refused"),
    "trace.outcome-failed": Label("không thành công", "failed"),
    "trace.door-web": Label("trên web", "on the web"),
    "trace.door-api": Label("qua API", "by the API"),
    "trace.door-cli": Label("tại máy chủ", "at the terminal"),
    "trace.door-jobs": Label("tác vụ nền", "by a job"),
    "trace.door-hook": Label("qua web hook", "by a web hook"),
    "lookers.title": Label("Ai đã xem", "Who looked"),
    "lookers.intro": Label(
        "Danh sách những người đã xem một bộ dữ liệu trong một khoảng ngày, để làm thông báo sự cố (lần đầu trong 24 "
        "giờ, báo cáo trong 72 giờ).",
        "Everybody who looked at a dataset within some days, for the notice of an incident (24 hours, then 72).",
    ),
    "lookers.choose": Label("Chọn bộ dữ liệu…", "Choose a dataset…"),
    "lookers.make": Label("Lập danh sách", "Make the list"),
    "lookers.of": Label("Từ {start} đến {end}", "From {start} to {end}"),
    "lookers.count": Label("{count} người", "{count} persons"),
    "lookers.none": Label("Không ai xem trong những ngày này", "Nobody looked in these days"),
    "lookers.foot": Label(
        "Một người xem lại cùng một nội dung trong một phút chỉ tính một lần, trừ dữ liệu cá nhân. Số liệu công khai "
        "không ghi vào nhật ký.",
        "The same look by the same person counts once a minute, unless at personal data. Open figures are not traced.",
    ),
    "lookers.person": Label("Người xem", "Who"),
    "lookers.account": Label("Tài khoản", "Account"),
    "lookers.looks": Label("Lượt xem", "Looks"),
    "lookers.clear": Label("Xem rõ dữ liệu cá nhân", "Personal data in clear"),
    "lookers.refused": Label("Bị từ chối", "Refused"),
    "lookers.first": Label("Lần đầu", "First"),
    "lookers.last": Label("Lần cuối", "Last"),
    "lookers.addresses": Label("Địa chỉ", "Addresses"),
    "lookers.purposes": Label("Mục đích đã khai", "Purposes said"),
    "lookers.things": Label("Nội dung", "What"),
}
