"""Where a project is published to is no dependency of it."""

from __future__ import annotations

import pytest

from tests.discovery.config_kit import names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "steps:\n- uses: lab/sync@v1\n  with:\n    huggingface_repo_id: nord/app\n    repo_type: space\n",
            [],
        ),
        ("steps:\n- uses: lab/sync@v1\n  with:\n    hf_repo_id: nord/tern-7b\n    repo_type: model\n", []),
        ("publish:\n  repo_id: nord/app\n  repo_type: space\n", []),
        ("load:\n  repo_id: nord/tern-7b\n  repo_type: model\n", ["hf-model nord/tern-7b 2"]),
        ("steps:\n- uses: lab/run@v1\n  with:\n    model: nord/tern-7b\n", ["hf-model nord/tern-7b 4"]),
    ],
)
def test_a_space_and_what_a_step_uploads_to_are_left_out(text: str, expected: list[str]) -> None:
    assert names(text, "yaml") == expected
