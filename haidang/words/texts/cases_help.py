"""Texts of files of Cases and of what is suggested for a Case."""

from __future__ import annotations

from haidang.words.nouns import Label

TEXTS: dict[str, Label] = {
    "not-this-kind": Label(
        "Tệp {found} không phải loại nhận được. Ảnh: JPEG, PNG, WebP; video: MP4; tài liệu: PDF.",
        "The file {found} is not of a kind we take. Photos: JPEG, PNG, WebP; video: MP4; papers: PDF.",
    ),
    "heic-photo": Label(
        "Ảnh {found} ở định dạng HEIC của iPhone, hệ thống chưa đọc được. Hãy gửi bằng định dạng JPEG "
        "(Cài đặt › Camera › Định dạng › Tương thích nhất).",
        "The photo {found} is in the iPhone's HEIC format, which we cannot read. Please send it as JPEG "
        "(Settings › Camera › Formats › Most Compatible).",
    ),
    "too-big-file": Label(
        "Tệp {found} lớn quá {expected} MB. Hãy gửi ảnh nhỏ hơn hoặc đoạn video ngắn hơn.",
        "The file {found} is larger than {expected} MB. Please send a smaller photo or a shorter video.",
    ),
    "too-many-files": Label(
        "Mỗi lần gửi tối đa {expected} tệp, đã chọn {found}.",
        "At most {expected} files at a time, {found} were chosen.",
    ),
    "unreadable-photo": Label(
        "Ảnh bị hỏng, không mở được. Hãy chụp hoặc chọn lại.",
        "The photo is damaged and cannot be opened. Please take or choose it again.",
    ),
    "too-large-picture": Label(
        "Ảnh {found} điểm ảnh quá lớn. Hãy gửi ảnh nhỏ hơn.",
        "A picture of {found} pixels is too large. Please send a smaller one.",
    ),
    "unknown-when": Label("Ảnh chụp lúc nào: {expected}.", "When a photo was taken is one of: {expected}."),
    "files-full": Label(
        "Hiện có quá nhiều tệp chờ nhận. Hãy gửi lại sau ít phút; nội dung chữ vẫn gửi được ngay.",
        "Too many files are waiting just now. Please send them again in a few minutes; words can be sent at once.",
    ),
    "no-case-file": Label("Không có tệp này.", "There is no such file."),
    "suggest.why-words": Label("có từ {words}", "says {words}"),
    "suggest.why-case": Label("giống {like} % vụ việc {number} đã xử lý", "{like} % like case {number}, handled"),
    "suggest.why-route": Label("theo tuyến của lĩnh vực và địa bàn", "by the route of its field and place"),
    "suggest.why-category": Label("theo loại việc", "by its category"),
    "suggest.why-shape": Label("vị trí nằm trong ranh giới", "the position lies within its border"),
    "suggest.why-named": Label("nội dung có nhắc tên", "the words name it"),
    "suggest.why-photo": Label("cùng một ảnh", "the same photo"),
    "suggest.why-same-spot": Label("cùng một chỗ", "the same spot"),
    "suggest.why-near": Label("cách {metres} m", "{metres} m away"),
    "suggest.why-minutes": Label("cách nhau {many} phút", "{many} minutes apart"),
    "suggest.why-hours": Label("cách nhau {many} giờ", "{many} hours apart"),
    "suggest.why-days": Label("cách nhau {many} ngày", "{many} days apart"),
    "suggest.why-like": Label("nội dung giống {like} %", "words {like} % alike"),
    "suggest.why-abusive": Label("có lời lẽ xúc phạm: {words}", "abusive words: {words}"),
    "suggest.why-danger": Label("có từ báo nguy hiểm: {words}", "words of danger: {words}"),
    "suggest.category": Label("Có thể thuộc loại", "Likely category"),
    "suggest.unit": Label("Có thể ở", "Likely place"),
    "suggest.office": Label("Nên chuyển tới", "Likely unit"),
    "suggest.repeats": Label("Có thể trùng với", "May repeat"),
    "suggest.merge": Label("Gộp vào {number}", "Join to {number}"),
    "suggest.urgent": Label("Có thể khẩn cấp", "May be urgent"),
    "suggest.none": Label("Chưa có gợi ý.", "Nothing to suggest yet."),
    "files.telling": Label("Thấy mặt, biển số", "Face or plate seen"),
    "files.judge-clear": Label("Không thấy ai", "Nobody seen"),
    "files.judge-telling": Label("Đừng công khai", "Do not show"),
    "files.judge-why": Label(
        "Ảnh có thể nhận ra người hoặc xe không bao giờ công khai; máy dò còn sót, xin xem kỹ.",
        "A photo on which people or cars may be told is never public; the machine misses some, please look.",
    ),
    "suggest.why-now": Label("gửi cùng lúc", "sent at the same time"),
}
