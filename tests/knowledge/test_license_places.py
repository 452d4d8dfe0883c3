"""License texts in a file are found with the lines they stand on."""

from __future__ import annotations

from pathlib import Path

import pytest

from scanner.cli._license_page import begin_record
from scanner.knowledge.license_places import Held, Place, held_in, text_lines
from scanner.knowledge.license_text import is_recognizable
from scanner.knowledge.store import Knowledge, open_knowledge
from tests.knowledge.test_license_text import APACHE, CC0


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return open_knowledge()


def test_two_copies_are_found_each_on_its_lines(knowledge: Knowledge) -> None:
    text = f"Ours\n\n{CC0}\n\n{'=' * 40}\n\n{APACHE}"
    held = held_in(text, knowledge)
    assert [(each.key, each.is_copy) for each in held.places] == [("cc0-1.0", True), ("apache-2.0", True)]
    assert 3 <= held.places[0].first < held.places[0].last < held.places[1].first
    assert held.places[1].last <= len(text_lines(text))
    assert not held.is_unknown_license


def test_a_changed_text_has_its_lines_too(knowledge: Knowledge) -> None:
    changed = APACHE.replace("Version 2.0, January 2004", "Version 2.5, January 2031")
    assert [(each.key, each.is_copy) for each in held_in(changed, knowledge).places][:1] == [
        ("apache-2.0", False)
    ]


def test_running_words_hold_no_text(knowledge: Knowledge) -> None:
    assert held_in("Licensed under the Apache License, Version 2.0", knowledge) == Held((), False)


def test_a_text_of_ones_own_is_found_whole(tmp_path: Path) -> None:
    own = "House License\n\nPermission is granted to members of the house to run the model indoors.\n"
    (tmp_path / "licenses").mkdir()
    (tmp_path / "licenses" / "house.yaml").write_text(begin_record("house", "LICENSE", own, own.encode()))
    laid_over = open_knowledge((tmp_path,))
    assert held_in(own, laid_over) == Held((Place("house", 1, 4, True),), False)
    assert is_recognizable("house", laid_over)


def test_it_is_known_which_texts_can_be_recognized(knowledge: Knowledge) -> None:
    asked = ("llama-3.1", "minimax-m2.1-modified-mit", "nobodys")
    assert [is_recognizable(key, knowledge) for key in asked] == [True, False, False]
