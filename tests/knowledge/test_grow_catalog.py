"""The script that grows the catalog: what it reads off pages and packages, and what it leaves open."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))

from catalog_pages import from_families, from_gpustack, from_japanese, from_llamafactory, from_timm, in_words
from catalog_sources import Row, from_mteb_tasks
from grow_catalog import record, share_out

COMMIT = "0" * 40
ENTRY = f"""\
pages:
- repository: maker/Model
  commit: '{COMMIT}'
  path: README.md
  owner: maker
  says: the weights are under the MIT License
  names: maker/Model-\\d+B(?:-GGUF|-FP8)?
  license: mit
  roots: [maker/Model-7B]
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    folder = tmp_path / "pages" / "maker" / "Model" / COMMIT
    folder.mkdir(parents=True)
    (tmp_path / "families.yaml").write_text(ENTRY)
    return folder / "README.md"


def wheel(name: str, text: str) -> zipfile.ZipFile:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as written:
        written.writestr(name, text)
    return zipfile.ZipFile(held)


def test_a_page_of_the_publisher_gives_names_license_and_what_only_packs_another(page: Path) -> None:
    page.write_text(
        "Both the code and\nthe weights are under the MIT License. Model-7B, maker/Model-7B-GGUF,\n"
        "https://huggingface.co/maker/Model-13B, Model-Tiny, other/Model-9B"
    )
    found = list(from_families(page.parents[4] / "families.yaml", page.parents[3]))
    assert [(row.name, row.license, row.base, row.is_root) for row in found] == [
        ("maker/Model-13B", "mit", None, False),
        ("maker/Model-7B", "mit", None, True),
        ("maker/Model-7B-GGUF", "mit", "maker/Model-7B", False),
    ]
    assert record([found[1]]) == {
        "license": "mit",
        "confidence": "verified",
        "bases": [],
        "base_confidence": "verified",
        "root": "yes",
        "source": f"github:maker/Model@{COMMIT}:README.md",
    }


@pytest.mark.parametrize("text", ["Model-7B under the MIT License", "the weights are under the MIT License"])
def test_a_page_that_lacks_the_words_or_the_names_ends_the_run(page: Path, text: str) -> None:
    page.write_text(text)
    with pytest.raises(SystemExit, match="maker/Model@"):
        list(from_families(page.parents[4] / "families.yaml", page.parents[3]))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Apache 2.0", "apache-2.0"),
        ("CC BY-NC-SA 4.0", "cc-by-nc-sa-4.0"),
        ("Llama 3.1 Community License", "llama3.1"),
        ("[MIT](https://example.com/mit)", "mit"),
        ("House License v2", "House License v2"),
        ("MIT & Gemma Terms of Use", None),
        ("Apache 2.0 (?)", None),
        ("", None),
    ],
)
def test_a_license_in_words_is_an_id_or_stays_words_or_is_left_open(written: str, meant: str | None) -> None:
    assert in_words(written) == meant


def test_a_table_gives_the_repositories_before_its_training_data(tmp_path: Path) -> None:
    link = "[x](https://huggingface.co/{})"
    (tmp_path / "README.md").write_text(
        "| Model | Architecture | Training Data | License |\n|:---|:---|:---|:---|\n"
        f"| {link.format('a/one')} | {link.format('a/two')} | {link.format('b/base')} | Apache 2.0 |\n"
        f"| {link.format('a/three')} | | {link.format('datasets/c')} | MIT (model), CC BY 4.0 (data) |\n\n"
        f"| Model | Size |\n|---|---|\n| {link.format('a/four')} | MIT |\n"
    )
    found = from_japanese(tmp_path / "README.md", COMMIT)
    assert [(row.name, row.license) for row in found] == [("a/one", "apache-2.0"), ("a/two", "apache-2.0")]


def test_packages_give_licenses_of_configurations_and_names_on_another_hub() -> None:
    configurations = (
        "def _cfg(**more):\n    return {'license': 'apache-2.0', **more}\n"
        "def _bare(**more):\n    return {**more}\n"
        "cfgs = {'net.a1_in1k': _cfg(hf_hub_id='timm/'), 'net.b': _cfg(hf_hub_id='timm/', license='mit'),\n"
        "        'net.c': _cfg(url='x'), 'net.d': _bare(hf_hub_id='timm/')}\n"
    )
    timm = from_timm(wheel("timm/models/net.py", configurations), "timm 1")
    assert [(row.name, row.license) for row in timm] == [
        ("timm/net.a1_in1k", "apache-2.0"),
        ("timm/net.b", "mit"),
    ]
    groups = "{'A': {Source.DEFAULT: 'x/a', Source.MODELSCOPE: 'y/a'}, 'B': {Source.DEFAULT: 'x/b'}}"
    mapped = from_llamafactory(wheel("llamafactory/extras/constants.py", groups), "llamafactory 1")
    assert [(row.name, row.stands_for) for row in mapped] == [("modelscope:y/a", "x/a")]


def test_model_sets_give_one_license_each_and_what_only_packs_another() -> None:
    sets = """\
model_sets:
- licenses: [mit]
  specs: [{huggingface_repo_id: a/big}, {huggingface_repo_id: a/big-FP8}, {model_scope_model_id: z/big}]
- licenses: [mit, apache-2.0]
  specs: [{huggingface_repo_id: a/both}]
- specs: [{huggingface_repo_id: a/silent}]
"""
    found = from_gpustack(wheel("gpustack/assets/model-catalog.yaml", sets), "gpustack 1")
    assert [(row.name, row.license, row.base) for row in found] == [
        ("a/big", "mit", None),
        ("a/big-FP8", "mit", "a/big"),
    ]


def test_what_a_publisher_leaves_open_is_not_settled_by_others() -> None:
    gathered = {
        "page": [Row("a/b", "page", is_publisher=True, unsettled="two texts")],
        "package": [Row("a/b", "package", "mit")],
    }
    shared = share_out(gathered, set())
    assert (shared["page"]["a/b"]["license"], shared["package"]) == ({"unknown": "two texts"}, {})


def test_tasks_give_datasets_with_their_license() -> None:
    tasks = (
        "a = TaskMetadata(dataset={'path': 'x/texts', 'revision': 'r'}, license='cc-by-4.0')\n"
        "b = TaskMetadata(dataset={'path': 'x/other'}, license='not specified')\n"
    )
    (row,) = from_mteb_tasks(wheel("mteb/tasks/a.py", tasks), "mteb 1")
    assert record([row]) == {
        "kind": "hf-dataset",
        "license": "cc-by-4.0",
        "confidence": "corroborated",
        "source": "mteb 1: a.py",
    }


def test_the_first_source_with_a_license_writes_the_row_and_a_base_is_taken_from_another() -> None:
    gathered = {
        "first": [Row("a/b-GGUF", "one", base="a/b", relation="quantized"), Row("by/hand", "one", "mit")],
        "second": [Row("a/b-GGUF", "two", "apache-2.0"), Row("a/c", "two", None)],
    }
    assert share_out(gathered, {"by/hand"}) == {
        "first": {},
        "second": {
            "a/b-GGUF": {
                "license": "apache-2.0",
                "confidence": "corroborated",
                "source": ["two", "one"],
                "bases": ["a/b"],
                "relation": "quantized",
                "base_confidence": "corroborated",
                "root": "no",
            }
        },
    }
