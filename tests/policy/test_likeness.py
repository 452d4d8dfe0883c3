from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from scanner.policy.likeness import Likeness, find_original, skeleton


def known(*names: str) -> Any:
    return SimpleNamespace(memo={}, keys=lambda kind: tuple(sorted(names)))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Llama-3", "1lama_3"),
        ("paypal", "p\u0430yp\u0430l"),
        ("model", "rnodel"),
        ("O0", "oo"),
        ("cafe", "caf\u00e9"),
        ("v1.5", "v1-5"),
    ],
)
def test_what_looks_alike_has_one_skeleton(one: str, two: str) -> None:
    assert skeleton(one) == skeleton(two)


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("shlp/Model-7B", "one letter"),
        ("shiip/Model-7B", "letters that look alike"),
        ("sh-ip/Model-7B", "a hyphen or dot"),
        ("other/M\u043edel-7B", "letters that look alike"),
        ("other/Longer-Modl-7B", "one letter"),
        ("other/Longer-Modell-7B", "one letter"),
    ],
)
def test_the_difference_is_said_in_words(name: str, how: str) -> None:
    found = find_original(known("ship/Model-7B", "sea/Longer-Model-7B"), name)
    expected = {"shlp/Model-7B": "letters that look alike", "shiip/Model-7B": "one letter"}
    original = "sea/Longer-Model-7B" if "Longer" in name else "ship/Model-7B"
    assert found == Likeness(original, expected.get(name, how))


@pytest.mark.parametrize(
    "name",
    [
        "ship/Model-8B",
        "other/Modl-7B",
        "other/Longer-Model-70B",
        "other/Longer-Model-8B",
        "sea/Longer-Modl-7B",
        "other/LongerModel-7B",
        "other/mLonger-Model-7B",
        "ship/M0del-7B",
        "fork/Model-7B",
        "ship2/Model-7B",
        "Model-7B",
        "a/" + "x" * 300,
        "/",
        "",
    ],
)
def test_another_version_a_fork_and_the_same_account_are_not_alike(name: str) -> None:
    assert find_original(known("ship/Model-7B", "sea/Longer-Model-7B"), name) is None


def test_datasets_are_compared_with_datasets() -> None:
    both = known("dataset:ship/cargo", "ship/cargo")
    assert find_original(known("dataset:ship/cargo"), "shop/cargo") is None
    assert find_original(both, "shop/cargo", is_dataset=True) == Likeness("ship/cargo", "one letter")
