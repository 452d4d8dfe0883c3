"""Settings that send downloads to another hub."""

from __future__ import annotations

from scanner.discovery.detectors.hub_switch import DETECTOR
from scanner.discovery.readers.javascript import READER as JAVASCRIPT_READER
from scanner.discovery.readers.python import READER
from scanner.discovery.source import Source
from scanner.records.sighting import HubSwitch, Scope
from scanner.records.unknown import Unknown
from tests.discovery.config_kit import World, switches


def test_an_address_other_than_the_hubs_own_is_a_switch() -> None:
    text = "environment:\n  HF_ENDPOINT: https://hf-mirror.com\n  A: llm\n"
    assert switches(text, "yaml") == [("HF_ENDPOINT", "https://hf-mirror.com", 2)]
    assert switches("HF_ENDPOINT=https://huggingface.co\nHF_ENDPOINT=\n", "dotenv") == []


def test_an_address_from_outside_is_unknown() -> None:
    text = "environment:\n  HF_ENDPOINT: ${MIRROR}\n"
    assert switches(text, "yaml") == [("HF_ENDPOINT", Unknown("${MIRROR}: environment"), 2)]


def test_a_choice_counts_only_when_it_is_made() -> None:
    text = "VLLM_USE_MODELSCOPE=False\nUSE_MODELSCOPE_HUB=1\n"
    assert switches(text, "dotenv") == [("USE_MODELSCOPE_HUB", "1", 2)]


def test_a_variable_on_a_command_line_is_a_switch() -> None:
    text = "docker run -e HF_ENDPOINT=https://hf-mirror.com x/y\n"
    assert switches(text, "shell") == [("HF_ENDPOINT", "https://hf-mirror.com", 1)]


def in_python(text: str) -> list[tuple[str, object, int]]:
    """Name, value and line of every switch of a Python file."""
    source = Source("app.py", text, "python", Scope.SHIPPED)
    found = (
        each
        for view in READER.read(source)
        if isinstance(view, DETECTOR.views)
        for each in DETECTOR.detect(view, source, World())
    )
    return [(each.name, each.value, each.location.line) for each in found if isinstance(each, HubSwitch)]


def test_what_python_puts_into_the_environment_is_a_switch() -> None:
    head = "import os\nfrom os import environ\n"
    for line in (
        'os.environ["HF_ENDPOINT"] = "https://hf-mirror.com"',
        'os.environ.setdefault("HF_ENDPOINT", "https://hf-mirror.com")',
        'environ["HF_ENDPOINT"] = "https://hf-mirror.com"',
        'MIRROR = "https://hf-mirror.com"; os.environ["HF_ENDPOINT"] = MIRROR',
    ):
        assert in_python(head + line + "\n") == [("HF_ENDPOINT", "https://hf-mirror.com", 3)], line
    assert in_python('import os\nos.environ["USE_MODELSCOPE_HUB"] = "1"\n') == [
        ("USE_MODELSCOPE_HUB", "1", 2)
    ]
    assert in_python(head + 'os.environ["HF_ENDPOINT"] = "https://huggingface.co"\n') == []
    assert in_python(head + 'os.environ["HTTP_PROXY"] = "https://hf-mirror.com"\n') == []


def test_what_python_only_reads_from_the_environment_is_none() -> None:
    assert in_python('import os\nprint(os.environ.get("HF_ENDPOINT", "x"))\n') == []


def test_an_address_python_takes_from_elsewhere_is_unknown() -> None:
    text = 'import os\nimport sys\nos.environ["HF_ENDPOINT"] = sys.argv[1]\n'
    ((name, value, line),) = in_python(text)
    assert (name, isinstance(value, Unknown), line) == ("HF_ENDPOINT", True, 3)


def test_variables_set_for_this_process_or_one_it_starts_are_switches() -> None:
    mirror = "https://hf-mirror.com"
    head = "import os, subprocess\nfrom os import environ\n"
    for line in (
        f'os.environ.update({{"HF_ENDPOINT": "{mirror}", "X": "1"}})',
        f'os.environ.update(HF_ENDPOINT="{mirror}")',
        f'environ.update({{"HF_ENDPOINT": "{mirror}"}})',
        f'os.putenv("HF_ENDPOINT", "{mirror}")',
        f'subprocess.run(["hf"], env={{**os.environ, "HF_ENDPOINT": "{mirror}"}})',
        f'subprocess.run(["hf"], env=dict(os.environ, HF_ENDPOINT="{mirror}"))',
    ):
        assert in_python(f"{head}{line}\n") == [("HF_ENDPOINT", mirror, 3)], line
    assert in_python(f'{head}os.environ.update({{"HTTP_PROXY": "{mirror}"}})\n') == []
    assert in_python(f'{head}names.update({{"HF_ENDPOINT": "{mirror}"}})\n') == []


def test_an_address_given_to_the_client_is_a_switch() -> None:
    head = "from huggingface_hub import HfApi, snapshot_download\n"
    assert in_python(f'{head}HfApi("https://hf-mirror.com")\n') == [("endpoint", "https://hf-mirror.com", 2)]
    assert in_python(f'{head}snapshot_download("a/b", endpoint="https://hf-mirror.com")\n') == [
        ("endpoint", "https://hf-mirror.com", 2)
    ]
    assert in_python(f'{head}HfApi(endpoint="https://huggingface.co")\nHfApi()\n') == []
    ((name, value, line),) = in_python(f"{head}def f(url):\n    return HfApi(endpoint=url)\n")
    assert (name, isinstance(value, Unknown), line) == ("endpoint", True, 2)


def in_javascript(text: str) -> list[tuple[str, object, int]]:
    source = Source("app.mjs", text, "javascript", Scope.SHIPPED)
    views = (view for view in JAVASCRIPT_READER.read(source) if isinstance(view, DETECTOR.views))
    found = (each for view in views for each in DETECTOR.detect(view, source, World()))
    return [(each.name, each.value, each.location.line) for each in found if isinstance(each, HubSwitch)]


def test_what_javascript_sets_is_a_switch() -> None:
    head = "import { env } from '@huggingface/transformers';\n"
    assert in_javascript(f"{head}env.remoteHost = 'https://hf-mirror.com';\n") == [
        ("remoteHost", "https://hf-mirror.com", 2)
    ]
    assert in_javascript(f"{head}process.env.HF_ENDPOINT = 'https://hf-mirror.com';\n") == [
        ("HF_ENDPOINT", "https://hf-mirror.com", 2)
    ]
    assert in_javascript(f"{head}env.remoteHost = 'https://huggingface.co/';\n") == []
    assert in_javascript("const model = { remoteHost: 'https://example.com' };\n") == []
