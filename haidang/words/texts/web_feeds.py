"""Texts of the pages about sources (`feed.`), runs (`run.`), mending (`mend.`) and uploading (`upload.`)."""

from haidang.words.nouns import Label

TEXTS: dict[str, Label] = {
    "feed.title": Label("Nguồn", "Sources"),
    "feed.every": Label("{count} nguồn", "{count} sources"),
    "feed.late-count": Label("{count} nguồn trễ hẹn", "{count} overdue"),
    "feed.none-late": Label("không nguồn nào trễ hẹn", "none overdue"),
    "feed.empty": Label("Chưa có nguồn nào anh/chị được xem", "No source you may see"),
    "feed.state": Label("Tình trạng", "State"),
    "feed.late": Label("trễ hẹn", "overdue"),
    "feed.never": Label("chưa nhận lần nào", "nothing yet"),
    "feed.kept": Label("đúng hẹn", "on time"),
    "feed.historic": Label("số lịch sử", "historic"),
    "feed.owner": Label("Chủ nguồn", "Owner"),
    "feed.promise": Label("Hẹn cập nhật", "Promise"),
    "feed.promise-days": Label("{days} ngày một lần", "every {days} days"),
    "feed.no-promise": Label("không hẹn", "none"),
    "feed.last": Label("Nhận gần nhất", "Last landed"),
    "feed.runs": Label("Lượt nhận", "Runs"),
    "feed.all-runs": Label("Mọi lượt nhận", "All runs"),
    "feed.no-runs": Label("Chưa có lượt nhận nào", "No runs yet"),
    "feed.when": Label("Lúc", "When"),
    "feed.file": Label("Tệp", "File"),
    "feed.kind-file": Label("tệp", "file"),
    "feed.kind-mend": Label("sửa dòng", "mended row"),
    "feed.kind-accept": Label("chấp nhận nhóm", "accepted group"),
    # one run
    "run.read": Label("Đã đọc", "Read"),
    "run.landed": Label("Đã nhận", "Landed"),
    "run.aside": Label("Để riêng", "Set aside"),
    "run.unchanged": Label("Không đổi", "Unchanged"),
    "run.superseded": Label("Thay thế", "Superseded"),
    "run.by": Label("Người gửi", "By"),
    "run.stopped": Label("Đã dừng, chưa ghi dòng nào.", "Stopped; nothing was landed."),
    "run.why-aside": Label("Vì sao để riêng", "Why set aside"),
    "run.log": Label("Ghi chú của lượt nhận ({count})", "Notes of the run ({count})"),
    "run.rejects": Label("Dòng để riêng", "Rows set aside"),
    "run.counts-only": Label(
        "Anh/chị xem được số lượng; nội dung từng dòng chỉ hiện với người được quyền sửa.",
        "You see the counts; the rows themselves are for those who may mend them.",
    ),
    "run.may-leave": Label(
        "Có thể rời trang này, việc nạp vẫn tiếp tục.", "You may leave this page; the work goes on."
    ),
    "run.where": Label("Tệp, trang", "File, sheet"),
    "run.row": Label("Dòng", "Row"),
    "run.column": Label("Cột", "Column"),
    "run.reason": Label("Lý do", "Reason"),
    "run.found": Label("Trong tệp", "Found"),
    "run.expected": Label("Yêu cầu", "Expected"),
    "run.rows": Label("{count} dòng", "{count} rows"),
    "run.state-open": Label("Chờ xử lý", "Open"),
    "run.state-mended": Label("Đã sửa", "Mended"),
    "run.state-accepted": Label("Đã chấp nhận", "Accepted"),
    "run.state-discarded": Label("Đã bỏ", "Discarded"),
    "run.state-all": Label("Tất cả", "All"),
    "run.none": Label("Không có dòng nào ở đây", "No rows here"),
    "run.none-why": Label(
        "Đã xử lý xong, hoặc các dòng còn lại thuộc địa bàn ngoài quyền sửa của anh/chị.",
        "All done, or the rest lies in places outside your right to mend.",
    ),
    # mending
    "mend.title": Label("Sửa", "Mend"),
    "mend.row": Label("Dòng {row}, {where}", "Row {row}, {where}"),
    "mend.do": Label("Sửa và nạp lại dòng này", "Mend and land this row"),
    "mend.cancel": Label("Thôi", "Cancel"),
    "mend.why": Label("Lý do bỏ", "Why discard"),
    "mend.discard": Label("Bỏ dòng này", "Discard this row"),
    "mend.reopen": Label("Mở lại", "Reopen"),
    "mend.no-why": Label("Cần ghi lý do bỏ dòng.", "Say why the row is discarded."),
    "mend.mended": Label("Đã sửa và nạp dòng {row}.", "Row {row} was mended and landed."),
    "mend.discarded": Label(
        "Đã bỏ dòng {row}; vẫn lưu và có thể mở lại.", "Row {row} was discarded; it can be reopened."
    ),
    "mend.reopened": Label("Đã mở lại dòng {row}.", "Row {row} is open again."),
    "mend.accepted": Label("Đã nhận {count} dòng, có đánh dấu.", "{count} rows landed, marked."),
    "mend.accept": Label("Chấp nhận cả nhóm", "Accept the group"),
    "mend.accept-why": Label(
        "Mọi dòng chờ xử lý của lý do này sẽ được nhận như trong tệp và mang dấu của lý do; số liệu tính lại ngay. "
        "Chỉ làm khi đã kiểm tra với nơi gửi rằng các dòng là đúng.",
        "Every open row of this reason will be landed as it stands, marked with the reason; figures follow. "
        "Only after checking with the sender that the rows are right.",
    ),
    "mend.accept-do": Label("Tôi đã kiểm tra, nhận cả nhóm", "I have checked; accept the group"),
    # uploading
    "upload.title": Label("Nạp tệp", "Upload"),
    "upload.send": Label("Gửi tệp", "Send files"),
    "upload.drop": Label(
        "Chọn hoặc thả tệp vào đây (được nhiều tệp)", "Choose or drop files here (several may be sent)"
    ),
    "upload.do": Label("Gửi", "Send"),
    "upload.sending": Label("Đang gửi", "Sending"),
    "upload.limits": Label(
        "CSV, Excel, JSON, Parquet, nén gz hoặc zip; tối đa {most} MB, {files} tệp một lần.",
        "CSV, Excel, JSON, Parquet, in gz or zip; at most {most} MB and {files} files at once.",
    ),
    "upload.then": Label(
        "Tệp được giữ nguyên, kiểm tra từng dòng; dòng lỗi để riêng cho anh/chị sửa. "
        "Gửi lại tệp cũ không làm thay đổi gì.",
        "The file is kept as it is and checked row by row; faulty rows are set aside for mending. "
        "Sending a file again changes nothing.",
    ),
    "upload.too-large": Label(
        "Tệp quá lớn: mỗi lần gửi tối đa {most} MB. Xin chia nhỏ hoặc nén lại.",
        "Too large: at most {most} MB at once. Please split or compress the file.",
    ),
    "upload.how-many": Label("Chọn từ 1 đến {most} tệp.", "Choose 1 to {most} files."),
    "upload.columns": Label("Tệp cần có các cột", "Columns of the file"),
    "upload.headings": Label("Tiêu đề nhận biết", "Headings known"),
    "upload.type": Label("Kiểu", "Type"),
    "upload.required": Label("bắt buộc", "required"),
    "upload.type-text": Label("chữ", "text"),
    "upload.type-integer": Label("số nguyên", "whole number"),
    "upload.type-decimal": Label("số", "number"),
    "upload.type-date": Label("ngày", "date"),
    "upload.type-datetime": Label("ngày giờ", "date and time"),
    "upload.type-boolean": Label("có/không", "yes/no"),
    "upload.type-place": Label("địa bàn (mã hoặc tên)", "place (code or name)"),
    "upload.type-period": Label("kỳ", "period"),
}
