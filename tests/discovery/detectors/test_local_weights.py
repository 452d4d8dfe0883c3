from scanner.discovery.detectors.local_weights import DETECTOR
from scanner.discovery.source import Source
from scanner.discovery.views import Header
from scanner.records.sighting import Certainty, Kind, Location, Role, Scope, Sighting

PLACE = Location("models/m.gguf", 1, 1, 1, 1)
SOURCE = Source("models/m.gguf", "", "gguf", Scope.SHIPPED)


def test_a_file_of_weights_is_a_dependency_under_its_path_with_what_its_header_says():
    header = Header("gguf", (("general.license", "mit"),), PLACE)
    assert list(DETECTOR.detect(header, SOURCE, None)) == [
        Sighting(Kind.LOCAL_WEIGHTS, "models/m.gguf", "none", Role.DEPENDENCY, Scope.SHIPPED,
                 Certainty.LITERAL, "local-weights", PLACE,
                 header=(("format", "gguf"), ("general.license", "mit")))
    ]  # fmt: skip


def test_a_description_of_a_model_is_no_weights():
    assert list(DETECTOR.detect(Header("adapter-config", (), PLACE), SOURCE, None)) == []


def test_a_vocabulary_without_tensors_is_no_weights():
    assert list(DETECTOR.detect(Header("gguf", (("gguf.tensors", "0"),), PLACE), SOURCE, None)) == []
