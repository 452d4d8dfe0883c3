import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.discovery.readers.plain_code import READER
from scanner.discovery.source import Source
from scanner.discovery.views import Assignment, Link, Prose
from scanner.records.sighting import Scope


def read(text, file="A.java"):
    return list(READER.read(Source(file, text, "code", Scope.SHIPPED)))


def literals(text, file="A.java"):
    (view,) = (v for v in read(text, file) if isinstance(v, Assignment))
    return [(name.value, value[0].value) for name, value in view.value[0].entries]


@pytest.mark.parametrize(
    ("file", "text", "found"),
    [
        ("A.java", 'builder().modelName("a/b")', [("modelName", "a/b")]),
        ("A.java", 'String model = "a-b";', [("model", "a-b")]),
        ("A.kt", 'val model: String = """a/b"""', [("model", "a/b")]),
        ("a.go", "Model: `a/b`, n: 'x'", [("Model", "a/b")]),
        ("a.go", 'model := "a/b"', [("model", "a/b")]),
        ("a.rs", 'let model: &str = r#"a/b"#;', [("model", "a/b")]),
        ("A.cs", 'var model = @"a/b";', [("model", "a/b")]),
        ("A.swift", 'ModelConfiguration(id: "a/b")', [("ModelConfiguration.id", "a/b")]),
        ("a.rb", "model: 'a/b' # c", [("model", "a/b")]),
        ("a.php", "'model' => 'a/b'", [("model", "a/b")]),
        ("a.lua", "model = 'a/b' -- 'c/d'", [("model", "a/b")]),
    ],
)
def test_literals_stand_under_what_they_are_given_to(file, text, found):
    assert literals(text, file) == found


def test_literals_have_their_place():
    (view,) = read('// x\n\tmodel("a/b", "é")')[1:]
    place = view.value[0].entries[0][1][0].location
    assert (place.line, place.column, place.end_column) == (2, 8, 13)


def test_comments_are_prose_and_hub_addresses_links():
    comment, link, _ = read('/* model "a/b" */ get("https://huggingface.co/o/n/resolve/main/x.bin");')
    assert (type(comment), comment.text) == (Prose, '/* model "a/b" */')
    assert (type(link), link.url, link.is_fetched) == (
        Link,
        "https://huggingface.co/o/n/resolve/main/x.bin",
        True,
    )


def test_a_file_that_speaks_of_no_model_is_passed_over():
    assert read('print("a/b")') == []


@pytest.mark.parametrize(
    "text",
    ['"' * 50_000, "/*" * 50_000, 'r##"' * 20_000, "`" * 50_001, "model(" * 30_000 + '"a/b"', '"a" ' * 30_000,
     "(" * 100_000, "\\" * 100_000, "model\0\ufffd'" * 10_000],
    ids=range(9),
)  # fmt: skip
def test_a_hostile_text_ends(text):
    assert len(read("model " + text, "a.go")) < 60_000


@given(
    st.text(alphabet="\"'`/*#-\\ model\nr@", max_size=200), st.sampled_from(["a.go", "a.rs", "a.rb", "a.lua"])
)
def test_any_text_ends(text, file):
    read("model" + text, file)
