import pytest

from scanner.discovery import javascript_values
from scanner.discovery.views import Call
from scanner.errors import UnreadableFile
from tests.discovery.javascript_kit import (
    READERS,
    calls_of,
    comments_of,
    names_of,
    shown,
    source_of,
    views_of,
)


def test_constants_are_followed_into_a_call_through_imports_and_aliases():
    text = "import { pipeline as p } from '@huggingface/transformers';\nconst id = 'o/n';\np('task', id);"
    assert calls_of(text) == [("@huggingface/transformers.pipeline", [["task"], ["o/n"]])]


@pytest.mark.parametrize(
    "line",
    [
        "import { pipeline } from 'https://cdn.jsdelivr.net/npm/@huggingface/transformers@3.0.0/dist/x.js';",
        "import { pipeline } from 'npm:@huggingface/transformers@3';",
        "const { pipeline } = require('@huggingface/transformers');",
        "const { pipeline } = await import('@huggingface/transformers');",
        "import { pipeline } from '@huggingface/transformers/node';",
    ],
)
def test_every_way_of_importing_names_the_same_package(line):
    assert ("@huggingface/transformers.pipeline", [["t"]]) in calls_of(line + "\npipeline('t');")


@pytest.mark.parametrize(
    ("setup", "expression", "values"),
    [
        ("const a = 'x/' ", "a + 'y'", ["x/y"]),
        ("const a = 'x';", "`${a}/y-${1}`", ["x/y-1"]),
        ("", "process.env.M ?? 'a/b'", ["a/b"]),
        ("", "import.meta.env.VITE_M || 'a/b'", ["a/b"]),
        ("", "process.env.M", [("process.env.M", "environment")]),
        ("", "on ? 'a/b' : 'c/d'", ["a/b", "c/d"]),
        ("const M = {a: 'x/y', b: 'z/w'};", "M.a", ["x/y"]),
        ("const M = {a: 'x/y', b: 'z/w'};", "M[key]", ["x/y", "z/w"]),
        ("const M = {'x/y': 1, 'z/w': 2};", "Object.keys(M)[0]", ["x/y"]),
        ("const M = [{id: 'x/y'}, {id: 'z/w'}];", "M.find(m => m.ok).id", ["x/y", "z/w"]),
        ("const { a = 'x/y' } = options;", "a", ["x/y"]),
        ("const [m, setM] = useState('x/y');", "m", ["x/y"]),
        ("let m; if (q) { m = 'x/y'; } else { m = 'z/w'; }", "m", ["x/y", "z/w"]),
        ("const a = b; const b = a;", "a", [("a", "not set in this file")]),
        ("const A = { ...B }; const B = { m: 'x/y' };", "A.m", ["x/y"]),
        ("", r"'a\u002fb\x2dc'", ["a/b-c"]),
        ("", "await Promise.resolve('x')", ["?.resolve()"]),
    ],
)
def test_expressions_fold_to_what_they_may_be(setup, expression, values):
    assert calls_of(f"{setup}\nload({expression});")[-1] == ("load", [values])


def test_class_fields_reach_the_call_in_the_class_and_through_its_name():
    text = (
        "class A { static id = 'x/y'; get() { load(this.id); } }\nclass B { static id = 'z/w'; }\nload(B.id);"
    )
    assert calls_of(text) == [("load", [["x/y"]]), ("load", [["z/w"]])]


def test_a_parameter_is_followed_to_the_calls_of_its_function():
    text = "function f(name, { kind = 'k' } = {}) { load(name, kind); }\nf('x/y');\nf('z/w');"
    assert ("load", [["x/y", "z/w"], ["k"]]) in calls_of(text)


def test_a_method_of_the_same_name_is_no_call_of_the_function():
    text = "function run(name) { load(name); }\nenv.run('x/y');\nclass A { go(n) { load(n); } }\na.go('z/w');"
    assert [given for name, given in calls_of(text) if name == "load"] == [
        [[("name", "parameter")]],
        [["z/w"]],
    ]


