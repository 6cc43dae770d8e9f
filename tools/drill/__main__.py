"""The drill: everything is killed, the disk filled, the clock moved, each many times under load; then rows are counted.

`python tools/drill --times 20 --work DIR`, DIR on a small file system of its own when the disk is to be filled for real
(as root: `mount -t tmpfs -o size=2g none DIR`). Load: MQTT (QoS 1, a real broker), signed pushes, the REST API of the
one-stop system of the sandbox. Said at the end: rows sent and acknowledged, landed and set aside, doubles, losses;
exit 1 if any.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from centre import Centre
from count import verdict
from load import Hooks, Messages

log = logging.getLogger("drill")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python tools/drill", description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--rate", type=int, default=300, help="MQTT messages a second")
    parser.add_argument("--pause", type=float, default=5.0, help="seconds between two blows")
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--no-disk", action="store_true", help="DIR is no file system of its own: leave the disk alone")
    return parser.parse_args()


def main() -> int:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    asked = arguments()
    centre = Centre(asked.work)
    blows = [blow for blow in centre.blows() if not (asked.no_disk and blow.__name__ == "fill_disk")]
    order = blows * asked.times
    random.Random(asked.seed).shuffle(order)
    with centre, Messages(centre, asked.rate) as messages, Hooks(centre) as hooks:
        time.sleep(10)
        for number, blow in enumerate(order, 1):
            log.info("%3d/%d %s", number, len(order), blow.__name__)
            blow()
            time.sleep(asked.pause)
            centre.raise_the_dead()
        messages.stop()
        hooks.stop()
        centre.settle()
        found = verdict(centre, messages, hooks)
    found["blows"] = {blow.__name__: asked.times for blow in blows}
    print(json.dumps(found, ensure_ascii=False, indent=1))
    (asked.work.parent / "drill.json").write_text(json.dumps(found, ensure_ascii=False, indent=1))
    return 0 if found["sound"] else 1


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    sys.exit(main())
