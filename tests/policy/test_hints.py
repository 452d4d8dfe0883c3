from __future__ import annotations

import pytest

from scanner.policy.hints import meant_day, meant_number, meant_truth, wrong_name, wrong_path


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("31.12.2026", "2026-12-31"),
        ("3.4.2026", "2026-04-03"),
        ("12/31/2026", "2026-12-31"),
        ("31/12/2026", "2026-12-31"),
        ("2026/12/31", "2026-12-31"),
        ("2026-3-1", "2026-03-01"),
        ("20261231", "2026-12-31"),
        ("3/4/2026", None),
        ("31.02.2026", None),
        ("2026-12", None),
        ("soon", None),
    ],
)
def test_a_day_is_guessed_only_where_it_can_be_one_alone(written: str, meant: str | None) -> None:
    assert meant_day(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("40k", "40000"), ("9,000,000", "9000000"), ("1.5M", "1500000"), ("40000", "40000"),
        ("9 000", "9000"), ("1.5", None), ("1,00", None), ("many", None), ("", None),
    ],
)  # fmt: skip
def test_a_number_is_guessed_from_its_digits(written: str, meant: str | None) -> None:
    assert meant_number(written) == meant


def test_words_for_true_and_false() -> None:
    said = [meant_truth(word) for word in ("Yes", "on", "NO", "false", "maybe")]
    assert said == ["true", "true", "false", "false", None]


@pytest.mark.parametrize(
    ("pattern", "meant"),
    [
        ("^Qwen/.*$", ("did you mean 'Qwen/*'?",)),
        ("Qwen/.*", ("did you mean 'Qwen/*'?",)),
        ("^(Qwen|acme)/.+$", ()),
    ],
)
def test_a_regular_expression_is_no_pattern(pattern: str, meant: tuple[str, ...]) -> None:
    advice = ("a pattern knows * and ?, no regular expressions", *meant)
    assert wrong_name(pattern) == (f"not a pattern: {pattern!r}", advice)


def test_an_address_of_a_model_is_not_its_name() -> None:
    said = wrong_name("https://huggingface.co/acme/one")
    assert said is not None
    assert said[1] == ("did you mean 'acme/one'?",)


@pytest.mark.parametrize(
    "name",
    ["acme/one", "Qwen/Qwen2.5-*", "**", "a.*b", "https://huggingface.co/a/b/resolve/main/w.bin", "x$y"],
)
def test_what_may_name_something_is_left_alone(name: str) -> None:
    assert wrong_name(name) is None


@pytest.mark.parametrize("path", ["src/**", "./src", "a..b/c", "*.py", "docs/[slug]/x"])
def test_a_path_inside_the_project_is_left_alone(path: str) -> None:
    assert wrong_path(path) is None


@pytest.mark.parametrize(
    ("path", "advice"),
    [
        ("/src/**", ("write it from the root of the project", "did you mean 'src/**'?")),
        ("../x", ("write it from the root of the project",)),
        ("/", ("write it from the root of the project",)),
        ("~/x", ("write it from the root of the project",)),
        ("src\\x", ("write it from the root of the project, with slashes",)),
    ],
)
def test_a_path_that_fits_no_file_of_the_project_is_told(path: str, advice: tuple[str, ...]) -> None:
    said = wrong_path(path)
    assert said is not None
    assert said[1] == advice
