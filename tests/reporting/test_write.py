from __future__ import annotations

import pkgutil
import re

import pytest

from scanner.errors import UsageError
from scanner.plugins import load_plugins
from scanner.reporting import formats
from scanner.reporting.format import Format
from scanner.reporting.write import find_format, format_names, render
from tests.reporting.hostile_report import hostile
from tests.reporting.sample_report import EMPTY, REPORT


def test_every_file_of_the_folder_offers_a_format_named_like_it() -> None:
    offered = [each.name for each in load_plugins(formats, "FORMAT", Format)]
    assert (
        tuple(offered)
        == format_names()
        == tuple(each.name for each in pkgutil.iter_modules(formats.__path__))
    )


@pytest.mark.parametrize("name", format_names())
def test_a_format_writes_the_same_bytes_twice_and_ends_its_last_line(name: str) -> None:
    for report in (REPORT, EMPTY):
        text = render(report, name)
        assert text == render(report, name)
        assert not text or text.endswith("\n")
        text.encode("utf-8")


@pytest.mark.parametrize("name", format_names())
def test_no_format_lets_hidden_characters_through(name: str) -> None:
    text = render(hostile(), name).replace("\r\n", "\n")
    text.encode("utf-8")
    assert re.findall(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text) == []


def test_an_unknown_format_is_refused_with_the_nearest() -> None:
    with pytest.raises(
        UsageError, match=r"no report format is called 'sraif'\n  formats: .*\n  did you mean 'sarif'\?"
    ):
        find_format("sraif")
