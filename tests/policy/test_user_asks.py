"""The twenty asks of users of such tools, one named test each, in the order of the research."""

from __future__ import annotations

from pathlib import Path

import pytest

from scanner.records.asset import Endpoint, Party
from scanner.records.fact import Confidence
from scanner.records.sighting import Certainty, IgnoreComment, Kind, Role, Scope
from tests.policy.build import COMMIT, asset, judge, load, only, reference, said

ALLOW = "license-not-allowed: {allow: [MIT, Apache-2.0]}"
GPL = asset("acme/gpl", "GPL-3.0-only")


def exceptions(*entries: str) -> str:
    """A policy that allows MIT, with exceptions."""
    more = "owner: o, reason: r, granted: 2026-10-01, expires: 2027-09-30"
    lines = "".join(f"  - {{{entry}, {more}}}\n" for entry in entries)
    return f"version: 1\nrules:\n  {ALLOW}\n  license-unknown: error\nexceptions:\n{lines}"


def test_ask_1_the_same_facts_are_judged_the_same_without_any_service() -> None:
    import socket

    def refuse(*_: object) -> None:
        raise AssertionError("a socket was opened")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "socket", refuse)
        assert judge(ALLOW, GPL) == judge(ALLOW, GPL)


def test_ask_2_what_is_merely_spoken_of_or_guessed_fails_nothing() -> None:
    places = [
        reference(GPL, "a.py", role=Role.MENTION),
        reference(GPL, "b.py", certainty=Certainty.GUESSED),
        reference(GPL, "docs/c.md", scope=Scope.DOCS),
    ]
    assert [level for _, level, _ in said(judge(ALLOW, GPL, *places), "license-not-allowed")] == ["question"]


def test_ask_3_well_known_benign_models_give_no_error() -> None:
    models = [asset(name, "MIT") for name in ("openai-community/gpt2", "google-bert/bert-base-uncased")]
    found = judge("version: 1\nextends: [baseline]\n", *models)
    assert [each for each in said(found) if each[1] == "error"] == []


@pytest.mark.parametrize(
    ("expression", "passes"),
    [
        ("MIT OR GPL-3.0-only", True),
        ("MIT AND GPL-3.0-only", False),
        ("Apache-2.0 WITH LLVM-exception", True),
        ("(MIT OR GPL-3.0-only) AND Apache-2.0", True),
    ],
)
def test_ask_4_or_and_with_are_evaluated(expression: str, passes: bool) -> None:
    assert (said(judge(ALLOW, asset("a/b", expression)), "license-not-allowed") == []) is passes


def test_ask_5_allowed_ids_cover_expressions_in_any_order() -> None:
    for expression in ("MIT AND Apache-2.0", "Apache-2.0 AND MIT", "(Apache-2.0 AND MIT) OR GPL-3.0-only"):
        assert said(judge(ALLOW, asset("a/b", expression)), "license-not-allowed") == []


def test_ask_6_a_license_nobody_can_read_is_reported_never_dropped() -> None:
    found = judge(f"{ALLOW}\nlicense-unknown: error", asset("a/b", None), asset("a/c", "see LICENSE, ok?"))
    assert said(found, "license-unknown") == [
        ("license-unknown", "error", "a/b"),
        ("license-unknown", "error", "a/c"),
    ]


def test_ask_7_unlicensed_is_not_the_unlicense() -> None:
    held = "license-not-allowed: {allow: [Unlicense]}"
    assert said(judge(held, asset("a/b", "Unlicense")), "license-not-allowed") == []
    assert said(judge(held, asset("a/b", "UNLICENSED")), "license-not-allowed") != []


def test_ask_8_a_vendor_license_can_be_allowed() -> None:
    held = "license-not-allowed: {allow: [LicenseRef-NVIDIA-Open-Model, llama-3.1]}"
    models = [asset("a/b", "LicenseRef-NVIDIA-Open-Model"), asset("a/c", "llama-3.1")]
    assert said(judge(held, *models), "license-not-allowed", "license-unknown") == []


