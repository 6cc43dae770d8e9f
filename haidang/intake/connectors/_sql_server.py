"""A read-only connection to the proved number of a database server, and what its refusals mean. Never: runs a query."""

from __future__ import annotations

import importlib.util
import ssl
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy
from sqlalchemy import URL, Connection, event
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from haidang.intake.connectors import Order, _network
from haidang.intake.sources import guard
from haidang.words.errors import HaiDangError, IntakeStopped, Unavailable

DRIVERS = {
    "postgresql": ("postgresql+psycopg", "psycopg"),
    "mysql": ("mysql+pymysql", "pymysql"),
    "mssql": ("mssql+pytds", "sqlalchemy_pytds"),
    "oracle": ("oracle+oracledb", "oracledb"),
}
CONNECT_SECONDS = 15
LOGIN = {"28000", "28P01", "1045", "1698", "18456", "1017"}
DATABASE = {"3D000", "1049", "4060", "12514", "12505"}
FORBIDDEN = {"42501", "1044", "1142", "1143", "1370", "229", "1031"}
SLOW = {"57014", "1969", "3024", "1317", "1222", "1013"}
BUSY = {"53300", "57P03", "1040", "1203", "12520"}
QUERY = {"1054", "1064", "1146", "1792", "207", "208", "942", "904"}
QUERY_CLASSES = ("42", "22", "0A", "25")
"""Classes of SQLSTATE: a query or a value in it is wrong, it is not supported, it writes."""
WORDS = (
    ("certificate", "certificate-wrong"),
    ("does not support ssl", "tls-failed"),
    ("ssl", "tls-failed"),
    ("password", "login-refused"),
    ("authentication", "login-refused"),
    ("pg_hba", "login-refused"),
    ("role ", "login-refused"),
    ("does not exist", "database-unknown"),
)
"""PostgreSQL gives no code for a connection it refuses, only words; the first that is found."""


@contextmanager
def connected(order: Order) -> Iterator[Connection]:
    """A connection in a read-only transaction whose statements end after the setting `timeout`.

    Raises IntakeStopped('driver-missing' | 'login-refused' | 'database-unknown' …), Unavailable.
    """
    dialect = order.value("dialect")
    if dialect not in DRIVERS:
        raise IntakeStopped("setting-unknown", found=dialect[:60], expected=", ".join(DRIVERS))
    driver, module = DRIVERS[dialect]
    if importlib.util.find_spec(module) is None:
        raise IntakeStopped("driver-missing", found=dialect, expected=f"haidang[{dialect}]")
    with told(order), _authority(order) as ca:
        engine = _engine(order, driver, ca)
        try:
            with engine.connect() as connection:
                yield connection.execution_options(stream_results=True)
        finally:
            engine.dispose()


@contextmanager
def told(order: Order) -> Iterator[None]:
    """The seam: what the library and its drivers raise, in our words."""
    try:
        yield
    except DBAPIError as error:
        raise _meant(error.orig or error, order) from error
    except OSError as error:
        raise _network.failed(error, order.value("address")) from error
    except SQLAlchemyError as error:
        raise _meant(error, order) from error


def _engine(order: Order, driver: str, ca: str) -> sqlalchemy.Engine:
    dialect = order.value("dialect")
    address = order.value("address") if "//" in order.value("address") else f"{dialect}://{order.value('address')}"
    number, port = guard.pinned(address, order.networks)
    # That nobody listens is told better by a socket of our own than by the drivers' words.
    _network.connect(address, order, CONNECT_SECONDS).close()
    user, password = order.value("username"), order.value("password")
    url = URL.create(driver, user, password, host=number, port=port, database=order.value("database"))
    further = {"postgresql": _postgresql, "mysql": _mysql, "mssql": _mssql, "oracle": _oracle}[dialect]
    options = further(order, address, ca)
    engine = sqlalchemy.create_engine(url, connect_args=options, poolclass=NullPool, hide_parameters=True)
    if dialect == "mysql":
        event.listen(engine, "do_connect", _over_own_socket(order, address))
    event.listen(engine, "connect", _read_only(dialect, order))
    return engine


def _over_own_socket(order: Order, address: str) -> Any:
    """PyMySQL proves a certificate against the name it connects to: it is given the name, and a connected socket."""

    def connect(_: Any, __: Any, positional: tuple[Any, ...], named: dict[str, Any]) -> Any:
        import pymysql

        named |= {"host": guard.host(address), "defer_connect": True}
        connection = pymysql.connect(*positional, **named)
        connection.connect(_network.connect(address, order, CONNECT_SECONDS))
        return connection

    return connect


def _seconds(order: Order) -> int:
    return max(1, min(order.number("timeout", 300), 7200))


