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
    "no-such-file": Label("Không có tệp này.", "There is no such file."),
}
