"""Texts of streams: the settings of the connector `mqtt`, why a message was set aside, what a broker refuses."""

from haidang.words.nouns import Label

TEXTS: dict[str, Label] = {
    "connector.mqtt": Label("MQTT (nghe thiết bị, trạm đo)", "MQTT (listens to devices, stations)"),
    "connector.mqtt.address": Label(
        "Địa chỉ máy chủ MQTT (mqtt://máy:1883 hoặc mqtts://máy:8883)",
        "Address of the broker (mqtt://host:1883 or mqtts://host:8883)",
    ),
    "connector.mqtt.topic": Label("Chủ đề cần nghe (nhiều thì cách bằng dấu phẩy)", "Topics (separated by commas)"),
    "connector.mqtt.share": Label("Nhóm nghe chung (nhiều máy chia nhau bản tin)", "Shared subscription group"),
    "connector.mqtt.topic_columns": Label(
        "Cột lấy từ cấp của chủ đề (tram=2, chi_so=3)", "Columns told by levels of the topic (tram=2, chi_so=3)"
    ),
    "connector.mqtt.user": Label("Tên đăng nhập", "User name"),
    "connector.mqtt.password": Label("Mật khẩu", "Password"),
    "connector.mqtt.ca": Label("Chứng thư gốc của máy chủ (PEM)", "Authority of the broker's certificate (PEM)"),
    "connector.mqtt.certificate": Label("Chứng thư của trung tâm (PEM)", "The centre's own certificate (PEM)"),
    "connector.mqtt.key": Label("Khóa riêng của trung tâm (PEM)", "The centre's private key (PEM)"),
    "connector.mqtt.client_id": Label("Tên của trung tâm trên máy chủ MQTT", "Name of the centre on the broker"),
    "connector.mqtt.version": Label("Phiên bản MQTT", "Version of MQTT"),
    "connector.mqtt.session_hours": Label(
        "Máy chủ giữ bản tin bao nhiêu giờ khi trung tâm tắt", "Hours the broker keeps messages while the centre is off"
    ),
    "connector.mqtt.receive_maximum": Label(
        "Số bản tin được gửi trước khi chờ xác nhận", "Messages sent before an acknowledgement is waited for"
    ),
    "connector.mqtt.batch_seconds": Label("Đóng lô sau số giây", "Seconds after which a batch is closed"),
    "connector.mqtt.batch_messages": Label("Đóng lô sau số bản tin", "Messages after which a batch is closed"),
    "connector.mqtt.batch_bytes": Label("Đóng lô sau số byte", "Bytes after which a batch is closed"),
    "connector.mqtt.largest_message": Label("Bản tin lớn nhất được nhận (byte)", "Largest message taken (bytes)"),
    "broker-refused": Label(
        "Máy chủ MQTT {address} không cho vào ({found}): kiểm tra tên đăng nhập, mật khẩu, chứng thư.",
        "The broker {address} does not let us in ({found}): check the user, password and certificate.",
    ),
    "topic-refused": Label(
        "Máy chủ MQTT không cho nghe chủ đề “{found}”.", "The broker does not let us listen to “{found}”."
    ),
    "broker-silent": Label(
        "Máy chủ MQTT {address} không trả lời ({why}).", "The broker {address} does not answer ({why})."
    ),
    "stream-setting-wrong": Label(
        "Giá trị “{found}” không hợp lệ: cần {expected}.", "“{found}” cannot be; needed: {expected}."
    ),
    "key-unreadable": Label(
        "Không đọc được chứng thư hoặc khóa riêng của trung tâm ({found}).",
        "The centre's certificate or key cannot be read ({found}).",
    ),
    "reason.message-too-large": Label("Bản tin quá lớn", "The message is too large"),
    "reason.message-not-json": Label("Bản tin không phải là một đối tượng JSON", "The message is no JSON object"),
}
