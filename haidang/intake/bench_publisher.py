"""The publisher of `haidang bench stream`, a process of its own: `bench_publisher PORT SECONDS RATE`.

Publishes measurements with QoS 1 at a rate (0: as fast as it can) and prints, as one line of JSON, how many the broker
took. Never: reads the centre.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import datetime, timedelta, timezone
from typing import Any

import paho.mqtt.client

from haidang.intake.bench_pack import SIGNS, STATIONS

HERE = timezone(timedelta(hours=7))
MOST = 10_000
"""Messages on their way to the broker at once; a machine that cannot keep up publishes less, and the figures say so."""
BAD_EVERY = 500
"""Every so-many-th message is at fault: a value out of bounds, or no JSON at all."""

mqtt: Any = paho.mqtt.client  # the types at hand are those of version 1


def message(number: int) -> tuple[str, bytes]:
    """Topic and payload of the n-th message; its moment makes its key its own."""
    station, sign = f"t{number % STATIONS}", SIGNS[number // STATIONS % len(SIGNS)]
    topic = f"qt/{station}/{sign}"
    if number % (2 * BAD_EVERY) == BAD_EVERY:
        return topic, b"xin chao"
    moment = datetime.now(HERE).strftime("%Y-%m-%dT%H:%M:%S.%f")
    value = 5_000 if number % (2 * BAD_EVERY) == 0 else number % 1000 / 10
    text = f'{{"thoi_diem": "{moment}", "tinh": "{station}", "gia_tri": {value}, "gui_luc": {time.time():.4f}}}'
    return topic, text.encode()


def publish(port: int, seconds: float, rate: float) -> dict[str, Any]:
    """Publish for so long; gives how many were sent, how many are at fault, and how long it took."""
    client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, f"bench-{time.time_ns()}", protocol=mqtt.MQTTv5)
    # No window of the library's own: it looks at every message under way at each acknowledgement.
    client.max_inflight_messages_set(0)
    client.connect("127.0.0.1", port)
    client.loop_start()
    began, sent = time.monotonic(), 0
    infos: list[mqtt.MQTTMessageInfo] = []
    while (passed := time.monotonic() - began) < seconds:
        due = min(int(passed * rate) if rate else sent + 500, sent + max(0, MOST - len(infos)))
        for number in range(sent + 1, due + 1):
            infos.append(client.publish(*message(number), qos=1))
        sent = max(sent, due)
        infos = [info for info in infos if not info.is_published()]
        time.sleep(0.005)
    for info in infos:
        info.wait_for_publish(60)
    took = time.monotonic() - began
    client.disconnect()
    client.loop_stop()
    return {"sent": sent, "faulty": sent // BAD_EVERY, "seconds": round(took, 2), "cpu": round(time.process_time(), 2)}


if __name__ == "__main__":
    print(json.dumps(publish(int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3]))), flush=True)
