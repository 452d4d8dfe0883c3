from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scanner.errors import SourceUnavailable
from scanner.records.asset import Asset, Resolution
from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown
from scanner.resolution import hub_asker
from scanner.resolution.source import Question
from scanner.resolution.sources import hub as hub_source
from tests.local_hub import TOKEN, LocalHub, make_certificate, serve
from tests.resolution.conftest import Bench, see


def only(resolution: Resolution) -> Asset:
    (asset,) = resolution.assets
    return asset


def test_one_request_tells_license_lineage_identity_and_files(bench: Bench, hub: LocalHub) -> None:
    hub.add("ext-test/tuned", "mit", "ext-test/base")
    hub.add("ext-test/base", "apache-2.0")
    asset = only(bench.resolve("ext-test/tuned"))
    assert asset.id == f"hf-model:ext-test/tuned@{1:040x}"
    assert asset.repository_id == f"{1:024x}"
    assert (asset.answered_by, asset.as_of, asset.availability) == ("hub", "2026-11-22", "public")
    assert (asset.license.key, asset.license.declared) == ("mit", ("mit",))
    assert isinstance(asset.lineage, tuple)
    assert [(base.name, base.relation, base.license_key) for base in asset.lineage] == [
        ("ext-test/base", "finetune", "apache-2.0")
    ]
    assert isinstance(asset.files, tuple)
    assert [(file.path, file.format, file.runs_code) for file in asset.files] == [
        ("README.md", "text", False),
        ("model.safetensors", "safetensors", False),
    ]
    assert hub.counted() == {"/api/models/ext-test/tuned": 1, "/api/models/ext-test/base": 1}


def test_as_many_requests_as_repositories_and_none_the_second_time(bench: Bench, hub: LocalHub) -> None:
    hub.add("ext-test/root", "apache-2.0")
    hub.add("ext-test/middle", "apache-2.0", "ext-test/root")
    leaves = [f"ext-test/leaf-{n}" for n in range(5)]
    for leaf in leaves:
        hub.add(leaf, "apache-2.0", "ext-test/middle")
    first = bench.resolve(*leaves)
    assert len(hub.requests) == 7
    second = bench.resolve(*leaves)
    assert len(hub.requests) == 7
    assert first == second


def test_refresh_asks_again(bench: Bench, hub: LocalHub) -> None:
    hub.add("ext-test/one", "mit")
    bench.resolve("ext-test/one")
    hub.add("ext-test/one", "apache-2.0")
    assert only(bench.resolve("ext-test/one")).license.key == "mit"
    asset = only(bench.resolve("ext-test/one", settings=bench.settings(refresh=True)))
    assert asset.license.key == "apache-2.0"


def test_offline_an_answer_kept_from_before_still_counts(bench: Bench, hub: LocalHub) -> None:
    hub.add("ext-test/one", "mit")
    bench.resolve("ext-test/one")
    asset = only(bench.resolve("ext-test/one", settings=bench.settings(is_offline=True)))
    assert (asset.answered_by, asset.license.key) == ("hub", "mit")
    assert len(hub.requests) == 1


def test_a_renamed_repository_keeps_its_identity_and_says_its_former_name(
    bench: Bench, hub: LocalHub
) -> None:
    hub.add("new-org/model", "mit")
    hub.moved["old-org/model"] = "new-org/model"
    asset = only(bench.resolve("old-org/model"))
    assert (asset.name, asset.renamed_from) == ("new-org/model", "old-org/model")
    assert asset.repository_id == f"{1:024x}"
    notes = [evidence.quote for evidence in asset.license.evidence if evidence.fact == "renamed_from"]
    assert notes == ["asked for old-org/model, answered as new-org/model, created 2025-01-02"]


