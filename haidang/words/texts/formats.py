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
        "More than {found} rows do not fit the table's {expected} columns. Please check the separator.",
    ),
    "heading-twice": Label(
        "Tiêu đề “{found}” đứng hai lần (lần sau: cột {column}), không biết lấy cột nào. Hãy bỏ hoặc đổi tên một cột.",
        "The heading “{found}” stands twice (again in column {column}). Please remove or rename one.",
    ),
    "no-heading": Label(
        "Tệp không có dòng tiêu đề: dòng được tìm thấy là “{found}”. Hãy thêm dòng tên cột lên đầu tệp.",
        "The file has no headings: the row found is “{found}”. Please add a row of column names.",
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
TEXTS |= {
    "file-too-large": Label(
        "Tệp có dung lượng {found}, lớn hơn mức cho phép là {expected}. Hãy chia nhỏ, hoặc gửi dạng CSV nén (zip).",
        "The file is {found}, more than the {expected} allowed. Please split it or send zipped CSV.",
    ),
    "password-workbook": Label(
        "Tệp Excel được đặt mật khẩu nên không đọc được. Hãy bỏ mật khẩu rồi gửi lại.",
        "The workbook is protected by a password. Please remove it and send again.",
    ),
    "damaged-file": Label(
        "Tệp bị hỏng hoặc bị cắt giữa chừng ({found}), không đọc được. Hãy tải lại từ nơi gửi.",
        "The file is damaged or cut short ({found}). Please fetch it again from the sender.",
    ),
    "too-many-sheets": Label(
        "Tệp có {found} trang tính, nhiều hơn mức cho phép là {expected}.",
        "The workbook has {found} sheets, more than the {expected} allowed.",
    ),
    "sheet-too-large": Label(
        "Trang tính trải rộng {found} ô, nhiều hơn mức cho phép là {expected} ô. Hãy xóa các ô thừa ở xa bảng, "
        "hoặc gửi dạng CSV.",
        "The sheet spans {found} cells, more than the {expected} allowed. Please clear stray cells or send CSV.",
    ),
    "unsafe-xml": Label(
        "Tệp Excel chứa khai báo XML không an toàn ({what} trong {found}). Tệp không được mở để bảo vệ hệ thống; "
        "hãy lưu lại bằng Excel rồi gửi lại.",
        "The workbook holds an unsafe XML declaration ({what} in {found}). It was not opened, to protect the system; "
        "please save it again with Excel.",
    ),
    "no-table": Label(
        "Không tìm thấy bảng số liệu nào có dòng tiêu đề trong tệp (các trang: {found}).",
        "No table with headings was found in the file (sheets: {found}).",
    ),
    "sheet-without-table": Label(
        "Trang này không có bảng số liệu (không có dòng tiêu đề từ hai cột trở lên); đã bỏ qua.",
        "This sheet has no table (no headings of two columns or more); it was passed over.",
    ),
    "sheet-unreadable": Label("Không đọc được trang này; đã bỏ qua.", "This sheet cannot be read; it was passed over."),
    "hidden-sheet": Label("Trang này bị ẩn nên không được đọc.", "This sheet is hidden and was not read."),
    "macros-not-run": Label(
        "Tệp có macro; macro không được chạy, chỉ đọc số liệu.", "The workbook has macros; they were not run."
    ),
    "links-not-followed": Label(
        "Tệp có liên kết tới tệp khác; chỉ đọc giá trị đã lưu.",
        "The workbook links to other files; only the saved values were read.",
    ),
    "reading-too-long": Label(
        "Đọc tệp quá {found} giây chưa xong nên đã dừng. Hãy chia nhỏ, hoặc gửi dạng CSV.",
        "Reading took more than {found} seconds and was stopped. Please split the file or send CSV.",
    ),
    "reader-gave-up": Label(
        "Tệp làm hỏng bộ đọc (mã {found}) nên bị từ chối. Hãy mở và lưu lại tệp, hoặc gửi dạng CSV.",
        "The file broke its reader (code {found}) and was refused. Please save it again or send CSV.",
    ),
    "needs-too-much-memory": Label(
        "Tệp cần quá nhiều bộ nhớ để đọc. Hãy chia nhỏ, hoặc gửi dạng CSV.",
        "Reading the file takes too much memory. Please split it or send CSV.",
    ),
}
TEXTS |= {
    "nested-too-deep": Label(
        "Tệp lồng quá nhiều tầng (mức cho phép: {expected}). Hãy gửi danh sách các bản ghi đơn giản.",
        "The file is nested too deep (allowed: {expected}). Please send a plain list of records.",
    ),
    "json-broken": Label(
        "Tệp JSON sai cú pháp ở dòng {found}, ký tự {column}. Hãy xuất lại tệp.",
        "The JSON is broken at line {found}, character {column}. Please export it again.",
    ),
    "json-not-utf8": Label(
        "Tệp JSON không phải bảng mã UTF-8 (từ byte thứ {found}). Hãy lưu lại bằng UTF-8.",
        "The JSON is not UTF-8 (from byte {found} on). Please save it as UTF-8.",
    ),
    "json-not-a-table": Label(
        "Tệp JSON chỉ chứa một giá trị đơn ({found}), không phải danh sách bản ghi.",
        "The JSON holds a single value ({found}), not a list of records.",
    ),
    "json-several-tables": Label(
        "Tệp JSON có nhiều danh sách ({found}), không biết lấy danh sách nào. Hãy gửi mỗi danh sách một tệp.",
        "The JSON holds several lists ({found}). Please send one list a file.",
    ),
    "json-row-no-object": Label(
        'Bản ghi thứ {found} của tệp JSON không có tên trường (cần dạng {{"tên": giá trị}}).',
        'Record {found} of the JSON has no field names (needed: {{"name": value}}).',
    ),
    "json-not-a-number": Label(
        "Tệp JSON chứa {found}, không phải là số hợp lệ. Hãy để trống (null) khi không có số liệu.",
        "The JSON holds {found}, which is no number. Please write null where there is no value.",
    ),
    "number-too-long": Label(
        "Tệp JSON chứa một số quá dài: {found} chữ số; mức cho phép là {expected}.",
        "The JSON holds a number that is too long: {found} digits; {expected} are allowed.",
    ),
    "json-key-twice": Label(
        "Một bản ghi JSON có trường “{found}” hai lần, không biết lấy giá trị nào.",
        "A JSON record has the field “{found}” twice.",
    ),
    "page-without-table": Label(
        "Tệp là trang web (HTML) nhưng không có bảng nào. Hãy xuất lại dạng Excel hoặc CSV.",
        "The file is a web page (HTML) without a table. Please export Excel or CSV.",
    ),
}