def test_ask_9_an_exception_expires() -> None:
    from datetime import date

    held = exceptions("rule: license-not-allowed, reference: acme/gpl, license: GPL-3.0-only")
    assert only(judge(held, GPL, today=date(2027, 9, 30)), "license-not-allowed").exception is not None
    late = judge(held, GPL, today=date(2027, 10, 1))
    assert only(late, "license-not-allowed").exception is None
    assert said(late, "exception-expired") != []


def test_ask_10_one_pattern_excepts_a_hundred_internal_models() -> None:
    held = exceptions('rule: license-not-allowed, reference: "acme/*", license: GPL-3.0-only')
    models = [asset(f"acme/model-{n}", "GPL-3.0-only") for n in range(100)]
    found = judge(held, *models)
    assert all(each.exception for each in found.findings if each.rule == "license-not-allowed")
    assert found.exceptions[0].covers == 100
    assert said(found, "exception-too-broad") == []


def test_ask_11_a_relicensed_model_fails_again() -> None:
    held = exceptions("rule: license-not-allowed, reference: acme/gpl, license: GPL-3.0-only")
    changed = judge(held, asset("acme/gpl", "Qwen-Research"))
    assert only(changed, "license-not-allowed").exception is None
    assert said(changed, "exception-lapsed") != []


def test_ask_12_what_is_excepted_neither_fails_nor_warns() -> None:
    from scanner.records.counting import count

    held = exceptions("rule: [license-not-allowed, license-unknown], reference: acme/odd, commit: " + COMMIT)
    found = judge(held, asset("acme/odd", None))
    counted = count((), (), [each for each in found.findings if each.rule == "license-unknown"], (), ())
    assert (counted.error, counted.warning, counted.question, counted.excepted) == (0, 0, 0, 1)


def test_ask_13_unused_exceptions_are_named_and_shared_lists_can_mute_that() -> None:
    held = exceptions("rule: license-not-allowed, reference: acme/gone, license: MIT")
    assert said(judge(held, asset("a/b", "MIT")), "exception-unused") != []
    muted = exceptions("rule: license-not-allowed, reference: acme/gone, license: MIT, mute_unused: true")
    assert said(judge(muted, asset("a/b", "MIT")), "exception-unused") == []


def test_ask_14_two_exceptions_for_one_license_both_apply_and_add_to_allow() -> None:
    entry = "rule: license-not-allowed, license: GPL-3.0-only, reference: "
    held = exceptions(entry + "acme/one", entry + "acme/two")
    models = [asset("acme/one", "GPL-3.0-only"), asset("acme/two", "GPL-3.0-only"), asset("acme/free", "MIT")]
    found = judge(held, *models)
    assert [entry.covers for entry in found.exceptions] == [1, 1]
    assert said(found, "exception-unused") == []


def test_ask_15_the_license_alone_can_be_excepted_and_every_summary_knows() -> None:
    from scanner.records.counting import count

    held = exceptions("rule: license-not-allowed, reference: acme/gpl, license: GPL-3.0-only").replace(
        "  license-unknown: error", "  revision-not-pinned: error"
    )
    found = judge(held, GPL, reference(GPL, revision="main"))
    assert said(found, "revision-not-pinned") == [("revision-not-pinned", "error", "acme/gpl")]
    counted = count((), (), found.findings, (), ())
    assert (counted.error, counted.excepted, found.exceptions[0].covers) == (1, 1, 1)


def test_ask_16_only_what_a_change_brings_in_fails_and_a_baseline_never_hides_everything() -> None:
    from scanner.policy.baseline import read_baseline, write_baseline
    from scanner.policy.difference import changed_references
    from tests.policy.build import resolution

    new = asset("acme/new", "GPL-3.0-only")
    old_place, new_place = reference(GPL, "old.py"), reference(new, "new.py")
    touched = changed_references(resolution(GPL, new, old_place, new_place), [old_place.sighting])
    found = judge(ALLOW, GPL, new, old_place, new_place, only=touched, scope="diff")
    assert [each.reference for each in found.findings if each.rule == "license-not-allowed"] == ["acme/new"]
    text = write_baseline(judge(ALLOW, GPL).findings, "c" * 40)
    baseline = read_baseline(text.encode(), "b.json")
    assert said(judge(ALLOW, GPL, baseline=baseline), "license-not-allowed") == []
    never = f"version: 1\nnever_baselined: [license-not-allowed]\nrules:\n  {ALLOW}\n"
    assert said(judge(never, GPL, baseline=baseline), "license-not-allowed") != []


