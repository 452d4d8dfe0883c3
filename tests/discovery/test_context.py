"""What the catalog is asked often is answered as what it is asked once."""

from __future__ import annotations

from pathlib import Path

import pytest

from scanner.discovery.context import KnownWorld
from scanner.knowledge.store import Knowledge, open_knowledge

OWNERS = ("Qwen", "distilbert", "google-bert", "openai-community", "nobody-at-all", "o-with-ı")


def asked_of(knowledge: Knowledge, owner: str) -> list[str]:
    """Names of an owner the catalog has and has not, however they are written."""
    known = list(knowledge.keys_beginning("catalog", f"{owner}/"))[:30]
    others = [f"{owner}/no-such-{number}" for number in range(30)]
    return [
        *known,
        *others,
        *(name.upper() for name in known),
        *(f" {name} " for name in known),
        owner,
        f"{owner}/",
    ]


@pytest.mark.parametrize("owner", OWNERS)
def test_many_names_of_one_owner_are_known_as_each_by_itself(owner: str) -> None:
    knowledge = open_knowledge()
    world = KnownWorld(knowledge)
    for name in asked_of(knowledge, owner) * 2:
        assert world.is_known_model(name) is bool(knowledge.resolve_alias("catalog", name)), name


def test_what_a_folder_of_records_lays_over_the_catalog_counts(tmp_path: Path) -> None:
    (tmp_path / "catalog").mkdir()
    (tmp_path / "catalog" / "ours.yaml").write_text("records:\n  Qwen/of-our-own: {license: mit}\n")
    world = KnownWorld(open_knowledge((tmp_path,)))
    assert [world.is_known_model(f"Qwen/no-such-{number}") for number in range(40)] == [False] * 40
    assert world.is_known_model("qwen/of-our-own")
