"""What the reader sees in a few lines of Python; calls are shown as text."""

import pytest

from scanner.discovery.readers.python import READER
from scanner.discovery.source import Source
from scanner.discovery.views import (
    Assignment,
    Bundle,
    Call,
    Command,
    Constant,
    Embedded,
    Link,
    Opaque,
    Prose,
    Text,
    Value,
)
from scanner.errors import UnreadableFile
from scanner.records.sighting import Scope


def source_of(text: str) -> Source:
    return Source("app.py", text, "python", Scope.SHIPPED)


def shown(value: Value) -> str:
    """`'x'` literal, `~'x'` folded, `?'x'` guessed, `<reason>` open."""
    signs = {"literal": "", "folded": "~", "guessed": "?", "implicit": "!"}
    parts = []
    for member in value:
        match member:
            case Text():
                parts.append(f"{signs[member.certainty.value]}'{member.value}'@{member.location.line}")
            case Constant(value=constant):
                parts.append(str(constant))
            case Opaque(reason=reason):
                parts.append(f"<{reason}>")
            case Call(name=name):
                parts.append(f"{name}()")
            case Bundle(entries=entries):
                parts.append(
                    "[" + ", ".join((f"{k.value}: " if k else "") + shown(v) for k, v in entries) + "]"
                )
    return " | ".join(parts)


def calls(text: str, name: str) -> list[str]:
    """Arguments of the calls of one name."""
    found = []
    for view in READER.read(source_of(text)):
        if isinstance(view, Call) and view.name == name:
            given = [shown(v) for v in view.positional] + [f"{k}={shown(v)}" for k, v in view.keywords]
            found.append(", ".join(given))
    return found


LOAD = "transformers.AutoModel.from_pretrained"


@pytest.mark.parametrize(
    "text",
    [
        "from transformers import AutoModel\nAutoModel.from_pretrained('a/b')",
        "from transformers import AutoModel as M\nM.from_pretrained('a/b')",
        "import transformers\ntransformers.AutoModel.from_pretrained('a/b')",
        "import transformers as t\nt.AutoModel.from_pretrained('a/b')",
        "def f():\n    from transformers import AutoModel; AutoModel.from_pretrained('a/b')",
        "import transformers\nM = transformers.AutoModel; M.from_pretrained('a/b')",
        "from transformers import *\nAutoModel.from_pretrained('a/b')",
        "from transformers import AutoModel\nload = AutoModel.from_pretrained; load('a/b')",
        "from transformers import AutoModel\nmodel = AutoModel.from_pretrained('a/b').to('cuda').eval()",
        "from transformers import AutoModel\nC = AutoModel if x else None; C.from_pretrained('a/b')",
    ],
)
def test_a_call_is_named_through_imports_and_aliases(text: str) -> None:
    assert calls(text, LOAD) == ["'a/b'@2"]


