from __future__ import annotations

import ast
import json

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.cli._fix_python import Call, Module
from scanner.cli._fix_python import is_same_but_for as is_same_python
from scanner.cli._fix_text import Change, Edit, apply, diff
from scanner.cli._fix_yaml import Document
from scanner.cli._fix_yaml import is_same_but_for as is_same_yaml

COMMIT = "0123456789abcdef0123456789abcdef01234567"
CALL = Call("transformers.AutoModel.from_pretrained", "revision", None)

SPACE = st.sampled_from(["", " ", "\n    ", "  # why\n  ", "\t"])
OTHER = st.sampled_from(
    ['"x"', "device='cpu'", "n=f(1, 2)", "t=(1,)", 's="""a\nb"""', "k={'a': [1]}", "revision='main'", "é='ü'"]
)


@st.composite
def calls(draw: st.DrawFn) -> str:
    """A call with the name first, in every layout."""
    name = draw(st.sampled_from(['"a/b"', "'a/b'", '("a/b")', '"a/b"  # it\n']))
    others = draw(st.lists(OTHER, max_size=4, unique_by=lambda each: each.split("=")[0]))
    others.sort(key=lambda each: "=" in each.split("(")[0])
    spaces = [draw(SPACE) for _ in range(len(others) + 2)]
    inner = ("," + spaces[0]).join([name, *others])
    comma = draw(st.sampled_from(["", ",", " ,"]))
    before = draw(st.sampled_from(["", "x = ", "é = "]))
    return f"{before}A.from_pretrained({spaces[-1]}{inner}{comma}{spaces[-2]}\n)\n"


@given(calls(), st.sampled_from(["\n", "\r\n"]))
@settings(max_examples=300, deadline=None)
def test_a_fixed_python_file_still_parses_and_says_the_same(text: str, ends: str) -> None:
    text = f"from transformers import AutoModel as A\n{text}".replace("\n", ends)
    tree = ast.parse(text)
    (literal,) = [n for n in ast.walk(tree) if isinstance(n, ast.Constant) and n.value == "a/b"]
    module = Module(text)
    line = text.splitlines()[literal.lineno - 1]
    column = len(line.encode()[: literal.col_offset].decode()) + 1
    edits = module.pin(literal.lineno, column, COMMIT, CALL, "")
    assert isinstance(edits, list)
    after = apply(text, edits)
    assert after is not None
    assert is_same_python(text, after, frozenset({"revision"}), {})
    pinned = [n for n in ast.walk(ast.parse(after)) if isinstance(n, ast.Call) and n.keywords]
    given_ = [ast.literal_eval(k.value) for call in pinned for k in call.keywords if k.arg == "revision"]
    assert given_ == [COMMIT]
    assert after.count("# why") == text.count("# why")


VALUES = st.recursive(
    st.one_of(st.text(max_size=8), st.integers(), st.booleans(), st.none(), st.just("main")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)


@given(VALUES, st.sampled_from(["main", "v1", "1e5", "null"]), st.booleans(), st.booleans())
@settings(max_examples=300, deadline=None)
def test_a_fixed_yaml_or_json_file_reads_as_before_but_for_the_revision(
    rest: object, revision: str, is_json: bool, is_flow: bool
) -> None:
    body = {"rest": rest, "model": {"name": "a/b", "revision": revision}}
    if is_json:
        text = json.dumps(body, indent=2 if is_flow else None)
    else:
        text = yaml.safe_dump(body, default_flow_style=is_flow, allow_unicode=True)
    document = Document(text)
    at = text.rindex("a/b")
    line = text.count("\n", 0, at) + 1
    edits = document.pin(line, at - text.rfind("\n", 0, at), revision, COMMIT, "")
    if isinstance(edits, str):  # a layout the reader counts differently is left alone
        return
    after = apply(text, edits)
    assert after is not None
    assert is_same_yaml(text, after, {}, is_json=is_json)
    read = json.loads(after) if is_json else yaml.safe_load(after)
    before = json.loads(text) if is_json else yaml.safe_load(text)
    before["model"]["revision"] = COMMIT
    assert repr(read) == repr(before)


@given(st.text(max_size=200), st.integers(-1, 5), st.integers(-1, 30))
@settings(deadline=None)
def test_any_text_is_read_or_left_alone(text: str, line: int, column: int) -> None:
    for reader in (Module(text), Document(text)):
        assert isinstance(reader.swap(line, column, "a/b", "c/d", ""), str | Edit)


def test_edits_that_touch_the_same_span_are_refused() -> None:
    assert apply("abcdef", [Edit(1, 3, "x", ""), Edit(2, 4, "y", "")]) is None
    assert apply("abcdef", [Edit(1, 3, "x", ""), Edit(1, 3, "x", "")]) == "axdef"


def test_a_file_that_would_say_something_else_is_noticed() -> None:
    names = {"a/b": "c/d"}
    assert is_same_python('f("a/b")', 'f("c/d", revision="x")', frozenset({"revision"}), names)
    assert not is_same_python('f("a/b")', 'f("a/b", trust=1)', frozenset({"revision"}), {})
    assert not is_same_python('f("a/b")', 'f("a/b"', frozenset({"revision"}), {})
    assert not is_same_yaml("a: 1", "a: 2", {}, is_json=False)
    assert not is_same_yaml('{"a": "x"}', '{"a": x}', {}, is_json=True)


def test_a_new_file_is_shown_as_new() -> None:
    assert diff(Change("NOTICE", "", "one\n", ("why\x1b",))) == (
        "# why\N{REPLACEMENT CHARACTER}\n--- /dev/null\n+++ b/NOTICE\n@@ -0,0 +1 @@\n+one\n"
    )
