"""Texts of licenses are recognized, and what is close to one is not taken for it."""

from __future__ import annotations

import random
from functools import cache
from importlib import metadata
from pathlib import Path

import pytest

from scanner.cli._license_page import begin_record
from scanner.knowledge.license_surroundings import added_around, rest_of
from scanner.knowledge.license_text import identify, nearest, own_key
from scanner.knowledge.license_tokens import read_words
from scanner.knowledge.store import open_knowledge
from scripts.license_text_variants import (
    CHANGES,
    CONDITIONS,
    COPIES,
    NEGATIVES,
    REFERENCES,
    read_folder,
)

ROOT = Path(__file__).resolve().parents[2]
APACHE = (ROOT / "LICENSES" / "Apache-2.0.txt").read_text("utf-8")
CC0 = (ROOT / "LICENSES" / "CC0-1.0.txt").read_text("utf-8")
MIT_GRANT = (
    "Permission is hereby granted, free of charge, to any person obtaining a copy of this software and"
    " associated documentation files (the “Software”), to deal in the Software without restriction"
)


@cache
def texts() -> dict[str, str]:
    """Texts of the package licensedcode-data that a record speaks of."""
    files = metadata.distribution("licensedcode-data").files or []
    mit = next(file for file in files if file.name == "mit.LICENSE")
    return read_folder(Path(str(metadata.distribution("licensedcode-data").locate_file(mit))).parent)


KEYS = [
    "apache-2.0",
    "mit",
    "bsd-2-clause",
    "bsd-3-clause",
    "isc",
    "gpl-2.0",
    "lgpl-2.1",
    "mpl-2.0",
    "cc0-1.0",
    "cc-by-3.0",
    "cc-by-nc-3.0",
    "cc-by-nc-sa-3.0",
    "epl-2.0",
    "afl-3.0",
    "artistic-2.0",
    "zlib",
    "ofl-1.1",
    "bigscience-rail-1.0",
]


def held(key: str) -> str:
    found = texts()
    if key not in found:
        pytest.skip(f"the package's text of {key} is not the one the record was read from")
    return found[key]


@pytest.mark.parametrize("key", KEYS)
def test_copies_are_recognized_however_they_are_wrapped(key: str) -> None:
    text = held(key)
    answers = {group: identify(make(text)).answer for group, make in COPIES}
    assert answers == dict.fromkeys(answers, key)


@pytest.mark.parametrize("key", KEYS)
def test_a_changed_text_is_never_taken_for_the_license(key: str) -> None:
    text, chance = held(key), random.Random(11)
    for group, change in CHANGES:
        made = change(text, chance)
        if made is not None and made != text:
            said = identify(made)
            assert said.answer == "unknown", group
            assert said.matches[0].differences, group


def test_every_word_agreeing_is_exact_and_another_holder_is_not() -> None:
    assert identify(APACHE).exact
    said = identify(f"Copyright 2031 Example Works\n\n{APACHE}")
    assert (said.answer, said.exact) == ("apache-2.0", False)


def test_a_difference_is_named_with_its_place() -> None:
    said = identify(APACHE.replace("Version 2.0, January 2004", "Version 2.5, January 2031"))
    assert said.answer == "unknown"
    assert said.matches[0].key == "apache-2.0"
    assert said.matches[0].differences == (
        "number or date: “2.5 2031” instead of “2.0 2004” (paragraph 1 of 32)",
    )


def test_two_texts_in_one_file_are_both_found_in_order() -> None:
    said = identify(f"{CC0}\n\n{'=' * 40}\n\n{APACHE}")
    assert [match.key for match in said.matches] == ["cc0-1.0", "apache-2.0"]
    assert said.answer == "apache-2.0"
    assert said.matches[0].end_line < said.matches[1].start_line


def test_another_title_above_the_text_makes_it_another_license() -> None:
    text = held("mit")
    assert identify(f"MIT License\n\nCopyright (c) 2031 Example Works\n\n{text}").answer == "mit"
    said = identify(f"Modified MIT License\n\nCopyright (c) 2031 Example Works\n\n{text}")
    assert said.answer == "unknown"
    assert said.matches[0].differences == ("name: the title says “modified mit license”",)


def test_a_condition_added_below_makes_it_another_license() -> None:
    said = identify(
        f"{held('mit')}\n\nIf the software is used in a commercial product with more than one million users,"
        " you shall display its name on the user interface."
    )
    assert said.answer == "unknown"
    assert said.matches[0].differences[0].startswith("a paragraph is added below: “If the software")


@pytest.mark.parametrize("at", range(len(NEGATIVES)))
def test_what_is_no_license_is_none(at: int) -> None:
    assert identify(NEGATIVES[at]).answer == "none"


@pytest.mark.parametrize("shape", REFERENCES)
def test_a_name_or_a_link_is_no_text(shape: str) -> None:
    assert identify(shape.format(title="Apache License, Version 2.0", key="apache-2.0")).answer == "none"


def test_the_beginning_of_a_license_is_not_the_license() -> None:
    assert identify(MIT_GRANT).answer == "none"


def test_a_license_nobody_knows_is_unknown_not_none() -> None:
    made = (
        "WIDGET LICENSE. The licensor hereby grants the licensee a worldwide, non-exclusive, royalty-free and"
        " irrevocable license to use the widgets and derivative works. The licensee shall indemnify the"
        " licensor. This license shall terminate upon breach. THE WIDGETS COME WITHOUT WARRANTIES, INCLUDING"
        " MERCHANTABILITY, AND THE LICENSOR SHALL NOT BE LIABLE FOR DAMAGES. The governing law is that of the"
        " place where the widgets were made, and its courts have jurisdiction over every dispute that arises"
        " from this license or the use of the widgets by the licensee or anyone else who received them."
    )
    assert identify(made).answer == "unknown"


