from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

import pytest

from scanner.knowledge import catalog, providers, publishers
from scanner.knowledge.store import Knowledge, open_knowledge
from scanner.records.asset import Party
from scanner.records.unknown import Unknown

PAGE = Path(__file__).parents[2] / "docs" / "knowledge.md"
EXAMPLE = re.compile(r"^### \w+: `(\w+)/\S+\.yaml`\n\n((?:    .*\n|\n)+)", re.MULTILINE)


@pytest.fixture(scope="module")
def as_written(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    """The examples of the page, laid over the shipped records."""
    folder = tmp_path_factory.mktemp("facts")
    for kind, text in EXAMPLE.findall(PAGE.read_text("utf-8")):
        (folder / kind).mkdir()
        (folder / kind / "acme.yaml").write_text(dedent(text), "utf-8")
    assert sorted(path.name for path in folder.iterdir()) == ["catalog", "providers", "publishers"]
    return open_knowledge((folder,))


def test_the_publisher_of_the_page_is_read_as_it_stands(as_written: Knowledge) -> None:
    party = publishers.look_up(as_written, "acme-labs")
    assert isinstance(party, Party)
    assert (party.entity, party.country, party.parent, party.parent_country) == (
        "Acme Robotics GmbH",
        "DE",
        "Acme Holding AG",
        "CH",
    )
    assert publishers.parent_share(as_written, party) == 75.0


def test_the_provider_of_the_page_is_found_by_host_and_by_client(as_written: Knowledge) -> None:
    match = providers.by_host(as_written, "https://berlin.llm.acme.example/v1")
    assert match is not None
    assert match.id == "acme"
    default = providers.client_default(as_written, "acme-sdk", "acme_sdk.Client")
    assert default is not None
    assert default.host == "llm.acme.example"


def test_the_models_of_the_page_are_found_by_every_name(as_written: Knowledge) -> None:
    rows = [
        catalog.look_up(as_written, kind, name)
        for kind, name in (
            ("hf-model", "acme/planner"),
            ("ollama", "planner:7b"),
            ("hf-dataset", "acme/plans"),
        )
    ]
    assert [(row.name, row.license_ids, row.stands_for) for row in rows if row] == [
        ("acme/planner-7b", ("other",), None),
        ("planner:7b", Unknown("not recorded"), "acme/planner-7b"),
        ("acme/plans", ("cc-by-4.0",), None),
    ]
