"""Ways to falsify a trace with raw SQL, as somebody with the database's owner's rights would; the guards taken down."""

from __future__ import annotations

from django.db import connection

from haidang.access.tracing import guards


def sql(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def without_guards(*statements: str) -> None:
    sql(*guards.removal(connection.vendor), *statements)
    guards.install(connection)


def change(number: int) -> None:
    without_guards(f"UPDATE access_trace SET who = 'nguoi-khac' WHERE number = {number}")


def delete(number: int) -> None:
    without_guards(f"DELETE FROM access_trace WHERE number = {number}")


COPIED = "at, who, real, action, subject, outcome, because, purpose, address, door, privilege, times, plain, digest"


def insert(number: int) -> None:
    """One more row at that place; those behind it move on by one, as the head does."""
    without_guards(
        f"UPDATE access_trace SET number = -number WHERE number >= {number}",
        "UPDATE access_trace SET number = -number + 1 WHERE number < 0",
        f"INSERT INTO access_trace (number, {COPIED}) SELECT {number}, {COPIED} FROM access_trace WHERE number = 1",
        "UPDATE access_tracehead SET number = number + 1",
    )


def swap(one: int, other: int) -> None:
    without_guards(
        f"UPDATE access_trace SET number = -1 WHERE number = {one}",
        f"UPDATE access_trace SET number = {one} WHERE number = {other}",
        f"UPDATE access_trace SET number = {other} WHERE number = -1",
    )


def cut(number: int) -> None:
    without_guards(f"DELETE FROM access_trace WHERE number >= {number}")


def cut_and_set_back(number: int) -> None:
    """The tail, and the head as if there had never been one."""
    cut(number)
    without_guards(
        f"UPDATE access_tracehead SET number = {number - 1}, "
        f"digest = (SELECT digest FROM access_trace WHERE number = {number - 1})"
    )
