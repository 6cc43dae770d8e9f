"""Texts of people's data: packs, purposes, data subjects, state secrets."""

from haidang.words.nouns import Label

TEXTS: dict[str, Label] = {
    "mask-not-secret": Label(
        "“mask” chỉ dùng cho cột mức {expected}; cột này ở mức “{found}”, ai cũng đọc được cả.",
        "“mask” is for columns of level {expected}; this one is “{found}”, which everybody reads whole.",
    ),
    "id-not-personal": Label(
        "Cột “{found}” dùng để nhận ra một người nên phải ở mức personal (đang có: {expected}).",
        "Column “{found}” tells one person, so its level must be personal (there are: {expected}).",
    ),
    "nothing-personal": Label(
        "Bộ dữ liệu không có cột nào ở mức personal để hết hạn lưu.",
        "The dataset has no column of level personal whose time could run out.",
    ),
    "not-months": Label(
        "“{found}” không phải thời hạn; viết như {expected}.", "“{found}” is no length of time; write {expected}."
    ),
    "purpose-unknown": Label("Không có mục đích “{found}” trong danh sách.", "No purpose “{found}” is on the list."),
    "purpose-too-short": Label(
        "Hãy chọn một mục đích, hoặc ghi rõ bằng lời (ít nhất {least} chữ).",
        "Choose a purpose, or say it in words (at least {least} letters).",
    ),
    "purpose-too-long": Label("Mục đích dài nhất {most} chữ.", "A purpose has at most {most} letters."),
    "purpose-no-packs": Label("Hãy chọn ít nhất một lĩnh vực cần xem.", "Choose at least one domain to look at."),
    "purpose.title": Label("Xem dữ liệu cá nhân", "Looking at personal data"),
    "purpose.ask": Label("Ông/bà xem dữ liệu cá nhân để làm gì?", "What do you look at personal data for?"),
    "purpose.then": Label(
        "Dữ liệu cá nhân hiện rõ trong {minutes} phút, chỉ ở các lĩnh vực được chọn; hết giờ thì che lại.",
        "Personal data stands in clear for {minutes} minutes, in the domains chosen only; then it is masked again.",
    ),
    "purpose.list": Label("Mục đích", "Purpose"),
    "purpose.unverified": Label("căn cứ chưa đối chiếu với văn bản gốc", "basis not yet checked against the text"),
    "purpose.other": Label("Mục đích khác, ghi bằng lời", "Another purpose, in words"),
    "purpose.words": Label(
        "Ghi thêm (số hồ sơ, quyết định…); bắt buộc ít nhất {least} chữ với mục đích khác",
        "More about it (dossier, decision…); another purpose needs at least {least} letters",
    ),
    "purpose.packs": Label("Lĩnh vực cần xem", "Domains to look at"),
    "purpose.begin": Label("Bắt đầu xem", "Begin"),
    "purpose.traced": Label(
        "Mỗi lần xem đều được ghi nhật ký: ai, bộ dữ liệu nào, mục đích, bao nhiêu dòng.",
        "Every look is traced: who, which dataset, for what, how many rows.",
    ),
    "purpose.strip": Label(
        "Đang xem dữ liệu cá nhân ({packs}) để: {words}. Còn {minutes} phút.",
        "Looking at personal data ({packs}) for: {words}. {minutes} minutes left.",
    ),
    "purpose.end": Label("Kết thúc xem", "End"),
    "secret.none-here": Label(
        "Không nhập, không tải lên tài liệu thuộc danh mục bí mật nhà nước.",
        "Do not type or upload anything on the list of state secrets.",
    ),
    "records.few": Label("Ẩn vì nhóm quá ít người.", "Hidden: too few people."),
    "records.few-why": Label(
        "Có dữ liệu, nhưng ít người đến mức có thể nhận ra họ; chỉ mức hạn chế trở lên được xem.",
        "There is data, but of so few people that they could be told; it takes the restricted level.",
    ),
    "records.covered": Label("Dữ liệu cá nhân được che ở các cột:", "Personal data is masked in the columns:"),
    "records.reveal": Label(
        "Ông/bà có quyền xem dữ liệu cá nhân ở đây; trước khi xem cần nói rõ để làm gì.",
        "You may see the personal data here; say what for first.",
    ),
    "records.reveal-do": Label("Nói mục đích để xem", "Say what for"),
}
