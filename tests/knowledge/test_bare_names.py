from __future__ import annotations

import pytest

from scanner.knowledge.bare_names import bare


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Tencent Holdings Ltd.", "tencent holdings"),
        ("BAIDU INC", "baidu"),
        ("Baidu, Inc.", "baidu"),
        ("Baidu Japan", "baidu japan"),
        ("S.A.", "s a"),
        ("Co., Ltd.", "co ltd"),
        ("", ""),
    ],
)
def test_names_are_compared_without_letter_case_signs_and_legal_forms(name: str, written: str) -> None:
    assert bare(name) == written
