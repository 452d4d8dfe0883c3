"""Names bound in branches that exclude the branch they would be used in."""

from pathlib import Path

import pytest

from scanner.discovery.detectors.library_calls import DETECTOR
from tests.discovery.reading import lines

USE = (
    "from transformers import AutoModel\n"
    "from sentence_transformers import SentenceTransformer\n"
    "def load(kind, name):\n"
    "    {first}\n"
    "        return AutoModel.from_pretrained(name)\n"
    "    {second}\n"
    "        return SentenceTransformer(name)\n"
)
BIND = "{first}\n    NAME = 'lab1/net2'\n{second}\n    NAME = 'lab1/net3'\nload(MODEL_KIND, NAME)\n"
APART = [
    "hf-model lab1/net2 9 folded remote-code=False",
    "hf-model lab1/net3 11 folded remote-code=False",
]


@pytest.mark.parametrize(
    ("use", "bind"),
    [
        (("if kind == 'a':", "elif kind == 'b':"), ("if MODEL_KIND == 'a':", "elif MODEL_KIND == 'b':")),
        (("if kind.lower() == 'a':", "elif kind in ('b', 'c'):"),
         ("if MODEL_KIND == 'A':", "elif MODEL_KIND == 'b':")),
        (("if kind == Kind.A:", "if kind is Kind.B and x:"),
         ("if MODEL_KIND == Kind.A:", "elif MODEL_KIND == Kind.B or MODEL_KIND == Kind.C:")),
    ],
)  # fmt: skip
def test_each_branch_has_only_the_name_bound_for_it(
    tmp_path: Path, use: tuple[str, str], bind: tuple[str, str]
) -> None:
    text = USE.format(first=use[0], second=use[1]) + BIND.format(first=bind[0], second=bind[1])
    assert lines(tmp_path, text, DETECTOR) == APART


def test_the_cases_of_a_match_exclude_each_other(tmp_path: Path) -> None:
    text = (
        "from transformers import AutoModel\n"
        "match kind:\n"
        "    case 'a':\n"
        "        name = 'lab1/net2'\n"
        "    case 'b' | 'c':\n"
        "        name = 'lab1/net3'\n"
        "if kind == 'c':\n"
        "    AutoModel.from_pretrained(name)\n"
    )
    assert lines(tmp_path, text, DETECTOR) == ["hf-model lab1/net3 6 folded remote-code=False"]


@pytest.mark.parametrize("bound", ["SIZE == 'b'", "MODEL_KIND != 'a'", "MODEL_KIND == other", "len(x) == 2"])
def test_branches_that_ask_something_else_exclude_nothing(tmp_path: Path, bound: str) -> None:
    text = (
        "from transformers import AutoModel\n"
        f"if {bound}:\n"
        "    name = 'lab1/net2'\n"
        "if MODEL_KIND == 'a':\n"
        "    AutoModel.from_pretrained(name)\n"
    )
    assert lines(tmp_path, text, DETECTOR) == ["hf-model lab1/net2 3 folded remote-code=False"]


def test_where_every_name_is_excluded_it_is_open_which_one_it_is(tmp_path: Path) -> None:
    text = (
        "from transformers import AutoModel\n"
        "if kind == 'a':\n"
        "    name = 'lab1/net2'\n"
        "if kind == 'b':\n"
        "    AutoModel.from_pretrained(name)\n"
    )
    assert lines(tmp_path, text, DETECTOR) == ["unresolved hf-model 'lab1/net2' 3 chosen at run time"]
