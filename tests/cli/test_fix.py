from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from scanner.cli.main import run
from tests.local_hub import LocalHub

ONE, TWO = "0" * 39 + "1", "0" * 39 + "2"
SHOP = Path(__file__).parent.parent.parent / "examples" / "model-shop"
PIN = "version: 1\nrules:\n  obligation-open: off\n"


@pytest.fixture
def hub(local_hub: LocalHub) -> LocalHub:
    local_hub.add("ext-test/one", "mit")
    local_hub.add("ext-test/two", "mit")
    return local_hub


def project(folder: Path, **files: str) -> Path:
    folder.mkdir()
    (folder / "lading.yaml").write_text(PIN)
    for name, text in files.items():
        stem, _, ending = name.rpartition("_")
        (folder / f"{stem}.{ending}").write_bytes(text.encode())
    return folder


def fix(root: Path, *words: str) -> int:
    return run(["fix", str(root), "--date", "2026-11-22", *words])


def written(tmp_path: Path, text: str, ending: str = "py") -> str:
    """What becomes of the text of one file."""
    root = project(tmp_path / "project", **{f"train_{ending}": text})
    assert fix(root, "--write") == 0
    return (root / f"train.{ending}").read_bytes().decode()


@pytest.mark.parametrize(
    ("call", "after"),
    [
        ('A.from_pretrained("ext-test/one")', 'A.from_pretrained("ext-test/one", revision=@)'),
        (
            "A.from_pretrained('ext-test/one', revision='main')",
            "A.from_pretrained('ext-test/one', revision=@)",
        ),
        ('A.from_pretrained("ext-test/one", revision=None)', 'A.from_pretrained("ext-test/one", revision=@)'),
        (
            'A.from_pretrained(\n    "ext-test/one",\n    subfolder="x",  # all\n)',
            'A.from_pretrained(\n    "ext-test/one",\n    subfolder="x", revision=@,  # all\n)',
        ),
        (
            '"é…", A.from_pretrained(("ext-test/one"))',
            '"é…", A.from_pretrained(("ext-test/one"), revision=@)',
        ),
        (
            'N = "ext-test/one"\na = A.from_pretrained(N)\nb = A.from_pretrained(N, subfolder="x")',
            'N = "ext-test/one"\na = A.from_pretrained(N, revision=@)\n'
            'b = A.from_pretrained(N, subfolder="x", revision=@)',
        ),
    ],
)
def test_the_commit_is_written_into_the_call(hub: LocalHub, tmp_path: Path, call: str, after: str) -> None:
    head = "from transformers import AutoModel as A\n"
    assert written(tmp_path, f"{head}{call}\n") == f"{head}{after}\n".replace("@", f'"{ONE}"')


