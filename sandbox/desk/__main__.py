"""The commands of the desk's sandbox. Never: does anything itself."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path

from sandbox.clock import VN, moment
from sandbox.desk import history, phones


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m sandbox.desk", description="Người dân mô phỏng / simulated citizens"
    )
    commands = parser.add_subparsers(dest="command", required=True)
    past = commands.add_parser("history", help="write two months of reports as CSV")
    past.add_argument("--file", type=Path, required=True)
    past.add_argument("--days", type=int, default=61)
    past.add_argument("--until", type=moment, default=None)
    past.add_argument("--seed", type=int, default=20)
    served = commands.add_parser("serve", help="play the providers: Zalo, Facebook, SMS, a mail server")
    served.add_argument("--centre", default="http://127.0.0.1:8000", help="where the centre answers")
    served.add_argument("--port", type=int, default=9410, help="HTTP; SMTP on the next one, IMAP on the one after")
    served.add_argument("--every", type=float, default=0.0, help="a report by itself about every so many seconds")
    return parser


def main() -> int:
    asked = arguments().parse_args()
    if asked.command == "serve":
        phones.serve(asked.centre, asked.port, asked.every)
        return 0
    print(history.write(asked.file, asked.days, asked.until or datetime.now(VN), asked.seed))
    return 0


if __name__ == "__main__":
    sys.exit(main())