def test_hostile_sizes_end() -> None:
    assert identify("\x00" * 100_000).answer == "none"
    assert identify("a " * 300_000).answer == "none"
    assert identify("Permission is hereby granted, " * 20_000).answer in ("none", "unknown")


@pytest.mark.parametrize("condition", CONDITIONS)
@pytest.mark.parametrize("key", ["mit", "apache-2.0", "bsd-3-clause"])
def test_a_condition_of_any_wording_above_or_below_makes_it_another_text(key: str, condition: str) -> None:
    text = f"License\n\nCopyright (c) 2024 Example Works\n\n{held(key).strip()}"
    title, rest = text.split("\n\n", 1)
    made = {
        "below": f"{text}\n\n{condition}\n",
        "above": f"{condition}\n\n{text}",
        "under the title": f"{title}\n\n{condition}\n\n{rest}",
        "in the last line": f"{text} {condition}",
        "in a section that amends": f"{text}\n\n## Additional conditions\n\n{condition}\n",
    }
    assert {place: identify(each).answer for place, each in made.items()} == dict.fromkeys(made, "unknown")


def test_sections_of_a_readme_around_a_text_are_not_its_conditions() -> None:
    text = (
        "# Widgets\n\nThe model must be run with version 4 of the software.\n\n## License\n\n"
        f"{held('mit')}\n\n## Use\n\nUsers shall not use the model before it is loaded.\n"
    )
    assert identify(text).answer == "mit"


def test_a_use_policy_above_or_below_a_license_is_a_document_of_its_own() -> None:
    policy = "Example Acceptable Use Policy\n\nYou agree you will not use the model to break the law.\n"
    text = held("bigscience-rail-1.0")
    assert identify(f"{policy}\n\n{text}").answer == "bigscience-rail-1.0"
    assert identify(f"{text}\n\n{policy}").answer == "bigscience-rail-1.0"


def test_another_sentence_in_the_place_of_one_is_a_difference() -> None:
    text = held("json")
    where = text.index("The Software shall be used")
    end = text.index("\n\n", where)
    other = "If you wish to use our name, please do so in a fair way that does not confuse."
    assert identify(f"{text[:where]}{other}{text[end:]}").answer == "unknown"


def test_addresses_and_footnotes_tell_no_texts_apart() -> None:
    text = held("bigscience-rail-1.0").replace("BigScience", "BigScience [7]", 1)
    assert (
        identify(f"{text}\n\nhttps://example.com/a and example.org/license/v9.\n").answer
        == "bigscience-rail-1.0"
    )


def test_a_license_of_another_that_ends_in_a_known_text_is_not_that_text() -> None:
    own = "\n\n".join(
        f"{at}. The licensor lets you use the works for the purposes of section {at}, as long as you do not"
        " compete, and ends this at will."
        for at in range(1, 12)
    )
    made = f"# Example Source License, Version 1.1\n\n{own}\n\n# Future\n\n{held('mit')}"
    assert identify(made).answer == "unknown"


@pytest.mark.parametrize(
    "text",
    [
        "示例模型使用许可协议\n\n" + "本协议由许可方授予被许可方，不可转让，非排他。违反本协议即终止。"
        "因本协议引起的争议适用法律，由法院管辖。衍生作品、知识产权、商标、免责、赔偿及损失见下。" * 3,
        "Musterlizenz für Modelle\n\n"
        + "Der Lizenzgeber räumt dem Lizenznehmer ein unentgeltliches Recht ein."
        " Die Haftung und die Gewährleistung sind ausgeschlossen, das Urheberrecht bleibt unberührt. Die"
        " Vervielfältigung ist erlaubt, Gerichtsstand ist der Sitz des Lizenzgebers." * 4,
    ],
)
def test_a_license_in_another_language_is_unknown_not_none(text: str) -> None:
    assert identify(text).answer == "unknown"


def test_a_clause_below_the_title_of_a_use_policy_makes_it_another_text() -> None:
    policy = ["You may not do harm."] * 40
    clause = "You may not use the materials in any product."
    lines = ["Acme Prohibited Use Policy", "", clause, "", *policy]
    words = read_words("\n".join(lines))
    taken = [line > 4 for line in words.lines]
    rest = rest_of(lines, words, taken)
    said = [f"a paragraph is added above: “{clause.rstrip('.')}”"]
    assert [each.replace(".”", "”") for each in added_around(rest, lines, 5, 44, is_policy=True)] == said


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\f"])
def test_the_nearest_texts_are_named_whatever_ends_the_lines(end: str) -> None:
    changed = (APACHE + "\nThe Work may not be used in games.\n").replace("\n", end)
    assert [match.key for match in nearest(changed)][:1] == ["apache-2.0"]
    assert identify(changed).answer == "unknown"


def test_a_text_of_ones_own_is_recognized_by_the_fingerprint_of_its_record(tmp_path: Path) -> None:
    own = "House License\n\nPermission is granted to members of the house to run the model indoors.\n"
    (tmp_path / "licenses").mkdir()
    (tmp_path / "licenses" / "house.yaml").write_text(begin_record("house", "LICENSE", own, own.encode()))
    knowledge = open_knowledge((tmp_path,))
    wrapped = "# House License\n\nPermission is granted to members of\nthe house to run the model indoors.\n"
    assert (identify(wrapped).answer, identify(wrapped, knowledge).answer) == ("none", "house")
    assert identify(wrapped, knowledge).exact
    assert (own_key(wrapped, knowledge), own_key(wrapped, None)) == ("house", "")
    assert identify(wrapped.replace("indoors", "outdoors"), knowledge).answer != "house"
