"""Texts of what stands before every page: refusals by size and pace, warnings about the machine's settings."""

from __future__ import annotations

from haidang.words.nouns import Label

TEXTS: dict[str, Label] = {
    "call-failed": Label(
        "Gọi ra “{found}” không được ({why}). Sẽ thử lại sau.", "Calling “{found}” failed ({why}). It is tried again."
    ),
    "malformed": Label(
        "Yêu cầu không đúng khuôn dạng; chưa có gì thay đổi.", "The request is malformed; nothing was changed."
    ),
    "wrong-method": Label(
        "Địa chỉ này không nhận yêu cầu theo cách vừa gửi.", "This address does not take requests of this kind."
    ),
    "request-too-large": Label(
        "Nội dung gửi lên vượt quá mức trung tâm nhận.", "What was sent is larger than the centre takes."
    ),
    "too-often": Label(
        "Quá nhiều yêu cầu trong thời gian ngắn. Xin chờ rồi thử lại.", "Too many requests. Please wait and try again."
    ),
    "busy": Label(
        "Trung tâm đang bận. Xin thử lại sau ít phút.", "The centre is busy. Please try again in a few minutes."
    ),
    "file-name": Label(
        "Tên tệp {found} không dùng được: có ký tự ẩn hoặc ký tự đường dẫn, hoặc quá dài. Xin đổi tên rồi gửi lại.",
        "The file name {found} cannot be used: hidden or path characters, or too long. Please rename it.",
    ),
    "file-runs": Label(
        "Tệp {found} có đuôi .{ending} của chương trình hoặc trang web, không phải bảng số liệu; chưa lưu gì.",
        "The file {found} has the ending .{ending} of a program or web page, not of a table; nothing was kept.",
    ),
    "warn.secret-readable": Label(
        "tệp bí mật này người dùng khác trên máy đọc được; chỉ nên để chủ tệp đọc (chmod 600)",
        "other users of this machine can read this secret file; only its owner should (chmod 600)",
    ),
    "warn.weak-secret": Label(
        "khóa bí mật ngắn hoặc dễ đoán; cần ít nhất 32 ký tự ngẫu nhiên",
        "the secret key is short or easy to guess; at least 32 random characters are needed",
    ),
    "warn.debug": Label(
        "đang bật chế độ gỡ lỗi; không được dùng ở trung tâm thật", "debug mode is on; never in a real centre"
    ),
    "warn.no-https": Label(
        "trung tâm nhận địa chỉ {found} mà chưa bật HTTPS; mật khẩu sẽ đi trên mạng không mã hóa",
        "the centre is reached as {found} without HTTPS; passwords travel unencrypted",
    ),
    "warn.demo-accounts": Label(
        "có tài khoản của bản trình diễn ({found}); phải khóa trước khi dùng thật",
        "accounts of the demo are here ({found}); disable them before real use",
    ),
    "warn.no-contact": Label(
        "chưa có địa chỉ nhận báo lỗ hổng; /.well-known/security.txt sẽ không có",
        "no contact for reports of weaknesses; there will be no /.well-known/security.txt",
    ),
    "warn.old-contact": Label(
        "ngày hết hạn của security.txt đã qua hoặc xa hơn một năm ({found})",
        "the expiry of security.txt has passed or is more than a year away ({found})",
    ),
}
