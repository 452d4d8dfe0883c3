from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.policy.license_names import Names, mistake_in
from scanner.policy.licenses import Decision, LicenseLists
from scanner.policy.match import LicenseName
from scanner.policy.rule import Verdict
from tests.policy.build import KNOWLEDGE

NAMES = Names(KNOWLEDGE)


def lists(
    allow: list[str] | None = None, deny: list[str] | None = None, review: list[str] | None = None
) -> LicenseLists:
    def names(texts: list[str] | None) -> tuple[LicenseName, ...] | None:
        return None if texts is None else tuple(LicenseName(text) for text in texts)

    return LicenseLists(NAMES, names(allow), names(deny), names(review))


@pytest.mark.parametrize(
    ("expression", "verdict"),
    [
        ("Apache-2.0", Verdict.ALLOWED),
        ("apache-2.0", Verdict.ALLOWED),
        ("APACHE-2.0", Verdict.ALLOWED),
        ("GPL-3.0-only", Verdict.DENIED),
        ("Apache-2.0 OR GPL-3.0-only", Verdict.ALLOWED),
        ("GPL-3.0-only OR Apache-2.0", Verdict.ALLOWED),
        ("Apache-2.0 AND GPL-3.0-only", Verdict.DENIED),
        ("GPL-3.0-only AND Apache-2.0", Verdict.DENIED),
        ("MIT AND (GPL-3.0-only OR Apache-2.0)", Verdict.ALLOWED),
        ("Apache-2.0 WITH LLVM-exception", Verdict.ALLOWED),
        ("GPL-3.0-only WITH Classpath-exception-2.0", Verdict.DENIED),
        ("MIT OR", Verdict.UNKNOWN),
        ("UNLICENSED", Verdict.DENIED),
    ],
)
def test_an_allow_list_over_expressions(expression: str, verdict: Verdict) -> None:
    assert lists(allow=["Apache-2.0", "MIT"]).verdict(expression) is verdict


def test_the_decision_names_what_it_rests_on() -> None:
    held = lists(allow=["MIT"], deny=["GPL-3.0-only"])
    assert held.decide("MIT AND GPL-3.0-only") == Decision(
        Verdict.DENIED, ("GPL-3.0-only",), "GPL-3.0-only", "deny"
    )
    assert held.decide("MIT AND BSD-3-Clause") == Decision(Verdict.DENIED, ("BSD-3-Clause",), None, "allow")


def test_a_deny_list_allows_what_it_does_not_name() -> None:
    held = lists(deny=["category:copyleft"])
    assert held.verdict("MIT") is Verdict.ALLOWED
    assert held.verdict("GPL-2.0-only") is Verdict.DENIED


def test_a_category_nobody_knows_is_unknown_under_a_deny_list_and_denied_under_an_allow_list() -> None:
    assert lists(deny=["category:copyleft"]).verdict("LicenseRef-lading-glm-4") is Verdict.UNKNOWN
    assert lists(allow=["category:permissive"]).verdict("LicenseRef-lading-glm-4") is Verdict.DENIED


def test_no_list_at_all_says_nothing() -> None:
    assert lists().is_empty
    assert not lists(allow=[]).is_empty
    assert lists(allow=[]).verdict("MIT") is Verdict.DENIED


def test_a_name_beats_a_category() -> None:
    held = lists(allow=["GPL-3.0-only"], deny=["category:copyleft"])
    assert held.verdict("GPL-3.0-only") is Verdict.ALLOWED
    assert held.verdict("GPL-2.0-only") is Verdict.DENIED
    assert lists(allow=["category:permissive"], deny=["MIT"]).verdict("MIT") is Verdict.DENIED


def test_at_equal_precision_deny_beats_review_beats_allow() -> None:
    assert lists(allow=["MIT"], review=["MIT"], deny=["MIT"]).verdict("MIT") is Verdict.DENIED
    assert lists(allow=["MIT"], review=["MIT"]).verdict("MIT") is Verdict.REVIEW


def test_a_license_with_its_exception_can_be_allowed_where_the_license_alone_is_not() -> None:
    held = lists(allow=["MIT", "GPL-2.0-only WITH Classpath-exception-2.0"])
    assert held.verdict("GPL-2.0-only WITH Classpath-exception-2.0") is Verdict.ALLOWED
    assert held.verdict("GPL-2.0 WITH classpath-exception-2.0") is Verdict.ALLOWED
    assert held.verdict("GPL-2.0-only") is Verdict.DENIED


