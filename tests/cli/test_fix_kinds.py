"""Remedies in notebooks, commands, JavaScript, settings and addresses; each file parses afterwards."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.cli._fix_proof import Reading
from scanner.cli._fix_sheet import Sheet
from scanner.knowledge.libraries import read_calls
from scanner.knowledge.store import open_knowledge
from scanner.records.sighting import Kind, Role

ONE, TWO = "0" * 39 + "1", "a" * 39 + "2"
COMMITS = {"ext-test/one": ONE, "ext-test/two": TWO}
READING = Reading(open_knowledge())


HEAD = "from transformers import AutoModel\n"


def pinned(file: str, text: str) -> tuple[str, list[str]]:
    """The text with every commit written that can be, and why the others are not."""
    from scanner.cli._fix_plan import call_of

    sheet, calls, left = Sheet(file, text, READING), read_calls(open_knowledge()), []
    found = READING.read(file, text)
    assert found is not None
    for sighting in found.sightings:
        is_named = sighting.name in COMMITS and sighting.kind in (Kind.HF_MODEL, Kind.HF_DATASET)
        if not is_named or sighting.role is Role.MENTION or len(str(sighting.revision)) == 40:
            continue
        if not isinstance(sighting.revision, str):
            left.append("decided elsewhere")
        elif why := sheet.pin(sighting, COMMITS[sighting.name], call_of(calls, sighting, ()), "why"):
            left.append(why)
    return sheet.after() or "", left


def notebook(*cells: list[str] | str) -> str:
    written = [
        {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": cell}
        for cell in cells
    ]
    return json.dumps({"cells": written, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1) + "\n"


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("get.sh", "hf download ext-test/one\n", "hf download ext-test/one --revision @\n"),
        (
            "get.sh",
            'huggingface-cli download "ext-test/one" a.json && ls\n',
            'huggingface-cli download "ext-test/one" --revision @ a.json && ls\n',
        ),
        ("get.sh", "hf download ext-test/one --revision=main\n", "hf download ext-test/one --revision=@\n"),
        (
            "get.sh",
            "hf download \\\n  ext-test/one \\\n  --revision 'main' | cat\n",
            "hf download \\\n  ext-test/one \\\n  --revision '@' | cat\n",
        ),
        ("get.sh", "hf download hf://ext-test/one\n", "hf download hf://ext-test/one@@\n"),
        (
            "get.sh",
            "vllm serve ext-test/one --port 1 | tee log\n",
            "vllm serve ext-test/one --revision @ --port 1 | tee log\n",
        ),
        (
            "get.sh",
            "wget https://huggingface.co/ext-test/one/resolve/main/x.gguf\n",
            "wget https://huggingface.co/ext-test/one/resolve/@/x.gguf\n",
        ),
        (
            "Dockerfile",
            "FROM python:3\nRUN hf download ext-test/one && \\\n    ls\n",
            "FROM python:3\nRUN hf download ext-test/one --revision @ && \\\n    ls\n",
        ),
        ("Makefile", "get:\n\thf download ext-test/one\n", "get:\n\thf download ext-test/one --revision @\n"),
        (
            ".github/workflows/ci.yml",
            'jobs:\n  a:\n    steps:\n      - run: "hf download ext-test/one"\n',
            'jobs:\n  a:\n    steps:\n      - run: "hf download ext-test/one --revision @"\n',
        ),
        (
            "compose.yaml",
            "services:\n  a:\n    image: vllm/vllm-openai:v1\n    command:\n      - --model\n"
            "      - ext-test/one # ours\n      - --port\n",
            "services:\n  a:\n    image: vllm/vllm-openai:v1\n    command:\n      - --model\n"
            '      - ext-test/one # ours\n      - --revision\n      - "@"\n      - --port\n',
        ),
        (
            "compose.yaml",
            "services:\n  a:\n    image: vllm/vllm-openai:v1\n    command: ['--model=ext-test/one', '-x']\n",
            "services:\n  a:\n    image: vllm/vllm-openai:v1\n"
            "    command: ['--model=ext-test/one', '--revision=@', '-x']\n",
        ),
        (
            "compose.yaml",
            'services:\n  a:\n    image: vllm/vllm-openai:v1\n    command: ["--model", "ext-test/one"]\n',
            "services:\n  a:\n    image: vllm/vllm-openai:v1\n"
            '    command: ["--model", "ext-test/one", "--revision", "@"]\n',
        ),
        (
            "compose.yaml",
            "services:\n  a:\n    image: vllm/vllm-openai:v1\n    command: [--model, ext-test/one, -x]\n",
            "services:\n  a:\n    image: vllm/vllm-openai:v1\n"
            '    command: [--model, ext-test/one, --revision, "@", -x]\n',
        ),
        (
            "train.yaml",
            "stage: sft\r\nmodel_name_or_path: ext-test/one\r\nlr: 1\r\n",
            'stage: sft\r\nmodel_name_or_path: ext-test/one\r\nmodel_revision: "@"\r\nlr: 1\r\n',
        ),
        (
            "axolotl.yml",
            "base_model: ext-test/one  # ours\nsequence_len: 8\n",
            'base_model: ext-test/one  # ours\nrevision_of_model: "@"\nsequence_len: 8\n',
        ),
        (
            "vllm.yaml",
            "model: ext-test/one\nmax-model-len: 8\n",
            'model: ext-test/one\nrevision: "@"\nmax-model-len: 8\n',
        ),
        (
            "a.toml",
            '[m]\nmodel_name_or_path = "ext-test/one"\nrevision = "main" # moves\n',
            '[m]\nmodel_name_or_path = "ext-test/one"\nrevision = "@" # moves\n',
        ),
        (
            "app.mjs",
            "import { pipeline } from '@huggingface/transformers';\nawait pipeline('ner', 'ext-test/one');\n",
            "import { pipeline } from '@huggingface/transformers';\n"
            "await pipeline('ner', 'ext-test/one', { revision: '@' });\n",
        ),
        (
            "app.ts",
            "import { AutoModel } from '@huggingface/transformers';\n"
            'AutoModel.from_pretrained("ext-test/one", { revision: "main", dtype: "q8" });\n',
            "import { AutoModel } from '@huggingface/transformers';\n"
            'AutoModel.from_pretrained("ext-test/one", { revision: "@", dtype: "q8" });\n',
        ),
        (
            "app.js",
            "import { AutoModel } from '@huggingface/transformers';\n"
            "AutoModel.from_pretrained(\n  'ext-test/one',\n  { dtype: 'q8' },\n);\n",
            "import { AutoModel } from '@huggingface/transformers';\n"
            "AutoModel.from_pretrained(\n  'ext-test/one',\n  { revision: '@', dtype: 'q8' },\n);\n",
        ),
        (
            "app.py",
            'import subprocess\nsubprocess.run(["hf", "download", "ext-test/one", "a.json"])\n',
            "import subprocess\n"
            'subprocess.run(["hf", "download", "ext-test/one", "--revision", "@", "a.json"])\n',
        ),
        (
            "app.py",
            'import os\nos.system("hf download ext-test/one && ls")\n',
            'import os\nos.system("hf download ext-test/one --revision @ && ls")\n',
        ),
        (
            "app.py",
            'import requests\nrequests.get("https://huggingface.co/ext-test/one/resolve/main/x.bin")\n',
            'import requests\nrequests.get("https://huggingface.co/ext-test/one/resolve/@/x.bin")\n',
        ),
    ],
)
def test_the_commit_is_written_where_it_is_read(file: str, before: str, after: str) -> None:
    assert pinned(file, before) == (filled(after), [])


def filled(after: str) -> str:
    """The text with the commit for each `@` that is not written twice or part of a package's name."""
    kept = after.replace("@@", "\1@").replace("@huggingface", "\0")
    return kept.replace("@", ONE).replace("\0", "@huggingface").replace("\1", "@")


