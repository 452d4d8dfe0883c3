"""What a record quotes stands in the text it was read from.

The texts of the package licensedcode-data are held against the records that name one of them by its
SHA-256. Records of other texts are held against theirs by `scripts/check_license_records.py --texts`.
"""

from __future__ import annotations

from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
import yaml

import scanner.knowledge
from scripts.check_license_records import check_words, clauses, quotations
from scripts.license_text_variants import read_folder

RECORDS = Path(scanner.knowledge.__file__).parent / "data" / "licenses"


@cache
def texts() -> dict[str, str]:
    """Texts of the package that a record names, by key."""
    files = metadata.distribution("licensedcode-data").files or []
    mit = next(file for file in files if file.name == "mit.LICENSE")
    return read_folder(Path(str(metadata.distribution("licensedcode-data").locate_file(mit))).parent)


def record(key: str) -> dict[str, Any]:
    """The record of a key, as it is written."""
    body: dict[str, Any] = yaml.safe_load((RECORDS / f"{key}.yaml").read_text("utf-8"))
    return body


def test_the_texts_of_many_records_are_at_hand() -> None:
    quoted = {key for key in texts() if any(quotations(clause) for _, clause in clauses(record(key)))}
    assert len(quoted) > 80


@pytest.mark.parametrize("key", sorted(texts()))
def test_every_quotation_stands_in_its_text(key: str) -> None:
    written = record(key)
    bound = [document["key"] for document in written.get("documents", ())]
    read = [texts()[each] for each in (key, *(str(each) for each in bound)) if each in texts()]
    assert list(check_words(written["terms"], " ".join(read))) == []


def test_a_quotation_that_is_not_there_is_found() -> None:
    terms = {"update": {"clause": '§3: "may change at any time"'}, "naming": {"words": ["Acme"]}}
    assert list(check_words(terms, "Nothing may change here.")) == [
        "terms.update.clause: not in the text: may change at any time",
        "terms.naming.words: not in the text: Acme",
    ]
    assert list(check_words(terms, "It may  change\nat any time; acme.")) == []
