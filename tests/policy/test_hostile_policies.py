"""Whatever stands in a policy file, lading says what is wrong with it or reads it; it never crashes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scanner.errors import PolicyBroken, UsageError
from scanner.policy.compose import all_rules
from scanner.policy.layer import SECTIONS, TOP_TYPES
from scanner.policy.load import check, gather
from scanner.policy.options import COMMON_TYPES, option_types
from scanner.policy.use import Use
from tests.policy.build import KNOWLEDGE, asset, judge

ROOT = Path("/nowhere/project")
OPTIONS = sorted({name for rule in all_rules() for name in option_types(rule.options)} | set(COMMON_TYPES))
KEYS = st.sampled_from(
    [*TOP_TYPES, *SECTIONS, *OPTIONS, *option_types(Use), *(rule.id for rule in all_rules())]
)
ODD = st.sampled_from(
    [
        "",
        "MIT",
        "off",
        "error",
        "category:permissive",
        "category:",
        "MIT AND",
        "DE",
        "..",
        "...",
        "baseline",
        "./x.yaml",
        "package:",
        "package:a",
        "package:pip/x",
        "**",
        "*/*",
        "2027-02-30",
        "2027-01-01",
        "\x00",
        "\u202e",
        "LicenseRef-",
        "a" * 600,
        "https://x",
    ]
)
VALUES = st.recursive(
    st.one_of(
        ODD,
        st.booleans(),
        st.none(),
        st.integers(-5, 10**12),
        st.floats(allow_nan=False, allow_infinity=False),
    ),
    lambda below: st.one_of(
        st.lists(below, max_size=4), st.dictionaries(st.one_of(KEYS, ODD), below, max_size=4)
    ),
    max_leaves=12,
)
POLICIES = st.dictionaries(KEYS, VALUES, max_size=6).map(lambda body: {"version": 1, **body})


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(POLICIES)
def test_any_structure_is_read_or_refused(body: dict[str, Any]) -> None:
    content = json.dumps(body).encode()
    try:
        policy = check(gather(ROOT, (), {"lading.yaml": content}.get), KNOWLEDGE)
    except PolicyBroken as broken:
        told = [(mistake.what, mistake.file) for mistake in broken.mistakes]
    else:
        told = [(judge.name, "lading.yaml") for judge in policy.judges]
    assert told
    assert all(what and file for what, file in told)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for name in ("lading.yaml", "pyproject.toml"):
        held = {name: b"[tool.lading]\n" + content if name == "pyproject.toml" else content}
        try:
            check(gather(ROOT, (), held.get), KNOWLEDGE)
        except (PolicyBroken, UsageError):
            continue


@pytest.mark.parametrize(
    "text",
    [
        "version: 1\nrules: " + "[" * 5000,
        "a: &a [x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(50)),
        "version: 1\nx: &x {y: *x}\n",
        "version: 1\nrules:\n" + "".join(f"  rule-{n}: error\n" for n in range(3000)),
        "? [a]\n: b\n",
        "version: 1\n---\nversion: 1\n",
    ],
)
def test_bombs_circles_and_floods_are_refused(text: str) -> None:
    with pytest.raises(PolicyBroken):
        check(gather(ROOT, (), {"lading.yaml": text.encode()}.get), KNOWLEDGE)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_any_license_text_of_a_card_is_judged(text: str) -> None:
    held = "license-not-allowed: {allow: [MIT, 'GPL-3.0-only AND MIT'], deny: ['category:copyleft']}"
    from dataclasses import replace

    model = asset("acme/model")
    odd = replace(model, license=replace(model.license, expression=text, key="mit"))
    judge(held, odd)


def test_a_deep_expression_of_a_card_costs_no_time_without_bound() -> None:
    import time

    began = time.perf_counter()
    for text in (
        "(" * 1900 + "MIT" + ")" * 1900,
        " AND ".join(f"(a{n} OR b{n})" for n in range(150)),
        "MIT OR " * 400,
    ):
        from dataclasses import replace

        model = asset("acme/model")
        odd = replace(model, license=replace(model.license, expression=text))
        judge("license-not-allowed: {allow: ['MIT AND Apache-2.0']}", odd)
    assert time.perf_counter() - began < 10
