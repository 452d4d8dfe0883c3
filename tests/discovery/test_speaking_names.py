"""The names in a Python text, and those of them that speak of a model."""

from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.discovery import config_keys
from scanner.discovery.speaking_names import PARTS, names_of, speaking_names


def test_the_names_of_a_text_are_its_words() -> None:
    assert names_of("a.b_1('c-d')  # é\ud800") == {"a", "b_1", "c", "d", "é"}


def test_names_that_speak_of_a_model_are_told_from_others() -> None:
    names = {"model", "LLM_MODEL", "embedder", "dataset", "model_output", "modelling", "x", "class_"}
    assert speaking_names(names) == {"model", "LLM_MODEL", "embedder", "dataset"}
    assert speaking_names(set()) == set()


def test_a_letter_that_lower_case_makes_two_hides_no_name() -> None:
    assert speaking_names({"İ", "Modelİ", "model"}) == {"model"}


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        [
            st.from_regex(getattr(config_keys, name)._said[0], fullmatch=True).map(str.strip)
            for name in ("_SURE", "_BY_SHAPE", "_DATASET")
        ]
    )
)
def test_every_name_with_a_role_passes_the_cheap_question(name: str) -> None:
    assert any(part in name.lower() for part in PARTS)
