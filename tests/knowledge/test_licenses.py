"""What a card declares, as a license."""

from __future__ import annotations

import pytest

from scanner.knowledge.licenses import (
    LicenseAnswer,
    complete_terms,
    look_up,
    of_declaration,
    terms_of,
)
from scanner.knowledge.store import Knowledge, open_knowledge
from scanner.records.asset import Category
from scanner.records.license import DocumentKind
from scanner.records.terms import Terms
from scanner.records.unknown import Unknown


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return open_knowledge()


def test_every_record_has_the_shape_of_a_license(knowledge: Knowledge) -> None:
    records = [look_up(knowledge, key) for key in knowledge.keys("licenses")]
    assert len(records) > 200
    for record in records:
        assert record is not None
        if record.kind is DocumentKind.NO_SINGLE_LICENSE:
            assert record.reason
            assert record.spdx == "NOASSERTION"
        else:
            assert record.spdx != "NOASSERTION"


@pytest.mark.parametrize(
    ("repository", "ids", "name", "key"),
    [
        ("Qwen/Qwen2.5-72B-Instruct", ("other",), "qwen", "qwen-2024-09-19"),
        ("Qwen/Qwen2.5-3B-Instruct", ("other",), "qwen-research", "qwen-research-2024-09-19"),
        ("Qwen/Qwen2.5-VL-3B-Instruct", (), "qwen-research", "qwen-research-2024-09-19"),
        ("Qwen/Qwen2.5-7B-Instruct", ("apache-2.0",), None, "apache-2.0"),
        ("Qwen/Qwen2.5-Omni-7B", ("other",), "apache-2.0", "apache-2.0"),
        ("tencent/HunyuanVideo", ("other",), "tencent-hunyuan-community", "tencent-hunyuan-video"),
    ],
)
def test_license_name_counts_where_the_license_says_other(
    knowledge: Knowledge, repository: str, ids: tuple[str, ...], name: str | None, key: str
) -> None:
    assert of_declaration(knowledge, ids, name, None, repository).key == key


def test_unlicensed_is_not_the_unlicense(knowledge: Knowledge) -> None:
    none_given = Unknown("the card declares that no license is given")
    assert of_declaration(knowledge, ("UNLICENSED",)) == LicenseAnswer(none_given, none_given, none_given)
    assert of_declaration(knowledge, ("unlicense",)).expression == "Unlicense"


def test_nothing_said_and_other_are_told_apart(knowledge: Knowledge) -> None:
    silent = Unknown("the card declares no license")
    other = Unknown("the card says 'other' and names no license")
    assert of_declaration(knowledge, ()) == LicenseAnswer(silent, silent, silent)
    assert of_declaration(knowledge, ("other",)) == LicenseAnswer(other, other, other)


def test_a_group_of_licenses_is_no_license(knowledge: Knowledge) -> None:
    reason = Unknown('"cc" names a group of licenses, non-commercial ones among them')
    assert of_declaration(knowledge, ("cc",)) == LicenseAnswer(reason, reason, reason)


def test_a_list_may_mean_all_and_says_so(knowledge: Knowledge) -> None:
    note = "the card lists 'mit', 'cc-by-nc-4.0' and does not say whether all hold or one may be chosen"
    assert of_declaration(knowledge, ("mit", "cc-by-nc-4.0")) == LicenseAnswer(
        "MIT AND CC-BY-NC-4.0", Unknown(note), Category.NON_COMMERCIAL, note
    )


def test_a_choice_has_the_milder_category(knowledge: Knowledge) -> None:
    answer = of_declaration(knowledge, ("MIT OR GPL-3.0-only",))
    assert (answer.expression, answer.category) == ("MIT OR GPL-3.0-only", Category.PERMISSIVE)


def test_a_license_known_by_name_only_has_unknown_terms(knowledge: Knowledge) -> None:
    assert terms_of(knowledge, "mnpl-0.1") == Unknown("text not read")
    assert terms_of(knowledge, "no-such") == Unknown("no license record 'no-such'")


def test_a_report_without_terms_gets_them_from_the_record(knowledge: Knowledge) -> None:
    filled = complete_terms(knowledge, "apache-2.0", Unknown("not in this report"))
    assert isinstance(filled, Terms)
    assert filled == terms_of(knowledge, "apache-2.0")
    assert complete_terms(knowledge, Unknown("no key"), Unknown("no terms")) == Unknown("no terms")