def test_a_notebook_gets_it_in_code_and_commands_and_keeps_every_other_byte() -> None:
    text = notebook(
        [
            "from transformers import AutoModel\n",
            'NAME = "ext-test/one"  # é \\u00e9 "quoted"\n',
            "model = AutoModel.from_pretrained(\n    NAME,\n",
            ")\n",
            "!hf download ext-test/two\n",
        ],
        "AutoModel.from_pretrained('ext-test/two', revision='main')\nprint('é')",
        ["%%bash\n", "hf download ext-test/one --revision main\n"],
        ["def broken(:\n"],
    )
    after, left = pinned("a.ipynb", text)
    assert left == []
    assert after == (
        text.replace('    NAME,\\n"', f'    NAME, revision=\\"{ONE}\\",\\n"')
        .replace("download ext-test/two", f"download ext-test/two --revision {TWO}")
        .replace("revision='main'", f'revision=\\"{TWO}\\"')
        .replace("--revision main", f"--revision {ONE}")
    )


@pytest.mark.parametrize("magic", ["%%time", "%%python3", "%%prun -q", "%%memit"])
def test_a_cell_the_scan_reads_as_python_is_written_to_as_python(magic: str) -> None:
    text = notebook([f"{magic}\n", HEAD, "AutoModel.from_pretrained('ext-test/one')  # \U0001f600"])
    after, left = pinned("a.ipynb", text)
    assert left == []
    assert after == text.replace("ext-test/one')", f'ext-test/one\', revision=\\"{ONE}\\")')


