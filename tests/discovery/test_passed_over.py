"""Manifests that are passed over but for the commands they hold."""

import pytest

from scanner.discovery.candidates import Candidates
from scanner.discovery.passed_over import table_of_manifest
from scanner.discovery.source import Source
from scanner.discovery.worth_reading import worth_reading
from scanner.records.sighting import Scope
from tests.discovery.reading import world

COMMAND = '{"%s": {"get": "hf download lab1/net2-7b"}, "license": ""}'


@pytest.mark.parametrize(
    ("name", "text", "key"),
    [
        ("package.json", COMMAND % "scripts", "scripts"),
        ("package.json", COMMAND % "others", ""),
        ("deno.json", COMMAND % "tasks", "tasks"),
        ("deno.jsonc", COMMAND % "tasks", "tasks"),
        ("package-lock.json", COMMAND % "scripts", ""),
    ],
)
def test_some_manifests_hold_commands_under_a_key_of_theirs(name: str, text: str, key: str) -> None:
    assert table_of_manifest(name, text) == key
    source = Source(name, text, "json", Scope.SHIPPED)
    assert worth_reading(source, Candidates(world())) is bool(key)
