from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.resolution.card import MAX_BASES, front_matter, read_bases, read_card
from scanner.resolution.source import Card


@pytest.mark.parametrize(
    ("readme", "card"),
    [
        ("---\nlicense: mit\n---\n# x", {"license": "mit"}),
        ("\ufeff---\r\nlicense: mit\r\n---\r\n", {"license": "mit"}),
        ("\n\n---\nlicense: no\n---", {"license": "no"}),
        ("---\nlicense: [mit, apache-2.0]\n---\n", {"license": ["mit", "apache-2.0"]}),
        ("---\nlicense: mit\n", {}),
        ("# x\n---\nlicense: mit\n---\n", {}),
        ("---\n- a\n---\n", {}),
        ("---\na: *b\n---\n", {}),
        ("---\nlicense: mit\nlicense: gpl\n---\n", {}),
        ("", {}),
    ],
)
def test_the_head_of_a_readme_is_read_as_written(readme: str, card: dict[str, object]) -> None:
    assert front_matter(readme) == card


def test_license_fields_of_every_shape() -> None:
    tags = ("license:other", "region:us")
    assert read_card({"license": "mit"}, ()) == Card(("mit",))
    assert read_card({"license": ["mit", 3, " bsd "]}, tags) == Card(("mit", "bsd"), tag_ids=("other",))
    assert read_card({"license": {"a": 1}, "license_name": 7, "license_link": ""}, ()) == Card()
    assert read_card({"license_name": " qwen ", "license_link": "LICENSE"}, ()) == Card((), "qwen", "LICENSE")


def names(
    base_models: object, card: dict[str, object], tags: tuple[str, ...] = ()
) -> list[tuple[str, str, bool]]:
    found = read_bases(base_models, card, tags, "hub:x")
    return [(base.name, base.relation, base.is_repository) for base in found]


@pytest.mark.parametrize(
    "answer",
    [
        {"relation": "quantized", "models": [{"_id": "1", "id": "a/b"}]},
        {"relation": "quantized", "models": ["a/b"]},
    ],
)
def test_the_hubs_own_answer_in_every_shape(answer: object) -> None:
    assert names(answer, {"base_model": "other/name"}) == [("a/b", "quantized", True)]
    assert names(["a/b", {"id": "c/d"}, 3, {"id": 4}], {}) == [
        ("a/b", "unknown", True),
        ("c/d", "unknown", True),
    ]


def test_the_card_counts_where_the_hub_says_nothing() -> None:
    assert names(None, {"base_model": "a/b", "base_model_relation": "adapter"}) == [("a/b", "adapter", True)]
    assert names(None, {"base_model": ["a/b", "c/d"]}) == [("a/b", "merge", True), ("c/d", "merge", True)]
    assert names(None, {"base_model": "a/b"}, ("base_model:quantized:a/b",)) == [("a/b", "quantized", True)]
    assert names(None, {"base_model": ["a/b", "A/B"]}) == [("a/b", "merge", True)]


def test_tags_count_where_the_card_says_nothing() -> None:
    tags = ("base_model:a/b", "base_model:finetune:a/b", "base_model:c/d")
    assert names(None, {}, tags) == [("a/b", "finetune", True), ("c/d", "unknown", True)]


@pytest.mark.parametrize(
    ("written", "name", "is_repository"),
    [
        ("https://huggingface.co/a/b/tree/main", "a/b", True),
        ("hf.co/a/b", "hf.co/a/b", False),
        ("./out", "./out", False),
        ("/home/me/model", "/home/me/model", False),
        ("C:\\models\\x", "C:\\models\\x", False),
        ("gpt2", "gpt2", True),
        ("https://example.org/a/b", "https://example.org/a/b", False),
        ("https://huggingface.co/datasets/a/b", "https://huggingface.co/datasets/a/b", False),
        ("https://[::1/a", "https://[::1/a", False),
        ("a/b/c", "a/b/c", False),
    ],
)
def test_only_names_of_repositories_are_followed(written: str, name: str, is_repository: bool) -> None:
    ((found, _, followed),) = names(None, {"base_model": written})
    assert (found, followed) == (name, is_repository)


def test_a_card_with_too_many_bases_is_cut() -> None:
    assert len(names(None, {"base_model": [f"a/b{n}" for n in range(1000)]})) == MAX_BASES


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)


@given(
    json_values,
    st.dictionaries(st.sampled_from(["license", "base_model", "license_name", "x"]), json_values),
    st.lists(st.text(max_size=30)),
)
def test_no_shape_breaks_the_reading(answer: object, card: dict[str, object], tags: list[str]) -> None:
    read_card(card, tuple(tags))
    read_bases(answer, card, tuple(tags), "hub:x")


@given(st.text(max_size=300))
def test_no_readme_breaks_the_reading(text: str) -> None:
    front_matter(text)
    front_matter(f"---\n{text}\n---\n")
