"""The database knows how its tables are filled after the duty has run."""

from __future__ import annotations

import pytest
from django.db import connection
from django.utils import timezone

from haidang.access.models import Account
from haidang.jobs.duties import table_statistics


@pytest.mark.django_db
def test_tables_are_measured() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL measures its tables by itself")
    Account.objects.bulk_create(Account(name=f"ai-do-{number}") for number in range(50))
    table_statistics.run(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = %s", [Account._meta.db_table])
        assert any(int(stat.split()[0]) >= 50 for (stat,) in cursor.fetchall())
