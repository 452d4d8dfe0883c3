"""Requirement files."""

from __future__ import annotations

from scanner.records.sighting import Sighting
from tests.discovery.config_kit import find, names

WHEEL = (
    "https://github.com/explosion/spacy-models/releases/download/en_core_web_sm-3.7.1/"
    "en_core_web_sm-3.7.1-py3-none-any.whl"
)


def test_a_model_installed_like_a_package_is_a_dependency_with_its_version() -> None:
    text = f"spacy==3.7\nen-core-web-sm @ {WHEEL}\n"
    assert names(text, "requirements") == ["spacy en_core_web_sm 2"]
    assert [each.revision for each in find(text, "requirements") if isinstance(each, Sighting)] == ["3.7.1"]


def test_packages_are_no_models() -> None:
    assert names("transformers==4.40\nllama-cpp-python\n", "requirements") == []