def test_a_legacy_name_is_followed_like_the_recorded_answer_shows(bench: Bench, hub: LocalHub) -> None:
    hub.add_recorded("cassette__google-bert__bert-base-uncased.json")
    hub.moved["bert-base-uncased"] = "google-bert/bert-base-uncased"
    asset = only(bench.resolve("bert-base-uncased"))
    assert (asset.name, asset.commit) == (
        "google-bert/bert-base-uncased",
        "86b5e0934494bd15c9632b12f734a8a67f723594",
    )
    assert asset.repository_id == "621ffdc036468d709f174338"
    assert (asset.license.key, asset.modality, asset.library) == ("apache-2.0", "fill-mask", "transformers")


def test_letter_case_is_a_rename_and_no_second_asset(bench: Bench, hub: LocalHub) -> None:
    hub.add("Ext-Test/Model", "mit")
    hub.moved["ext-test/model"] = "Ext-Test/Model"
    asset = only(bench.resolve("ext-test/model", see("Ext-Test/Model", line=2)))
    assert (asset.name, asset.renamed_from) == ("Ext-Test/Model", "ext-test/model")


def test_a_dataset_is_asked_for_among_the_datasets(bench: Bench, hub: LocalHub) -> None:
    hub.add_recorded("dataset__sgoel9__paul_graham_essays.json")
    asset = only(bench.resolve(see("sgoel9/paul_graham_essays", Kind.HF_DATASET)))
    assert asset.id.startswith("hf-dataset:sgoel9/paul_graham_essays@")
    assert asset.license.declared == ("mit",)
    assert asset.lineage == Unknown("a dataset names no base")
    assert hub.counted() == {"/api/datasets/sgoel9/paul_graham_essays": 1}


def test_a_merge_shows_every_parent(bench: Bench, hub: LocalHub) -> None:
    for parent in ("ext-a/one", "ext-b/two", "ext-c/three"):
        hub.add(parent, "mit")
    hub.add("ext-test/merged", "apache-2.0", ["ext-a/one", "ext-b/two", "ext-c/three"])
    lineage = only(bench.resolve("ext-test/merged")).lineage
    assert isinstance(lineage, tuple)
    assert [(base.name, base.relation) for base in lineage] == [
        ("ext-a/one", "merge"),
        ("ext-b/two", "merge"),
        ("ext-c/three", "merge"),
    ]


def test_a_loop_of_bases_ends(bench: Bench, hub: LocalHub) -> None:
    hub.add("ext-test/a", "mit", "ext-test/b")
    hub.add("ext-test/b", "mit", "ext-test/a")
    lineage = only(bench.resolve("ext-test/a")).lineage
    assert isinstance(lineage, tuple)
    assert [base.name for base in lineage] == ["ext-test/b"]


def test_a_model_that_names_itself_under_its_old_name_has_no_known_base(bench: Bench, hub: LocalHub) -> None:
    hub.add("new-org/model", "mit", "old-org/model")
    hub.moved["old-org/model"] = "new-org/model"
    assert only(bench.resolve("new-org/model")).lineage == Unknown(
        "the card names the model itself as its base"
    )


def test_bases_that_are_no_repositories_are_shown_as_written(bench: Bench, hub: LocalHub) -> None:
    hub.add(
        "ext-test/tuned",
        "mit",
        card={"base_model": ["./outputs/checkpoint-500", "https://huggingface.co/ext-test/base/tree/main"]},
    )
    hub.add("ext-test/base", "mit")
    lineage = only(bench.resolve("ext-test/tuned")).lineage
    assert isinstance(lineage, tuple)
    assert [base.name for base in lineage] == ["./outputs/checkpoint-500", "ext-test/base"]
    reason = "'./outputs/checkpoint-500' is no repository (a local path or another address)"
    assert lineage[0].license_key == Unknown(reason)


def test_a_base_that_is_gone_stays_in_the_lineage_with_the_reason(bench: Bench, hub: LocalHub) -> None:
    hub.add("ext-test/tuned", "mit", "ext-test/deleted")
    resolution = bench.resolve("ext-test/tuned")
    lineage = only(resolution).lineage
    assert isinstance(lineage, tuple)
    reason = Unknown("ext-test/deleted is missing or private (no token was shown)")
    assert [(base.name, base.license_key) for base in lineage] == [("ext-test/deleted", reason)]
    assert resolution.unanswered == ()


