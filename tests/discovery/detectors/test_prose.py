"""Names in running text."""

from __future__ import annotations

from scanner.discovery.detectors.prose import DETECTOR
from scanner.discovery.readers.python import READER
from scanner.discovery.source import Source
from scanner.discovery.views import Prose
from scanner.records.sighting import Scope, Sighting
from tests.discovery.config_kit import World, find, mentions


def test_known_names_telling_names_and_addresses_are_mentions() -> None:
    text = "Use BAAI/bge-m3, Qwen/Qwen3-8B or hf.co/nord/tern-7b/blob/v2/x.\n"
    assert mentions(text, "markdown") == [
        "hf-model BAAI/bge-m3 1",
        "hf-model Qwen/Qwen3-8B 1",
        "hf-model nord/tern-7b 1",
    ]
    revisions = [each.revision for each in find(text, "markdown") if isinstance(each, Sighting)]
    assert sorted(map(str, revisions)) == ["none", "none", "v2"]


def test_other_words_with_a_slash_are_passed_over() -> None:
    text = "and/or read/write docs/api.md src/model your-org/your-7b huggingface.co/docs/hub TIES/DARE\n"
    assert mentions(text, "markdown") == []


def test_a_place_in_the_middle_of_a_page_is_exact() -> None:
    seen = next(each for each in find("a\n\n  see BAAI/bge-m3\n", "markdown") if isinstance(each, Sighting))
    assert (seen.location.line, seen.location.column, seen.location.end_column) == (3, 7, 18)


def test_the_text_of_a_link_names_what_the_link_leads_to() -> None:
    text = "[nord/tern-7b](https://huggingface.co/nord/tern-7b-v2) [sud/gull-7b](https://example.org/x)\n"
    assert mentions(text, "markdown") == ["hf-model nord/tern-7b-v2 1"]


def test_a_picture_written_out_as_letters_names_nothing() -> None:
    letters = "iVBORw0KGgo/AAANSUhEUgLLaMa3+qwen2x/bge7+" * 30
    text = f"![plot](data:image/png;base64,{letters}) next to Qwen/Qwen3-8B\n"
    assert mentions(text, "markdown") == ["hf-model Qwen/Qwen3-8B 1"]


def test_an_address_of_the_clients_file_system_is_opened_by_the_code_that_holds_it() -> None:
    text = (
        "import pandas as pd\n"
        'pd.read_parquet("hf://datasets/nord/corpus@v1/x.parquet")\n'
        'pd.read_json("hf://nord/tern-7b/config.json")\n'
        '"hf://spaces/nord/demo/app.py"\n'
    )
    source = Source("app.py", text, "python", Scope.SHIPPED)
    views = (view for view in READER.read(source) if isinstance(view, DETECTOR.views))
    made = (each for view in views for each in DETECTOR.detect(view, source, World()))
    found = [each for each in made if isinstance(each, Sighting)]
    assert [(each.kind.value, each.name, each.revision, each.role.value) for each in found] == [
        ("hf-dataset", "nord/corpus", "v1", "dependency"),
        ("hf-model", "nord/tern-7b", "none", "dependency"),
    ]


def test_an_object_of_a_cluster_is_no_name() -> None:
    text = "pod/load-llama-3.1-8b-instruct svc/llama-7b qwen3_ref_a/qwen3_ref_b7b and nord/tern-7b\n"
    source = Source("a.md", text, "markdown", Scope.DOCS)
    view = Prose(text, source, 1, 1)
    assert [each.name for each in DETECTOR.detect(view, source, World()) if isinstance(each, Sighting)] == [
        "nord/tern-7b"
    ]


def test_a_container_is_no_model() -> None:
    text = "lab/tool-base:latest, lab/tool-base:v1.2, lab/net-base:free, lab/net2-base."
    assert mentions(text, "markdown") == ["hf-model lab/net-base 1", "hf-model lab/net2-base 1"]


def test_what_a_router_is_asked_for_is_no_repository() -> None:
    assert mentions("Say `openai/gpt-4o` or openai/gpt-oss-20b.", "markdown") == [
        "api-model openai:gpt-4o 1",
        "hf-model openai/gpt-oss-20b 1",
    ]


def test_a_page_of_ones_own_account_is_no_repository() -> None:
    assert mentions("see https://modelscope.cn/my/myaccesstoken", "markdown") == []