def _postgresql(order: Order, address: str, ca: str) -> dict[str, Any]:
    modes = {"off": "disable", "require": "require", "verify": "verify-full"}
    return {
        "host": guard.host(address),  # the name its certificate is proved against; hostaddr says where it is
        "hostaddr": guard.pinned(address, order.networks)[0],
        "connect_timeout": CONNECT_SECONDS,
        "sslmode": modes.get(order.value("security"), "prefer"),
        "options": f"-c statement_timeout={_seconds(order) * 1000} -c default_transaction_read_only=on "
        "-c timezone=Asia/Ho_Chi_Minh -c idle_in_transaction_session_timeout=3600000",
        "application_name": "haidang",
        **({"sslrootcert": ca or "system"} if order.value("security") == "verify" else {}),
    }


def _mysql(order: Order, address: str, ca: str) -> dict[str, Any]:
    options = {"connect_timeout": CONNECT_SECONDS, "read_timeout": _seconds(order) + 30, "charset": "utf8mb4"}
    context = _mysql_tls(order)
    return options | ({"ssl": context} if context else {"ssl_disabled": order.value("security") == "off"})


def _mysql_tls(order: Order) -> ssl.SSLContext | None:
    security = order.value("security")
    if security not in {"require", "verify"}:
        return None
    context = _network.tls(order)
    if security == "require":
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def _mssql(order: Order, address: str, ca: str) -> dict[str, Any]:
    """The driver encrypts only when it is given an authority: what must be encrypted is refused without one."""
    options: dict[str, Any] = {"login_timeout": CONNECT_SECONDS, "timeout": _seconds(order), "readonly": True}
    if order.value("security") in {"require", "verify"} and not ca:
        raise IntakeStopped("setting-missing", found="ca", expected="security")
    return options | ({"cafile": ca, "validate_host": order.value("security") == "verify"} if ca else {})


def _oracle(order: Order, address: str, ca: str) -> dict[str, Any]:
    if order.value("security") in {"require", "verify"}:
        raise IntakeStopped("setting-unknown", found=order.value("security"), expected="off, prefer")
    return {"tcp_connect_timeout": CONNECT_SECONDS}


def _read_only(dialect: str, order: Order) -> Any:
    """What is said on every new connection, before anything else."""
    milliseconds = _seconds(order) * 1000

    def told_first(connection: Any, _: Any) -> None:
        if dialect == "oracle":
            connection.call_timeout = milliseconds
        said = {
            "mysql": ["SET SESSION TRANSACTION READ ONLY", "SET time_zone = '+07:00'"],
            "oracle": ["SET TRANSACTION READ ONLY"],
        }
        with connection.cursor() as cursor:
            for line in said.get(dialect, []):
                cursor.execute(line)
            if dialect == "mysql":
                cursor.execute("SELECT VERSION()")
                maria = "maria" in str(cursor.fetchone()[0]).lower()
                limit = (
                    f"max_statement_time = {milliseconds // 1000}" if maria else f"max_execution_time = {milliseconds}"
                )
                cursor.execute(f"SET SESSION {limit}")

    return told_first


@contextmanager
def _authority(order: Order) -> Iterator[str]:
    """The setting `ca` as a file: what was entered as PEM is laid down for the time of the connection."""
    told_ca = order.value("ca").strip()
    if not told_ca.startswith("-----BEGIN"):
        yield told_ca
        return
    order.scratch.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=order.scratch, suffix=".pem") as file:
        file.write(told_ca)
        file.flush()
        yield file.name


def _meant(error: BaseException, order: Order) -> HaiDangError:
    place, codes, words = guard.shown(order.value("address")), _codes(error), str(error).strip()
    said = words.splitlines()[0][:200] if words else type(error).__name__
    if codes & LOGIN:
        return IntakeStopped("login-refused", found=place, said=said)
    if codes & DATABASE:
        return IntakeStopped("database-unknown", found=order.value("database")[:60])
    if codes & FORBIDDEN:
        return IntakeStopped("forbidden-there", found=place, said=said)
    if codes & SLOW:
        return Unavailable("source-slow", found=place, retry=600)
    if codes & BUSY:
        return Unavailable("source-busy", found=place, said=said, retry=300)
    if codes & QUERY or any(code.startswith(QUERY_CLASSES) for code in codes):
        return IntakeStopped("query-refused", found=said)
    return _by_words(words.lower(), said, order)


def _by_words(words: str, said: str, order: Order) -> HaiDangError:
    place = guard.shown(order.value("address"))
    connecting = "connection" in words or "2026" in words
    code = next((code for word, code in WORDS if word in words and connecting), "")
    if code == "certificate-wrong":
        return IntakeStopped(code, found=place, why=said)
    if code == "tls-failed":
        return IntakeStopped(code, found=place)
    if code == "login-refused":
        return IntakeStopped(code, found=place, said=said)
    if code:
        return IntakeStopped(code, found=order.value("database")[:60])
    return Unavailable("source-broke-off", found=place, why=said[:120], retry=60)


def _codes(error: BaseException) -> set[str]:
    """The driver's own codes: SQLSTATE, and the server's number."""
    first = error.args[0] if error.args else None
    number = first if isinstance(first, int) else getattr(first, "code", None)
    return {str(code) for code in (getattr(error, "sqlstate", None), getattr(error, "msg_no", None), number) if code}
