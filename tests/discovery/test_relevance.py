import pytest

from scanner.discovery.relevance import may_name_models


@pytest.mark.parametrize(
    "text", ["const MODEL = 1", "from_pretrained(x)", "hf.co/x", "'@cf/meta/x'", "HF_TOKEN"]
)
def test_texts_that_speak_of_models_are_read(text):
    assert may_name_models(text)


@pytest.mark.parametrize("text", ["", "const a = 'b/c'", "fetch('/api/users')"])
def test_other_texts_are_passed_over(text):
    assert not may_name_models(text)