@pytest.mark.parametrize(
    ("file", "text", "why"),
    [
        ("get.sh", 'M=ext-test/one\nhf download "$M"\n', "put together elsewhere"),
        ("get.sh", 'hf download ext-test/one --revision "$REV"\n', "decided elsewhere"),
        ("get.sh", "mlx_lm.generate --model ext-test/one\n", "no flag beside it"),
        ("get.sh", "git clone https://huggingface.co/ext-test/one\n", "names no revision"),
        ("a.yaml", "model_name_or_path: ext-test/one\nlearning_rate: 1\n", "no key for a revision"),
        ("a.yaml", "storageUri: hf://ext-test/one\n", "no key for a revision"),
        (
            "a.mjs",
            "import { AutoModel } from '@huggingface/transformers';\n"
            "AutoModel.from_pretrained('ext-test/one', options);\n",
            "not written out beside the name",
        ),
        (
            "a.mjs",
            "import { AutoModel } from '@huggingface/transformers';\n"
            "AutoModel.from_pretrained('ext-test/one', { ...options });\n",
            "not written out beside the name",
        ),
        (
            "a.ipynb",
            notebook("from transformers import pipeline\npipeline(model='ext-test/one', tokenizer='gpt2')"),
            "names several models",
        ),
        (
            "a.ipynb",
            notebook("from transformers import AutoModel\nAutoModel.from_pretrained('ext-test/one', **o)"),
            "from a mapping",
        ),
    ],
)
def test_what_is_not_understood_is_left_alone_with_the_reason(file: str, text: str, why: str) -> None:
    after, left = pinned(file, text)
    assert after in ("", text)
    assert [why in each for each in left] == [True]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("get.sh", "hf download ext-test/one --local-dir x\n"),
        ("a.ipynb", notebook([HEAD, "AutoModel.from_pretrained('ext-test/one')"])),
        ("a.yaml", "model_name_or_path: ext-test/one\n"),
        (
            "a.mjs",
            "import { AutoModel } from '@huggingface/transformers';\n"
            "AutoModel.from_pretrained('ext-test/one');",
        ),
    ],
)
def test_another_name_takes_the_place_of_one(file: str, text: str) -> None:
    found, sheet = READING.read(file, text), Sheet(file, text, READING)
    assert found is not None
    (sighting,) = found.sightings
    assert sheet.swap(sighting, "ext-test/two", "why") == ""
    assert sheet.after() == text.replace("ext-test/one", "ext-test/two")


NAMES = st.sampled_from(["ext-test/one", "ext-test/two", "gpt2", "$MODEL", "./local"])
REVISIONS = st.sampled_from(
    ["", " --revision main", " --revision=v1", ' --revision "main"', " --revision $R"]
)
QUOTES = st.sampled_from(["", '"', "'"])
TAILS = st.sampled_from(
    ["", " | cat", " && ls", " \\\n  --quiet", " # hf download ext-test/one", "; echo 'é'"]
)


@st.composite
def commands(draw: st.DrawFn) -> str:
    program = draw(st.sampled_from(["hf download", "huggingface-cli download", "vllm serve", "echo"]))
    quote = draw(QUOTES)
    return f"{program} {quote}{draw(NAMES)}{quote}{draw(REVISIONS)}{draw(TAILS)}"


@st.composite
def calls(draw: st.DrawFn) -> str:
    quote = draw(st.sampled_from(['"', "'"]))
    more = draw(
        st.sampled_from(["", ", revision='main'", ", **o", ", subfolder='é'", ",", ", revision=None"])
    )
    start = draw(st.sampled_from(["", "m = ", "if True: "]))
    return f"{start}AutoModel.from_pretrained({quote}{draw(NAMES)}{quote}{more})"


