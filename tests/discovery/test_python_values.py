"""Texts that are put together step by step."""

from pathlib import Path

import pytest

from tests.discovery.reading import lines

HEAD = "from transformers import AutoModel\n"
END = "AutoModel.from_pretrained(name)\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("name = 'lab1/net2'\nname += '-7b'\n", ["hf-model lab1/net2-7b 2 folded remote-code=False"]),
        (
            "name = 'lab1/net2'\nif big:\n    name += '-large'\n",
            [
                "hf-model lab1/net2 2 folded remote-code=False",
                "hf-model lab1/net2-large 2 folded remote-code=False",
            ],
        ),
        (
            "name = 'lab1/net2-'\nname += size\n",
            ["unresolved hf-model 'size' 3 chosen at run time"],
        ),
    ],
)
def test_what_is_added_to_a_name_belongs_to_it(tmp_path: Path, text: str, expected: list[str]) -> None:
    found = lines(tmp_path, HEAD + text + END)
    assert found == expected


def test_a_text_that_is_added_to_very_often_is_open(tmp_path: Path) -> None:
    text = HEAD + "name = 'lab1/net2'\n" + "if a:\n    name += '-b'\n" * 60 + END
    found = lines(tmp_path, text)
    assert 0 < len(found) < 30
