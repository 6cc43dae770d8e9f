"""The two commands of the sandbox: `serve` and `history`. Never: does anything itself."""

from __future__ import annotations

import argparse
import logging
import sys
from datetime import datetime
from pathlib import Path

from sandbox.clock import VN, moment
from sandbox.history import history
from sandbox.opening import Wish
from sandbox.serve import serve


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description="Tỉnh mô phỏng / the simulated province")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, told in (("serve", "run the departments' systems"), ("history", "write the past")):
        one = commands.add_parser(name, help=told)
        one.add_argument("--home", type=Path, required=True)
        one.add_argument("--seed", type=int)
        one.add_argument("--scale", type=float, help="1 is the volume of the province")
        one.add_argument("--only", default="", metavar="STREAM,…", help="these streams alone")
        if name == "serve":
            one.add_argument("--port", type=int, default=9400, help="HTTP; MQTT on the next one")
            one.add_argument("--speed", type=float, help="0 (standing) to 1440 (a day in a minute)")
            one.add_argument("--start", type=moment, help="simulated time to begin at; else where it was, or now")
        else:
            one.add_argument("--years", type=float, default=2)
            one.add_argument("--until", type=moment, default=datetime.now(VN))
    return parser


def main() -> int:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    asked = arguments().parse_args()
    only = tuple(name for name in asked.only.split(",") if name)
    try:
        if asked.command == "serve":
            serve(asked.home, asked.port, Wish(asked.seed, asked.scale, asked.speed, asked.start, only))
        else:
            history(asked.home, asked.years, asked.until, Wish(asked.seed, asked.scale, only=only))
    except ValueError as wrong:
        print(wrong, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