@pytest.mark.parametrize(
    ("before", "argument", "expected"),
    [
        ("M = 'a/b'", "M", "~'a/b'@2"),
        ("M: str = 'a/b'", "M", "~'a/b'@2"),
        ("M = 'x/y'; M = 'a/b'", "M", "~'a/b'@2"),
        ("M = 'x/y' if z else 'a/b'", "M", "~'x/y'@2 | ~'a/b'@2"),
        ("", "'a/b' + ('' if z else '.en')", "?'a/b.en'@3 | ?'a/b'@3"),
        ("", "f\"a/b{'-hd' if z else ''}\"", "?'a/b-hd'@3 | ?'a/b'@3"),
        ("M = {'k': 'a/b', 'l': 'c/d'}", "M['k']", "~'a/b'@2"),
        ("M = {'k': 'a/b', 'l': 'c/d'}", "M[z]", "~'a/b'@2 | ~'c/d'@2"),
        ("M = {'k': 'a/b'}", "M.get(z, 'c/d')", "~'a/b'@2 | ~'c/d'@3"),
        ("M = {}; M['k'] = 'a/b'", "M[z]", "~'a/b'@2"),
        ("M = ['a/b', 'c/d']", "M[1]", "~'c/d'@2"),
        ("M = ['a/b', 'c/d']", "M[-1]", "~'c/d'@2"),
        ("class C: M = 'a/b'", "C.M", "~'a/b'@2"),
        ("class E(Enum): M = 'a/b'", "E.M.value", "~'a/b'@2"),
        ("a, M = 1, 'a/b'", "M", "~'a/b'@2"),
        ("import os; M = os.getenv('X', 'a/b')", "M", "~'a/b'@2"),
        ("import os", "os.environ.get('X', 'a/b')", "'a/b'@3"),
        ("import os", "os.environ.get('X') or 'a/b'", "'a/b'@3"),
        ("import os", "os.environ['X']", "<environment>"),
        ("import os", "os.getenv('X')", "<environment>"),
        ("import sys", "sys.argv[1]", "<command line>"),
        ("O = 'a'", "f'{O}/b'", "~'a/b'@3"),
        ("O = 'a'", "O + '/b'", "~'a/b'@3"),
        ("O = 'a'", "'%s/b' % O", "~'a/b'@3"),
        ("O = 'a'", "'{}/b'.format(O)", "~'a/b'@3"),
        ("O = 'a'", "'{o}/b'.format(o=O)", "~'a/b'@3"),
        ("O = 'a'", "'/'.join([O, 'b'])", "~'a/b'@3"),
        ("S = {'s': 'small', 'l': 'large'}", "f'a/b-{S[z]}'", "?'a/b-small'@3 | ?'a/b-large'@3"),
        ("cfg = load()", "cfg.get('model', 'a/b')", "'a/b'@3"),
        ("cfg = load()", "getattr(cfg, 'model', 'a/b')", "~'a/b'@3"),
        ("def name(): return 'a/b'", "name()", "~'a/b'@2"),
        ("M = dict(k='a/b')", "M['k']", "~'a/b'@2"),
        ("from pathlib import Path", "str(Path('a/b'))", "'a/b'@3"),
        ("", "input()", "<typed in at run time>"),
        ("", "'a/b'", "'a/b'@3"),
        ("M = M", "M", "<chosen at run time>"),
    ],
)
def test_a_value_is_followed_to_its_texts(before: str, argument: str, expected: str) -> None:
    text = f"from transformers import AutoModel\n{before}\nAutoModel.from_pretrained({argument})"
    assert calls(text, LOAD) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("def f(m='a/b'):\n    return AutoModel.from_pretrained(m)", "~'a/b'@2"),
        ("def f(m):\n    return AutoModel.from_pretrained(m)\nf('a/b')", "~'a/b'@4"),
        ("def f(m):\n    return AutoModel.from_pretrained(m)\nf(m='a/b')", "~'a/b'@4"),
        ("def f(m):\n    return AutoModel.from_pretrained(m)", "<parameter>"),
        (
            "class C:\n    def __init__(self, m): self.m = m\n"
            "    def f(self): AutoModel.from_pretrained(self.m)\nC('a/b')",
            "~'a/b'@5",
        ),
        ("class C:\n    m: str = 'a/b'\n    def f(self): AutoModel.from_pretrained(self.m)", "~'a/b'@3"),
        (
            "class C:\n    m: str = Field('a/b')\n    def f(self): AutoModel.from_pretrained(self.m)",
            "~'a/b'@3",
        ),
        (
            "@dataclass\nclass C:\n    m: str = field(default='a/b')\n"
            "c = C()\nAutoModel.from_pretrained(c.m)",
            "~'a/b'@4",
        ),
        (
            "p = ArgumentParser()\np.add_argument('--the-model', default='a/b')\n"
            "a = p.parse_args()\nAutoModel.from_pretrained(a.the_model)",
            "~'a/b'@3",
        ),
        (
            "p = ArgumentParser()\np.add_argument('--m')\na = p.parse_args()\nAutoModel.from_pretrained(a.m)",
            "<command line>",
        ),
        ("@click.option('--m', default='a/b')\ndef f(m): AutoModel.from_pretrained(m)", "~'a/b'@2"),
        ("def f(m: str = typer.Option('a/b')): AutoModel.from_pretrained(m)", "~'a/b'@2"),
        ("for m in ['a/b', 'c/d']: AutoModel.from_pretrained(m)", "~'a/b'@2 | ~'c/d'@2"),
        ("D = {'x': 'a/b'}\nfor k, m in D.items(): AutoModel.from_pretrained(m)", "~'a/b'@2"),
        ("[AutoModel.from_pretrained(m) for m in ('a/b',)]", "~'a/b'@2"),
    ],
)
def test_defaults_parameters_fields_and_options_are_followed(text: str, expected: str) -> None:
    assert calls("from transformers import AutoModel\n" + text, LOAD) == [expected]


def test_the_arguments_of_a_dictionary_are_spread() -> None:
    text = "from transformers import AutoModel\nk = {'revision': 'v1'}\nAutoModel.from_pretrained('a/b', **k)"
    assert calls(text, LOAD) == ["'a/b'@3, revision=~'v1'@2"]


def test_the_object_a_call_is_made_on_is_the_call_that_made_it() -> None:
    text = "from openai import OpenAI\nc = OpenAI(base_url='u')\nc.chat.completions.create(model='m')"
    view = next(v for v in READER.read(source_of(text)) if isinstance(v, Call) and v.name.endswith("create"))
    assert view.name == "openai.OpenAI.chat.completions.create"
    assert view.receiver is not None
    assert (view.receiver.name, shown(view.receiver.argument("base_url"))) == ("openai.OpenAI", "'u'@2")


def test_an_object_of_unknown_making_is_a_question_mark() -> None:
    assert calls("def f(c): c.chat.create(model='m')", "?.chat.create") == ["model='m'@1"]


