from __future__ import annotations

from scanner.records.asset import Asset, ModelFile
from scanner.records.finding import Judgement
from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown
from tests.policy.build import asset, judge, only, reference, said

RULE = "format-runs-code"
PICKLE = ModelFile("pytorch_model.bin", "pickle", 10, True)
SAFE = ModelFile("model.safetensors", "safetensors", 10, False)


def model(*files: ModelFile) -> Asset:
    return asset("acme/model", files=files)


def test_weights_of_numbers_only_pass() -> None:
    assert said(judge("{}", model(SAFE)), RULE) == []


def test_files_nobody_listed_are_not_judged() -> None:
    assert said(judge("{}", asset("acme/model", files=Unknown("catalog"))), RULE) == []


def test_a_format_nobody_knows_is_not_judged() -> None:
    odd = ModelFile("x.weird", "other", 1, Unknown("ending not known"))
    assert said(judge("{}", model(odd)), RULE) == []


def test_weights_that_come_as_a_pickle_only_are_found() -> None:
    finding = only(judge("{}", model(PICKLE)), RULE)
    assert finding.level.value == "warning"
    assert finding.message == (
        "acme/model comes as pytorch_model.bin (pickle), which can run code when it is loaded"
    )


def test_a_safe_sibling_is_the_remedy_where_the_policy_wants_to_hear_of_it() -> None:
    assert said(judge("{}", model(PICKLE, SAFE)), RULE) == []
    finding = only(judge(f"{RULE}: {{with_sibling: note}}", model(PICKLE, SAFE)), RULE)
    assert (finding.level.value, finding.remedy) == ("note", "load model.safetensors instead")


def test_many_files_are_counted() -> None:
    files = [ModelFile(f"part-{n}.bin", "pickle", 1, True) for n in range(5)]
    assert "part-0.bin, part-1.bin, part-2.bin and 2 more" in only(judge("{}", model(*files)), RULE).message


def test_an_exception_covers_it() -> None:
    held = (
        "version: 1\nexceptions:\n  - {rule: format-runs-code, reference: acme/model, owner: o, reason: r, "
        "granted: 2026-10-01, expires: 2027-01-01}\n"
    )
    assert only(judge(held, model(PICKLE)), RULE).exception is not None


def local(name: str, *files: ModelFile, **header: str) -> Judgement:
    made = asset(name, kind=Kind.LOCAL_WEIGHTS, files=files)
    return judge("{}", made, reference(made, name, header=tuple(header.items())))


def test_of_weights_in_the_project_each_file_speaks_for_itself() -> None:
    other = ModelFile("b.bin", "pickle", 1, True)
    assert (
        "comes as pytorch_model.bin (pickle)"
        in only(local("x/pytorch_model.bin", PICKLE, other), RULE).message
    )
    assert said(local("x/model.safetensors", SAFE, PICKLE), RULE) == []


def test_a_keras_file_of_the_project_counts_only_with_a_lambda_layer() -> None:
    keras = ModelFile("m.h5", "h5", 1, True)
    assert said(local("x/m.h5", keras, format="keras-h5"), RULE) == []
    assert len(said(local("x/m.h5", keras, format="keras-h5", runs_code="Lambda layer"), RULE)) == 1
    assert len(said(local("x/m.h5", keras, format="keras-h5", stored="git-lfs"), RULE)) == 1


def test_source_files_are_left_to_remote_code() -> None:
    assert said(judge("{}", model(ModelFile("modeling.py", "code", 1, True))), RULE) == []
