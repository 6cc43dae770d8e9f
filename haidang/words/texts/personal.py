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
    "subject.title": Label("Dữ liệu cá nhân của một người", "A person's data"),
    "subject.find": Label("Tìm dữ liệu của một người", "Find a person's data"),
    "subject.identifier": Label(
        "Mã định danh như trong hồ sơ (số CCCD, biển số, mã liên kết, họ tên…)",
        "Identifier as in the data (identity number, plate, link code, name…)",
    ),
    "subject.traced": Label(
        "Mã chỉ dùng để tìm, không được lưu; mỗi lần tìm đều ghi nhật ký.",
        "The identifier is only searched with, never kept; every search is traced.",
    ),
    "subject.found": Label("Trung tâm đang giữ", "The centre holds"),
    "subject.dataset": Label("Bộ dữ liệu", "Dataset"),
    "subject.rows": Label("Số dòng", "Rows"),
    "subject.row": Label("Dòng", "Row"),
    "subject.column": Label("Cột", "Column"),
    "subject.value": Label("Giá trị", "Value"),
    "subject.period": Label("Kỳ", "Period"),
    "subject.run": Label("Lần nạp", "Run"),
    "subject.law": Label("Theo luật", "By law"),
    "subject.look": Label("Đã xem", "Looked at"),
    "subject.may-erase": Label("Được xóa khi người đó yêu cầu", "Erased when the person asks"),
    "subject.law-keeps": Label("Luật yêu cầu giữ", "Kept by law"),
    "subject.why": Label(
        "Căn cứ yêu cầu (số đơn, ngày, người nộp)", "What the request rests on (number, day, by whom)"
    ),
    "subject.why-short": Label("Căn cứ", "Rests on"),
    "subject.give": Label("Trích xuất cho người đó", "Give it to the person"),
    "subject.ask-erase": Label("Đề nghị xóa", "Ask for erasure"),
    "subject.erase-means": Label(
        "Xóa: cột cá nhân của các dòng này thành trống, kể cả khi xem lại ngày trước; tệp gốc đã nạp từ lần đầu có "
        "người này trở đi bị hủy; con số thống kê giữ nguyên. Không lấy lại được. Cần một người khác xác nhận.",
        "Erasing empties the personal columns of these rows, also in looks into the past; the files as they came, from "
        "the first that held the person on, are destroyed; statistics stay. It cannot be undone. Somebody else has to "
        "confirm it.",
    ),
    "subject.nothing": Label("Không có dữ liệu", "No data"),
    "subject.nothing-why": Label(
        "Không bộ dữ liệu nào ông/bà phụ trách có mã này.", "No dataset you answer for has this identifier."
    ),
    "subject.requests": Label("Các yêu cầu", "Requests"),
    "subject.when": Label("Lúc, người lập", "When, by whom"),
    "subject.kind": Label("Yêu cầu", "Request"),
    "subject.who": Label("Về (đã che)", "About (masked)"),
    "subject.holds": Label("Đang giữ", "Holds"),
    "subject.acts": Label("Thao tác", "Acts"),
    "subject.kind-export": Label("Trích xuất", "Export"),
    "subject.kind-erase": Label("Xóa", "Erase"),
    "subject.state-asked": Label("Chờ người khác xác nhận", "Waits for another to confirm"),
    "subject.state-confirmed": Label("Đã xác nhận, đang xóa", "Confirmed, being erased"),
    "subject.state-done": Label("Xong", "Done"),
    "subject.state-refused": Label("Không thực hiện", "Not done"),
    "subject.waits": Label("Cần người khác xác nhận", "Another has to confirm"),
    "subject.confirm": Label("Xác nhận xóa", "Confirm erasure"),
    "subject.refuse": Label("Từ chối", "Refuse"),
    "subject.take-back": Label("Rút lại", "Take back"),
    "subject.no-requests": Label("Chưa có yêu cầu nào.", "No requests yet."),
    "subject.where": Label("Các bộ dữ liệu có thể tìm", "Datasets that can be searched"),
    "subject.asked": Label(
        "Đã lập đề nghị xóa số {number}; cần một người khác xác nhận.",
        "Erasure {number} is asked for; somebody else has to confirm it.",
    ),
    "subject.confirmed": Label(
        "Đã xác nhận: {count} bộ dữ liệu đang được xóa.", "Confirmed: {count} datasets are being emptied."
    ),
    "subject.refused": Label("Đã ghi: không xóa.", "Noted: nothing is erased."),
    "subject-too-short": Label(
        "Mã định danh cần ít nhất {least} chữ, số.", "An identifier has at least {least} letters or figures."
    ),
    "subject-no-why": Label("Hãy ghi căn cứ của yêu cầu.", "Say what the request rests on."),
    "subject-unknown": Label("Không bộ dữ liệu nào có mã này.", "No dataset has this identifier."),
    "subject-own-request": Label("Người lập đề nghị không tự xác nhận được.", "Whoever asked cannot confirm it."),
    "subject-unknown-request": Label(
        "Không có yêu cầu này, hoặc đã xử lý.", "There is no such request, or it is closed."
    ),
    "not-to-be-erased": Label(
        "Dữ liệu “{found}” phải giữ theo luật, không xóa theo yêu cầu.",
        "“{found}” is kept by law and not erased on request.",
    ),
    "raw-erased": Label(
        "Tệp gốc đã bị hủy vì xóa dữ liệu cá nhân (lần nạp {by}); không nạp lại được từ tệp này.",
        "The file as it came was destroyed when personal data was erased (run {by}); it cannot be landed from again.",
    ),
    "purge-costs": Label(
        "Hủy hẳn trên đĩa những gì đã xóa thì cũng mất mọi bản cũ của kho: không còn xem lại số liệu của ngày trước "
        "hôm nay. Chạy lại với --yes nếu đồng ý; nên sao lưu trước, và nhớ các bản sao lưu cũ vẫn còn dữ liệu đã xóa.",
        "Taking what was erased off the disk also lets go of every older state of the store: there is no looking at "
        "figures as of a day before today any more. Run it again with --yes if that is meant; older backups still hold "
        "what was erased.",
    ),
    "purge.done": Label(
        "Đã bỏ {snapshots} bản cũ; kho còn {after} byte (trước: {before}).",
        "{snapshots} older states let go of; the store has {after} bytes (before: {before}).",
    ),
    "reason.not-secret": Label(
        "Dòng ghi là bí mật nhà nước: bị từ chối, không giữ nội dung",
        "The row says it is a state secret: refused, nothing of it kept",
    ),
    "secret-refused": Label(
        "Tệp có nội dung ghi là bí mật nhà nước: các dòng đó bị từ chối và tệp gốc đã bị hủy, không lưu ở trung tâm.",
        "The file held what says it is a state secret: those rows were refused and the file as it came destroyed.",
    ),
    "notice.secret-refused": Label(
        "Tệp “{file}” có {count} dòng ghi là bí mật nhà nước: trung tâm từ chối, đã hủy tệp gốc. Hãy gỡ khỏi nguồn gửi "
        "và báo người phụ trách bảo vệ bí mật nhà nước của cơ quan.",
        "“{file}” held {count} rows marked as state secrets: refused, the file destroyed. Take them out of what is "
        "sent and tell your office's officer for state secrets.",
    ),
    "notice.secret-refused.title": Label("Từ chối nội dung bí mật nhà nước", "State secrets refused"),
}
