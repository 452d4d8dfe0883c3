from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from scanner.records.asset import Asset, Resolution
from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown
from tests.resolution.conftest import Bench, see


def only(resolution: Resolution) -> Asset:
    (asset,) = resolution.assets
    return asset


def offline(bench: Bench, name: str, header: tuple[tuple[str, str], ...] | None = None) -> Asset:
    sighting = replace(see(name, Kind.LOCAL_WEIGHTS), header=header)
    return only(bench.resolve(sighting, settings=bench.settings(is_offline=True)))


def folder(bench: Bench, files: dict[str, str]) -> Path:
    top = bench.folder / "models" / "chat"
    top.mkdir(parents=True)
    for name, text in files.items():
        (top / name).write_text(text)
    return top


def test_the_header_of_a_gguf_file_names_license_and_base(bench: Bench) -> None:
    (bench.folder / "chat.gguf").write_bytes(b"GGUF")
    header = (
        ("format", "gguf"),
        ("general.license", "apache-2.0"),
        ("general.base_model.0.repo_url", "https://huggingface.co/Qwen/Qwen3-8B"),
    )
    asset = offline(bench, "chat.gguf", header)
    assert (asset.id, asset.answered_by) == ("local-weights:chat.gguf@*", "local")
    assert (asset.license.key, asset.license.declared, asset.library) == (
        "apache-2.0",
        ("apache-2.0",),
        "gguf",
    )
    assert isinstance(asset.lineage, tuple)
    base = asset.lineage[0]
    assert (base.name, base.relation, base.license_key) == (
        "Qwen/Qwen3-8B",
        "quantized",
        "apache-2.0",
    )
    assert asset.publisher == Unknown("a name of the kind local-weights does not say who published it")


def test_a_model_folder_speaks_through_its_card_and_configuration(bench: Bench) -> None:
    folder(
        bench,
        {
            "model.safetensors": "x",
            "config.json": '{"_name_or_path": "Qwen/Qwen3-8B"}',
            "README.md": "---\nlicense: mit\n---\n",
        },
    )
    asset = offline(bench, "models/chat/model.safetensors", (("format", "safetensors"),))
    assert asset.license.key == "mit"
    assert isinstance(asset.lineage, tuple)
    assert (asset.lineage[0].name, asset.lineage[0].confidence.value) == ("Qwen/Qwen3-8B", "unverified")
    assert isinstance(asset.files, tuple)
    assert [file.path for file in asset.files] == ["README.md", "config.json", "model.safetensors"]


def test_an_adapter_and_a_merge_name_what_they_were_made_from(bench: Bench) -> None:
    top = folder(bench, {"adapter_config.json": '{"base_model_name_or_path": "gpt2"}'})
    lineage = offline(bench, "models/chat").lineage
    assert isinstance(lineage, tuple)
    assert [(base.name, base.relation) for base in lineage] == [("openai-community/gpt2", "adapter")]
    (top / "adapter_config.json").unlink()
    (top / "mergekit_config.yml").write_text(
        "slices:\n- sources:\n  - model: ext-a/one+ext-a/lora\n  - model: {path: ext-b/two}\n"
        "models:\n- model: ext-c/three\nbase_model: ext-a/one\n"
    )
    lineage = offline(bench, "models/chat").lineage
    assert isinstance(lineage, tuple)
    assert [(base.name, base.relation) for base in lineage] == [
        ("ext-c/three", "merge"),
        ("ext-a/one", "merge"),
        ("ext-b/two", "merge"),
    ]


def test_a_readme_beside_a_lone_weight_file_is_the_projects_own(bench: Bench) -> None:
    (bench.folder / "README.md").write_text("---\nlicense: mit\n---\n")
    (bench.folder / "LICENSE").write_text("our own")
    (bench.folder / "chat.bin").write_bytes(b"x")
    asset = offline(bench, "chat.bin", (("format", "pickle"),))
    assert asset.license.key == Unknown("the repository declares no license")
    assert asset.lineage == Unknown("neither the file nor what stands beside it names a base")


def test_nothing_outside_the_project_is_looked_at(bench: Bench, tmp_path: Path) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    outside.mkdir()
    (outside / "config.json").write_text("{}")
    (outside / "README.md").write_text("---\nlicense: mit\n---\n")
    (bench.folder / "link").symlink_to(outside)
    for name in ("link", f"../{outside.name}", str(outside), "link/config.json"):
        assert isinstance(offline(bench, name).answered_by, Unknown)


