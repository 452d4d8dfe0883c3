"""Models of hosted services named in the path of an address, in code, settings and commands."""

from pathlib import Path

import pytest

from scanner.discovery.asked_addresses import MARKS, asked_model
from scanner.discovery.file_reading import load_kit, read_file
from scanner.discovery.neighbours import ProjectFiles
from scanner.knowledge.store import open_knowledge
from scanner.project.tree import ProjectFile, Tree
from scanner.records.sighting import Sighting
from scanner.records.unknown import Unknown
from tests.discovery.reading import world

GEMINI = "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.0-flash:generateContent"


@pytest.mark.parametrize(
    ("address", "found"),
    [
        (GEMINI, ("google-gemini", "gemini-2.0-flash")),
        (f"{GEMINI}?key=x", ("google-gemini", "gemini-2.0-flash")),
        (
            "https://{REGION}-aiplatform.googleapis.com/v1/projects/p/locations/l/publishers/google/models/tern-2:predict",
            ("google-vertex", "tern-2"),
        ),
        (
            "https://bedrock-runtime.us-east-1.amazonaws.com/model/lab1.tern-v1:0/invoke",
            ("aws-bedrock", "lab1.tern-v1:0"),
        ),
        ("https://ai.api.nvidia.com/v1/cv/lab1/tern-2", ("nvidia-nim", "lab1/tern-2")),
        (
            "https://ai.api.nvidia.com/v1/retrieval/lab1/tern-2/reranking",
            ("nvidia-nim", "lab1/tern-2"),
        ),
        ("https://ai.api.nvidia.com/v1/retrieval/lab1/embeddings", None),
        ("https://generativelanguage.googleapis.com/v1beta/models", None),
        ("https://generativelanguage.googleapis.com/v1beta/models/{model}:generateContent", None),
        ("https://storage.googleapis.com/models/tern-2", None),
        ("https://example.com/v1beta/models/tern-2:generateContent", None),
    ],
)
def test_the_path_of_an_address_names_the_model(address: str, found: tuple[str, str] | None) -> None:
    assert asked_model(address, world()) == found


FILES = {
    "a.py": f"requests.post('{GEMINI}')\n# see {GEMINI}\n",
    "b.js": f"const url = `{GEMINI}?key=${{KEY}}`;\n// {GEMINI}\n",
    "c.go": f'const url = "{GEMINI}"\n// {GEMINI}\n',
    "d.yaml": f"endpoint: {GEMINI}\n",
    "e.sh": f'curl "{GEMINI}?key=$KEY"\n',
}


def found_in(root: Path, file: str, text: str) -> list[Sighting]:
    (root / file).write_text(text)
    tree = Tree(root.resolve(), "p", (ProjectFile(file, len(text)),), (), Unknown("-"), Unknown("-"))
    found = read_file(tree, tree.files[0], load_kit(world()), ProjectFiles(tree, world()))
    return sorted(found.sightings, key=lambda each: each.location.line)


@pytest.mark.parametrize("file", FILES)
def test_it_is_read_in_code_settings_and_commands_but_not_in_comments(tmp_path: Path, file: str) -> None:
    found = found_in(tmp_path, file, FILES[file])
    assert [(each.name, each.location.line, each.base_url) for each in found] == [
        ("google-gemini:gemini-2.0-flash", 1, "https://generativelanguage.googleapis.com")
    ]


def test_every_service_with_such_paths_is_looked_for() -> None:
    hosts = {
        key: [host["pattern"] for host in body["hosts"]]
        for key, body in open_knowledge().all("providers")
        if "model_paths" in body
    }
    assert hosts
    for key, patterns in hosts.items():
        assert any(mark in f"{pattern}/v1/" for pattern in patterns for mark in MARKS), key


def test_where_the_hub_answers_itself_the_weights_are_asked(tmp_path: Path) -> None:
    lines = [
        "a = 'https://api-inference.huggingface.co/models/lab1/net1'",
        "b = 'https://router.huggingface.co/hf-inference/models/lab1/net2'",
        "c = 'https://api-inference.huggingface.co/pipeline/feature-extraction/lab1/net3'",
        "d = 'https://huggingface.co/lab1/net4'",
    ]
    found = found_in(tmp_path, "a.py", "\n".join(lines))
    assert [(each.name, each.role.value) for each in found] == [
        ("lab1/net1", "dependency"),
        ("lab1/net2", "dependency"),
        ("lab1/net3", "dependency"),
        ("lab1/net4", "mention"),
    ]
