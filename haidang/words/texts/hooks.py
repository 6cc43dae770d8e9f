"""Texts of the web hooks' door."""

from haidang.words.nouns import Label

TEXTS: dict[str, Label] = {
    "hook-refused": Label(
        "Không nhận: địa chỉ, chữ ký hoặc thời điểm không đúng.", "Not taken: the address, signature or time is wrong."
    ),
    "hook-replayed": Label("Thông điệp này đã được nhận rồi.", "This message was taken before."),
    "hook-too-often": Label(
        "Gửi quá nhiều trong một phút, hãy gửi lại sau.", "Too many in a minute, send again later."
    ),
    "hook-too-large": Label("Nội dung lớn hơn {most} MB.", "The body is larger than {most} MB."),
    "connector.hook.secret": Label("Khóa ký chung với bên gửi", "Secret shared with the sender"),
    "connector.hook.old_secret": Label("Khóa ký cũ (khi đang đổi khóa)", "Old secret (while it is being changed)"),
    "connector.hook.header": Label("Tên đầu mục chứa chữ ký", "Header with the signature"),
    "connector.hook.algorithm": Label("Thuật toán băm", "Hash algorithm"),
    "connector.hook.tolerance": Label("Lệch giờ cho phép (giây)", "Tolerated difference of clocks (seconds)"),
    "connector.hook.rate": Label("Số lần gửi tối đa mỗi phút", "Most pushes a minute"),
    "connector.hook.name": Label("Tên tệp nhận được", "Name of what comes"),
    "connector.hook": Label("Cổng nhận (bên kia đẩy đến)", "Web hook (the other side pushes)"),
}
