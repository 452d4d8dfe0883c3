"""Deployments to Azure written in Bicep."""

from __future__ import annotations

from scanner.discovery.detectors import config_key
from scanner.discovery.readers import bicep
from scanner.discovery.source import Source
from scanner.discovery.views import Entry
from scanner.records.sighting import Scope, Sighting
from tests.discovery.config_kit import World

TEXT = """\
@description('The model it''s about')
param chatModelName string = 'gpt-4o-mini'
param embeddingModel string
var model_id = 'BAAI/bge-m3' // why
resource deployment 'Microsoft.CognitiveServices/accounts/deployments@2023-05-01' = {
  name: 'chat'
  properties: {
    model: { format: 'OpenAI', name: 'gpt-4o', version: '1' }
  }
}
"""


def names(text: str) -> list[tuple[str, int, int]]:
    source = Source("main.bicep", text, "bicep", Scope.SHIPPED)
    return [
        (found.name, found.location.line, found.location.column)
        for view in bicep.READER.read(source)
        if isinstance(view, Entry)
        for found in config_key.DETECTOR.detect(view, source, World())
        if isinstance(found, Sighting)
    ]


def test_parameters_variables_and_deployments_are_read_at_their_places() -> None:
    assert names(TEXT) == [
        ("openai:gpt-4o-mini", 2, 31),
        ("BAAI/bge-m3", 4, 17),
        ("azure-openai:gpt-4o", 8, 39),
    ]


def test_a_text_cut_anywhere_is_read() -> None:
    for end in range(len(TEXT)):
        assert len(names(TEXT[:end])) <= 3


def test_what_speaks_of_no_model_is_passed_over() -> None:
    assert names("param location string = 'westeurope'\n") == []


def test_outputs_are_no_answers_that_were_stored() -> None:
    text = f"{TEXT}output ENDPOINT string = useIt ? it.outputs.endpoint : ''\n"
    assert names(text) == names(TEXT)
