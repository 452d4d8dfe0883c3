"""Sentences that ask or forbid, and sentences that inform."""

from __future__ import annotations

import pytest

from scanner.knowledge.license_conditions import sets_conditions
from scripts.license_text_variants import CONDITIONS


@pytest.mark.parametrize("sentence", CONDITIONS)
def test_what_limits_or_asks_is_a_condition(sentence: str) -> None:
    assert sets_conditions(sentence)
    assert sets_conditions(f"See https://example.com/about. {sentence}")


@pytest.mark.parametrize(
    "sentence",
    [
        "仅供学术研究使用",
        "Any product that uses the Software must display “Powered by Example” on its user interface.",
        "The grant of rights under the License will not include, and does not grant to you, the right to Sell"
        " the Software.",
    ],
)
def test_a_condition_is_seen_in_other_words(sentence: str) -> None:
    assert sets_conditions(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Copyright (c) 2024 Example Works and its contributors. All rights reserved.",
        "This project is licensed under the Apache License, Version 2.0; you may not use this file except in"
        " compliance with the License.",
        "Unless required by applicable law or agreed to in writing, software distributed under the License is"
        " distributed on an “AS IS” basis.",
        "The model is free for commercial and non-commercial use.",
        "For more information see https://example.com/must-read.",
        "In no event shall the authors be liable for any claim.",
        "TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION",
        "If you use this software in your research, please cite the paper.",
        "Third-party components must be used under their own licenses.",
        "Contact: license@example.com",
        "",
    ],
)
def test_what_informs_is_none(sentence: str) -> None:
    assert not sets_conditions(sentence)
