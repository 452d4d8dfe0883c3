"""License texts in the NOTICE: from the model's own repository, at the locked commit."""

from __future__ import annotations

from pathlib import Path

import pytest

from scanner.cli.main import run
from tests.local_hub import LocalHub

NAME = "ext-test/tiny"
OLD = "The words of the license of tiny.\x1b[31m\r\nAll of them.\n"
POLICY = "version: 1\nuse: {commercial: true, distribution: [embedded]}\n"


@pytest.fixture
def hub(local_hub: LocalHub) -> LocalHub:
    local_hub.add(NAME, "mit", files={"LICENSE": OLD})
    return local_hub


@pytest.fixture
def shop(hub: LocalHub, tmp_path: Path) -> Path:
    """A project that ships the model, locked; main has another license text by now."""
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "app.py").write_text(
        f'from transformers import AutoModel\nAutoModel.from_pretrained("{NAME}")\n', "utf-8"
    )
    (folder / "lading.yaml").write_text(POLICY, "utf-8")
    assert run(["lock", str(folder), "--date", "2026-11-22"]) == 0
    made = hub.repositories[NAME]
    old = str(made.body["sha"])
    made.past[old], made.revisions[old] = dict(made.files), old
    made.body["sha"], made.files["LICENSE"] = "e" * 40, b"Other words.\n"
    return folder


def notice_of(shop: Path, *words: str) -> str:
    file = shop.parent / "NOTICE"
    assert run(["scan", str(shop), "-q", "-f", f"notice={file}", "--date", "2026-11-22", *words]) == 0
    return file.read_text("utf-8")


def notice(shop: Path, *words: str) -> str:
    """What stands below the heading of the texts."""
    return notice_of(shop, *words).split("License texts\n=============\n\n")[1]


def test_the_text_of_the_locked_commit_stands_in_the_notice(hub: LocalHub, shop: Path) -> None:
    commit = next(iter(hub.repositories[NAME].past))
    assert notice(shop) == (
        f"{NAME}: LICENSE at {commit}\n\nThe words of the license of tiny.[31m\nAll of them.\n"
    )


def test_a_copy_that_stands_below_is_not_told_as_missing_above(local_hub: LocalHub, tmp_path: Path) -> None:
    text = (Path(__file__).resolve().parents[2] / "LICENSES" / "Apache-2.0.txt").read_text("utf-8")
    local_hub.add(NAME, "apache-2.0", files={"LICENSE": text})
    shop, line = tmp_path / "shop", f"- {NAME}: hand over a copy of the license"
    shop.mkdir()
    (shop / "app.py").write_text(
        f'import transformers as t\nt.AutoModel.from_pretrained("{NAME}")\n', "utf-8"
    )
    (shop / "lading.yaml").write_text(POLICY, "utf-8")
    assert run(["lock", str(shop), "--date", "2026-11-22"]) == 0
    assert line in notice_of(shop, "--offline")
    told = notice_of(shop)
    assert line not in told
    assert "Apache License" in told.split("License texts\n=============\n\n")[1]


def test_offline_the_notice_says_which_text_is_missing(shop: Path, hub: LocalHub) -> None:
    asked = len(hub.requests)
    assert notice(shop, "--offline") == (
        "License texts missing here (add them, then remove this block):\n"
        f"- {NAME}: its text is not in the cache on this machine; lading scan -f notice=FILE fetches it\n"
    )
    assert len(hub.requests) == asked


def test_offline_a_text_that_was_fetched_before_is_read_from_the_cache(shop: Path) -> None:
    assert run(["fetch", str(shop), "--exclude", "*.safetensors"]) == 0
    assert "The words of the license of tiny." in notice(shop, "--offline")


def test_a_repository_without_a_text_is_named(hub: LocalHub, shop: Path) -> None:
    commit = next(iter(hub.repositories[NAME].past))
    del hub.repositories[NAME].past[commit]["LICENSE"]
    hub.repositories[NAME].body["siblings"] = [{"rfilename": "README.md"}]
    assert notice(shop).splitlines()[1:] == [
        f"- {NAME}: its repository holds no license text at {commit[:12]}"
    ]


def test_a_stored_report_becomes_a_notice_without_the_network(hub: LocalHub, shop: Path) -> None:
    stored, file = shop.parent / "report.json", shop.parent / "NOTICE"
    assert run(["scan", str(shop), "-q", "-f", f"json={stored}", "--date", "2026-11-22"]) == 0
    asked = len(hub.requests)
    assert run(["report", str(stored), "-f", f"notice={file}"]) == 0
    assert "lading scan -f notice=FILE fetches it" in file.read_text("utf-8")
    assert len(hub.requests) == asked


def test_each_of_several_stored_reports_has_its_texts_in_its_notice(
    shop: Path, hub: LocalHub, tmp_path: Path
) -> None:
    stored, other = tmp_path / "report.json", tmp_path / "other.json"
    assert run(["scan", str(shop), "-q", "-f", f"json={stored}", "--date", "2026-11-22"]) == 0
    other.write_text(stored.read_text("utf-8").replace('"name": "shop"', '"name": "stall"'), "utf-8")
    asked = len(hub.requests)
    assert run(["report", str(stored), str(other), "-f", f"notice={tmp_path}/{{project}}.txt"]) == 0
    assert run(["report", str(stored), "-f", f"notice={tmp_path}/alone.txt"]) == 0
    assert "lading scan -f notice=FILE fetches it" in (tmp_path / "stall.txt").read_text("utf-8")
    assert (tmp_path / "shop.txt").read_text("utf-8") == (tmp_path / "alone.txt").read_text("utf-8")
    assert len(hub.requests) == asked
