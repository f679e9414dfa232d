"""DATABASE_URL is read by PostgreSQL's own rules; what cannot be read is refused without showing the password."""

from __future__ import annotations

from pathlib import Path

import pytest

from hopluc.config.database import BadAddress, databases


def database(monkeypatch, url):
    monkeypatch.setenv("DATABASE_URL", url)
    return databases(Path("data"))["default"]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://an@db/plans", {"NAME": "plans", "USER": "an", "PASSWORD": "", "HOST": "db", "PORT": ""}),
        ("postgres://an:p%40ss@db:5433/plans", {"PASSWORD": "p@ss", "PORT": "5433"}),
        ("postgresql://an:p@[::1]:5432/k%E1%BA%BF%20ho%E1%BA%A1ch", {"HOST": "::1", "NAME": "kế hoạch"}),
        ("postgresql:///plans?host=/run/postgresql", {"HOST": "/run/postgresql"}),
        ("postgresql://a.example:5432,b.example:5433/plans", {"HOST": "a.example,b.example", "PORT": "5432,5433"}),
    ],
)
def test_parts_of_an_address(monkeypatch, url, expected):
    assert database(monkeypatch, url).items() >= expected.items()


def test_options_of_an_address_reach_the_driver(monkeypatch):
    url = "postgresql://db/plans?sslmode=verify-full&connect_timeout=3&application_name=test"
    options = database(monkeypatch, url)["OPTIONS"]
    told = {"sslmode": "verify-full", "connect_timeout": "3", "application_name": "test"}
    assert options == {**told, "options": "-c jit=off"}
    assert database(monkeypatch, f"{url}&options=-c%20jit%3Don")["OPTIONS"]["options"] == "-c jit=on"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("mysql://an:hidden@db/plans", "begin with postgresql://"),
        ("an:hidden@db/plans", "begin with postgresql://"),
        ("postgresql://an:hidden@db", "names no database"),
        ("postgresql://an:hidden@db:99999/plans", "the port"),
        ("postgresql://an:hidden@db:port/plans", "the port"),
        ("postgresql://an:hidden%zz@db/plans", "percent-encoded"),
        ("postgresql://an:hidden@[::1/plans", "end of string"),
        ("postgresql://an:hid den@db/plans", "unexpected spaces"),
        ("postgresql://an:hidden@db/plans?sslmod=require", "sslmod"),
    ],
)
def test_addresses_that_are_refused(monkeypatch, url, reason):
    with pytest.raises(BadAddress, match=reason) as refused:
        database(monkeypatch, url)
    assert "hid" not in str(refused.value)


def test_without_an_address_the_embedded_database_is_meant_and_nothing_is_made(monkeypatch, tmp_path):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert databases(tmp_path)["default"]["FOLDER"] == tmp_path / "postgres"
    assert list(tmp_path.iterdir()) == []


def test_connections_are_kept_only_where_it_is_asked_for(monkeypatch):
    monkeypatch.setenv("HOPLUC_KEEP", "1")
    assert database(monkeypatch, "postgresql://db/plans")["CONN_MAX_AGE"] is None
    monkeypatch.delenv("HOPLUC_KEEP")
    assert database(monkeypatch, "postgresql://db/plans")["CONN_MAX_AGE"] == 0
