"""Texts of sources: why fetching failed or a setting was refused, and how a source stands (`source-state.…`)."""

from haidang.words.nouns import Label

TEXTS: dict[str, Label] = {
    "source-state.file": Label("Nạp bằng tệp", "By file"),
    "source-state.unconnected": Label("Chưa kết nối", "Not connected"),
    "source-state.paused": Label("Tạm dừng", "Paused"),
    "source-state.waiting": Label("Chờ dữ liệu đầu tiên", "Waiting for the first data"),
    "source-state.alive": Label("Đang sống", "Alive"),
    "source-state.late": Label("Quá hẹn", "Late"),
    "source-state.failing": Label("Đang lỗi", "Failing"),
    "outcome.arrived": Label("Có dữ liệu mới", "New data"),
    "outcome.nothing": Label("Không có gì mới", "Nothing new"),
    "outcome.failed": Label("Không lấy được", "Failed"),
    "outcome.refused": Label("Bị từ chối", "Refused"),
    "window-state.due": Label("Chưa đến hẹn", "Not yet late"),
    "window-state.met": Label("Đúng hẹn", "On time"),
    "window-state.late": Label("Đến muộn", "Came late"),
    "window-state.missed": Label("Chưa có", "Still to come"),
    "window-state.paused": Label("Tạm dừng", "Paused"),
    "unknown-setting": Label(
        "Không có tham số “{found}”. Gần nhất: “{nearest}”. Có: {expected}.",
        "There is no setting “{found}”. Closest: “{nearest}”. Known: {expected}.",
    ),
    "setting-of-the-pack": Label(
        "Tham số “{found}” do gói lĩnh vực khai báo, không đặt ở đây.",
        "The setting “{found}” is the pack's to say, not the province's.",
    ),
    "setting-choice": Label(
        "Tham số “{name}” không nhận “{found}”. Được chọn: {expected}.",
        "The setting “{name}” does not take “{found}”. It may be: {expected}.",
    ),
    "setting-number": Label(
        "Tham số “{name}” phải là số nguyên, đang là “{found}”.",
        "The setting “{name}” must be a whole number, it is “{found}”.",
    ),
    "setting-missing": Label("Còn thiếu tham số: {found}.", "These settings are missing: {found}."),
    "secrets-unreadable": Label(
        "Không mở được mật khẩu đã niêm phong (khóa của máy đã đổi): hãy nhập lại mật khẩu của nguồn.",
        "The sealed secrets cannot be opened (the machine's key has changed): type the source's secrets anew.",
    ),
    "source-busy-now": Label("Nguồn {found} đang được lấy dữ liệu.", "The source {found} is being fetched already."),
    "not-a-pull": Label(
        "Nguồn {found} không phải là nguồn được hỏi: dữ liệu tự đến.",
        "The source {found} is not one that is asked: its data come by themselves.",
    ),
    "lease-lost": Label(
        "Tiến trình khác đã nhận lấy nguồn {found}; lượt này không giữ gì.",
        "Another process has taken the source {found} over; nothing of this run was kept.",
    ),
    "database-busy": Label(
        "Cơ sở dữ liệu đang bận ({found}), sẽ thử lại.", "The database is busy ({found}); it is tried again."
    ),
    "connector-broken": Label(
        "Bộ kết nối gặp lỗi của chương trình ({found}); chi tiết nằm trong nhật ký máy.",
        "The connector met a fault of the program ({found}); the machine's log has it whole.",
    ),
    "bad-day-off": Label(
        "Dòng ngày nghỉ không đọc được: “{found}”. Mẫu: {expected}",
        "A row of the working-day table cannot be read: “{found}”. Like this: {expected}",
    ),
    "cli.help.sources": Label("nguồn dữ liệu: trạng thái, kết nối, tạm dừng", "sources: state, connection, pause"),
    "cli.help.pull": Label("lấy dữ liệu của một nguồn ngay bây giờ", "fetch a source now and land what comes"),
    "cli.help.notices": Label("những điều đã báo cho một người", "what somebody was told"),
    "cli.sources": Label("{total} nguồn", "{total} sources"),
    "cli.notices": Label("{total} thông báo", "{total} notices"),
    "cli.sources-set": Label("Đã khai báo {total} nguồn: {names}", "{total} sources set: {names}"),
    "cli.sources-pause": Label("Đã tạm dừng {source}.", "{source} is paused."),
    "cli.sources-resume": Label("{source} chạy tiếp.", "{source} goes on."),
    "cli.sources-which": Label("Hãy nêu tên nguồn, hoặc --from TỆP.", "Name a source, or give --from FILE."),
    "cli.not-a-pair": Label("“{found}” phải có dạng tên=giá-trị.", "“{found}” must read name=value."),
    "cli.sources-file": Label(
        "Không đọc được tệp khai báo nguồn {found}: {why}", "The file of sources {found} cannot be read: {why}"
    ),
    "nothing-came": Label(
        "Kết nối được, nhưng hiện không có dữ liệu nào để xem thử.",
        "The connection works, but there is nothing to look at just now.",
    ),
    "push-has-no-trial": Label(
        "Nguồn này tự đẩy dữ liệu đến: hãy bảo hệ thống bên kia gửi thử một lần.",
        "This source pushes by itself: let the other side send something once.",
    ),
}
