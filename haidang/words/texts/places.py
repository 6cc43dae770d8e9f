"""Texts of places: faults of an update file, of periods typed wrongly, and of shapes."""

from haidang.words.nouns import Label

TEXTS: dict[str, Label] = {
    "period-out-of-range": Label("Kỳ nằm ngoài khoảng năm 1 đến 9999.", "The period lies outside the years 1 to 9999."),
    "not-a-range": Label(
        "“{found}” không phải là một khoảng kỳ. Hai đầu phải cùng loại, đầu sớm viết trước: 2018-01..2018-06.",
        "“{found}” is not a range of periods. Both ends must be of one kind, the earlier first: 2018-01..2018-06.",
    ),
    "range-too-long": Label(
        "Khoảng “{found}” dài hơn {most} kỳ. Hãy chọn khoảng ngắn hơn hoặc kỳ lớn hơn.",
        "The range “{found}” is longer than {most} periods. Choose a shorter range or a coarser period.",
    ),
    "grain-too-coarse": Label(
        "Không chia kỳ {period} thành kỳ lớn hơn ({found}).",
        "{period} cannot be split into a coarser period ({found}).",
    ),
    "grain-too-fine": Label(
        "Kỳ {period} không nằm gọn trong kỳ nhỏ hơn ({found}).",
        "{period} does not lie within a finer period ({found}).",
    ),
    "place-file-unreadable": Label(
        "Không đọc được tệp. Cần tệp {expected}. {found}", "The file cannot be read. Expected: {expected}. {found}"
    ),
    "place-file-too-large": Label(
        "Tệp lớn hơn {expected} byte, không nhận.", "The file is larger than {expected} bytes and is refused."
    ),
    "place-file-empty": Label("Tệp không có dòng nào.", "The file has no rows."),
    "place-column-missing": Label("Thiếu cột “{expected}”.", "Column “{expected}” is missing."),
    "place-column-unknown": Label(
        "Không có cột “{found}”. Gần nhất: {nearest}.", "There is no column “{found}”. Nearest: {nearest}."
    ),
    "place-row-width": Label(
        "Số ô của dòng không khớp với dòng tiêu đề.", "The row has not as many cells as the heading."
    ),
    "place-bad-day": Label(
        "“{found}” không phải là ngày. Viết NĂM-THÁNG-NGÀY, ví dụ 2026-04-30.",
        "“{found}” is not a day. Write YEAR-MONTH-DAY, as in 2026-04-30.",
    ),
    "place-bad-code": Label(
        "“{found}” không phải là mã đơn vị hành chính. Tỉnh 2 chữ số, huyện 3, xã 5.",
        "“{found}” is not a code of an administrative unit. Provinces have 2 digits, districts 3, communes 5.",
    ),
    "place-bad-name": Label(
        "Tên “{found}” phải bắt đầu bằng loại đơn vị: {expected}.",
        "The name “{found}” must begin with the type of unit: {expected}.",
    ),
    "place-bad-source": Label(
        "Cột from “{found}” phải là các mã cách nhau bằng dấu cách; phần thì viết 00022:part.",
        "Column from “{found}” must hold codes parted by spaces; a part is written 00022:part.",
    ),
    "place-bad-number": Label(
        "“{found}” ở cột {expected} không phải là số hợp lý.",
        "“{found}” in column {expected} is not a sensible number.",
    ),
    "place-twice": Label("Mã {found} có hai dòng trong cùng một ngày.", "Code {found} stands twice on the same day."),
    "place-too-early": Label(
        "Mã {found} đã có thay đổi vào ngày đó hoặc muộn hơn; ngày phải {expected}.",
        "Code {found} already has a change on that day or later; the day must be {expected}.",
    ),
    "place-in-force": Label(
        "{found} đang có hiệu lực mà không dòng nào nêu trong cột from.",
        "{found} is still in force and no row names it in column from.",
    ),
    "place-unknown-parent": Label(
        "Đơn vị cấp trên “{found}” không có hiệu lực vào ngày đó.", "The parent “{found}” is not in force on that day."
    ),
    "place-unknown-source": Label(
        "Đơn vị nguồn {found} không có hiệu lực vào ngày hôm trước.",
        "The source {found} was not in force on the day before.",
    ),
    "place-source-level": Label(
        "Đơn vị nguồn {found} không cùng cấp với đơn vị mới.", "The source {found} is not of the new unit’s level."
    ),
    "place-whole-or-part": Label(
        "Đơn vị nguồn {found}: toàn bộ thì chỉ ở một dòng, một phần (:part) thì phải ở từ hai dòng trở lên.",
        "The source {found}: whole, it stands in one row only; in part (:part), in two rows or more.",
    ),
    "place-orphan": Label(
        "{found} mất đơn vị cấp trên {expected} mà không có dòng nào xếp lại.",
        "{found} loses its parent {expected} and no row places it anew.",
    ),
    "shape-file-unreadable": Label(
        "Không đọc được tệp bản đồ. Cần tệp {expected}.", "The map file cannot be read. Expected: {expected}."
    ),
    "shape-no-collection": Label(
        "Tệp không phải là một FeatureCollection có ít nhất một hình.",
        "The file is no FeatureCollection with at least one shape.",
    ),
    "shape-too-many": Label(
        "Tệp có {found} hình, nhiều nhất được {expected}.", "The file has {found} shapes; at most {expected} are taken."
    ),
    "shape-no-feature": Label("Phần tử này không phải là một Feature.", "This item is not a Feature."),
    "shape-unknown-place": Label(
        "“{found}” không phải là mã của địa bàn nào đang có.", "“{found}” is not the code of any place in force."
    ),
    "shape-twice": Label("{found} có hai hình trong tệp.", "{found} has two shapes in the file."),
    "shape-wrong-kind": Label(
        "Hình phải là Polygon hoặc MultiPolygon, không phải “{found}”.",
        "A shape must be a Polygon or a MultiPolygon, not “{found}”.",
    ),
    "shape-bad-ring": Label(
        "Đường biên phải là ít nhất bốn điểm [kinh độ, vĩ độ].",
        "A boundary must be four or more points [longitude, latitude].",
    ),
    "shape-open-ring": Label(
        "Đường biên chưa khép kín: điểm đầu khác điểm cuối.", "The boundary is open: its ends differ."
    ),
    "shape-astray": Label(
        "Điểm {found} nằm ngoài Việt Nam. Cần kinh độ trước, vĩ độ sau, hệ WGS 84 (không phải VN-2000 mét).",
        "Point {found} lies outside Việt Nam. Give longitude first, then latitude, in WGS 84 (not VN-2000 metres).",
    ),
    "shape-islands-missing": Label(
        "Hình của {found} thiếu quần đảo {expected}.", "The shape of {found} lacks the archipelago {expected}."
    ),
}
