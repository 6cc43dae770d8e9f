"""SQL against a real PostgreSQL and a real MariaDB: batches, cursors, what may not be asked."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy

from haidang.intake import connectors
from haidang.words.errors import HaiDangError, IntakeStopped, Unavailable

from . import databases
from .conftest import Make, Taken, take

sql = connectors.kind("sql")
Values = dict[str, str]
ROWS = 1000
BEGIN = datetime(2026, 1, 1, 8, 0)


def fill(url: str) -> None:
    """1,000 dossiers; five share every moment."""
    engine = sqlalchemy.create_engine(url)
    stamp = "timestamp" if url.startswith("postgresql") else "datetime"
    with engine.begin() as connection:
        connection.exec_driver_sql(
            f"CREATE TABLE ho_so (id integer primary key, ten varchar(200), tien decimal(12,2), sua {stamp}, dung boolean)"
        )
        rows = [
            {"id": n, "ten": None if n == 3 else f'Hồ sơ "{n}", 100%\n' if n == 4 else f"Hồ sơ {n}", "tien": n + 0.5,
             "sua": BEGIN + timedelta(minutes=n // 5), "dung": n % 2 == 0}
            for n in range(ROWS)
        ]  # fmt: skip
        connection.execute(sqlalchemy.text("INSERT INTO ho_so VALUES (:id, :ten, :tien, :sua, :dung)"), rows)
    engine.dispose()


def values_of(url: str) -> Values:
    parts = sqlalchemy.engine.make_url(url)
    return {
        "dialect": parts.get_backend_name(),
        "address": f"{parts.host}:{parts.port}",
        "database": parts.database or "",
        "username": parts.username or "",
        "password": parts.password or "",
    }


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    with databases.postgres() as url:
        fill(url)
        yield url


@pytest.fixture(scope="module")
def mariadb() -> Iterator[str]:
    with databases.mariadb() as url:
        fill(url)
        yield url


@pytest.fixture(params=["postgres", "mariadb"])
def server(request: pytest.FixtureRequest) -> str:
    found: str = request.getfixturevalue(request.param)
    return found


def rows(taken: Taken) -> list[list[str]]:
    return [
        row for content in taken.contents for row in list(csv.reader(io.StringIO(content.decode(), newline="")))[1:]
    ]


TABLE = {"table": "ho_so", "cursor_column": "sua", "order_by": "id"}


def test_batches_are_csv_with_every_value(make: Make, server: str) -> None:
    taken = take(sql.fetch(make("sql", {**values_of(server), **TABLE, "batch": "300"})))
    assert taken.names == [f"ho_so-{n:05d}.csv" for n in range(1, 5)]
    found = rows(taken)
    assert [int(row[0]) for row in found] == list(range(ROWS))
    assert taken.contents[0].split(b"\r\n")[0] == b"id,ten,tien,sua,dung"
    assert found[3][1] == ""
    assert found[4][1:4] == ['Hồ sơ "4", 100%\n', "4.50", "2026-01-01 08:00:00"]
    assert taken.cursor == {"since": "2026-01-01T11:19:00", "type": "datetime"}
    assert take(sql.fetch(make("sql", {**values_of(server), **TABLE}, cursor=taken.cursor))).names == []


@pytest.mark.parametrize("killed_after", [1, 2, 3])
def test_a_kill_between_batches(make: Make, server: str, killed_after: int) -> None:
    """Batches are cut within rows of the same moment: none is lost, and what is repeated is the same bytes."""
    values = {**values_of(server), **TABLE, "batch": "333"}
    whole = take(sql.fetch(make("sql", values)))
    cut = take(sql.fetch(make("sql", values)), most=killed_after)
    assert cut.contents == whole.contents[:killed_after]
    rest = take(sql.fetch(make("sql", values, cursor=cut.cursor)))
    seen = [int(row[0]) for row in [*rows(cut), *rows(rest)]]
    assert sorted(set(seen)) == list(range(ROWS))
    assert len(seen) - ROWS < 5
    assert (rest.cursors or cut.cursors)[-1] == whole.cursor


def test_overlap_and_windows(make: Make, server: str) -> None:
    values = {**values_of(server), **TABLE}
    cursor = {"since": "2026-01-01T11:19:00", "type": "datetime"}
    late = take(sql.fetch(make("sql", {**values, "overlap": "60"}, cursor=cursor)))
    assert [int(row[0]) for row in rows(late)] == list(range(995, 1000))
    window = make(
        "sql",
        values,
        cursor=cursor,
        start=datetime(2026, 1, 1, 2, 0, tzinfo=UTC),
        end=datetime(2026, 1, 1, 2, 2, tzinfo=UTC),
    )
    taken = take(sql.fetch(window))  # 09:00 to 09:02 in Việt Nam
    assert [int(row[0]) for row in rows(taken)] == list(range(300, 310))
    assert taken.cursor == cursor


def test_a_query_with_its_own_names(make: Make, server: str) -> None:
    query = "SELECT id, ten FROM ho_so WHERE sua > :since AND ten LIKE 'Hồ sơ 99%' AND ten <> ':since' AND id % 2 = 0"
    values = {**values_of(server), "query": query, "since_first": "2026-01-01 08:00"}
    assert [row[0] for row in rows(take(sql.fetch(make("sql", values))))] == ["990", "992", "994", "996", "998"]
    with pytest.raises(IntakeStopped, match="setting-missing"):
        take(sql.fetch(make("sql", {**values, "since_first": ""})))


def test_a_number_as_the_cursor(make: Make, server: str) -> None:
    values = {**values_of(server), "table": "ho_so", "columns": "ten", "cursor_column": "id", "since_first": "990"}
    taken = take(sql.fetch(make("sql", values)))
    assert rows(taken) == [[f"Hồ sơ {n}", str(n)] for n in range(991, 1000)]
    assert taken.cursor == {"since": "999", "type": "integer"}


@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM ho_so",
        "SELECT 1; DROP TABLE ho_so",
        "WITH x AS (DELETE FROM ho_so RETURNING id) SELECT * FROM x",
        "SELECT * INTO moi FROM ho_so",
        "SELECT * FROM ho_so FOR UPDATE",
        "SELECT 'x' INTO OUTFILE '/tmp/x'",
        "SELECT pg_sleep(100)",
        "SELECT sleep(100)",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT load_file('/etc/passwd')",
        "CALL something()",
        "EXPLAIN ANALYZE DELETE FROM ho_so",
        "SET SESSION TRANSACTION READ WRITE",
        "SELECT * FROM ho_so WHERE id = :la",
        "không phải SQL",
        "SELECT " + "(" * 5000 + "1" + ")" * 5000,
    ],
)
def test_only_a_select_is_sent(make: Make, server: str, query: str) -> None:
    with pytest.raises(IntakeStopped, match=r"query-|template-unknown"):
        take(sql.fetch(make("sql", {**values_of(server), "query": query})))
    left = take(sql.fetch(make("sql", {**values_of(server), "query": "SELECT count(*) AS n FROM ho_so"})))
    assert rows(left) == [[str(ROWS)]]


def test_the_transaction_is_read_only(server: str, make: Make) -> None:
    """Were a write to slip through the proof, the server would refuse it."""
    from haidang.intake.connectors import _sql_server

    def write() -> None:
        with _sql_server.connected(make("sql", values_of(server))) as connection:
            connection.exec_driver_sql("INSERT INTO ho_so (id) VALUES (5000)")

    with pytest.raises(IntakeStopped, match="query-refused"):
        write()


def test_a_statement_ends_in_its_time(server: str, make: Make) -> None:
    from haidang.intake.connectors import _sql_server

    waits = (
        "SELECT pg_sleep(20)"
        if server.startswith("postgresql")
        else "SELECT count(*) FROM ho_so a, ho_so b, ho_so c, ho_so d"
    )
    started = time.monotonic()

    def wait() -> None:
        with _sql_server.connected(make("sql", {**values_of(server), "timeout": "1"})) as connection:
            connection.exec_driver_sql(waits).all()

    with pytest.raises(Unavailable, match="source-slow"):
        wait()
    assert time.monotonic() - started < 10


@pytest.mark.parametrize(
    ("change", "error", "code"),
    [
        ({"password": "sai"}, IntakeStopped, "login-refused"),
        ({"database": "khong_co"}, IntakeStopped, "database-unknown|forbidden-there"),
        ({"query": "SELECT * FROM khong_co"}, IntakeStopped, "query-refused"),
        ({"address": "127.0.0.1:1"}, Unavailable, "source-refuses"),
        ({"address": "169.254.169.254:5432"}, IntakeStopped, "address-not-allowed"),
        ({"dialect": "oracle"}, IntakeStopped, "driver-missing"),
        ({"dialect": "mssql"}, IntakeStopped, "driver-missing"),
        ({"table": "", "query": ""}, IntakeStopped, "setting-missing"),
        ({"security": "verify"}, HaiDangError, "tls-failed|certificate-wrong"),
    ],
)
def test_refusals(make: Make, server: str, change: Values, error: type[Exception], code: str) -> None:
    with pytest.raises(error, match=code):
        take(sql.fetch(make("sql", {**values_of(server), "table": "ho_so", **change})))


def test_a_trial_is_small(make: Make, server: str) -> None:
    taken = take(sql.fetch(make("sql", {**values_of(server), **TABLE}, trial=True)))
    assert len(taken.names) == 1
    assert len(rows(taken)) == 200
