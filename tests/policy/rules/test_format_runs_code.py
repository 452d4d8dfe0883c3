from __future__ import annotations

from scanner.records.asset import Asset, ModelFile
from scanner.records.finding import Judgement
from scanner.records.sighting import CodeLoad, IgnoreComment, Kind, Location, Scope
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


def call(
    runs: bool | Unknown = True, name: str = "torch.load", form: str = "torch", **more: Scope
) -> CodeLoad:
    place = Location("app.py", 7, 5, 7, 30)
    return CodeLoad(name, form, runs, "weights_only=True", more.get("scope", Scope.SHIPPED), place)


def test_a_call_that_runs_code_is_found_at_its_line() -> None:
    finding = only(judge("{}", loads=(call(),)), RULE)
    assert (finding.level.value, finding.file, finding.line) == ("warning", "app.py", 7)
    assert finding.message == "torch.load can run code that the file holds"
    assert finding.remedy.startswith("write weights_only=True")


def test_a_call_that_reads_any_object_is_a_question() -> None:
    made = call(name="pickle.load", form="pickle")
    assert only(judge("{}", loads=(made,)), RULE).level.value == "question"
    assert said(judge(f"{RULE}: {{pickles: off}}", loads=(made,)), RULE) == []


def test_a_call_nobody_knows_the_answer_of_says_both() -> None:
    finding = only(judge("{}", loads=(call(Unknown("before 2.6 it does")),)), RULE)
    assert (finding.level.value, finding.missing) == ("question", "weights_only=True")
    assert finding.message == "torch.load is not known not to run code: before 2.6 it does"
    assert said(judge(f"{RULE}: {{unknown: off}}", loads=(call(Unknown("x")),)), RULE) == []


def test_a_call_in_a_test_is_judged_where_tests_are() -> None:
    assert said(judge("{}", loads=(call(scope=Scope.TEST),)), RULE) == []
    wide = f"version: 1\ninclude: [test]\nrules: {{{RULE}: error}}\n"
    assert len(said(judge(wide, loads=(call(scope=Scope.TEST),)), RULE)) == 1


def test_an_ignore_at_its_line_and_a_path_silence_a_call() -> None:
    comment = IgnoreComment("app.py", 7, (RULE,), "our own file")
    assert said(judge("{}", loads=(call(),), ignores=(comment,)), RULE) == []
    assert said(judge(f"{RULE}: {{paths: [other]}}", loads=(call(),)), RULE) == []