def test_a_deprecated_id_is_the_id_that_replaced_it() -> None:
    empty = Names(type(KNOWLEDGE)({}))
    held = LicenseLists(empty, (LicenseName("GPL-2.0-only"), LicenseName("LGPL-2.1+")), None, None)
    assert held.verdict("GPL-2.0") is Verdict.ALLOWED
    assert held.verdict("LGPL-2.1-or-later") is Verdict.ALLOWED
    assert held.verdict("GPL-2.0+") is Verdict.DENIED


def test_a_key_without_its_date_means_every_date() -> None:
    held = lists(deny=["qwen"])
    assert held.verdict("qwen-2024-09-19") is Verdict.DENIED
    assert held.verdict("LicenseRef-lading-qwen-2023-08-03") is Verdict.DENIED
    assert held.verdict("qwen-research") is Verdict.ALLOWED


def test_a_key_and_its_expression_are_one_license() -> None:
    held = lists(allow=["llama-3.1"])
    assert held.verdict("LicenseRef-scancode-llama-3.1-license-2024") is Verdict.ALLOWED
    assert lists(allow=["LicenseRef-lading-qwen-2024-09-19"]).verdict("qwen-2024-09-19") is Verdict.ALLOWED


def test_a_licenseref_lading_does_not_know_is_taken_as_written() -> None:
    held = lists(allow=["LicenseRef-Acme-Model-1"])
    assert held.verdict("LicenseRef-Acme-Model-1") is Verdict.ALLOWED
    assert held.verdict("LicenseRef-acme-model-1") is Verdict.ALLOWED
    assert held.verdict("LicenseRef-Acme-Model-2") is Verdict.DENIED


def test_an_allowed_combination_is_allowed_in_any_order_and_only_whole() -> None:
    held = lists(allow=["MIT AND GPL-3.0-only"])
    assert held.verdict("GPL-3.0-only AND MIT") is Verdict.ALLOWED
    assert held.verdict("GPL-3.0-only") is Verdict.DENIED
    assert held.verdict("(BSD-3-Clause OR GPL-3.0-only) AND MIT") is Verdict.ALLOWED
    assert held.verdict("GPL-3.0-only AND MIT AND BSD-3-Clause") is Verdict.DENIED


def test_an_allowed_choice_is_allowed_in_any_order_and_only_whole() -> None:
    held = lists(allow=["MIT OR GPL-3.0-only"])
    assert held.verdict("GPL-3.0-only OR MIT") is Verdict.ALLOWED
    assert held.verdict("GPL-3.0-only") is Verdict.DENIED


def test_a_denied_combination_is_denied_where_its_parts_are_not() -> None:
    held = lists(deny=["MIT AND GPL-3.0-only"])
    assert held.verdict("GPL-3.0-only AND MIT") is Verdict.DENIED
    assert held.verdict("GPL-3.0-only") is Verdict.ALLOWED


def test_more_choices_than_can_be_gone_through_are_unknown() -> None:
    held = lists(allow=["MIT AND ISC"])
    text = " AND ".join(f"(LicenseRef-a{n} OR LicenseRef-b{n})" for n in range(12))
    assert held.verdict(text) is Verdict.UNKNOWN


def test_the_assets_own_category_counts_where_no_record_has_one() -> None:
    from scanner.records.asset import Category

    held = lists(allow=["category:permissive"])
    assert held.decide("LicenseRef-Acme", Category.PERMISSIVE).verdict is Verdict.ALLOWED


@pytest.mark.parametrize(
    "name",
    [
        "MIT", "mit", "GPL-2.0", "qwen-research", "qwen", "category:permissive", "LicenseRef-Anything",
        "MIT OR Apache-2.0", "GPL-2.0-only WITH Classpath-exception-2.0", "LicenseRef-scancode-unknown-x",
    ],
)  # fmt: skip
def test_names_a_policy_may_use(name: str) -> None:
    assert mistake_in(name, NAMES) is None


