"""`haidang up`: a real server from the settings of the environment, without any demo data."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from haidang.cli import servers


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000, metavar="N")
    parser.add_argument("--admin-port", type=int, default=0, metavar="N")


def run(options: Namespace) -> int:
    for port in {options.port, options.admin_port} - {0}:
        servers.free_or_refuse(options.host, port)
    address = f"http://{options.host}:{options.port}/"
    return servers.run(
        options.host, options.port, lambda: print(f"ready {address}", flush=True), admin_port=options.admin_port
    )
