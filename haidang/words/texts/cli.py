"""Texts of the terminal and of what the machine's doors say."""

from haidang.words.nouns import Label

TEXTS: dict[str, Label] = {
    "cli.help": Label(
        "Hải Đăng: trung tâm điều hành thông minh, từ cửa dòng lệnh.",
        "Hải Đăng: the operations centre, from the terminal.",
    ),
    "cli.help.json": Label("in ra một đối tượng JSON", "print one JSON object"),
    "cli.help.lang": Label("ngôn ngữ của câu chữ", "language of what is said"),
    "cli.help.answer": Label("hỏi một chỉ tiêu", "ask an indicator"),
    "cli.help.backup": Label("sao lưu toàn bộ dữ liệu vào một thư mục", "save everything kept into a folder"),
    "cli.help.bench": Label("đo tốc độ: land, board, grow", "measure: land, board, grow"),
    "cli.help.cases": Label(
        "phản ánh: xem, xử lý, xuất, đưa từ hệ thống cũ sang", "Cases: read, act, export, bring over"
    ),
    "cli.help.check": Label("kiểm tra gói lĩnh vực, cài đặt, kết nối", "check packs, settings, connections"),
    "cli.help.demo": Label("chạy trung tâm mẫu của Lạng Sơn", "run the demo centre of Lạng Sơn"),
    "cli.help.doctor": Label("trung tâm này gồm những gì, có khỏe không", "what this centre is made of and how it is"),
    "cli.help.grants": Label("xem, cấp, thu hồi quyền", "list, give, withdraw grants"),
    "cli.help.import": Label("nạp tệp vào một bộ dữ liệu", "land files in a dataset"),
    "cli.help.subjects": Label(
        "tìm, xuất, xóa dữ liệu của một người", "find, export, erase what is held about a person"
    ),
    "cli.help.packs": Label("các gói lĩnh vực", "the packs"),
    "cli.help.places": Label("tìm, xem địa bàn; nạp tệp cập nhật", "find and show places; take in an update file"),
    "cli.help.records": Label("bản ghi gốc đằng sau một chỉ tiêu", "the facts behind an indicator"),
    "cli.help.rejects": Label("các dòng bị để riêng của một lượt nhận", "rows of a run that were set aside"),
    "cli.help.restore": Label("phục hồi từ một bản sao lưu", "restore from a backup"),
    "cli.help.runs": Label("các lượt nhận dữ liệu", "what came and what became of it"),
    "cli.help.up": Label("chạy máy chủ thật theo cài đặt của máy", "run a real server from the machine's settings"),
    "cli.help.users": Label("xem, mở, đóng tài khoản; cấp mã truy cập", "list, open, close accounts; issue tokens"),
    "cli.against-previous": Label("Kỳ trước", "Previous"),
    "cli.against-same-period": Label("Cùng kỳ", "Same period"),
    "cli.against-plan": Label("Kế hoạch", "Plan"),
    "cli.column-code": Label("Mã", "Code"),
    "cli.column-name": Label("Tên", "Name"),
    "cli.column-value": Label("Giá trị", "Value"),
    "cli.column-records": Label("Bản ghi", "Records"),
    "cli.column-reason": Label("Lý do", "Reason"),
    "cli.more": Label("và {count} dòng nữa (xem đủ bằng --json)", "and {count} more (all of them with --json)"),
    "cli.quality": Label("Chất lượng", "Quality"),
    "cli.bad-use": Label("Lệnh viết chưa đúng: {found}", "The command is not right: {found}"),
    "cli.broken": Label(
        "Chương trình gặp lỗi ngoài dự kiến ({kind}: {found}). Đặt HAIDANG_DEBUG=1 rồi chạy lại để xem chi tiết.",
        "The program met an unexpected fault ({kind}: {found}). Set HAIDANG_DEBUG=1 and run again for the details.",
    ),
    "cli.parts": Label("Các phần", "Parts"),
    "cli.demo-codes": Label(
        "Chỉ có ở bản trình diễn: {names} còn được hỏi mã; xem mã lúc này bằng haidang demo --code TÊN",
        "Of the demo alone: {names} are asked for a code as well; haidang demo --code NAME shows the present one",
    ),
    "cli.cells": Label("Chi tiết", "Breakdown"),
    "cli.series": Label("Theo thời gian", "Over time"),
    "cli.source": Label("Nguồn: {source} · {file} · nạp lúc {at}", "Source: {source} · {file} · landed {at}"),
    "cli.records": Label("Bản ghi gốc: {shown} trên {total}", "Facts: {shown} of {total}"),
    "cli.runs": Label("Lượt nhận: {total}", "Runs: {total}"),
    "cli.rejects": Label("Dòng để riêng: {shown} trên {total}", "Set aside: {shown} of {total}"),
    "cli.places": Label("Địa bàn: {total}", "Places: {total}"),
    "cli.came-from": Label("Hình thành từ", "Came from"),
    "cli.became": Label("Nay thuộc", "Became"),
    "cli.places-taken": Label(
        "{file}: {begun} đơn vị bắt đầu, {ended} đơn vị kết thúc.", "{file}: {begun} units began, {ended} ended."
    ),
    "cli.pack": Label(
        "{datasets} bộ dữ liệu · {indicators} chỉ tiêu · {boards} bảng điều hành",
        "{datasets} datasets · {indicators} indicators · {boards} boards",
    ),
    "cli.landed": Label(
        "{file}: đọc {read}, nhận {landed}, để riêng {set_aside}, không đổi {unchanged}, thay thế {superseded}"
        " (lượt {run})",
        "{file}: read {read}, landed {landed}, set aside {set_aside}, unchanged {unchanged}, superseded {superseded}"
        " (run {run})",
    ),
    "cli.repeated": Label(
        "{file}: đã nhận trước đây, không có gì mới (lượt {run})", "{file}: landed before, nothing new (run {run})"
    ),
    "cli.step.receive": Label("cất tệp", "keeping the bytes"),
    "cli.step.read": Label("đọc", "reading"),
    "cli.step.check": Label("kiểm tra", "checking"),
    "cli.step.land": Label("ghi vào kho", "landing"),
    "cli.step.derive": Label("tính chỉ tiêu", "keeping indicators up"),
    "cli.opened": Label("Đã mở tài khoản {name}.", "Account {name} is open."),
    "cli.closed": Label("Đã đóng tài khoản {name}.", "Account {name} is closed."),
    "cli.token": Label(
        "Mã truy cập của {name}, chỉ hiện một lần: {token}", "The access token of {name}, shown only once: {token}"
    ),
    "cli.given": Label("Đã cấp quyền {grant}.", "Granted {grant}."),
    "cli.withdrawn": Label("Đã thu hồi quyền số {number}.", "Grant {number} is withdrawn."),
    "cli.password": Label("Mật khẩu: ", "Password: "),
    "cli.password-is": Label("mật khẩu {password}", "password {password}"),
    "cli.history": Label(
        "Tỉnh mô phỏng ghi lại {years:g} năm đã qua…", "The simulated province writes the past {years:g} years…"
    ),
    "beside-failed": Label(
        "Chương trình đi kèm “{command}” dừng với mã {code}.", "The program beside, “{command}”, ended with {code}."
    ),
    "cli.sound": Label("Mọi thứ đều đúng.", "Everything is sound."),
    "cli.unsound": Label("Có {count} chỗ chưa đúng.", "{count} things are wrong."),
    "cli.setting": Label("cài đặt chưa đúng: {found}", "a setting is wrong: {found}"),
    "cli.no-database": Label("không kết nối được cơ sở dữ liệu: {found}", "the database cannot be reached: {found}"),
    "cli.example": Label("câu trả lời là {found}, phải là {expected}", "the answer is {found}, it must be {expected}"),
    "cli.saved": Label("Đã sao lưu vào {folder} ({size} MB).", "Saved into {folder} ({size} MB)."),
    "cli.restored": Label("Đã phục hồi từ {folder}.", "Restored from {folder}."),
    "only-embedded": Label(
        "Cơ sở dữ liệu {found} phải sao lưu bằng công cụ của nó (pg_dump).",
        "A {found} database is saved with its own tool (pg_dump).",
    ),
    "port-taken": Label(
        "Cổng {port} của {host} đang có chương trình khác dùng. Chọn cổng khác bằng --port.",
        "Port {port} of {host} is in use by another program. Choose another with --port.",
    ),
    "bad-setting": Label(
        "Cài đặt {name} không dùng được (“{found}”): cần {why}.", "Setting {name} cannot be used (“{found}”): {why}."
    ),
    "bad-where": Label(
        "“{found}” chưa đúng: viết LÁT CẮT=MỤC, ví dụ mon=toan.",
        "“{found}” is not right: write SLICE=ITEM, e.g. mon=toan.",
    ),
    "bad-date": Label(
        "“{found}” không phải là ngày. Viết 2026-05-31 hoặc 31/05/2026.",
        "“{found}” is no date. Write 2026-05-31 or 31/05/2026.",
    ),
    "bad-request": Label("Yêu cầu chưa đúng dạng.", "The request is not of the right form."),
    "bad-csrf": Label("Yêu cầu thiếu dấu xác nhận của trang.", "The request lacks the page's confirmation."),
    "broken": Label("Máy chủ gặp lỗi ngoài dự kiến.", "The server met an unexpected fault."),
    "upload-too-big": Label("Tệp lớn hơn {most} MB.", "The file is larger than {most} MB."),
}
