"""Texts of the problems a pack may have, and of what the catalog does not know."""

from haidang.words.nouns import Label

TEXTS: dict[str, Label] = {
    "pack-problem": Label("Gói lĩnh vực có {count} lỗi.", "The packs have {count} problems."),
    "nearest-is": Label(" Có phải “{nearest}”?", " Did you mean “{nearest}”?"),
    # what a lookup does not find
    "unknown-pack": Label("Không có gói lĩnh vực “{found}”.", "There is no pack “{found}”."),
    "unknown-dataset": Label("Không có bộ dữ liệu “{found}”.", "There is no dataset “{found}”."),
    "unknown-indicator": Label("Không có chỉ tiêu “{found}”.", "There is no indicator “{found}”."),
    "unknown-board": Label("Không có bảng điều hành “{found}”.", "There is no board “{found}”."),
    "unknown-code-list": Label("Gói không có danh mục mã “{found}”.", "The pack has no code list “{found}”."),
    # files
    "no-such-folder": Label("Không có thư mục “{found}”.", "There is no folder “{found}”."),
    "no-pack-yaml": Label(
        "Thư mục “{found}” trông như một gói nhưng thiếu tệp pack.yaml.",
        "The folder “{found}” looks like a pack but has no pack.yaml.",
    ),
    "unknown-file": Label(
        "“{found}” đặt ở chỗ không được đọc. Ở đây chỉ đọc: {expected}.",
        "“{found}” stands where nothing is read. Read here: {expected}.",
    ),
    "pack-holds-code": Label(
        "Gói lĩnh vực chỉ khai báo, không chứa mã chương trình: “{found}”.",
        "A pack only declares; it holds no code: “{found}”.",
    ),
    "declaration-too-big": Label("Tệp khai báo lớn quá 1 MB.", "A declaration may not be larger than 1 MB."),
    "file-unreadable": Label("Không mở được tệp: {found}.", "The file cannot be opened: {found}."),
    "declaration-empty": Label("Tệp trống.", "The file is empty."),
    "not-utf8": Label("Tệp không phải mã UTF-8; hãy lưu lại với mã UTF-8.", "The file is not UTF-8; save it as UTF-8."),
    "file-outside-pack": Label("Tệp “{found}” nằm ngoài thư mục của gói.", "The file “{found}” lies outside the pack."),
    "no-such-file": Label(
        "Gói không có tệp “{found}”. Có: {expected}", "The pack has no file “{found}”. There is: {expected}"
    ),
    # YAML
    "yaml-broken": Label(
        "YAML viết sai, không đọc tiếp được: {found}. Xem thụt dòng, dấu hai chấm và dấu nháy.",
        "The YAML is broken: {found}. Look at indentation, colons and quotes.",
    ),
    "yaml-anchor": Label(
        "Không dùng neo và tham chiếu của YAML (“{found}”); hãy viết lại giá trị, hoặc đặt giá trị trong nháy.",
        "YAML anchors and aliases are not read (“{found}”); write the value again, or quote it.",
    ),
    "yaml-tag": Label("Không dùng thẻ YAML (“{found}”).", "YAML tags are not read (“{found}”)."),
    "yaml-two-documents": Label(
        "Mỗi tệp chỉ có một tài liệu (không có dòng ---).", "One document per file (no line ---)."
    ),
    "yaml-too-deep": Label("Lồng nhau quá sâu.", "Nested too deep."),
    "yaml-key-not-text": Label("Khóa phải là chữ.", "A key must be text."),
    "duplicate-key": Label("Khóa “{found}” viết hai lần.", "The key “{found}” stands twice."),
    # forms
    "unknown-key": Label("Không có khóa “{found}”. Có: {expected}.", "There is no key “{found}”. Known: {expected}."),
    "comma-unquoted": Label(
        "“{found}” đứng một mình: chữ có dấu phẩy trong ngoặc nhọn thì đặt trong nháy. Khóa dùng được: {expected}.",
        "“{found}” stands alone: quote a text with a comma inside braces. Known keys: {expected}.",
    ),
    "missing-key": Label("Thiếu khóa “{found}”.", "The key “{found}” is missing."),
    "empty-value": Label(
        "Khóa này chưa có giá trị. Giá trị có dấu # thì đặt trong nháy.",
        "This key has no value. Quote a value that holds #.",
    ),
    "not-a-mapping": Label(
        "Ở đây cần các cặp “khóa: giá trị”, không phải “{found}”.", "Pairs “key: value” belong here, not “{found}”."
    ),
    "not-a-list": Label("Ở đây cần một danh sách, không phải “{found}”.", "A list belongs here, not “{found}”."),
    "list-empty": Label("Danh sách này không được trống.", "This list may not be empty."),
    "not-a-text": Label("Ở đây cần một giá trị, không phải “{found}”.", "A single value belongs here, not “{found}”."),
    "not-a-key": Label(
        "“{found}” không dùng làm tên được: viết chữ thường không dấu, số, gạch nối ({expected}).",
        "“{found}” is no name: use lower-case ASCII letters, digits, hyphens ({expected}).",
    ),
    "query-broken": Label("Câu truy vấn không đọc được: {found}.", "The query cannot be read: {found}."),
    "query-not-select": Label(
        "Tệp này phải là đúng một câu SELECT, không phải “{found}”.", "This file must be one SELECT, not “{found}”."
    ),
    "query-function": Label(
        "Câu truy vấn không được dùng hàm “{found}”: chỉ đọc bộ dữ liệu đã khai trong from.",
        "A query may not call “{found}”: it reads only the datasets named in from.",
    ),
    "query-table": Label(
        "“{found}” không nằm trong from của bộ dữ liệu này (có: {expected}).",
        "“{found}” is not in this dataset's from (there are: {expected}).",
    ),
    "not-an-hour": Label("“{found}” không phải giờ phút (như {expected}).", "“{found}” is no hour (like {expected})."),
    "not-days": Label(
        "“{found}” không phải ngày phải gửi: every, working hoặc monthly:5.",
        "“{found}” says no days: every, working or monthly:5.",
    ),
    "not-a-duration": Label(
        "“{found}” không phải khoảng thời gian (như {expected}).", "“{found}” is no duration (like {expected})."
    ),
    "not-a-setting-name": Label(
        "“{found}” không dùng làm tên thiết lập được (như {expected}).",
        "“{found}” is no name of a setting (like {expected}).",
    ),
    "every-or-at": Label(
        "Lịch gửi cần đúng một trong hai: every (chu kỳ) hoặc at (giờ).",
        "A schedule says one of the two: every (interval) or at (hour).",
    ),
    "not-a-column-name": Label(
        "“{found}” không dùng làm tên cột được: viết chữ thường không dấu, số, gạch dưới ({expected}).",
        "“{found}” is no column name: use lower-case ASCII letters, digits, underscores ({expected}).",
    ),
    "reserved-name": Label(
        "“{found}” là từ của ngôn ngữ điều kiện, không đặt tên cột được.",
        "“{found}” is a word of the condition language and cannot name a column.",
    ),
    "not-a-choice": Label(
        "“{found}” không dùng được ở đây. Chọn: {expected}.", "“{found}” does not fit here. Choose: {expected}."
    ),
    "integer-expected": Label(
        "“{found}” không phải số nguyên ({expected}).", "“{found}” is not a whole number ({expected})."
    ),
    "number-expected": Label(
        "“{found}” không phải số; trong gói viết số với dấu chấm thập phân ({expected}).",
        "“{found}” is not a number; in a pack write it with a decimal point ({expected}).",
    ),
    "out-of-range": Label("“{found}” nằm ngoài khoảng {expected}.", "“{found}” is outside {expected}."),
    "not-a-pattern": Label(
        "“{found}” không dùng làm mẫu được: {expected}.", "“{found}” cannot be a pattern: {expected}."
    ),
    "not-a-version": Label(
        "“{found}” không phải số phiên bản; viết như {expected}.", "“{found}” is no version; write it like {expected}."
    ),
    # code lists
    "code-list-header": Label(
        "Dòng đầu của danh mục mã thiếu cột: {expected} (đang có: {found}).",
        "The code list's first line lacks: {expected} (there is: {found}).",
    ),
    "code-list-row": Label("Dòng có {found} ô, cần {expected} ô.", "The line has {found} cells instead of {expected}."),
    "empty-code": Label("Ô mã trống.", "The code is empty."),
    "duplicate-code": Label("Mã “{found}” viết hai lần.", "The code “{found}” stands twice."),
    "csv-broken": Label("CSV viết sai: {found}.", "The CSV is broken: {found}."),
    # references
    "name-differs": Label(
        "Tên “{found}” khác tên tệp hoặc thư mục “{expected}”; hai tên phải giống nhau.",
        "The name “{found}” differs from its file or folder “{expected}”; they must be the same.",
    ),
    "duplicate-name": Label("Tên “{found}” đã dùng ở {expected}.", "The name “{found}” is taken at {expected}."),
    "unknown-column": Label(
        "Không có cột “{found}”. Có: {expected}.", "There is no column “{found}”. There is: {expected}."
    ),
    "no-such-kind": Label(
        "Không có kiểu “{found}”. Có: {expected}.", "There is no kind “{found}”. There is: {expected}."
    ),
    "unknown-group": Label(
        "pack.yaml không có nhóm “{found}”. Có: {expected}", "pack.yaml has no group “{found}”. There is: {expected}"
    ),
    "unknown-slice": Label(
        "Chỉ tiêu không có lát cắt “{found}” (khai ở slices). Có: {expected}",
        "The indicator has no slice “{found}” (see slices). There is: {expected}",
    ),
    "not-a-comparison": Label(
        "“{found}” không so sánh được: chọn {expected} hoặc viết một kỳ.",
        "“{found}” is no comparison: choose {expected} or write a period.",
    ),
    # datasets
    "wrong-column-type": Label(
        "Cột {found} không hợp; ở đây cần kiểu: {expected}.", "Column {found} does not fit; needed here: {expected}."
    ),
    "heading-of-two": Label(
        "Tiêu đề “{found}” đã là của cột {expected}; mỗi tiêu đề chỉ chỉ một cột.",
        "The heading “{found}” already means column {expected}; a heading may mean only one.",
    ),
    "key-not-for-type": Label(
        "Khóa {found} không dùng với kiểu này; chỉ với: {expected}.",
        "Key {found} has no meaning for this type; only for: {expected}.",
    ),
    "min-above-max": Label("min lớn hơn max: {found}.", "min is above max: {found}."),
    "default-not-of-type": Label(
        "Giá trị mặc định “{found}” không đúng kiểu {expected}.", "The default “{found}” is not of type {expected}."
    ),
    # indicators
    "kind-needs-key": Label(
        "Chỉ tiêu kiểu {found} phải khai {expected}.", "An indicator of kind {found} must say {expected}."
    ),
    "key-not-for-kind": Label(
        "Khóa “{found}” không có nghĩa với kiểu {expected}.", "The key “{found}” means nothing for kind {expected}."
    ),
    "grain-finer-than-facts": Label(
        "Chỉ tiêu theo {found} nhưng dữ liệu chỉ có theo {expected}.",
        "The indicator is by {found} but its data only by {expected}.",
    ),
    "nothing-to-redivide": Label(
        "Kiểu {found} không có tử số và mẫu số để chia lại; redivide chỉ dùng với: {expected}.",
        "Kind {found} has no parts to re-divide; redivide is only for: {expected}.",
    ),
    "status-needs-direction": Label(
        "Có ngưỡng vàng, đỏ thì phải khai chiều tốt ({expected}).",
        "Amber and red need to know which way is good ({expected}).",
    ),
    "status-order": Label(
        "Ngưỡng ngược chiều: {found}; cần {expected}.",
        "The limits stand the wrong way round: {found}; needed {expected}.",
    ),
    "formula-cycle": Label(
        "Công thức của “{found}” vòng lại chính nó.", "The formula of “{found}” leads back to itself."
    ),
    # conditions and formulas
    "expression-broken": Label(
        "Biểu thức sai ở ký tự {at}: “{found}”. Ở đây có thể viết: {expected}",
        "The expression is broken at character {at}: “{found}”. Here may stand: {expected}",
    ),
    "expression-too-long": Label("Biểu thức quá dài (ký tự {at}).", "The expression is too long (character {at})."),
    "expression-too-deep": Label(
        "Biểu thức lồng ngoặc quá sâu (ký tự {at}).", "The expression is nested too deep (character {at})."
    ),
    "cannot-order": Label(
        "Không so lớn nhỏ được: {found} (ký tự {at}). Dùng: {expected}.",
        "Cannot be ordered: {found} (character {at}). Use: {expected}.",
    ),
    "cannot-like": Label(
        "like chỉ dùng với cột chữ, không với “{found}” (ký tự {at}; cần: {expected}).",
        "like is only for columns of text, not “{found}” (character {at}; needed: {expected}).",
    ),
    "wrong-literal": Label(
        "“{found}” (ký tự {at}) không hợp kiểu của cột. Viết như: {expected}.",
        "“{found}” (character {at}) does not fit the column. Write it like {expected}.",
    ),
}