def test_places_count_code_points_and_end_exclusive() -> None:
    view = next(v for v in READER.read(source_of("é = '日本'; f('a/b')")) if isinstance(v, Call))
    text = view.positional[0][0]
    assert (text.location.column, text.location.end_column) == (13, 18)


def views(text: str, kind: type) -> list[object]:
    return [view for view in READER.read(source_of(text)) if isinstance(view, kind)]


def test_names_bound_to_texts_are_seen_with_their_kind() -> None:
    text = (
        "M = 'a/b'\nclass C:\n    m = 'c/d'\ndef f(m='e/f'): pass\n"
        "p.add_argument('--x-m', default='g/h')\nD = {'m': 'i/j', 'n': 'k'}"
    )
    found = [(v.target, v.how, shown(v.value)) for v in views(text, Assignment)]  # type: ignore[attr-defined]
    assert found == [
        ("M", "variable", "'a/b'@1"),
        ("D", "variable", "[m: 'i/j'@6, n: 'k'@6]"),
        ("m", "field", "'c/d'@3"),
        ("m", "parameter", "'e/f'@4"),
        ("x_m", "option", "'g/h'@5"),
        ("m", "key", "'i/j'@6"),
        ("n", "key", "'k'@6"),
    ]


def test_a_list_of_arguments_is_a_command() -> None:
    (command,) = views("subprocess.run(['vllm', 'serve', M, '--port', 80])", Command)
    assert shown(command.words) == ("'vllm'@1 | 'serve'@1 | <chosen at run time> | '--port'@1 | '80'@1")  # type: ignore[attr-defined]


def test_a_command_line_in_one_string_goes_to_the_shell() -> None:
    (embedded,) = views("os.system(f'cd x; vllm serve {model} --port 80')", Embedded)
    inner = embedded.source  # type: ignore[attr-defined]
    assert (inner.language, inner.text) == ("shell", "cd x; vllm serve $______ --port 80")
    assert inner.locate(1, 1, 1, 5).column == 13


def test_a_plain_command_line_with_a_hole_is_read_word_by_word() -> None:
    (command,) = views("os.system(f'vllm serve {model} --port 80')", Command)
    assert shown(command.words) == (  # type: ignore[attr-defined]
        "'vllm'@1 | 'serve'@1 | <chosen at run time> | '--port'@1 | '80'@1"
    )


def test_settings_between_three_quotes_go_to_their_reader() -> None:
    text = 'def f(size):\n    write(f"""\n    model: lab1/net2\n    size: {size}\n    """)\n'
    (embedded,) = views(text, Embedded)
    inner = embedded.source  # type: ignore[attr-defined]
    assert (inner.language, inner.text) == ("yaml", "\n    model: lab1/net2\n    size: $_____\n    ")
    place = inner.locate(2, 12, 2, 20)
    assert (place.line, place.column) == (3, 12)


def test_a_docstring_and_a_text_of_one_line_are_no_settings() -> None:
    assert (
        views('def f():\n    """\n    model: a/b\n    size: 3\n    """\nx = "model: a/b"\n', Embedded) == []
    )


def test_comments_docstrings_and_compared_strings_are_prose() -> None:
    text = '"""Uses a/b1."""\nx = "# c/d2"  # like e/f3\nassert y == "g/h4"\n'
    assert [(v.text, v.line, v.column) for v in views(text, Prose)] == [  # type: ignore[attr-defined]
        ("Uses a/b1.", 1, 4),
        ("# c/d2", 2, 6),
        ("g/h4", 3, 14),
        (" like e/f3", 2, 16),
    ]


def test_an_address_of_a_hub_is_a_link() -> None:
    found = [(v.url, v.is_fetched) for v in views("a = 'https://hf.co/a/b/resolve/main/x'", Link)]  # type: ignore[attr-defined]
    assert found == [("https://hf.co/a/b/resolve/main/x", True)]


@pytest.mark.parametrize("text", ["print 'x'", "def f(:", "x = (" * 500, "\x00"])
def test_what_is_no_python_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(UnreadableFile, match="not Python 3"):
        list(READER.read(source_of(text)))


def test_a_registry_is_open_to_whoever_calls_though_its_key_has_a_default() -> None:
    text = """
from lib import load

MODELS = {"fast": "a/b", "slow": "c/d"}

def start(kind="fast"):
    return load(MODELS[kind])
"""
    assert calls(text, "lib.load") == ["~'a/b'@4 | ~'c/d'@4"]


def test_flags_a_test_gives_to_a_parser_are_no_command() -> None:
    text = "import sys\nmain(['--model', 'lab1/net2'])\nrun(['vllm', '--model', 'lab1/net2'])\n"

    def commands(scope: Scope) -> list[int]:
        source = Source("app.py", text, "python", scope)
        return [view.location.line for view in READER.read(source) if isinstance(view, Command)]

    assert (commands(Scope.TEST), commands(Scope.SHIPPED)) == ([3], [2, 3])
