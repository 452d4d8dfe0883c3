from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from scanner.cli.main import run
from scanner.resolution.lock import read_lock_file
from tests.local_hub import LocalHub

NAME = "ext-test/tiny"
FOLDER = "models--ext-test--tiny"


def weights(value: float) -> bytes:
    """A safetensors file of one number."""
    header = json.dumps({"w": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}).encode()
    return len(header).to_bytes(8, "little") + header + struct.pack("<f", value)


@pytest.fixture
def hub(local_hub: LocalHub) -> LocalHub:
    made = local_hub.add(NAME, "mit", files={"config.json": '{"model_type": "tiny"}'})
    made.files["model.safetensors"] = weights(1.0)
    return local_hub


@pytest.fixture
def shop(hub: LocalHub, tmp_path: Path) -> Path:
    """A project that uses the model without a revision, locked, in the folder `shop`."""
    folder = tmp_path / "shop"
    folder.mkdir()
    text = f'from transformers import AutoModel\nAutoModel.from_pretrained("{NAME}")\n'
    (folder / "app.py").write_text(text)
    assert run(["lock", str(folder), "--date", "2026-11-22"]) == 0
    return folder


def move(hub: LocalHub) -> str:
    """Let main of the model lead to a new commit; the old one stays. Returns the old one."""
    repository = hub.repositories[NAME]
    old = str(repository.body["sha"])
    repository.past[old], repository.revisions[old] = dict(repository.files), old
    repository.body["sha"] = "e" * 40
    repository.files["model.safetensors"] = weights(2.0)
    return old


def load_offline(cache: Path) -> tuple[str, bytes]:
    """What the real client, offline and unpinned, loads: commit and weights."""
    script = (
        "import sys; from huggingface_hub import hf_hub_download\n"
        f"print(hf_hub_download({NAME!r}, 'model.safetensors'))"
    )
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "HF_HUB_CACHE": str(cache)}
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    )
    path = Path(done.stdout.strip())
    return path.parent.name, path.read_bytes()


