"""`haidang up`: a real server from the settings of the environment, without any demo data."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from haidang.cli import servers


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000, metavar="N")


def run(options: Namespace) -> int:
    servers.free_or_refuse(options.host, options.port)
    address = f"http://{options.host}:{options.port}/"
    return servers.run(options.host, options.port, lambda: print(f"ready {address}", flush=True))
