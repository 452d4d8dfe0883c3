"""Tests of texts that could be names, looked for without parsing."""

import pytest

from scanner.discovery.candidates import Candidates, has_hub, has_hub_link, proves_itself
from tests.discovery.reading import world


def candidates() -> Candidates:
    return Candidates(world())


@pytest.mark.parametrize(
    "text",
    [
        "acme/foo",
        "hf://acme/foo",
        "gpt-4o",
        "llama3:8b",
        "openai/x",
        "gpt2",
        "en_core_web_sm",
        "@cf/meta/x",
        "a\\/b1",
    ],
)
def test_what_any_place_could_make_a_name_of_could_be_named(text: str) -> None:
    assert candidates().could_be_named(text)


@pytest.mark.parametrize("text", ["flex", "text/html", "./local", "utf-8", "https://example.org/a", "1.2.3"])
def test_ordinary_words_could_not_be_named(text: str) -> None:
    assert not candidates().could_be_named(text)


def test_a_name_speaks_for_itself_by_its_size_or_because_the_catalog_has_it() -> None:
    asked = candidates()
    found = [
        asked.has_spoken(text) for text in ("uses acme/foo-7b.", "or BAAI/bge-small-en-v1.5", "not acme/foo")
    ]
    assert found == [True, True, False]


def test_schemes_weights_and_switches_prove_themselves() -> None:
    texts = (
        "hf:a/b",
        "hf://a/b",
        "https://x.org/a.gguf",
        "use_modelscope=1",
        "shelf:a/b",
        "a.gguf",
        "https://x.org/a",
    )
    assert [proves_itself(text) for text in texts] == [True, True, True, True, False, False, False]


def test_a_hub_link_leads_to_a_repository_or_goes_on_in_another_text() -> None:
    texts = (
        "https://huggingface.co/acme/foo",
        "`https://huggingface.co/${name}`",
        "https://huggingface.co/docs",
        "hf.co",
    )
    assert [has_hub_link(text, text) for text in texts] == [True, True, False, False]


def test_a_hub_is_named_by_the_address_of_a_clone_too() -> None:
    texts = ("git clone git@hf.co:acme/foo", "https://hf.co/acme", "half.cost")
    assert [has_hub(text) for text in texts] == [True, True, False]