def test_an_empty_cache_is_filled_and_the_client_offline_loads_the_locked_commit(
    hub: LocalHub, shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, cache = move(hub), tmp_path / "models"
    capsys.readouterr()
    assert run(["fetch", str(shop), "--cache", str(cache)]) == 0
    assert capsys.readouterr().out == (
        f"hf-model:{NAME}  commit {old[:12]}\n"
        "  3 files, 138 bytes, checked against the Hub; main leads to it\n"
        "To load these commits and nothing else:\n"
        f"  export HF_HUB_OFFLINE=1 HF_HUB_CACHE={cache}\n"
    )
    assert load_offline(cache) == (old, weights(1.0))


def test_a_cache_that_holds_it_passes_the_check_without_a_request(
    hub: LocalHub, shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["fetch", str(shop), "--cache", str(tmp_path / "models")])
    hub.requests.clear()
    capsys.readouterr()
    assert run(["fetch", str(shop), "--check", "--cache", str(tmp_path / "models")]) == 0
    assert "checked against the cache's list; main leads to it" in capsys.readouterr().out
    assert hub.requests == []


def test_a_changed_byte_is_refused_with_words(
    hub: LocalHub, shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cache = tmp_path / "models"
    run(["fetch", str(shop), "--cache", str(cache)])
    (blob,) = (cache / FOLDER).glob("snapshots/*/model.safetensors")
    blob.write_bytes(weights(3.0))
    (cache / FOLDER / "refs" / "main").unlink()
    for command in (["fetch", str(shop)], ["fetch", str(shop), "--check"]):
        capsys.readouterr()
        assert run([*command, "--cache", str(cache)]) == 1
        out = capsys.readouterr().out
        assert "refused: model.safetensors holds other bytes: " in out
        assert "HF_HUB_OFFLINE" not in out
    assert not (cache / FOLDER / "refs" / "main").exists()


def test_a_branch_that_leads_elsewhere_a_strange_file_and_a_missing_one_are_said(
    hub: LocalHub, shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cache = tmp_path / "models"
    run(["fetch", str(shop), "--cache", str(cache)])
    (snapshot,) = (cache / FOLDER / "snapshots").iterdir()
    (cache / FOLDER / "refs" / "main").write_text("e" * 40)
    (snapshot / "modeling.py").write_text("print()")
    (snapshot / "config.json").unlink()
    capsys.readouterr()
    assert run(["fetch", str(shop), "--check", "--cache", str(cache)]) == 1
    said = [line.split(";")[0] for line in capsys.readouterr().out.splitlines()]
    assert said == [
        f"hf-model:{NAME}  commit {snapshot.name[:12]}",
        "  refused: modeling.py is no file of this commit",
        "  refused: config.json is not there",
        f"  refused: main points at eeeeeeeeeeee, locked is {snapshot.name[:12]}",
    ]


def test_an_empty_cache_fails_the_check(hub: LocalHub, shop: Path, tmp_path: Path) -> None:
    assert run(["fetch", str(shop), "--check", "--cache", str(tmp_path / "models")]) == 1


def test_recorded_hashes_catch_a_hub_that_gives_other_bytes_for_the_same_commit(
    hub: LocalHub, shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["fetch", str(shop), "--record", "--cache", str(tmp_path / "one")]) == 0
    lock = read_lock_file(shop)
    assert lock is not None
    assert lock.blocks[0].files is not None
    assert [file.path for file in lock.blocks[0].files] == ["README.md", "config.json", "model.safetensors"]
    hub.repositories[NAME].files["config.json"] = b'{"model_type": "tony"}'
    capsys.readouterr()
    assert run(["fetch", str(shop), "--cache", str(tmp_path / "two")]) == 1
    assert "config.json holds other bytes: " in capsys.readouterr().out
    assert not (tmp_path / "two" / FOLDER / "refs" / "main").exists()


def test_locking_again_keeps_the_hashes_of_an_unchanged_commit(
    hub: LocalHub, shop: Path, tmp_path: Path
) -> None:
    run(["fetch", str(shop), "--record", "--cache", str(tmp_path / "one")])
    before = read_lock_file(shop)
    assert run(["lock", str(shop), "--date", "2026-11-22"]) == 0
    assert read_lock_file(shop) == before
    move(hub)
    assert run(["lock", str(shop), "--refresh"]) == 0
    after = read_lock_file(shop)
    assert after is not None
    assert after.blocks[0].files is None


def test_a_commit_the_hub_no_longer_has_is_refused(
    hub: LocalHub, shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hub.repositories[NAME].body["sha"] = "e" * 40
    capsys.readouterr()
    assert run(["fetch", str(shop), "--cache", str(tmp_path / "models")]) == 1
    assert "does not give commit 000000000000 of ext-test/tiny (RevisionNotFound)" in capsys.readouterr().out


def test_a_hub_that_breaks_off_is_no_answer(
    hub: LocalHub, shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hub.faults[NAME] = ["other"]
    assert run(["fetch", str(shop), "--cache", str(tmp_path / "models")]) == 3


def test_files_can_be_left_out(
    hub: LocalHub, shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cache = tmp_path / "models"
    arguments = ["fetch", str(shop), "--cache", str(cache), "--exclude", "*.safetensors"]
    assert run(arguments) == 0
    assert sorted(path.name for path in (cache / FOLDER).glob("snapshots/*/*")) == [
        "README.md",
        "config.json",
    ]
    assert run([*arguments, "--check"]) == 0


def test_a_mirror_without_the_list_of_files_is_no_answer(
    hub: LocalHub, shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hub.faults[NAME] = ["status:404"]
    assert run(["fetch", str(shop), "--cache", str(tmp_path / "models")]) in (1, 3)
    out = capsys.readouterr().out
    assert "leads to it" not in out
    assert not (tmp_path / "models" / FOLDER / "refs" / "main").exists()


def test_a_name_that_leads_elsewhere_by_now_is_cached_under_the_name_the_project_writes(
    hub: LocalHub, shop: Path, tmp_path: Path
) -> None:
    repository = hub.repositories.pop(NAME)
    hub.repositories["ext-test/renamed"] = repository
    hub.moved[NAME] = "ext-test/renamed"
    cache = tmp_path / "models"
    assert run(["fetch", str(shop), "--cache", str(cache)]) == 0
    assert load_offline(cache) == (repository.body["sha"], weights(1.0))


def test_the_answer_comes_as_json(
    hub: LocalHub, shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert run(["fetch", str(shop), "--cache", str(tmp_path / "models"), "-f", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    schema = Path(__file__).parent.parent.parent / "docs" / "schema" / "fetch-1.json"
    jsonschema.Draft202012Validator(json.loads(schema.read_text("utf-8"))).validate(answer)
    (one,) = answer["fetched"]
    assert (one["reference"], one["branch"], one["problems"], one["failure"]) == (NAME, "main", [], "none")


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [(["--only", "no/such"], {}), (["--check", "--record"], {}), ([], {"HF_HUB_OFFLINE": "1"})],
)
def test_wrong_use_is_told(
    hub: LocalHub,
    shop: Path,
    arguments: list[str],
    environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert run(["fetch", str(shop), *arguments]) == 2


def test_no_lockfile_is_wrong_use(tmp_path: Path) -> None:
    assert run(["fetch", str(tmp_path)]) == 2


def test_weights_beside_the_code_are_compared_with_the_recorded_hashes(
    hub: LocalHub, shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["fetch", str(shop), "--record", "--cache", str(tmp_path / "one")])
    copy = shop / "models" / "ext-test" / "tiny" / "model.safetensors"
    copy.parent.mkdir(parents=True)
    for value, mismatches in ((1.0, []), (4.0, ["models/ext-test/tiny/model.safetensors"])):
        copy.write_bytes(weights(value))
        capsys.readouterr()
        run(["scan", str(shop), "--offline", "--date", "2026-11-22", "-f", "json"])
        found = json.loads(capsys.readouterr().out)["findings"]
        assert [each["file"] for each in found if each["rule"] == "hash-mismatch"] == mismatches
