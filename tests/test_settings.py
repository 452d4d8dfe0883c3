"""The environment is read once, and the command line wins."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from scanner.errors import UsageError
from scanner.settings import read_settings


def test_the_day_is_the_given_one_else_the_build_s() -> None:
    environment = {"SOURCE_DATE_EPOCH": "1700000000"}
    assert read_settings(environment, today="2026-11-22").today == date(2026, 11, 22)
    assert read_settings(environment).today == date(2023, 11, 14)


@pytest.mark.parametrize(
    ("environment", "today"), [({}, "22.11.2026"), ({"SOURCE_DATE_EPOCH": "soon"}, None)]
)
def test_a_day_that_is_none_is_refused(environment: dict[str, str], today: str | None) -> None:
    with pytest.raises(UsageError, match="write YYYY-MM-DD"):
        read_settings(environment, today=today)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, False),
        ({"HF_HUB_OFFLINE": "1"}, True),
        ({"HF_HUB_OFFLINE": "0"}, False),
        ({"TRANSFORMERS_OFFLINE": "YES"}, True),
        ({"LADING_OFFLINE": "true"}, True),
    ],
)
def test_the_hub_client_s_own_switch_makes_a_run_offline(environment: dict[str, str], expected: bool) -> None:
    assert read_settings(environment).is_offline is expected


def test_the_cache_stands_in_the_user_s_cache_folder() -> None:
    assert read_settings({"XDG_CACHE_HOME": "/x"}).cache_folder == Path("/x/lading")
    assert read_settings({"LADING_CACHE": "/y"}).cache_folder == Path("/y")
