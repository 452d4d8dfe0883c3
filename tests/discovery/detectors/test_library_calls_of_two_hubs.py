"""Calls whose name is of one hub or another, with a revision for each thing they name."""

from pathlib import Path

from tests.discovery.reading import lines


def read(tmp_path: Path, text: str) -> list[str]:
    return lines(tmp_path, "from funasr import AutoModel\n" + text)


def test_a_name_is_of_the_librarys_own_hub_where_nothing_is_said(tmp_path: Path) -> None:
    assert read(tmp_path, "AutoModel(model='lab1/net2')") == [
        "modelscope lab1/net2 2 literal remote-code=False"
    ]
    assert read(tmp_path, "AutoModel(model='fsmn-vad')") == [
        "modelscope iic/speech_fsmn_vad_zh-cn-16k-common-pytorch 2 literal remote-code=False"
    ]


def test_another_argument_says_that_it_is_of_another_hub(tmp_path: Path) -> None:
    for hub in ("hf", "HuggingFace"):
        assert read(tmp_path, f"AutoModel(model='lab1/net2', vad_model='fsmn-vad', hub={hub!r})") == [
            "hf-model lab1/net2 2 literal remote-code=False",
            "hf-model funasr/fsmn-vad 2 literal remote-code=False",
        ]


def test_a_hub_decided_at_run_time_leaves_the_librarys_own(tmp_path: Path) -> None:
    assert read(tmp_path, "AutoModel(model='lab1/net2', hub=choose())") == [
        "modelscope lab1/net2 2 literal remote-code=False"
    ]


def test_each_thing_has_a_revision_of_its_own(tmp_path: Path) -> None:
    revised = "model='lab1/net2', model_revision='v2', vad_model='lab1/ear', vad_model_revision='v3'"
    assert read(tmp_path, f"AutoModel({revised}, spk_model='lab1/voice')") == [
        "modelscope lab1/net2 2 literal @v2 remote-code=False",
        "modelscope lab1/ear 2 literal @v3 remote-code=False",
        "modelscope lab1/voice 2 literal remote-code=False",
    ]