def test_hostile_descriptions_say_nothing(bench: Bench) -> None:
    top = folder(
        bench, {"config.json": "[" * 100_000, "adapter_config.json": '{"base_model_name_or_path": 3}'}
    )
    (top / "mergekit_config.yml").write_text("models: &a [*a, {model: [1]}, 3]\nslices: 4\n")
    asset = offline(bench, "models/chat")
    assert asset.lineage == Unknown("neither the file nor what stands beside it names a base")


def facts(asset: Asset) -> dict[str, object]:
    return {each.fact: each.value for each in asset.license.evidence}


def test_a_part_of_a_diffusers_folder_has_the_card_and_bases_of_the_whole(bench: Bench) -> None:
    top = folder(
        bench,
        {
            "model_index.json": '{"_class_name": "StableDiffusionPipeline"}',
            "README.md": "---\nlicense: mit\nbase_model: Qwen/Qwen3-8B\n---\n",
        },
    )
    (top / "unet").mkdir()
    (top / "unet" / "config.json").write_text("{}")
    (top / "unet" / "model.safetensors").write_text("x")
    asset = offline(bench, "models/chat/unet/model.safetensors")
    assert (asset.license.key, facts(asset)["config.class_name"]) == ("mit", "StableDiffusionPipeline")
    assert isinstance(asset.lineage, tuple)
    assert asset.lineage[0].name == "Qwen/Qwen3-8B"


def test_a_module_of_sentence_transformers_belongs_to_the_folder_above(bench: Bench) -> None:
    top = folder(bench, {"modules.json": "[]", "config.json": "{}", "README.md": "---\nlicense: mit\n---\n"})
    (top / "2_Dense").mkdir()
    (top / "2_Dense" / "model.safetensors").write_text("x")
    assert offline(bench, "models/chat/2_Dense/model.safetensors").license.key == "mit"


def test_the_configuration_says_what_a_model_is_and_whether_it_brings_code_once(bench: Bench) -> None:
    config = (
        '{"model_type": "qwen2", "architectures": ["Qwen2ForCausalLM"], "auto_map": {"AutoModel": "m.Model"}}'
    )
    folder(bench, {"a.safetensors": "x", "b.safetensors": "x", "config.json": config})
    names = [f"models/chat/{name}.safetensors" for name in "ab"]
    sightings = [replace(see(name, Kind.LOCAL_WEIGHTS), header=(("format", "pt"),)) for name in names]
    found = bench.resolve(*sightings, settings=bench.settings(is_offline=True))
    first, second = (facts(asset) for asset in found.assets)
    assert first["config.model_type"] == second["config.model_type"] == "qwen2"
    assert first["config.architectures"] == "Qwen2ForCausalLM"
    assert (first.get("custom_code"), second.get("custom_code")) == (True, None)


def test_code_of_another_repository_is_not_the_folders_own(bench: Bench) -> None:
    folder(bench, {"a.safetensors": "x", "config.json": '{"auto_map": {"AutoModel": "o/r--m.Model"}}'})
    assert "custom_code" not in facts(offline(bench, "models/chat/a.safetensors"))


def test_a_snapshot_of_a_cache_is_read_through_its_links_and_no_other_link(bench: Bench) -> None:
    entry = bench.folder / "hub" / "models--acme--tiny"
    snapshot = entry / "snapshots" / ("0" * 39 + "1")
    snapshot.mkdir(parents=True)
    (entry / "blobs").mkdir()
    for name, text in (
        ("a.safetensors", "x"),
        ("config.json", "{}"),
        ("README.md", "---\nlicense: mit\n---\n"),
    ):
        (entry / "blobs" / name[:3]).write_text(text)
        (snapshot / name).symlink_to(entry / "blobs" / name[:3])
    name = f"hub/models--acme--tiny/snapshots/{'0' * 39}1/a.safetensors"
    assert offline(bench, name).license.key == "mit"
    other = bench.folder.parent / "other.md"
    other.write_text("---\nlicense: apache-2.0\n---\n")
    (snapshot / "README.md").unlink()
    (snapshot / "README.md").symlink_to(other)
    assert isinstance(offline(bench, name).license.key, Unknown)


def test_the_license_beside_weights_at_the_root_is_theirs_where_there_is_no_program(bench: Bench) -> None:
    (bench.folder / "config.json").write_text("{}")
    (bench.folder / "a.safetensors").write_text("x")
    (bench.folder / "LICENSE").write_text("do as you like")
    assert offline(bench, "a.safetensors").license.key == Unknown("the text in LICENSE is no license text")
    (bench.folder / "pyproject.toml").write_text("[project]\n")
    assert offline(bench, "a.safetensors").license.key == Unknown("the repository declares no license")
