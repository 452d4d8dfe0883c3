import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.discovery.readers.html import READER
from scanner.discovery.source import Source
from scanner.discovery.views import Assignment, Embedded, Link, Prose
from scanner.records.sighting import Scope


def read(text):
    return list(READER.read(Source("a.html", text, "html", Scope.SHIPPED)))


def scripts(text):
    return [(v.source.language, v.source.text) for v in read(text) if isinstance(v, Embedded)]


def test_a_script_keeps_its_lines_and_columns():
    (view,) = read("<p>\n <script type=module>let a;\n  b('x/y')</script>")
    assert (view.source.language, view.source.text) == ("javascript", "let a;\n  b('x/y')")
    assert view.source.locate(1, 1, 1, 4).column == 22
    place = view.source.locate(2, 5, 2, 10)
    assert (place.line, place.column) == (3, 5)


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("<script>", "javascript"),
        ("<SCRIPT TYPE='text/javascript'>", "javascript"),
        ('<script type="text/babel" data-presets="react">', "javascript"),
        ('<script lang="ts">', "typescript"),
        ('<script type="py">', "python"),
        ('<script type="application/json">', "json"),
    ],
)
def test_the_type_of_a_script_says_its_language(tag, language):
    assert scripts(f"{tag}x</script>") == [(language, "x")]


@pytest.mark.parametrize("tag", ['<script type="importmap">', '<script type="text/x-template">', "<style>"])
def test_what_is_no_program_is_passed_over(tag):
    name = tag[1:-1].split()[0]
    assert scripts(f"{tag}x</{name}>") == []


def test_values_of_inputs_and_options_are_names():
    text = "<input id='model-name' value='o1/n1'><select name=\"model\"><option value=o2/n2>x</select>"
    found = [(v.target, v.value[0].value, v.value[0].location.column) for v in read(text)]
    assert found == [("model-name", "o1/n1", 31), ("model", "o2/n2", 73)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<input id='chat_model' value='tern2:3b'>", [("chat_model", "tern2:3b")]),
        ("<select name=model><option value=tern-4>x</select>", [("model", "tern-4")]),
        ("<input id='chat_model' value='{{ model }}'>", []),
        ("<input id='chat_model' value={model}>", []),
        ("<input id='chat_model' placeholder='tern2:3b'>", []),
        ("<input id='query' value='tern2:3b'>", []),
    ],
)
def test_a_name_without_an_owner_counts_where_the_field_is_a_models(text, expected):
    assert [(v.target, v.value[0].value) for v in read(text)] == expected


def test_classes_and_types_are_no_names():
    assert (
        read("<div class='a/b' type='text/plain' data-x='c/d'><input type='file' accept='image/png'>") == []
    )


def test_comments_are_prose_and_links_are_links():
    text = "<!-- o1/n1 --><a href='https://huggingface.co/o2/n2'>x</a>"
    comment, link = read(text)
    assert (type(comment), comment.text, type(link)) == (Prose, "<!-- o1/n1 -->", Link)
    assert (link.url, link.is_fetched, link.location.column) == ("https://huggingface.co/o2/n2", False, 24)


def test_a_link_in_a_script_belongs_to_the_script():
    assert [type(v) for v in read("<script>f('https://huggingface.co/o/n')</script>")] == [Embedded]


@pytest.mark.parametrize(
    "text",
    ["<" * 100_000, "<a " + "b='" * 50_000, "<a " + "b=c " * 50_000, "<!--" * 50_000, "<script>" * 20_000,
     "<input value='" + "a/" * 50_000 + "'>", "<a\0 b=\ufffd>", "<p " + " " * 200_000, "<p " + "=" * 100_000],
    ids=range(9),
)  # fmt: skip
def test_a_hostile_page_ends(text):
    assert len(read(text)) < 100_000


@given(st.text(alphabet="<>/='\" -!abscript\n", max_size=200))
def test_any_text_ends(text):
    assert all(isinstance(view, Assignment | Embedded | Link | Prose) for view in read(text))