@pytest.mark.parametrize(
    ("call", "why"),
    [
        ('A.from_pretrained("ext-test/one", **options)', "from a mapping"),
        ('A.from_pretrained("ext-test/one", *options)', "from a list"),
        ('A.from_pretrained("ext-test/one", revision=pick())', "decided elsewhere"),
        (
            'from transformers import pipeline\npipeline(model="ext-test/one", tokenizer="ext-test/two")',
            "names several models",
        ),
        ('N = "ext-test/one"\nN = N or "x"\nA.from_pretrained(N)', ""),
        ('M = {"a": "ext-test/one"}\nA.from_pretrained(M["a"])', "no call of from_pretrained"),
    ],
)
def test_what_is_not_understood_is_left_alone_with_the_reason(
    hub: LocalHub, tmp_path: Path, call: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"from transformers import AutoModel as A\n{call}\n"
    assert written(tmp_path, text) == text
    assert why in capsys.readouterr().err


def test_line_ends_are_kept(hub: LocalHub, tmp_path: Path) -> None:
    text = 'from transformers import AutoModel\r\nAutoModel.from_pretrained("ext-test/one")'
    assert written(tmp_path, text) == f'{text[:-1]}, revision="{ONE}")'


def test_a_revision_beside_a_name_in_yaml_and_json_becomes_the_commit(hub: LocalHub, tmp_path: Path) -> None:
    text = "# ours\nmodel_name_or_path: ext-test/one\nmodel_revision:   main # moves\n"
    assert written(tmp_path, text, "yaml") == text.replace("main", f'"{ONE}"')
    shutil.rmtree(tmp_path / "project")
    text = '{"model_name_or_path": "ext-test/one",\n "model_revision": "main"}'
    assert written(tmp_path, text, "json") == text.replace("main", ONE)


def test_where_no_revision_stands_in_yaml_none_is_made_up(
    hub: LocalHub, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "model_name_or_path: ext-test/one\n"
    assert written(tmp_path, text, "yaml") == text
    assert "no key for a revision stands beside it" in capsys.readouterr().err


def test_the_patch_is_shown_with_its_reason_and_applies(
    hub: LocalHub, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = 'from transformers import AutoModel\nAutoModel.from_pretrained("ext-test/one")'
    root = project(tmp_path / "project", app_py=text)
    assert fix(root, "--diff") == 0
    patch = capsys.readouterr().out
    old, end = text.splitlines()[1], "\\ No newline at end of file\n"
    assert patch == (
        "# app.py:2: revision-not-pinned: ext-test/one is used without a revision\n"
        "--- a/app.py\n+++ b/app.py\n@@ -1,2 +1,2 @@\n from transformers import AutoModel\n"
        f'-{old}\n{end}+{old[:-1]}, revision="{ONE}")\n{end}'
    )
    assert (root / "app.py").read_text() == text
    subprocess.run(["git", "apply", "-"], cwd=root, input=patch, text=True, check=True)
    assert (root / "app.py").read_text() == f'{text[:-1]}, revision="{ONE}")'


def test_an_allowed_sibling_takes_the_place_of_a_model_and_is_not_given_its_commit(
    hub: LocalHub, tmp_path: Path
) -> None:
    hub.add("Qwen/Qwen2.5-3B-Instruct", "other", card={"license_name": "qwen-research"})
    text = (
        'from transformers import pipeline\npipeline("text-generation", model="Qwen/Qwen2.5-3B-Instruct")\n'
    )
    root = project(tmp_path / "project", app_py=text)
    (root / "lading.yaml").write_text(f"{PIN}  license-not-allowed: {{allow: [Apache-2.0]}}\n")
    assert fix(root, "--write") == 0
    assert (root / "app.py").read_text() == text.replace("Qwen2.5-3B-Instruct", "Qwen2.5-1.5B-Instruct")


def test_the_block_for_the_notice_is_added_once_and_replaced_later(hub: LocalHub, tmp_path: Path) -> None:
    hub.add("ext-test/llama", "llama3.1")
    text = 'from transformers import AutoModel\nAutoModel.from_pretrained("ext-test/llama")\n'
    root = project(tmp_path / "project", app_py=text)
    (root / "lading.yaml").write_text(
        "version: 1\nuse: {distribution: [redistributed-weights], commercial: true}\n"
        "rules:\n  obligation-open: warning\n"
    )
    (root / "NOTICE").write_text("Our shop")
    assert fix(root, "--write") == 0
    first = (root / "NOTICE").read_text()
    assert first.startswith("Our shop\n\n<!-- lading: models -->\nModels and datasets used by project\n")
    assert "Built with Llama" in first
    assert "Not met yet" not in first
    assert fix(root, "--write") == 0
    second = (root / "NOTICE").read_text()
    assert second.count("<!-- lading: models -->") == 1
    assert second.startswith("Our shop\n\n")


OWED = (
    "version: 1\nuse: {distribution: [redistributed-weights], commercial: true}\n"
    "rules:\n  obligation-open: warning\n"
)


@pytest.fixture
def owing(hub: LocalHub, tmp_path: Path) -> Path:
    """A project that owes a notice, with the one `-f notice` writes below its own words."""
    hub.add("ext-test/llama", "llama3.1")
    text = 'from transformers import AutoModel\nAutoModel.from_pretrained("ext-test/llama")\n'
    root = project(tmp_path / "project", app_py=text)
    (root / "lading.yaml").write_text(OWED)
    file = tmp_path / "NOTICE"
    assert run(["scan", str(root), "-q", "-f", f"notice={file}", "--date", "2026-11-20"]) == 0
    (root / "NOTICE").write_text(f"Our shop\n\n{file.read_text()}\nMore of ours\n")
    return root


def test_a_notice_written_as_a_report_is_taken_for_what_it_is(owing: Path) -> None:
    before = (owing / "NOTICE").read_text()
    assert fix(owing, "--write") == 0
    assert (owing / "NOTICE").read_text() == before


def test_a_notice_with_the_line_ends_of_windows_keeps_them(owing: Path) -> None:
    ours = (owing / "NOTICE").read_text().replace("\n", "\r\n").encode()
    (owing / "NOTICE").write_bytes(ours)
    assert fix(owing, "--write") == 0
    assert (owing / "NOTICE").read_bytes() == ours
    (owing / "NOTICE").write_bytes(ours.replace(b"ext-test/llama", b"ext-test/other"))
    assert fix(owing, "--write") == 0
    after = (owing / "NOTICE").read_bytes()
    assert after.count(b"Models and datasets used by") == 1
    assert after.count(b"\n") == after.count(b"\r\n")


def test_a_notice_written_as_a_report_is_replaced_where_it_no_longer_holds(owing: Path) -> None:
    text = (owing / "NOTICE").read_text().replace("ext-test/llama", "ext-test/other")
    (owing / "NOTICE").write_text(text)
    assert fix(owing, "--write") == 0
    after = (owing / "NOTICE").read_text()
    assert after.count("Models and datasets used by") == after.count("<!-- lading: models -->") == 1
    assert ("ext-test/llama" in after, "License texts" in after) == (True, True)
    assert after.startswith("Our shop\n\n<!-- lading: models -->\n")
    assert after.endswith("\nMore of ours\n")


def test_a_second_block_of_an_earlier_run_goes(owing: Path) -> None:
    text = (owing / "NOTICE").read_text()
    old = text.index("Models and"), text.index("License texts")
    marked = f"<!-- lading: models -->\n{text[slice(*old)]}<!-- lading: end of models -->\n"
    (owing / "NOTICE").write_text(text + marked)
    assert fix(owing, "--write") == 0
    after = (owing / "NOTICE").read_text()
    assert after.count("Models and datasets used by") == after.count("<!-- lading: models -->") == 1
    assert (after[:8], "More of ours\n" in after) == ("Our shop", True)


def test_a_notice_that_was_written_into_is_left_as_it_is(
    owing: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (owing / "NOTICE").read_text().replace("\n\nAs of", "\n\nSome words of ours.\n\nAs of")
    (owing / "NOTICE").write_text(text)
    assert fix(owing, "--write") == 0
    assert (owing / "NOTICE").read_text() == text
    assert "not touched: NOTICE: obligation-open: the text written by -f notice" in capsys.readouterr().err


def test_the_next_scan_of_a_shop_shows_those_findings_gone_and_nothing_else_changed(
    hub: LocalHub, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = tmp_path / "model-shop"
    shutil.copytree(SHOP, shop)
    names = (
        "meta-llama/Llama-4-Scout-17B-16E-Instruct", "moonshotai/Kimi-K2-Instruct", "t-tech/T-pro-it-2.0",
        "deepseek-ai/DeepSeek-R1-Distill-Llama-8B", "nvidia/DeepSeek-R1-FP4", "perplexity-ai/r1-1776",
        "bartowski/Qwen2.5-72B-Instruct-GGUF", "Qwen/Qwen2.5-72B-Instruct", "zai-org/GLM-4.5",
    )  # fmt: skip
    for name in names:
        hub.add(name, "mit")
    scan = ["scan", str(shop), "--date", "2026-11-22", "-f", "json", "--fail-on", "never"]
    run([*scan, "--on-incomplete", "warn"])
    before = json.loads(capsys.readouterr().out)
    assert fix(shop, "--diff") == 0
    patch = capsys.readouterr().out
    subprocess.run(["git", "apply", "-"], cwd=shop, input=patch, text=True, check=True)
    run([*scan, "--on-incomplete", "warn"])
    after = json.loads(capsys.readouterr().out)
    pinned = (
        "meta-llama/Llama-4-Scout-17B-16E-Instruct", "bartowski/Qwen2.5-72B-Instruct-GGUF",
        "Qwen/Qwen2.5-72B-Instruct", "zai-org/GLM-4.5",
    )  # fmt: skip
    settled = {("revision-not-pinned", name) for name in pinned}
    assert said(before) - said(after) >= settled
    assert {rule for rule, _ in said(before) - said(after)} <= {"revision-not-pinned", "obligation-open"}
    assert said(after) - said(before) == set()


def said(report: dict[str, list[dict[str, str]]]) -> set[tuple[str, str]]:
    return {(each["rule"], each["reference"]) for each in report["findings"]}


def test_nothing_to_change_is_said(hub: LocalHub, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert fix(project(tmp_path / "project"), "--write") == 0
    assert capsys.readouterr().out == "nothing to change\n"


def test_both_at_once_is_wrong_use(tmp_path: Path) -> None:
    assert fix(project(tmp_path / "project"), "--write", "--diff") == 2


def test_a_file_outside_the_project_is_not_written(hub: LocalHub, tmp_path: Path) -> None:
    text = 'from transformers import AutoModel\nAutoModel.from_pretrained("ext-test/one")\n'
    (tmp_path / "outside.py").write_text(text)
    root = project(tmp_path / "project")
    (root / "app.py").symlink_to(tmp_path / "outside.py")
    assert fix(root, "--write") == 0
    assert (tmp_path / "outside.py").read_text() == text


def test_the_locked_commit_is_written_where_the_branch_has_moved_on(hub: LocalHub, tmp_path: Path) -> None:
    text = 'from transformers import AutoModel\nAutoModel.from_pretrained("ext-test/one")\n'
    root = project(tmp_path / "project", app_py=text)
    assert run(["lock", str(root), "--date", "2026-11-22"]) == 0
    hub.repositories["ext-test/one"].body["sha"] = "e" * 40
    (tmp_path / "cache" / "answers.sqlite").unlink()
    assert fix(root, "--write") == 0
    assert f'revision="{ONE}"' in (root / "app.py").read_text()