def test_a_deep_lineage_is_cut_and_said_to_be(bench: Bench, hub: LocalHub) -> None:
    for n in range(20):
        hub.add(f"ext-test/m{n}", "mit", f"ext-test/m{n + 1}")
    resolution = bench.resolve("ext-test/m0")
    assert len(hub.requests) == 13
    lineage = only(resolution).lineage
    assert isinstance(lineage, tuple)
    assert len(lineage) == 12
    assert [unanswered.reason for unanswered in resolution.unanswered] == [
        "the lineage is longer than is followed; it is cut here"
    ]


def test_a_broad_lineage_is_cut_and_said_to_be(bench: Bench, hub: LocalHub) -> None:
    hub.add("ext-test/top", "mit", [f"ext-test/a{n}" for n in range(60)])
    for n in range(60):
        hub.add(f"ext-test/a{n}", "mit", [f"ext-test/b{n}-{m}" for m in range(60)])
    resolution = bench.resolve("ext-test/top")
    assert len(hub.requests) == 200
    assert [unanswered.reason for unanswered in resolution.unanswered] == [
        "the lineage is longer than is followed; it is cut here"
    ]


def test_a_revision_is_asked_for_and_its_commit_taken(bench: Bench, hub: LocalHub) -> None:
    hub.add("ext-test/one", "mit").revisions["v1/beta"] = "b" * 40
    asset = only(bench.resolve(see("ext-test/one", revision="v1/beta")))
    assert asset.commit == "b" * 40
    assert hub.requests[0][1].startswith("/api/models/ext-test/one/revision/v1%2Fbeta?")


def test_the_license_text_is_read_only_where_the_card_does_not_settle_it(bench: Bench, hub: LocalHub) -> None:
    hub.add("ext-test/said", "mit", files={"LICENSE": "whatever"})
    hub.add("ext-test/other", "other", files={"LICENSE": "All rights reserved by nobody in particular."})
    bench.resolve("ext-test/said", see("ext-test/other", line=2))
    assert hub.counted() == {
        "/api/models/ext-test/said": 1,
        "/api/models/ext-test/other": 1,
        f"/ext-test/other/resolve/{2:040x}/LICENSE": 1,
    }


def test_answers_of_odd_shape_do_not_break_the_run(bench: Bench, hub: LocalHub) -> None:
    hub.add(
        "ext-test/odd",
        sha=17,
        tags="license:mit",
        siblings=[None, {"rfilename": 3}, {"rfilename": "a.bin", "size": -1}],
        cardData=["not", "a", "card"],
        baseModels=[{"id": None}, 4, "ext-test/base"],
        gated="sometimes",
        pipeline_tag={"a": 1},
        _id=None,
    )
    hub.add("ext-test/base", "mit")
    asset = only(bench.resolve("ext-test/odd"))
    assert asset.commit == Unknown("the answer names no commit")
    assert asset.license.key == Unknown("the repository declares no license")
    assert asset.gated == Unknown("the answer does not say whether it is gated")
    assert isinstance(asset.lineage, tuple)
    assert [base.name for base in asset.lineage] == ["ext-test/base"]
    assert isinstance(asset.files, tuple)
    assert [file.path for file in asset.files] == ["a.bin"]


def test_a_mirror_without_expand_is_asked_plainly_once_and_remembered(bench: Bench, hub: LocalHub) -> None:
    for hub.expand_refusal in (400, 404):
        hub.requests.clear()
        hub.shape = "no-expand"
        hub.add("ext-test/tuned", "mit", "ext-test/base")
        hub.add("ext-test/base", "apache-2.0")
        asset = only(bench.resolve("ext-test/tuned", settings=bench.settings(refresh=True)))
        assert [path for _, path in hub.requests][1:] == [
            "/api/models/ext-test/tuned",
            "/api/models/ext-test/base",
        ]
        assert asset.license.key == "mit"
        assert isinstance(asset.lineage, tuple)
        assert [(base.name, base.license_key) for base in asset.lineage] == [("ext-test/base", "apache-2.0")]


