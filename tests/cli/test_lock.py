from __future__ import annotations

import json
from pathlib import Path

import pytest

from scanner.cli.main import run
from tests.cli.test_show import mistakes
from tests.local_hub import TOKEN, LocalHub


@pytest.fixture
def hub(local_hub: LocalHub) -> LocalHub:
    local_hub.add("ext-test/one", "mit", "ext-test/base")
    local_hub.add("ext-test/base", "apache-2.0")
    local_hub.add("ext-test/two", "apache-2.0")
    return local_hub


def project(folder: Path, *names: str) -> Path:
    folder.mkdir()
    calls = "".join(f'AutoModel.from_pretrained("{name}")\n' for name in names)
    (folder / "app.py").write_text(f"from transformers import AutoModel\n{calls}")
    return folder


def test_a_project_is_locked_and_then_holds(
    hub: LocalHub, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = project(tmp_path / "shop", "ext-test/one", "ext-test/two")
    assert run(["lock", str(shop), "--date", "2026-11-22"]) == 0
    assert capsys.readouterr().out == f"{shop}/lading.lock: 2 references locked\n"
    assert run(["lock", "--check", str(shop)]) == 0
    assert capsys.readouterr().out == f"{shop}/lading.lock: 2 references, nothing changed\n"


def test_each_drift_is_said_in_words_with_exit_code_one(
    hub: LocalHub, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = project(tmp_path / "shop", "ext-test/one")
    run(["lock", str(shop)])
    capsys.readouterr()
    hub.repositories["ext-test/one"].body["cardData"]["license"] = "cc-by-nc-4.0"
    hub.repositories["ext-test/one"].body["sha"] = "e" * 40
    assert run(["lock", "--check", "--refresh", str(shop)]) == 1
    assert capsys.readouterr().out == (
        f"{shop}/lading.lock:6: hf-model:ext-test/one: commit moved from 000000000000 to eeeeeeeeeeee\n"
        f"{shop}/lading.lock:6: hf-model:ext-test/one: license changed from MIT to CC-BY-NC-4.0\n"
        f"2 changes; look at each, then: lading lock {shop}\n"
    )


def test_many_lockfiles_are_checked_with_each_model_asked_once(
    hub: LocalHub, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shops = [project(tmp_path / f"shop-{n}", "ext-test/one", "ext-test/two") for n in range(3)]
    for shop in shops:
        run(["lock", str(shop)])
    hub.requests.clear()
    files = [str(shop / "lading.lock") for shop in shops]
    assert run(["lock", "--check", "--refresh", *files]) == 0
    assert dict(hub.counted()) == {
        "/api/models/ext-test/base": 1,
        "/api/models/ext-test/one": 1,
        "/api/models/ext-test/two": 1,
    }


def test_update_looks_at_one_name_and_leaves_the_others_as_they_were(hub: LocalHub, tmp_path: Path) -> None:
    shop = project(tmp_path / "shop", "ext-test/one", "ext-test/two")
    run(["lock", str(shop), "--date", "2026-11-01"])
    hub.repositories["ext-test/one"].body["sha"] = "e" * 40
    hub.repositories["ext-test/two"].body["sha"] = "f" * 40
    hub.requests.clear()
    assert run(["lock", "--update", "ext-test/two", "--refresh", str(shop)]) == 0
    text = (shop / "lading.lock").read_text()
    assert f"commit: {'f' * 40}" in text
    assert "e" * 40 not in text
    assert dict(hub.counted()) == {"/api/models/ext-test/two": 1}


def test_a_block_that_could_not_be_asked_stays_as_it_was(
    hub: LocalHub, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = project(tmp_path / "shop", "ext-test/one", "ext-test/two")
    run(["lock", str(shop)])
    before = (shop / "lading.lock").read_text()
    hub.faults["ext-test/two"] = ["half"]
    capsys.readouterr()
    assert run(["lock", "--refresh", str(shop)]) == 3
    assert (shop / "lading.lock").read_text() == before
    assert "could not be asked: hf-model:ext-test/two" in capsys.readouterr().out


def test_a_name_nobody_has_is_named_as_not_locked(
    hub: LocalHub, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = project(tmp_path / "shop", "ext-test/nowhere")
    assert run(["lock", str(shop)]) == 0
    assert capsys.readouterr().out == (
        f"{shop}/lading.lock: 0 references locked\n  not locked: ext-test/nowhere: missing-or-private\n"
    )


def test_the_changes_as_json(hub: LocalHub, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shop = project(tmp_path / "shop", "ext-test/one")
    run(["lock", str(shop)])
    hub.repositories["ext-test/one"].body["gated"] = "auto"
    capsys.readouterr()
    assert run(["lock", "--check", "--refresh", "--date", "2026-11-22", "-f", "json", str(shop)]) == 1
    said = json.loads(capsys.readouterr().out)
    assert mistakes("lading.lock-check/1", said) == []
    (lock,) = said["locks"]
    assert said["schema"] == "lading.lock-check/1"
    assert lock["drifts"] == [
        {
            "change": "gated",
            "key": "hf-model:ext-test/one",
            "asset": f"hf-model:ext-test/one@{1:040x}",
            "was": "False",
            "now": "auto",
            "what": "gated since it was locked (access: auto)",
            "line": 6,
            "source": f"hub:ext-test/one@{1:040x}",
            "as_of": "2026-11-22",
            "confidence": "verified",
        }
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["lock", "--check", "SHOP"], "there is no lockfile to check"),
        (["lock", "SHOP/nowhere"], "no such project or lockfile"),
        (["lock", "--update", "a/b", "SHOP"], "--update a/b: the project does not name it"),
    ],
)
def test_wrong_use_is_exit_code_two(
    hub: LocalHub, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    shop = project(tmp_path / "shop", "ext-test/one")
    assert run([each.replace("SHOP", str(shop)) for each in arguments]) == 2
    assert message in capsys.readouterr().err


def test_a_token_is_written_nowhere(
    hub: LocalHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HF_TOKEN", TOKEN)
    hub.add("ext-test/secret", "mit", is_private=True)
    hub.faults["ext-test/two"] = ["status:500"]
    hub.faults["ext-test/base"] = ["status:401::Invalid credentials in Authorization header"]
    shop = project(tmp_path / "shop", "ext-test/one", "ext-test/two", "ext-test/secret")
    run(["lock", str(shop)])
    run(["lock", "--check", "-f", "json", str(shop)])
    run(["scan", str(shop), "-f", "json"])
    run(["scan", str(shop)])
    said = capfd.readouterr()
    assert hub.tokens != []
    assert TOKEN not in said.out + said.err
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert {file.name for file in files} >= {"answers.sqlite", "lading.lock"}
    assert [file.name for file in files if TOKEN.encode() in file.read_bytes()] == []


def test_each_project_is_looked_up_with_its_own_facts_and_each_model_asked_once(
    hub: LocalHub, tmp_path: Path
) -> None:
    plain = project(tmp_path / "plain", "ext-test/one")
    own = project(tmp_path / "own", "ext-test/one")
    (own / "lading.yaml").write_text("version: 1\nknowledge: [./facts]\n")
    catalog = own / "facts" / "catalog"
    catalog.mkdir(parents=True)
    (catalog / "base.yaml").write_text(
        "kind: hf-model\nconfidence: verified\nas_of: '2026-11-01'\nsource: us\nrecords:\n"
        "  ext-test/base: {license: apache-2.0, bases: [ext-test/two], root: 'no', relation: finetune}\n"
    )
    assert run(["lock", str(plain), str(own), "--refresh"]) == 0
    assert "name: ext-test/two" not in (plain / "lading.lock").read_text()
    assert "name: ext-test/two" in (own / "lading.lock").read_text()
    assert dict(hub.counted()) == {
        "/api/models/ext-test/base": 1,
        "/api/models/ext-test/one": 1,
        "/api/models/ext-test/two": 1,
    }


def test_a_text_is_read_again_where_one_of_several_lockfiles_holds_an_older_commit(
    hub: LocalHub, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hub.repositories["ext-test/two"].files["LICENSE"] = b"terms of before"
    hub.repositories["ext-test/two"].body["siblings"] = [{"rfilename": "LICENSE"}]
    old, new = project(tmp_path / "old", "ext-test/two"), project(tmp_path / "new", "ext-test/two")
    run(["lock", str(old)])
    hub.repositories["ext-test/two"].files["LICENSE"] = b"terms of now"
    hub.repositories["ext-test/two"].body["sha"] = "e" * 40
    run(["lock", str(new), "--refresh"])
    capsys.readouterr()
    assert run(["lock", "--check", "--refresh", str(old), str(new)]) == 1
    assert "the license text LICENSE changed" in capsys.readouterr().out


def weakened(shop: Path, monkeypatch: pytest.MonkeyPatch, facts: str) -> None:
    """From here on nothing answers but facts of the project's own catalog."""
    monkeypatch.setenv("LADING_CACHE", str(shop.parent / "empty"))
    catalog = shop / "facts" / "catalog"
    catalog.mkdir(parents=True)
    (shop / "lading.yaml").write_text("version: 1\nknowledge: [./facts]\n")
    (catalog / "rows.yaml").write_text(
        "kind: hf-model\nconfidence: verified\nas_of: '2026-11-01'\nsource: us\n"
        f"records:\n  {facts}: {{license: mit, root: 'yes'}}\n"
    )


def test_offline_what_was_locked_from_the_hub_stays_and_is_named(
    hub: LocalHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = project(tmp_path / "shop", "ext-test/one", "ext-test/two")
    run(["lock", str(shop), "--date", "2026-11-22"])
    before = (shop / "lading.lock").read_text()
    weakened(shop, monkeypatch, "ext-test/one")
    capsys.readouterr()
    assert run(["lock", "--offline", str(shop), "--date", "2026-11-23"]) == 0
    assert capsys.readouterr().out == (
        f"{shop}/lading.lock: 2 references locked\n"
        "  kept: hf-model:ext-test/one: locked as of 2026-11-22; only the catalog could be asked\n"
        "  kept: hf-model:ext-test/two: locked as of 2026-11-22; nothing could be asked that knows it\n"
    )
    assert (shop / "lading.lock").read_text() == before
    assert run(["lock", "--check", "--offline", str(shop)]) == 0
    assert capsys.readouterr().out == (
        f"{shop}/lading.lock: 2 references, nothing known to have changed\n"
        "  not compared: hf-model:ext-test/one: locked as of 2026-11-22; only the catalog could be asked\n"
        "  not compared: hf-model:ext-test/two: locked as of 2026-11-22; "
        "nothing could be asked that knows it\n"
    )
    assert run(["lock", "--check", "--offline", "-f", "json", str(shop)]) == 0
    said = json.loads(capsys.readouterr().out)
    assert mistakes("lading.lock-check/1", said) == []
    assert said["locks"][0]["kept"] == [
        {"key": "hf-model:ext-test/one", "reason": "only the catalog could be asked"},
        {"key": "hf-model:ext-test/two", "reason": "nothing could be asked that knows it"},
    ]


def test_offline_a_commit_locked_from_the_catalog_is_not_unlearned(
    hub: LocalHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = project(tmp_path / "shop", "ext-test/one")
    run(["lock", str(shop), "--date", "2026-11-22"])
    lock = shop / "lading.lock"
    lock.write_text(lock.read_text().replace("answered_by: hub", "answered_by: catalog"))
    before = lock.read_text()
    weakened(shop, monkeypatch, "ext-test/one")
    assert run(["lock", "--offline", str(shop)]) == 0
    assert lock.read_text() == before


def test_offline_another_revision_of_the_project_is_locked_anew(
    hub: LocalHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = project(tmp_path / "shop", "ext-test/one")
    run(["lock", str(shop), "--date", "2026-11-22"])
    locked = (shop / "lading.lock").read_text()
    weakened(shop, monkeypatch, "ext-test/one")
    code = 'from transformers import AutoModel\nAutoModel.from_pretrained("ext-test/one", revision="{}")\n'
    (shop / "app.py").write_text(code.format(f"{1:040x}"))
    assert run(["lock", "--offline", str(shop)]) == 0
    pinned = (shop / "lading.lock").read_text()
    assert pinned == locked.replace(
        "  hf-model:ext-test/one:\n", f'  hf-model:ext-test/one@{1:040x}:\n    revision: "{1:040x}"\n'
    )
    (shop / "app.py").write_text(code.format("e" * 40))
    assert run(["lock", "--offline", str(shop)]) == 0
    other = (shop / "lading.lock").read_text()
    assert f"{1:040x}" not in other
    assert "answered_by: catalog" in other


def test_offline_an_older_answer_that_is_remembered_replaces_nothing(
    hub: LocalHub, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = project(tmp_path / "shop", "ext-test/two")
    run(["lock", str(shop), "--date", "2026-11-01"])
    mine = (tmp_path / "cache").as_posix()
    monkeypatch.setenv("LADING_CACHE", str(tmp_path / "theirs"))
    hub.repositories["ext-test/two"].body["sha"] = "e" * 40
    run(["lock", str(shop), "--date", "2026-11-20"])
    before = (shop / "lading.lock").read_text()
    monkeypatch.setenv("LADING_CACHE", mine)
    capsys.readouterr()
    assert run(["lock", "--offline", str(shop), "--date", "2026-11-22"]) == 0
    assert (shop / "lading.lock").read_text() == before
    assert "locked as of 2026-11-20; what could be asked is older: of 2026-11-01" in capsys.readouterr().out


def test_on_a_terminal_each_entry_is_wrapped_at_its_width(
    hub: LocalHub, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    project(tmp_path / "shop", "ext-test/one")
    monkeypatch.chdir(tmp_path)
    run(["lock", "shop"])
    hub.repositories["ext-test/one"].body["sha"] = "e" * 40
    capsys.readouterr()
    monkeypatch.setenv("COLUMNS", "60")
    assert run(["lock", "--check", "--refresh", "shop"]) == 1
    assert capsys.readouterr().out == (
        "shop/lading.lock:6: hf-model:ext-test/one: commit moved\n"
        "  from 000000000000 to eeeeeeeeeeee\n"
        "1 change; look at each, then: lading lock shop\n"
    )
