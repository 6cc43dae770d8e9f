"""Texts of intake and the store: why a row was set aside (`reason.…`), why a file stopped, what a run is doing
(`step.…`).
"""

from haidang.words.nouns import Label

REASONS: dict[str, Label] = {
    "required-missing": Label("Thiếu giá trị bắt buộc", "A required value is missing"),
    "not-a-number": Label("Không phải là số", "Not a number"),
    "not-an-integer": Label("Không phải là số nguyên", "Not a whole number"),
    "not-a-date": Label("Không phải là ngày (ngày/tháng/năm)", "Not a date (day/month/year)"),
    "not-a-datetime": Label("Không phải là ngày giờ", "Not a date with time"),
    "not-a-boolean": Label("Không phải là có hoặc không", "Neither yes nor no"),
    "period-too-coarse": Label("Kỳ dài hơn kỳ của bộ dữ liệu", "The period is longer than the dataset's"),
    "below-min": Label("Nhỏ hơn mức cho phép", "Below what is allowed"),
    "above-max": Label("Lớn hơn mức cho phép", "Above what is allowed"),
    "not-in-list": Label("Không có trong danh mục", "Not in the code list"),
    "bad-pattern": Label("Không đúng khuôn dạng", "Not of the right form"),
    "ambiguous-place": Label("Tên này là của nhiều địa bàn", "Several places bear this name"),
    "place-not-in-force": Label("Địa bàn không tồn tại vào kỳ này", "The place did not exist in this period"),
    "duplicate-row": Label("Dòng lặp lại y nguyên trong tệp", "The same row stands twice in the file"),
    "volume": Label("Nguồn thiếu nhiều dòng so với quy mô", "The source has far fewer rows than its size tells"),
    "page": Label("Nguồn dừng đúng chỗ sang trang", "The source stops exactly where a page ends"),
    "compare": Label("Hai cột mâu thuẫn nhau", "Two columns contradict each other"),
    "sum": Label("Các phần không cộng bằng tổng", "The parts do not add up to the total"),
}

TEXTS: dict[str, Label] = {
    "reason.duplicate-key": Label("Trùng khóa với một dòng trước trong tệp", "The key of an earlier row of the file"),
    "reason.not-a-period": Label("Không phải là một kỳ", "Not a period"),
    "reason.unknown-place": Label("Không có địa bàn này", "No such place"),
    "reason.unknown-period": Label("Không phải là một kỳ", "Not a period"),
    "reason.ragged-row": Label("Số ô không khớp với dòng tiêu đề", "The number of cells differs from the headings"),
    "reason.cell-too-long": Label("Ô quá dài", "A cell is too long"),
    "missing-column": Label(
        "Tệp không có cột “{expected}”. Cột giống nhất trong tệp: “{nearest}”.",
        "The file has no column “{expected}”. The closest heading: “{nearest}”.",
    ),
    "file-missing": Label("Không tìm thấy tệp “{found}”.", "There is no file “{found}”."),
    "unknown-run": Label("Không có lượt nạp “{found}”.", "There is no run “{found}”."),
    "unknown-reject": Label(
        "Không có dòng để riêng “{found}” đang chờ xử lý.", "There is no open set-aside row “{found}”."
    ),
    "no-such-rejects": Label("Không còn dòng nào như vậy: {found}.", "There is no such row left: {found}."),
    "rejects-closed": Label("Các dòng này đã được xử lý trong lượt khác.", "Another run has closed these rows."),
    "cannot-accept-duplicates": Label(
        "Dòng trùng khóa không thể chấp nhận: hãy sửa khóa hoặc bỏ dòng.",
        "Rows with a repeated key cannot be accepted: correct the key or discard them.",
    ),
    "unknown-heading": Label(
        "Cột “{found}” chưa có trong khai báo, bỏ qua.", "The column “{found}” is not declared; left out."
    ),
    "note-in-file": Label("Ghi chú trong tệp: {found}", "A note in the file: {found}"),
    "table-left-out": Label(
        "Bảng này không có cột nào đã khai báo, bỏ qua.", "This table has no declared column; left out."
    ),
    "reject-discarded": Label("{actor} bỏ dòng {reject}: {why}", "{actor} discarded row {reject}: {why}"),
    "reject-open": Label("{actor} mở lại dòng {reject}. {why}", "{actor} reopened row {reject}. {why}"),
    "missing-setting": Label("Phép kiểm tra thiếu tham số “{found}”.", "The check lacks the setting “{found}”."),
    "unknown-check": Label(
        "Không có phép kiểm tra “{found}”. Có: {expected}.", "There is no check “{found}”. Known: {expected}."
    ),
    "unknown-operator": Label(
        "Không có phép so sánh “{found}”. Có: {expected}.", "No comparison “{found}”. Known: {expected}."
    ),
    "store-busy": Label(
        "Kho dữ liệu đang được một lượt khác ghi. Hãy thử lại sau ít phút.",
        "Another run is writing. Try again in a minute.",
    ),
    "store-unavailable": Label("Kho dữ liệu chưa mở được: {detail}", "The store cannot be opened: {detail}"),
    "store-not-committed": Label(
        "Chưa ghi được vào kho, không có gì thay đổi: {detail}", "Nothing was written: {detail}"
    ),
    "catalogue-elsewhere": Label(
        "Danh mục kho nằm trong PostgreSQL: hãy sao lưu cơ sở dữ liệu ấy bằng công cụ của nó, rồi "
        "chép thư mục dữ liệu.",
        "The catalogue is a PostgreSQL database: back it up with its own tools, then copy the home.",
    ),
    "backup-damaged": Label("Bản sao lưu thiếu hoặc hỏng tệp “{found}”.", "The backup lacks or damaged “{found}”."),
    "copy-failed": Label("Chưa sao chép được cơ sở dữ liệu: {detail}", "The database could not be copied: {detail}"),
    "step.receive": Label("Nhận tệp", "Receiving the file"),
    "step.read": Label("Đọc tệp", "Reading the file"),
    "step.check": Label("Kiểm tra", "Checking"),
    "step.merge": Label("Ghép theo khóa", "Merging by key"),
    "step.set-aside": Label("Để riêng dòng lỗi", "Setting aside rows at fault"),
    "step.derive": Label("Tính chỉ tiêu", "Deriving indicators"),
    "step.commit": Label("Ghi vào kho", "Writing to the store"),
    "step.done": Label("Xong", "Done"),
    "state.received": Label("Đã nhận", "Received"),
    "state.landing": Label("Đang nạp", "Landing"),
    "state.landed": Label("Đã nạp", "Landed"),
    "state.stopped": Label("Đã dừng", "Stopped"),
}

for _code, _label in REASONS.items():
    TEXTS[f"reason.{_code}"] = _label
    # The same words with what was found, for a file that stops at its first fault.
    TEXTS[_code] = Label(
        f"{_label.vi}: “{{found}}”. Yêu cầu: {{expected}}", f"{_label.en}: “{{found}}”. Expected: {{expected}}"
    )