@pytest.mark.parametrize(
    ("name", "what", "meant"),
    [
        ("apache2", "no license is called 'apache2'", "did you mean 'Apache-2.0'?"),
        ("MIT OR Apache2.0", "no license is called 'Apache2.0'", "did you mean 'Apache-2.0'?"),
        ("category:permisive", "no license category is called 'permisive'", "did you mean 'permissive'?"),
        ("qwen_research", "no license is called 'qwen_research'", "did you mean 'qwen-research'?"),
        (
            "BSD 3 Clause",
            "not a license name or SPDX expression: 'BSD 3 Clause'",
            "did you mean 'BSD-3-Clause'?",
        ),
        ("GPL-2.0-only WITH Nothing", "no license exception is called 'Nothing'", "write the SPDX id"),
    ],
)
def test_a_name_nobody_knows_is_a_mistake_with_advice(name: str, what: str, meant: str) -> None:
    mistake = mistake_in(name, NAMES)
    assert mistake is not None
    assert mistake[0] == what
    assert meant in mistake[1]


ATOMS = (
    "MIT", "Apache-2.0", "BSD-3-Clause", "GPL-2.0-only", "GPL-3.0-only",
    "GPL-2.0-only WITH Classpath-exception-2.0", "LicenseRef-Acme", "qwen-research",
)  # fmt: skip
EXPRESSIONS = st.recursive(
    st.sampled_from(ATOMS),
    lambda below: st.builds(
        lambda operator, parts: "(" + f" {operator} ".join(parts) + ")",
        st.sampled_from(("AND", "OR", "and", "or")),
        st.lists(below, min_size=2, max_size=4),
    ),
    max_leaves=12,
)
SUBSETS = st.lists(st.sampled_from(ATOMS), unique=True)


def truth(expression: str, value: dict[str, bool]) -> bool:
    """Evaluate the text itself as a boolean formula: the oracle."""
    python = re.sub(r"\b(AND|OR)\b", lambda found: found[0].lower(), expression)
    for atom in sorted(ATOMS, key=len, reverse=True):
        python = re.sub(rf"(?<![\w.-]){re.escape(atom)}(?![\w.-])(?! WITH)", str(value[atom]), python)
    return bool(eval(python))


def level_of(atom: str, allow: list[str], deny: list[str], review: list[str]) -> int:
    """0 allowed, 1 review, 2 denied: one atom by the written rules, worked out apart from the code."""
    for name in dict.fromkeys((atom, atom.split(" WITH ")[0])):
        if name in deny:
            return 2
        if name in review:
            return 1
        if name in allow:
            return 0
    return 2


@given(EXPRESSIONS, SUBSETS, SUBSETS, SUBSETS)
def test_a_decision_equals_the_truth_table(
    expression: str, allow: list[str], deny: list[str], review: list[str]
) -> None:
    levels = {atom: level_of(atom, allow, deny, review) for atom in ATOMS}
    expected = Verdict.DENIED
    if truth(expression, {atom: level == 0 for atom, level in levels.items()}):
        expected = Verdict.ALLOWED
    elif truth(expression, {atom: level <= 1 for atom, level in levels.items()}):
        expected = Verdict.REVIEW
    assert lists(allow=allow, deny=deny, review=review).verdict(expression) is expected


@given(EXPRESSIONS, SUBSETS)
def test_going_through_every_choice_decides_as_the_tree_does(expression: str, allow: list[str]) -> None:
    plain = lists(allow=allow)
    # An entry about a combination that never occurs sends the decision through the choices.
    combined = lists(allow=[*allow, "ISC AND LicenseRef-Never"])
    assert combined.verdict(expression) is plain.verdict(expression)


def test_every_license_on_record_is_named_by_its_key_and_by_its_expression() -> None:
    from scanner.knowledge.store import open_knowledge

    knowledge = open_knowledge()
    names = Names(knowledge)
    wrong = []
    for key in knowledge.keys("licenses"):
        body = knowledge.get("licenses", key) or {}
        if body["kind"] != "license":
            continue
        for written, carried in ((key, body["spdx"]), (body["spdx"], key)):
            verdict = LicenseLists(names, (LicenseName(written),), None, None).verdict(carried)
            if mistake_in(written, names) or verdict is not Verdict.ALLOWED:
                wrong.append((written, carried))
    assert wrong == []