def test_ask_17_permissive_licenses_give_not_one_finding() -> None:
    models = [asset(f"a/m{n}", ("MIT", "Apache-2.0", "BSD-3-Clause")[n % 3]) for n in range(553)]
    assert said(judge("version: 1\nextends: [permissive-only]\n", *models)) == []


def test_ask_18_a_commit_counts_as_a_pin_wherever_it_was_read_from() -> None:
    model = asset("a/b", "MIT")
    place = reference(model, certainty=Certainty.FOLDED, revision=COMMIT)
    assert said(judge("revision-not-pinned: error", model, place), "revision-not-pinned") == []


def test_ask_19_models_datasets_and_weight_files_are_each_judged() -> None:
    things = [
        asset("a/model", "GPL-3.0-only"),
        asset("a/texts", "GPL-3.0-only", kind=Kind.HF_DATASET),
        asset("models/a.gguf", "GPL-3.0-only", kind=Kind.LOCAL_WEIGHTS),
    ]
    assert len(said(judge(ALLOW, *things), "license-not-allowed")) == 3
    weights = "license-not-allowed: {allow: [MIT], kinds: [weights]}"
    names = [name for _, _, name in said(judge(weights, *things), "license-not-allowed")]
    assert names == ["a/model", "models/a.gguf"]


def party(country: str) -> Party:
    name, sure = f"X of {country}", Confidence.VERIFIED
    return Party("x", name, "none", country, country, "company", "developer", (), sure, "t", "2026-11-20")


def test_ask_20_origin_of_weights_operator_and_region_are_three_questions() -> None:
    service = asset(
        "bedrock:somebodys-model", None, kind=Kind.API_MODEL, publisher=party("XB"), developer=party("XB"),
        serving_entity=party("XA"), endpoint=Endpoint("x.example", "xc-east-1", "region"),
    )  # fmt: skip
    operator = "hosted-api-not-allowed: {deny_countries: [XA], level: error}\norigin-not-allowed: off"
    maker = "origin-not-allowed: {scope: developer, deny_countries: [XB], level: error}"
    maker += "\nhosted-api-not-allowed: off"
    for held, rule in ((operator, "hosted-api-not-allowed"), (maker, "origin-not-allowed")):
        assert {each for each, level, _ in said(judge(held, service)) if level == "error"} == {rule}


def test_also_an_allow_list_is_a_mode_of_its_own_and_tests_are_a_scope_of_their_own() -> None:
    assert said(judge("license-not-allowed: {allow: []}", asset("a/b", "MIT")), "license-not-allowed") != []
    place = reference(GPL, "tests/test_a.py", scope=Scope.TEST)
    assert said(judge(ALLOW, GPL, place), "license-not-allowed") == []


def test_also_an_ignore_needs_a_reason_and_every_documented_key_is_read() -> None:
    comment = IgnoreComment("app.py", 3, ("license-not-allowed",), "")
    assert said(judge(ALLOW, GPL, ignores=(comment,)), "license-not-allowed") != []
    page = Path(__file__).parents[2] / "docs" / "policy.md"
    from scanner.policy.layer import SECTIONS, TOP_TYPES

    text = page.read_text(encoding="utf-8")
    for key in (*TOP_TYPES, *SECTIONS):
        assert f"`{key}`" in text or f"\n{key}:" in text, f"docs/policy.md says nothing of {key}"
    blocks = [part.split("```")[0] for part in text.split("```yaml\n")[1:]]
    samples = [block for block in blocks if block.startswith("version: 1")]
    assert len(samples) >= 5
    for sample in samples:
        load({"lading.yaml": sample, "policies/house.yaml": "version: 1\n"}, knowledge=real_knowledge())


def real_knowledge() -> object:
    from scanner.knowledge.store import open_knowledge

    return open_knowledge()