@st.composite
def options(draw: st.DrawFn) -> str:
    quote = draw(st.sampled_from(['"', "'", "`"]))
    more = draw(
        st.sampled_from(["", ", {}", ", { dtype: 'q8' }", ", { revision: 'main' }", ", { ...o }", ", o", ","])
    )
    return f"AutoModel.from_pretrained({quote}{draw(NAMES)}{quote}{more});"


SHELLS = st.lists(commands(), min_size=1, max_size=3).map(lambda lines: "\n".join(lines) + "\n")
FILES = st.one_of(
    SHELLS.map(lambda text: ("get.sh", text)),
    SHELLS.map(lambda text: ("ci.yaml", yaml.safe_dump({"run": text, "steps": [{"run": text}]}))),
    SHELLS.map(
        lambda text: ("ci.yml", "a:\n  - run: |\n" + "".join(f"      {x}\n" for x in text.split("\n")))
    ),
    st.lists(commands(), min_size=1, max_size=2).map(
        lambda lines: (
            "compose.yaml",
            yaml.safe_dump({"services": {"a": {"image": "vllm/vllm-openai", "command": lines[0].split()}}}),
        )
    ),
    st.lists(calls(), min_size=1, max_size=3).map(lambda lines: ("app.py", HEAD + "\n".join(lines) + "\n")),
    st.lists(calls(), min_size=1, max_size=3).map(
        lambda lines: ("a.ipynb", notebook([HEAD, *(f"{line}\n" for line in lines)], ["!ls\n", lines[0]]))
    ),
    SHELLS.map(lambda text: ("b.ipynb", notebook(["%%bash\n", *text.splitlines(keepends=True)]))),
    st.lists(options(), min_size=1, max_size=3).map(
        lambda lines: ("a.mjs", "import { AutoModel } from '@huggingface/transformers';\n" + "\n".join(lines))
    ),
)


def parses(file: str, text: str) -> bool:
    """Whether a reader that is not lading's takes the text."""
    try:
        match file.rpartition(".")[2]:
            case "sh":
                done = subprocess.run(["bash", "-n"], input=text.encode(), capture_output=True, check=False)
                return done.returncode == 0
            case "yaml" | "yml":
                yaml.safe_load(text)
            case "ipynb":
                json.loads(text)
            case "toml":
                tomllib.loads(text)
            case "py":
                ast.parse(text)
            case "mjs" if (node := shutil.which("node")) is not None:
                command = [node, "--input-type=module", "--check", "-"]
                done = subprocess.run(command, input=text.encode(), capture_output=True, check=False)
                return done.returncode == 0
    except (ValueError, SyntaxError, yaml.YAMLError):
        return False
    return True


@given(FILES)
@settings(max_examples=60, deadline=None)
def test_what_parsed_before_parses_afterwards_and_only_revisions_differ(written: tuple[str, str]) -> None:
    file, text = written
    after, _ = pinned(file, text)
    if not after or not parses(file, text):
        return
    assert parses(file, after)
    old, new = READING.read(file, text), READING.read(file, after)
    assert old is not None
    assert new is not None
    assert [each.name for each in new.sightings] == [each.name for each in old.sightings]
    for then, now in zip(old.sightings, new.sightings, strict=True):
        assert now.revision in (then.revision, COMMITS.get(then.name))


def test_the_patch_of_a_project_of_many_kinds_applies(tmp_path: Path) -> None:
    from scanner.cli._fix_text import Change, diff

    files = {
        "get.sh": "hf download ext-test/one",
        "sub dir/a.ipynb": notebook([HEAD, "AutoModel.from_pretrained('ext-test/one')"]),
        "ci.yml": "run: hf download ext-test/one\r\n",
    }
    patch = ""
    for file, text in files.items():
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_bytes(text.encode())
        patch += diff(Change(file, text, pinned(file, text)[0], ("why",)))
    subprocess.run(["git", "apply", "-"], cwd=tmp_path, input=patch.encode(), check=True)
    assert {file: (tmp_path / file).read_bytes().decode() for file in files} == {
        file: pinned(file, text)[0] for file, text in files.items()
    }
