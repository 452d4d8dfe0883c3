"""Which files are read for what licenses ask to be said."""

import pytest

from scanner.discovery.notices import is_notice


@pytest.mark.parametrize(
    "path",
    [
        "NOTICE",
        "LICENSE-llama",
        "vendor/x/LICENSE.txt",
        "THIRD_PARTY_NOTICES.md",
        "LICENSES/Apache-2.0.txt",
        "LICENSES/LicenseRef-Llama-3.1",
        "licenses/models/llama.md",
        "app/license/llama.html",
        "legal/about.rst",
        "notices/models.txt",
        "license_texts/mit.txt",
        "THIRD_PARTY/llama.md",
        "third-party/llama/terms.txt",
        "thirdparty/llama/GPL-2.0-only",
        "3rdparty/llama.txt",
        "third_party_licenses/llama.txt",
        "third_party/a/b/c/NOTICE",
        "third_party/a/licenses/deep/mit.txt",
    ],
)
def test_a_file_of_notices_is_known_by_its_name_or_folder(path: str) -> None:
    assert is_notice(path)


@pytest.mark.parametrize(
    "path",
    [
        "README.md",
        "license.py",
        "data/licenses/mit.yaml",
        "licenses/model.bin",
        "licenses/README.md",
        "licenses/.gitignore",
        "third_party/llama/README.md",
        "third_party/llama/guide.md",
        "third_party/llama/docs/terms.txt",
        "third_party/llama/src/CMakeLists.txt",
        "licensesx/mit.txt",
        "illegal/a.txt",
        "tests/fixtures/LICENSE",
        "tests/licenses/mit.txt",
    ],
)
def test_code_pages_about_a_project_and_what_tests_hold_are_none(path: str) -> None:
    assert not is_notice(path)
