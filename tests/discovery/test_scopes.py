import pytest

from scanner.discovery.scopes import scope_of
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
    ],
)
def test_a_path_says_which_part_of_the_project_it_is(path: str, scope: Scope) -> None:
    assert scope_of(path) is scope
