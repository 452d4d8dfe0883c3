from __future__ import annotations

from scanner.knowledge.store import open_knowledge
from scanner.records.asset import Ancestor, Party
from scanner.records.fact import Confidence
from scanner.records.quick import replace
from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown
from scanner.resolution.publisher_of import developer_of, named_in_quantization

NOTHING = Unknown("nothing is said")


def party(name: str, role: str = "developer") -> Party:
    return Party(name, f"{name} Ltd", "none", "XA", "none", "company", role, (), Confidence.VERIFIED)


def base(name: str) -> Ancestor:
    return Ancestor(
        name, "x/y", Kind.HF_MODEL, "finetune", 1, "mit", "mit", "x", "XA", "2026-11", Confidence.VERIFIED
    )


def test_a_root_was_developed_by_its_publisher() -> None:
    assert developer_of(party("a"), (), ()) == party("a")


def test_a_derived_model_was_developed_by_the_publisher_of_its_root() -> None:
    tops = (("r/root", party("r"), True),)
    assert developer_of(party("quantizer", "requantizer"), (base("r/root"),), tops) == party("r")


def test_a_top_that_is_not_known_to_be_a_root_is_only_the_furthest_one_known() -> None:
    developer = developer_of(party("a"), (base("r/top"),), (("r/top", party("r"), False),))
    assert isinstance(developer, Party)
    assert (developer.name, developer.confidence) == ("r", Confidence.UNVERIFIED)
    assert developer.source == "publisher of r/top, the furthest base that is named"


def test_a_merge_of_several_developers_has_no_single_one() -> None:
    tops = (("b/x", party("b"), True), ("a/x", party("a"), True))
    assert developer_of(party("m"), (base("a/x"), base("b/x")), tops) == Unknown(
        "made from models of several developers: a Ltd, b Ltd"
    )


def test_a_merge_of_models_of_one_developer_has_that_one() -> None:
    tops = (("a/x", party("a"), True), ("a/y", party("a"), True))
    assert developer_of(party("m"), (base("a/x"), base("a/y")), tops) == party("a")


def test_who_passes_on_without_saying_whose_leaves_the_developer_unknown() -> None:
    assert developer_of(party("q", "requantizer"), NOTHING, ()) == Unknown(
        "q Ltd passes on models of others, and no base is named"
    )


def test_no_named_base_makes_the_publisher_a_guess() -> None:
    developer = developer_of(party("a"), NOTHING, ())
    assert isinstance(developer, Party)
    assert developer.confidence is Confidence.UNVERIFIED


def test_nothing_known_is_unknown() -> None:
    assert developer_of(Unknown("?"), NOTHING, ()) == Unknown(
        "neither the lineage nor the publisher is known"
    )
    assert developer_of(party("a"), (base("b/x"),), ()) == Unknown("the lineage leads in a circle")


def of_quantization(
    name: str, role: str = "developer", lineage: tuple[Ancestor, ...] | Unknown | None = None
) -> str | Unknown | None:
    lineage = Unknown("no base is named") if lineage is None else lineage
    offered = replace(party("NVIDIA", role), entity="NVIDIA Corporation")
    found = named_in_quantization(open_knowledge(), name, offered, lineage)
    assert found is None or found.confidence is Confidence.UNVERIFIED
    return found and found.name


def test_a_quantization_without_a_named_base_is_of_the_family_its_name_begins_with() -> None:
    assert of_quantization("nvidia/DeepSeek-V3.1-FP4") == "deepseek-ai"
    assert of_quantization("nvidia/Qwen3-235B-A22B-NVFP4") == "Qwen"


def test_the_name_of_a_quantization_says_nothing_else() -> None:
    assert of_quantization("nvidia/DeepSeek-V3.1") is None, "no quantization"
    assert of_quantization("nvidia/Llama-3.3-Nemotron-Super-49B-v1-FP8") is None, "a word of a maker"
    assert of_quantization("nvidia/DeepSeek-V3.1-FP4", role="requantizer") is None, "nothing is guessed"
    assert of_quantization("nvidia/DeepSeek-V3.1-FP4", lineage=()) is None, "a root"
