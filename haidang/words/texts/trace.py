"""Texts of the trace: what stops it, what was done in words, how it is found broken."""

from haidang.words.nouns import Label

TEXTS: dict[str, Label] = {
    "trace-not-written": Label(
        "Chưa ghi được nhật ký nên chưa thể trả lời. Hãy thử lại sau ít phút.",
        "The trace cannot be written, so nothing is shown. Try again in a few minutes.",
    ),
    "trace-broken": Label(
        "Nhật ký không còn nguyên vẹn từ dòng số {number}, nên không dòng nào được cất đi. Hãy chạy “haidang doctor”.",
        "The trace is not whole from row {number} on, so no row is put away. Run “haidang doctor”.",
    ),
    "trace-file-unreadable": Label(
        "Không đọc được tệp nhật ký “{found}”.", "The file of the trace “{found}” cannot be read."
    ),
    "siem-away": Label(
        "Hệ thống thu nhật ký {found} không nhận: {why}. Các dòng chưa gửi vẫn được giữ và sẽ gửi lại.",
        "The collector of logs {found} does not take them: {why}. What was not sent is kept and sent again.",
    ),
    "days-turned-round": Label(
        "Ngày bắt đầu {start} đứng sau ngày kết thúc {end}.", "The first day {start} comes after the last day {end}."
    ),
    "no-such-row": Label("Nhật ký không có dòng số {found}.", "The trace has no row {found}."),
    "rule.trace_months": Label("Giữ nhật ký ít nhất", "The trace is kept for at least"),
    # --- how it is found broken: {number} is the row's number
    "trace.whole": Label(
        "Nhật ký nguyên vẹn: {rows} dòng, từ số {first} đến số {last}.",
        "The trace is whole: {rows} rows, from number {first} to number {last}.",
    ),
    "trace.empty": Label("Nhật ký chưa có dòng nào.", "The trace has no rows yet."),
    "trace.broken-changed": Label(
        "Nhật ký đã bị sửa: dòng số {number} không còn như lúc ghi.",
        "The trace was changed: row {number} is not as it was written.",
    ),
    "trace.broken-missing": Label(
        "Nhật ký bị mất dòng: dòng số {number} không còn.", "A row of the trace is missing: number {number} is gone."
    ),
    "trace.broken-inserted": Label(
        "Nhật ký bị chèn thêm: dòng số {number} không do chương trình ghi.",
        "A row was put into the trace: number {number} was not written by the program.",
    ),
    "trace.broken-reordered": Label(
        "Nhật ký bị đảo thứ tự: ở dòng số {number} là một dòng của chỗ khác.",
        "Rows of the trace were put in another order: at number {number} stands the row of another place.",
    ),
    "trace.broken-truncated": Label(
        "Nhật ký bị cắt phần cuối: từ dòng số {number} trở đi không còn.",
        "The end of the trace was cut off: nothing stands from row {number} on.",
    ),
    "trace.broken-head": Label(
        "Số đếm của nhật ký (ở dòng số {number}) không do chương trình ghi: phần cuối có thể đã bị cắt.",
        "The count of the trace (at row {number}) was not written by the program: its end may have been cut off.",
    ),
    "trace.broken-key": Label(
        "Nhật ký từ dòng số {number} được niêm phong bằng khóa khác. Khóa (HAIDANG_TRACE_KEY hoặc khóa bí mật của máy) "
        "đã bị thay, hoặc nhật ký không phải của trung tâm này.",
        "The trace from row {number} on was sealed with another key. The key (HAIDANG_TRACE_KEY or the machine's "
        "secret key) was replaced, or the trace is another centre's.",
    ),
    "trace.broken-rewritten": Label(
        "Nhật ký đã bị viết lại: dòng số {number} khác với mốc đã ghi bên ngoài (trace-anchors.jsonl).",
        "The trace was rewritten: row {number} is not what was written down outside (trace-anchors.jsonl).",
    ),
    "trace.broken-unsealed": Label(
        "Có một dòng chờ đánh số không do chương trình ghi (mã {number} trong cơ sở dữ liệu).",
        "A row that waits for its number was not written by the program (id {number} in the database).",
    ),
    "trace.broken-noted": Label(
        "Ở dòng số {number}, chương trình đã thấy số đếm của nhật ký bị sửa trước đó.",
        "At row {number} the program found that the count of the trace had been changed before.",
    ),
    "trace.guards-gone": Label(
        "Cơ sở dữ liệu không còn chặn việc sửa và xóa nhật ký (thiếu: {found}). Hãy chạy “haidang trace guard”.",
        "The database no longer refuses changes to the trace (missing: {found}). Run “haidang trace guard”.",
    ),
    "trace.siem-off": Label("không gửi ra ngoài (chưa đặt HAIDANG_SYSLOG)", "sent nowhere (HAIDANG_SYSLOG is not set)"),
    "trace.siem-level": Label("đã gửi đủ", "everything sent"),
    "trace.siem-behind": Label("còn {count} dòng chưa gửi, từ {since}", "{count} rows not sent, since {since}"),
    "trace.full": Label(
        "Sắp đầy: ổ đĩa đã dùng {disk} %, cơ sở dữ liệu {database} MB.",
        "Nearly full: the disk is {disk} % used, the database holds {database} MB.",
    ),
    "trace.not-full": Label(
        "Ổ đĩa đã dùng {disk} %, cơ sở dữ liệu {database} MB.", "The disk is {disk} % used, the database {database} MB."
    ),
    "notice.trace-full": Label(
        "Sắp hết chỗ lưu nhật ký và dữ liệu: ổ đĩa đã dùng {disk} %, cơ sở dữ liệu {database} MB.",
        "Room for the trace and the data runs out: the disk is {disk} % used, the database holds {database} MB.",
    ),
    "notice.trace-broken": Label("Nhật ký không còn nguyên vẹn: {said}", "The trace is not whole: {said}"),
    "notice.trace-unsent": Label(
        "Nhật ký chưa gửi được tới hệ thống giám sát: còn {count} dòng, từ {since}.",
        "The trace does not reach the monitoring system: {count} rows are not sent, since {since}.",
    ),
    # --- at the terminal
    "cli.help.trace": Label("nhật ký: xem, kiểm tra, xuất ra tệp", "the trace: read it, prove it, take it away"),
    "cli.trace-file": Label(
        "Tệp “{found}” phải có đuôi .jsonl hoặc .csv.", "The file “{found}” must end in .jsonl or .csv."
    ),
    "cli.trace-exported": Label("Đã ghi {count} dòng nhật ký vào {file}.", "{count} rows of the trace are in {file}."),
    "cli.trace-guarded": Label(
        "Cơ sở dữ liệu lại chặn việc sửa và xóa nhật ký.", "The database refuses changes to the trace again."
    ),
    # --- columns
    "trace.number": Label("Số", "Number"),
    "trace.at": Label("Lúc", "At"),
    "trace.sentence": Label("Việc", "What happened"),
    "trace.who": Label("Tài khoản", "Account"),
    "trace.title": Label("Tên gọi", "Called"),
    "trace.real": Label("Người ngồi máy", "Who sat there"),
    "trace.action": Label("Hành động", "Act"),
    "trace.subject": Label("Đối tượng", "About"),
    "trace.outcome": Label("Kết quả", "Outcome"),
    "trace.because": Label("Vì", "Because"),
    "trace.purpose": Label("Mục đích", "Purpose"),
    "trace.address": Label("Địa chỉ", "Address"),
    "trace.door": Label("Qua", "Door"),
    "trace.privilege": Label("Phiên đặc quyền", "Privileged session"),
    "trace.times": Label("Số lần", "Times"),
    "trace.digest": Label("Mã niêm phong", "Digest"),
}
