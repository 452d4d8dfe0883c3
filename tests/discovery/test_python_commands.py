"""Texts of Python that are run, or handed to something that runs them."""

from pathlib import Path

import pytest

from scanner.discovery.file_reading import load_kit, read_file
from scanner.discovery.neighbours import ProjectFiles
from scanner.project.tree import ProjectFile, Tree
from scanner.records.unknown import Unknown
from tests.discovery.reading import shown, world


def found(root: Path, text: str) -> list[str]:
    (root / "app.py").write_text(text, "utf-8")
    file = ProjectFile("app.py", len(text.encode()))
    tree = Tree(root.resolve(), "p", (file,), (), Unknown("no git"), Unknown("no git"))
    read = read_file(tree, file, load_kit(world()), ProjectFiles(tree, world()))
    told = [*read.sightings, *read.unresolved]
    return [shown(each).replace(" app.py:", " ") for each in told if "mention" not in shown(each)]


@pytest.mark.parametrize(
    "text",
    [
        "subprocess.run('huggingface-cli download lab1/net2'.split())",
        "subprocess.run(shlex.split('huggingface-cli download lab1/net2'))",
        "cmd = 'huggingface-cli download lab1/net2'; os.system(cmd)",
        "image.run_commands('ls x', 'huggingface-cli download lab1/net2')",
        "image.run_commands(['huggingface-cli download lab1/net2'])",
        "session.run('huggingface-cli', 'download', 'lab1/net2', external=True)",
        "BashOperator(bash_command='huggingface-cli download lab1/net2')",
        "Task(run='huggingface-cli download lab1/net2')",
    ],
)
def test_a_command_that_is_run_downloads_its_model(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text) == ["hf-model lab1/net2 1 literal"]


def test_code_within_a_command_within_a_text_is_read(tmp_path: Path) -> None:
    text = (
        'image.run_commands("python -c \\"from transformers import AutoModel;'
        " AutoModel.from_pretrained('lab1/net2')\\\"\")"
    )
    assert found(tmp_path, text) == ["hf-model lab1/net2 1 literal remote-code=False"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "base = 'lab1/net2'\nos.system(f'huggingface-cli download {base} --revision v{n}')\n",
            ["hf-model lab1/net2 1 folded @?"],
        ),
        (
            "os.system(f'huggingface-cli download {name}')\n",
            ["unresolved hf-model 'name' 1 chosen at run time"],
        ),
    ],
)
def test_what_is_filled_into_a_command_is_followed(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert [line for line in found(tmp_path, text) if "guessed" not in line] == expected


@pytest.mark.parametrize(
    "text",
    ["os.system('echo lab1/net2')", "subprocess.run('ls', '-l')", "help(command='shows lab1/net2')"],
)
def test_other_words_of_a_command_name_nothing(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "duckdb.sql(\"SELECT * FROM 'hf://datasets/lab1/set2/data/*.parquet' LIMIT 5\")",
            ["hf-dataset lab1/set2 1 literal"],
        ),
        ("help(\"datasets look like 'hf://datasets/lab1/set2'\")", []),
    ],
)
def test_a_query_reads_the_addresses_it_selects_from(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert found(tmp_path, text) == expected