def test_members_of_a_list_reach_the_body_of_a_loop_and_of_a_callback():
    text = "const L = ['x/y', 'z/w'];\nfor (const a of L) load(a);\nL.map(b => load(b));"
    assert [call for call in calls_of(text) if call[0] == "load"] == [("load", [["x/y", "z/w"]])] * 2


def test_a_method_knows_the_call_that_made_its_object():
    text = (
        "import OpenAI from 'openai';\nconst c = new OpenAI({ baseURL: 'https://a' });\n"
        "c.chat.completions.create({});"
    )
    made = views_of(text)[1]
    assert (made.name, made.receiver.name) == ("openai.default.chat.completions.create", "openai.default")
    assert made.receiver.argument("baseURL")[0].value == "https://a"


def test_a_constant_of_another_file_is_followed():
    text = "import { ID } from './config';\nload(ID);"
    given = calls_of(text, file="src/app.js", others={"src/config.ts": "export const ID: string = 'x/y';"})
    assert given == [("load", [["x/y"]])]


def test_comments_are_prose_where_they_stand():
    text = "const a = 'é'; // or 'x/y'\n/* z */"
    assert comments_of(text) == [("// or 'x/y'", 1, 16), ("/* z */", 2, 1)]


def test_columns_count_code_points():
    name = views_of("const 模型 = '😀'; load('x/y');")[0].positional[0][0].location
    assert (name.line, name.column, name.end_column) == (1, 22, 27)


def test_import_specifiers_are_no_values():
    assert names_of("import x from 'a/b';\nexport * from 'c/d';\nimport 'e/f';") == []


def test_jsx_attributes_are_names():
    assert names_of("const e = <Chat model='x/y' title={t} />;") == [("model", ["x/y"])]


@pytest.mark.parametrize(
    "text",
    [
        "(\n" * 30_000,
        "[{a:\n" * 20_000,
        "a" + ".b\n" * 20_000 + "('x/y')",
        "const a = " + "b ??\n" * 10_000 + "'x/y';",
        "const a = " + "'x' +\n" * 10_000 + "'y';",
        "x =>\n" * 10_000,
        "`${\n" * 8_000,
        "f(\n" * 10_000 + ")" * 10_000,
        "const a0 = 'x';\n"
        + "".join(f"const a{n} = a{n - 1} + a{n - 1};\n" for n in range(1, 400))
        + "f(a399);",
        "let a = [" + "'x/y',\n" * 30_000 + "]; load(a[i]);",
        "".join(f"function f(a{n}) {{ f(a{n}); }}\n" for n in range(3_000)),
        "\x00\ufffd\n" * 1000,
        "é" * 30_000,
        "",
    ],
    ids=range(14),
)
def test_a_hostile_text_ends(text):
    assert all(view is not None for view in views_of(text))


def test_a_text_too_long_is_said():
    with pytest.raises(UnreadableFile, match="longer than 1500000 characters"):
        views_of("a;\n" * 700_000)


def test_the_output_of_a_bundler_is_not_parsed_and_said():
    with pytest.raises(UnreadableFile, match="minified code"):
        views_of("a('o1/n1');" * 10_000)


def test_a_bundle_that_is_imported_does_not_stop_the_file_that_imports_it():
    text = "import { ID } from './b';\nload(ID);\nload('x/y');"
    given = source_of(text + "\n'model'", others={"b.js": "a('o1/n1');" * 10_000})
    calls = [view for view in READERS["javascript"].read(given) if isinstance(view, Call)]
    assert [shown(call.positional[0]) for call in calls] == [[("ID", "from another file")], ["x/y"]]
    assert list(given.left_out) == ["constants of b.js were not followed: minified code, not parsed"]


def test_a_function_too_many_files_away_is_said(monkeypatch):
    monkeypatch.setattr(javascript_values, "MAX_FILES", 0)
    given = source_of(
        "import { f } from './b';\nload(f('model'));", others={"b.js": "export const f = () => 'x/y';"}
    )
    assert list(READERS["javascript"].read(given))
    assert list(given.left_out) == ["constants of b.js were not followed: more than 0 files away"]
