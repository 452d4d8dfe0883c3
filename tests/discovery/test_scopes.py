import pytest

from scanner.discovery.scopes import is_translation, scope_of
from scanner.records.sighting import Scope


@pytest.mark.parametrize(
    ("path", "scope"),
    [
        ("app.py", Scope.SHIPPED),
        ("src/shop/contest.py", Scope.SHIPPED),
        ("latest/model.py", Scope.SHIPPED),
        ("tests/test_app.py", Scope.TEST),
        ("pkg/conftest.py", Scope.TEST),
        ("web/chat.spec.ts", Scope.TEST),
        ("web/Chat.test.tsx", Scope.TEST),
        ("examples/tests/run.py", Scope.TEST),
        ("docs/conf.py", Scope.DOCS),
        ("README.md", Scope.DOCS),
        ("README", Scope.DOCS),
        ("examples/README.md", Scope.DOCS),
        ("examples/demo.py", Scope.EXAMPLE),
        ("Tutorials/a/b.yaml", Scope.EXAMPLE),
        ("demo.ipynb", Scope.SHIPPED),
        ("integration-tests/openai/src/main/resources/application.properties", Scope.TEST),
        ("integration-test/run.sh", Scope.TEST),
        ("integration_tests/run.sh", Scope.TEST),
        ("e2e-tests/run.sh", Scope.TEST),
        ("load_test/locust.yaml", Scope.TEST),
        ("test-data/run.sh", Scope.TEST),
        ("testfixtures/a.json", Scope.TEST),
        ("src/it/resources/a.yml", Scope.TEST),
        ("app/src/integrationTest/resources/a.yml", Scope.TEST),
        ("core/src/jvmTest/kotlin/A.kt", Scope.TEST),
        ("core/src/testFixtures/java/A.java", Scope.TEST),
        ("Shop.Tests/appsettings.json", Scope.TEST),
        ("src/Shop.IntegrationTests/appsettings.json", Scope.TEST),
        ("Shop.Test/A.cs", Scope.TEST),
        ("ShopUITests/A.swift", Scope.TEST),
        ("src/it/messages.json", Scope.SHIPPED),
        ("src/abTest/variants.json", Scope.SHIPPED),
        ("ab-tests/variants.json", Scope.SHIPPED),
        ("contests/a.yaml", Scope.SHIPPED),
        ("Shop.Contests/a.json", Scope.SHIPPED),
        ("speed-test/model.py", Scope.SHIPPED),
    ],
)
def test_a_path_says_which_part_of_the_project_it_is(path: str, scope: Scope) -> None:
    assert scope_of(path) is scope


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        ("public/locales/de-de.json", True),
        ("src/locales/en-US/models.ts", True),
        ("web/i18n/de/common.yml", True),
        ("app/lang/pt-BR.json", True),
        ("src/lang/parser.json", False),
        ("src/i18n/loader.py", False),
        ("src/locale.json", False),
    ],
)
def test_words_of_a_user_interface_are_known_by_their_folder(path: str, is_one: bool) -> None:
    assert is_translation(path) is is_one
