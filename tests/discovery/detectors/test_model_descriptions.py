import pytest

from scanner.discovery.detectors.model_descriptions import DETECTOR
from scanner.discovery.source import Source
from scanner.discovery.views import Header
from scanner.records.sighting import Location, Role, Scope

SOURCE = Source("m/x.json", "", "model-config", Scope.SHIPPED)


COMMIT = "0123456789abcdef0123456789abcdef01234567"


class World:
    def is_known_model(self, name):
        return name == "known"


def detect(format_name, *fields):
    header = Header(format_name, fields, Location("m/x.json", 3, 5, 3, 9))
    return [(s.name, s.revision, s.role, s.remote_code) for s in DETECTOR.detect(header, SOURCE, World())]


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ([("base_model_name_or_path", "o1/n1")], [("o1/n1", "none", Role.DEPENDENCY, None)]),
        (
            [("base_model_name_or_path", "o1/n1"), ("revision", "v1")],
            [("o1/n1", "v1", Role.DEPENDENCY, None)],
        ),
        ([("base_model_name_or_path", "known")], [("known", "none", Role.DEPENDENCY, None)]),
        ([("base_model_name_or_path", "checkpoint")], []),
        ([("base_model_name_or_path", "/data/models/x")], []),
        ([("base_model_name_or_path", "./x")], []),
        (
            [("base_model_name_or_path", f"/cache/hub/models--o1--n1/snapshots/{COMMIT}")],
            [("o1/n1", COMMIT, Role.DEPENDENCY, None)],
        ),
        (
            [("base_model_name_or_path", f"C:\\hub\\models--o1--n1\\snapshots\\{COMMIT}")],
            [("o1/n1", COMMIT, Role.DEPENDENCY, None)],
        ),
        ([("base_model_name_or_path", "~/hub/models--o1--n1/")], [("o1/n1", "none", Role.DEPENDENCY, None)]),
    ],
)
def test_the_base_of_an_adapter_is_loaded_with_it(fields, found):
    assert detect("adapter-config", *fields) == found


def test_where_a_folder_came_from_is_a_mention():
    assert detect("model-config", ("_name_or_path", "o1/n1")) == [("o1/n1", "none", Role.MENTION, None)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("o1/n1--modeling.M", [("o1/n1", "none", Role.DEPENDENCY, True)]),
        ("modeling.M", []),
    ],
)
def test_code_of_another_repository_is_a_dependency_that_runs_code(text, found):
    assert detect("model-config", ("auto_map", text)) == found


def test_weights_are_no_description():
    assert detect("gguf", ("base_model_name_or_path", "o1/n1")) == []