def test_a_mirror_with_four_routes_gives_the_card_through_the_readme(bench: Bench, hub: LocalHub) -> None:
    hub.shape = "four-routes"
    hub.add("ext-test/tuned", "other", "ext-test/base", card={"license_name": "qwen-research"})
    hub.add("ext-test/base", "apache-2.0")
    asset = only(bench.resolve("ext-test/tuned"))
    assert asset.license.key == "qwen-research-2024-09-19"
    host = hub.address.removeprefix("http://")
    said = f"limited mirror: {host} does not give cardData, tags, gated, pipeline_tag"
    assert (asset.gated, asset.modality) == (Unknown(said), Unknown(said))
    assert [evidence.value for evidence in asset.license.evidence if evidence.fact == "limited mirror"] == [
        said
    ]
    assert isinstance(asset.lineage, tuple)
    assert [(base.name, base.license_key) for base in asset.lineage] == [("ext-test/base", "apache-2.0")]


def test_the_public_token_file_is_not_shown_to_another_endpoint(
    bench: Bench, hub: LocalHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "hf-home").mkdir()
    (tmp_path / "hf-home" / "token").write_text(TOKEN)
    hub.add("ext-test/one", "mit")
    bench.resolve("ext-test/one")
    assert hub.tokens == []


def test_a_token_of_the_environment_opens_a_private_repository(
    bench: Bench, hub: LocalHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.add("ext-test/secret", "mit", is_private=True)
    assert only(bench.resolve("ext-test/secret")).availability == "missing-or-private"
    monkeypatch.setenv("HF_TOKEN", f" {TOKEN}\n")
    asset = only(bench.resolve("ext-test/secret"))
    assert (asset.availability, asset.license.key) == ("private", "mit")
    assert hub.tokens == [(hub.requests[-1][1], f"Bearer {TOKEN}")]


def test_a_refused_token_is_dropped_so_that_public_repositories_still_answer(
    bench: Bench, hub: LocalHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.add("ext-test/one", "mit")
    hub.add("ext-test/two", "mit")
    hub.faults["ext-test/one"] = ["status:401::Invalid credentials in Authorization header", ""]
    monkeypatch.setenv("HF_TOKEN", TOKEN)
    resolution = bench.resolve("ext-test/one", settings=bench.settings(jobs=1))
    assert only(resolution).license.key == "mit"
    assert len(hub.requests) == 2
    assert len(hub.tokens) == 1


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
@pytest.mark.parametrize("name", ["ext-test/one", "ext-test/nothing"])
def test_a_redirect_to_another_host_carries_no_token_and_is_no_answer(
    bench: Bench, hub: LocalHub, monkeypatch: pytest.MonkeyPatch, host: str, name: str
) -> None:
    monkeypatch.setenv("HF_TOKEN", TOKEN)
    with serve(LocalHub()) as other:
        other.add(name, "mit")
        hub.elsewhere = other.address.replace("127.0.0.1", host)
        hub.faults["ext-test/one"] = ["elsewhere"]
        resolution = bench.resolve("ext-test/one")
        assert other.tokens == []
        assert len(other.requests) == 1
    (unanswered,) = resolution.unanswered
    assert f"sent the question for ext-test/one on to {host}:" in unanswered.reason


def test_of_a_repository_with_too_many_files_nothing_is_downloaded(
    bench: Bench, hub: LocalHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = hub.add("ext-test/one", "mit")
    held.files |= {"a.txt": b"a", "b.txt": b"b"}
    monkeypatch.setattr("scanner.resolution.snapshot.MAX_FILES", 1)
    question = Question(Kind.HF_MODEL, "ext-test/one", str(held.body["sha"]))
    with pytest.raises(SourceUnavailable, match="has more than 1 files"):
        hub_source.download(question, tmp_path / "cache")
    assert (hub.count(path="/tree/"), hub.count(path="/resolve/")) == (1, 0)


def test_requests_wait_when_the_window_is_used_up(bench: Bench, hub: LocalHub) -> None:
    hub.rate = (1, 40)
    for n in range(3):
        hub.add(f"ext-test/m{n}", "mit", f"ext-test/m{n + 1}")
    hub.add("ext-test/m3", "mit")
    resolution = bench.resolve("ext-test/m0", settings=bench.settings(jobs=1))
    assert resolution.unanswered == ()
    assert bench.clock.waits == [40.0, 40.0]


def test_a_self_made_certificate_is_trusted_where_the_environment_names_it(
    bench: Bench, hub: LocalHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from huggingface_hub.utils import close_session

    certificate = make_certificate(tmp_path)
    with serve(LocalHub(), certificate) as secure:
        secure.add("ext-test/one", "mit")
        monkeypatch.setenv("HF_ENDPOINT", secure.address)
        close_session()
        (unanswered,) = bench.resolve("ext-test/one").unanswered
        untrusted = (
            "could not be reached (its certificate is not trusted; SSL_CERT_FILE names those that are)"
        )
        assert untrusted in unanswered.reason
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
        close_session()
        assert only(bench.resolve("ext-test/one")).license.key == "mit"
        missing = only(bench.resolve("ext-test/two"))
        assert missing.availability == "missing-or-private"
    close_session()


@pytest.mark.parametrize("before", ["", "import huggingface_hub.constants\n"])
def test_no_hidden_request_is_made(bench: Bench, hub: LocalHub, before: str) -> None:
    hub.add("ext-test/one", "mit")
    script = before + (
        "from scanner.cli.main import run\n"
        "run(['show', 'ext-test/one', '--project', '.', '--date', '2026-11-22'])\n"
    )
    environment = {**os.environ, "LADING_CACHE": str(bench.folder / "cache")}
    for name in ("HF_HUB_DISABLE_TELEMETRY", "DO_NOT_TRACK"):
        environment.pop(name, None)
    subprocess.run(
        [sys.executable, "-c", script], check=True, env=environment, cwd=bench.folder, capture_output=True
    )
    assert hub.counted() == {"/api/models/ext-test/one": 1}
    assert not list(bench.folder.rglob(".agent_harnesses.json"))


def test_an_adapter_or_merge_whose_card_names_no_base_is_read_in_its_own_file(
    bench: Bench, hub: LocalHub
) -> None:
    hub.add("ext-test/base", "mit")
    adapter = '{"base_model_name_or_path": "ext-test/base"}'
    hub.add("ext-test/adapter", "mit", files={"adapter_config.json": adapter})
    merge = "models:\n- model: ext-test/base\n- model: ext-test/adapter\n"
    hub.add("ext-test/merge", "mit", files={"mergekit_config.yml": merge})
    resolution = bench.resolve("ext-test/adapter", see("ext-test/merge", line=2))
    lineages = [asset.lineage for asset in resolution.assets if isinstance(asset.lineage, tuple)]
    assert [[(base.name, base.relation) for base in lineage] for lineage in lineages] == [
        [("ext-test/base", "adapter")],
        [("ext-test/base", "merge"), ("ext-test/adapter", "merge")],
    ]
    assert len(hub.requests) == 5


def test_a_newer_version_and_code_in_the_repository_are_noted(bench: Bench, hub: LocalHub) -> None:
    hub.add("ext-test/one", "mit", card={"new_version": "ext-test/two"}, tags=["custom_code", "license:mit"])
    asset = only(bench.resolve("ext-test/one"))
    notes = {evidence.fact: evidence.value for evidence in asset.license.evidence}
    assert (notes["new_version"], notes["custom_code"]) == ("ext-test/two", True)


def test_many_questions_at_once_find_a_mirror_without_expand_out_once(
    bench: Bench, hub: LocalHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_asker, "HEAD_START_SECONDS", 30)
    hub.shape = "no-expand"
    names = [f"ext-test/m{n}" for n in range(12)]
    for name in names:
        hub.add(name, "mit")
    bench.resolve(*names)
    assert len(hub.requests) == 13


def test_credentials_in_the_endpoint_reach_no_cache(
    bench: Bench, hub: LocalHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.add("ext-test/one", "mit")
    monkeypatch.setenv("HF_ENDPOINT", hub.address.replace("http://", "http://someone:secret-word@"))
    asset = only(bench.resolve("ext-test/one"))
    assert asset.license.key == "mit"
    assert "secret-word" not in repr(asset)
    written = [file for file in bench.folder.rglob("*") if file.is_file()]
    assert written
    assert not any(b"secret-word" in file.read_bytes() for file in written)


def test_bases_that_only_prose_names_come_from_the_catalog_also_online(bench: Bench, hub: LocalHub) -> None:
    hub.add("deepseek-ai/DeepSeek-R1-Distill-Llama-8B", "mit")
    hub.add("meta-llama/Llama-3.1-8B", "llama3.1", gated="manual")
    asset = only(bench.resolve("deepseek-ai/DeepSeek-R1-Distill-Llama-8B"))
    assert (asset.answered_by, asset.license.key) == ("hub", "mit")
    assert isinstance(asset.lineage, tuple)
    assert [(base.name, base.license_key, base.source) for base in asset.lineage] == [
        ("meta-llama/Llama-3.1-8B", "llama-3.1", "catalog")
    ]
    assert len(hub.requests) == 2


def test_a_repository_that_took_over_an_old_name_shows_since_when_it_exists(
    bench: Bench, hub: LocalHub
) -> None:
    hub.moved["runwayml/stable-diffusion-v1-5"] = "stable-diffusion-v1-5/stable-diffusion-v1-5"
    hub.add(
        "stable-diffusion-v1-5/stable-diffusion-v1-5",
        "creativeml-openrail-m",
        createdAt="2024-08-30T09:48:48.000Z",
    )
    asset = only(bench.resolve("runwayml/stable-diffusion-v1-5"))
    assert asset.renamed_from == "runwayml/stable-diffusion-v1-5"
    notes = [evidence.quote for evidence in asset.license.evidence if evidence.fact == "renamed_from"]
    assert notes == [
        "asked for runwayml/stable-diffusion-v1-5, answered as stable-diffusion-v1-5/stable-diffusion-v1-5,"
        " created 2024-08-30"
    ]


def test_what_the_hub_settles_is_not_weakened_by_what_the_catalog_heard(bench: Bench, hub: LocalHub) -> None:
    hub.add("allenai/Llama-3.1-Tulu-3-8B", "llama3.1")
    hub.add("zai-org/CogVideoX1.5-5B", "other")
    settled, open_ = bench.resolve("allenai/Llama-3.1-Tulu-3-8B", "zai-org/CogVideoX1.5-5B").assets
    assert [
        (each.fact, each.source.split("@")[0], each.confidence.value) for each in settled.license.evidence
    ] == [("license.declared", "hub:allenai/Llama-3.1-Tulu-3-8B", "verified")]
    assert {each.source for each in open_.license.evidence} >= {"catalog"}


def test_what_the_hub_no_longer_has_keeps_the_license_the_catalog_saw(bench: Bench, hub: LocalHub) -> None:
    asset = only(bench.resolve("gpt2"))
    assert (asset.availability, asset.answered_by, asset.as_of) == ("missing-or-private", "hub", "2026-11-22")
    assert (asset.name, asset.license.key) == ("openai-community/gpt2", "mit")
    sources = {each.fact: (each.source.split(":")[0], each.as_of) for each in asset.license.evidence}
    assert sources["license.declared"][0] == "catalog"
    assert sources["license.declared"][1] != "2026-11-22"
    assert sources["availability"] == ("hub", "2026-11-22")
