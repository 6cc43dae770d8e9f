"""Texts of bringing Cases over from another program: why a row was set aside, what a mapping lacks."""

from haidang.words.nouns import Label

_ASIDE: dict[str, tuple[str, str]] = {
    "no-number": ("không có số của vụ việc", "it has no number"),
    "number-twice": ("số này đã có ở một dòng trước", "a row before it has the same number"),
    "empty-report": ("không có nội dung", "it says nothing"),
    "words-too-long": ("nội dung quá dài ({found} chữ)", "it is too long ({found} letters)"),
    "unknown-channel": ("không có kênh “{found}”", "there is no channel “{found}”"),
    "unknown-category": ("không có lĩnh vực “{found}”", "there is no category “{found}”"),
    "unknown-state": ("không có trạng thái “{found}”", "there is no state “{found}”"),
    "unknown-place": ("không có xã mang mã “{found}”", "there is no commune of code “{found}”"),
    "unknown-act": ("không có bước xử lý “{found}”", "there is no act “{found}”"),
    "unknown-value": ("giá trị lạ: {found}", "a value nobody knows: {found}"),
    "not-yet": ("ngày gửi ở tương lai ({found})", "it was sent in the future ({found})"),
    "before-sent": ("có bước xảy ra trước khi gửi ({found})", "an act before it was sent ({found})"),
    "not-in-this-state": ("bước xử lý trái trình tự ({found})", "an act out of order ({found})"),
    "other-state": ("lịch sử không dẫn tới trạng thái đã nêu ({found})", "its history leads elsewhere ({found})"),
    "no-grant-there": ("không có quyền nạp cho địa bàn {found}", "no grant to import for {found}"),
    "no-moment": ("thiếu thời điểm gửi", "it does not say when it was sent"),
    "not-a-moment": ("không phải thời điểm: {found}", "no moment: {found}"),
    "not-a-number": ("không phải số: {found}", "no number: {found}"),
    "due-not-later": ("hạn mới không muộn hơn hạn cũ", "the new date is not later"),
    "due-too-late": ("hạn mới quá giới hạn gia hạn", "the new date is beyond what may be given"),
    "may-not-publish": ("không được công khai", "it may not be published"),
}
_REST: dict[str, tuple[str, str]] = {
    "cases-import.done": (
        "Đã đọc {read} dòng: {landed} vụ việc mới, {unchanged} đã có từ trước, {set_aside} để riêng.",
        "Read {read} rows: {landed} new Cases, {unchanged} known before, {set_aside} set aside.",
    ),
    "map-unreadable": (
        "Không đọc được tệp ánh xạ ({found}). Tệp là YAML có mục fields.",
        "The mapping cannot be read ({found}). It is YAML with fields.",
    ),
    "map-unknown": (
        "Tệp ánh xạ nêu “{found}”, không có mục này. Các mục: {expected}.",
        "The mapping says “{found}”, which is not known. Known: {expected}.",
    ),
    "map-lacks": ("Chưa nói “{found}” lấy từ cột nào.", "Nothing says which column is “{found}”."),
    "case-file-unreadable": (
        "Không đọc được tệp: {found}. Cần CSV, UTF-8, có thể nén gzip.",
        "The file cannot be read: {found}. It must be CSV, UTF-8, gzip allowed.",
    ),
    "case-file-lacks": (
        "Tệp không có cột {found}. Các cột của tệp: {expected}.",
        "The file has no column {found}. Its columns: {expected}.",
    ),
}
TEXTS: dict[str, Label] = {
    **{f"case-aside.{code}": Label(vi, en) for code, (vi, en) in _ASIDE.items()},
    **{code: Label(vi, en) for code, (vi, en) in _REST.items()},
}
