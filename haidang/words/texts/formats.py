"""Texts of reading files: why a file was refused, what was noticed while reading it."""

from haidang.words.nouns import Label

TEXTS: dict[str, Label] = {
    "empty-file": Label(
        "Tệp trống, không có nội dung. Hãy kiểm tra lại tệp rồi gửi lại.",
        "The file is empty. Please check it and send it again.",
    ),
    "no-rows": Label(
        "Tệp không có dòng dữ liệu nào (chỉ có tiêu đề hoặc ghi chú).",
        "The file has no row of data (only headings or notes).",
    ),
    "not-a-table-file": Label(
        "Nội dung tệp là {found}, không phải bảng số liệu. Hãy gửi tệp CSV, Excel (xlsx, xls), JSON hoặc Parquet.",
        "The content is {found}, not a table. Please send CSV, Excel (xlsx, xls), JSON or Parquet.",
    ),
    "unknown-format": Label(
        "Không nhận ra định dạng của tệp. Hãy gửi tệp CSV, Excel (xlsx, xls), JSON hoặc Parquet.",
        "The format of the file is not known. Please send CSV, Excel (xlsx, xls), JSON or Parquet.",
    ),
    "name-says-otherwise": Label(
        "Tên tệp có đuôi {expected} nhưng nội dung là {found}; đã đọc theo nội dung.",
        "The name ends in {expected} but the content is {found}; it was read by its content.",
    ),
    "cut-short": Label(
        "Tệp bị cắt giữa chừng: phần cuối của tệp nén ({found}) không có. Hãy tải lại từ nơi gửi.",
        "The file is cut short: the end of the archive ({found}) is missing. Please fetch it again from the sender.",
    ),
    "damaged-archive": Label(
        "Tệp nén ({found}) bị hỏng, không giải nén được. Hãy tải lại từ nơi gửi.",
        "The archive ({found}) is damaged. Please fetch it again from the sender.",
    ),
    "damaged-member": Label(
        "Tệp này trong gói nén bị hỏng, không giải nén được. Hãy nén lại và gửi lại.",
        "This file in the archive is damaged. Please pack it and send it again.",
    ),
    "nested-archive": Label(
        "Gói nén nằm trong gói nén ({found}). Hãy giải nén lớp ngoài rồi gửi lại.",
        "An archive within an archive ({found}). Please unpack the outer one and send again.",
    ),
    "too-many-members": Label(
        "Gói nén có {found} tệp, nhiều hơn mức cho phép là {expected}. Hãy chia thành nhiều gói.",
        "The archive has {found} files, more than the {expected} allowed. Please split it.",
    ),
    "unpacks-too-large": Label(
        "Tệp khi giải nén lớn hơn {expected} (đã tới {found}). Hãy chia nhỏ rồi gửi lại.",
        "The file unpacks to more than {expected} (reached {found}). Please split it and send again.",
    ),
    "archive-bomb": Label(
        "Tệp nén bất thường: “{found}” giải nén ra gấp {ratio} lần. Tệp không được mở để bảo vệ hệ thống.",
        "Abnormal archive: “{found}” unpacks to {ratio} times its size. It was not opened, to protect the system.",
    ),
    "empty-archive": Label("Gói nén không chứa tệp dữ liệu nào.", "The archive holds no data file."),
    "member-twice": Label(
        "Gói nén có hai tệp cùng tên “{found}”, không biết lấy tệp nào. Hãy đổi tên rồi nén lại.",
        "The archive has two files named “{found}”. Please rename one and pack again.",
    ),
    "unsafe-path": Label(
        "Gói nén chứa đường dẫn không an toàn “{found}”. Hãy nén lại, chỉ gồm các tệp dữ liệu.",
        "The archive holds an unsafe path “{found}”. Please pack only the data files.",
    ),
    "link-in-archive": Label(
        "Gói nén chứa liên kết “{found}” thay cho tệp thật. Hãy nén lại với tệp thật.",
        "The archive holds a link “{found}” instead of a file. Please pack the real file.",
    ),
    "password-archive": Label(
        "Gói nén được đặt mật khẩu (“{found}”). Hãy bỏ mật khẩu rồi gửi lại.",
        "The archive is protected by a password (“{found}”). Please remove it and send again.",
    ),
    "nul-bytes": Label(
        "Tệp có ký tự rỗng (NUL) ở dòng {found}, không phải tệp văn bản. Hãy xuất lại tệp CSV bằng UTF-8.",
        "The file holds zero bytes at line {found}: it is not text. Please export it again as UTF-8 CSV.",
    ),
    "mixed-encoding": Label(
        "Dòng {found} có ký tự không đúng bảng mã {expected} (byte {bytes}). Hãy lưu lại toàn bộ tệp bằng UTF-8.",
        "Row {found} has bytes that are not {expected} ({bytes}). Please save the whole file as UTF-8.",
    ),
    "encoding-converted": Label(
        "Tệp dùng bảng mã {found}; đã chuyển sang Unicode.", "The file is in {found}; it was converted to Unicode."
    ),
    "quote-not-closed": Label(
        'Dấu ngoặc kép mở ở dòng {found} không được đóng. Hãy thêm dấu đóng (") hoặc xuất lại tệp.',
        "The quotation mark opened in row {found} is never closed. Please close it or export the file again.",
    ),
    "cell-too-long": Label(
        "Dòng {found} có một ô dài hơn {expected} MB, có thể do dấu ngoặc kép không được đóng.",
        "Row {found} has a cell longer than {expected} MB; perhaps a quotation mark was not closed.",
    ),
    "line-too-long": Label(
        "Tệp có dòng dài hơn {expected} MB; đây không phải bảng số liệu chia theo dòng.",
        "The file has a line longer than {expected} MB; it is not a table in lines.",
    ),
    "unreadable-row": Label("Không đọc được dòng {found}.", "Row {found} cannot be read."),
    "too-many-columns": Label(
        "Dòng tiêu đề có {found} cột, nhiều hơn mức cho phép là {expected}. Hãy kiểm tra dấu phân cách.",
        "The headings have {found} columns, more than the {expected} allowed. Please check the separator.",
    ),
    "ragged-row": Label(
        "Dòng có {found} ô nhưng bảng có {expected} cột.",
        "The row has {found} cells but the table has {expected} columns.",
    ),
    "rows-out-of-shape": Label(
        "{found} dòng có số ô khác với {expected} cột của bảng.",
        "{found} rows have another number of cells than the table's {expected} columns.",
    ),
    "mixed-separators": Label(
        "{found} trên {rows} dòng không khớp với {expected} cột của dòng tiêu đề. Tệp dùng lẫn nhiều dấu phân cách "
        "hoặc thiếu dòng tiêu đề; hãy xuất lại với một dấu phân cách.",
        "{found} of {rows} rows do not fit the {expected} columns of the headings. The file mixes separators or lacks "
        "headings; please export it with one separator.",
    ),
    "too-many-ragged": Label(
        "Hơn {found} dòng không khớp với {expected} cột của bảng. Hãy kiểm tra dấu phân cách rồi xuất lại.",
        "More than {found} rows do not fit the table's {expected} columns. Please check the separator and export again.",
    ),
    "heading-twice": Label(
        "Tiêu đề “{found}” đứng hai lần (lần sau ở cột {column}), không biết lấy cột nào. Hãy xóa hoặc đổi tên một cột.",
        "The heading “{found}” stands twice (again in column {column}). Please remove or rename one.",
    ),
    "heading-renamed": Label(
        "Tiêu đề ở cột {column} trùng tên cột khác; tạm gọi là “{found}”.",
        "The heading of column {column} repeats another one; it is called “{found}” here.",
    ),
    "heading-cleaned": Label(
        "Tiêu đề “{found}” ở cột {column} có ký tự điều khiển không nhìn thấy; đã bỏ các ký tự đó.",
        "The heading “{found}” in column {column} held invisible control characters; they were removed.",
    ),
}
