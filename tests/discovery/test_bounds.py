"""Every limit of discovery: hit on purpose with the limit lowered, and found in `skipped`."""

from __future__ import annotations

import collections
import importlib
import io
import json
import pickle
import re
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from scanner.discovery.context import KnownWorld
from scanner.discovery.file_reading import Kit, load_kit, read_file
from scanner.discovery.neighbours import ProjectFiles
from scanner.knowledge.store import open_knowledge
from scanner.project.tree import ProjectFile, Tree
from scanner.records.unknown import Unknown

ROOM = Path(__file__).parents[2] / "scanner" / "discovery"


class Bound(NamedTuple):
    """A limit, a file that hits it when it is lowered, and what is to be said."""

    constant: str
    """`module:NAME`, where it is declared."""
    value: int
    files: dict[str, str]
    """The first of them is read."""
    said: tuple[str, ...]
    used_in: str = ""
    """Module that imported it, where that is another one."""


IMPORT = "from transformers import AutoModel as A\nA.from_pretrained(a)\n"
REACHED = "from transformers import AutoModel as A\ndef f(n): A.from_pretrained(n)\n"
JS = "import { pipeline } from '@huggingface/transformers';\n"
SENT = "f.post(('http://a'), { model: 'x' });\n"


def unfollowed(most: int, what: str, place: str = "") -> tuple[str]:
    said = f"what leads through more than {most} {what} was not followed; a model it may name is missing "
    return (f"{place}{said}here: write the name where it is loaded",)


def _number(value: int, size: int = 8) -> str:
    return value.to_bytes(size, "little").decode("latin-1")


def _text(text: str) -> str:
    return _number(len(text)) + text


def _gguf(pairs: int, array: str = "") -> str:
    """A GGUF file of so many key-values, numbers or one array."""
    value = "\x09\0\0\0" + array if array else "\0\0\0\0a"
    return "GGUF" + _number(3, 4) + _number(1) + _number(pairs) + (_text("b") + value) * pairs


def _whole() -> str:
    return pickle.dumps(collections.OrderedDict(a=1), 2).decode("latin-1")


def _zip(members: int) -> str:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for at in range(members):
            archive.writestr(f"a/{at}.pkl", _whole().encode("latin-1"))
    return held.getvalue().decode("latin-1")


def _pickle(count: int) -> str:
    return "".join(f"cmod{at}\nname{at}\n" for at in range(count)) + "."


BOUNDS = [
    Bound("readers.xml:MAX_TAGS", 2, {"a.xml": "<model>\n<a/>\n<b/>\n</model>"},
          ("more than 2 tags: from line 3 on they were not read",)),
    Bound("readers.xml:MAX_ATTRIBUTES", 1, {"a.xml": "<model a='1' b='2'/>"},
          ("more than 1 attributes of one tag: from line 1 on they were not read",)),
    Bound("readers.json:MAX_PARSED_CHARACTERS", 10, {"a.json": '{"model": "nord/tern-7b"}'},
          ("JSON longer than 10 characters: read for the keys that name models alone",)),
    Bound("json_nodes:MAX_TOKENS", 4, {"a.json": '{"model": "nord/tern-7b", "b": 1}'},
          ("more than 4 words and signs: the rest was not read",)),
    Bound("settings_tree:MAX_NESTING", 2, {"a.json": '{"model": {"a": {"b": {"c": "d"}}}}'},
          ("settings nested deeper than 2 levels were not read",)),
    Bound("settings_tree:MAX_SIBLINGS", 1,
          {"a.json": '{"model": "nord/tern-7b", "provider": "x", "type": "y"}'},
          ("more than 2 settings that tell of one name: the rest was not read",)),
    Bound("markup:MAX_TAGS", 1, {"a.html": "<a>\n<b model=x>"},
          ("more than 1 tags: from line 1 on they were not read",)),
    Bound("markup:MAX_ATTRIBUTES", 1, {"a.html": "<a b=1 c=2>"},
          ("more than 1 attributes of one tag: the rest was not read",)),
    Bound("hcl_nodes:MAX_TOKENS", 3, {"a.tf": 'model = "nord/tern-7b"\nb = 1\n'},
          ("more than 3 words and signs: from line 1 on they were not read",)),
    Bound("hcl_nodes:MAX_LEVELS", 1, {"a.tf": "model { a { b { c = 1 } } }\n"},
          ("blocks nested deeper than 1 levels were not read",)),
    Bound("toml_nodes:MAX_TOKENS", 2, {"a.toml": "model = 1\nb = 2\nc = 3\n"},
          ("more than 2 values: from line 1 on they were not read",)),
    Bound("toml_nodes:MAX_LEVELS", 1, {"a.toml": "model = [[[1]]]\n"},
          ("values nested deeper than 1 levels were not read",)),
    Bound("readers.plain_code:MAX_LITERALS", 1, {"a.go": 'model("nord/a-1", "nord/b-2")'},
          ("more than 1 texts that could be names: the rest was not read",)),
    Bound("detectors.prose:MAX_NAMES", 1, {"a.md": "x\nnord/tern-7b nord/tern-8b nord/tern-9b\n"},
          ("more than 1 names in one line of prose: from line 2 on they were not read",)),
    Bound("readers.markdown:MAX_FENCES", 1, {"a.md": "```\na\n```\n```\nb\n```\n"},
          ("more than 1 blocks of code: from line 4 on they were not read",)),
    Bound("yaml_nodes:MAX_DEPTH", 1, {"a.yaml": "model:\n  a:\n    b:\n      c: d\n"},
          ("values nested deeper than 1 levels were not read",)),
    Bound("yaml_nodes:MAX_NODES", 3, {"a.yaml": "model: a\nb: c\nd: e\nf: g\n"},
          ("more than 3 values: from line 3 on they were not read",)),
    Bound("yaml_nodes:MAX_FLOW_DEPTH", 2, {"a.yaml": "[[[[model]]]]"}, ("YAML nested too deeply",)),
    Bound("readers.yaml:MAX_PARSED_CHARACTERS", 10, {"a.yaml": "model: nord/tern-7b\n"},
          ("YAML longer than 10 characters, not parsed",)),
    Bound("yaml_lines:MAX_LINES", 2, {"a.yaml": "model: {{ x }}\na: }b\nc: d\n"},
          ("more than 2 lines: from line 3 on they were not read",)),
    Bound("yaml_lines:MAX_LEVELS", 2, {"a.yaml": "model: }{{ x }}\na:\n  b:\n    c: d\n"},
          ("values nested deeper than 2 levels were not read",)),
    Bound("yaml_lines:MAX_MEMBERS", 1, {"a.yaml": "model: }{{ x }}\na: [b, c, d]\n"},
          ("more than 1 members of one list: from line 2 on they were not read",)),
    Bound("yaml_lines:MAX_COMMENTS", 1, {"a.yaml": "model: }{{ x }}\na:\n\n\n  b: c\n"},
          ("more than 1 lines without settings below a key: from line 3 on they were not read",)),
    Bound("readers.ini:MAX_LINES", 1, {"a.ini": "model=a\nb=c"},
          ("more than 1 lines: from line 2 on they were not read",)),
    Bound("readers.ini:MAX_LINE", 4,
          {"a.ini": "model=a\n"}, ("line 1 is longer than 4 characters and was not read",)),
    Bound("readers.properties:MAX_LINES", 1, {"a.properties": "model=a\nb=c"},
          ("more than 1 lines: from line 2 on they were not read",)),
    Bound("readers.properties:MAX_LINE", 4, {"a.properties": "model=a\n"},
          ("line 1 is longer than 4 characters and was not read",)),
    Bound("readers.makefile:MAX_LINE", 4, {"Makefile": "MODEL=a\n"},
          ("line 1 is longer than 4 characters and was not read",)),
    Bound("readers.dockerfile:MAX_INSTRUCTIONS", 1, {"Dockerfile": "FROM a\nENV MODEL=b\n"},
          ("more than 1 instructions: from line 2 on they were not read",)),
    Bound("readers.dotenv:MAX_SETTINGS", 1, {".env": "MODEL=a\nB=c\n"},
          ("more than 1 settings: from line 2 on they were not read",)),
    Bound("readers.dotenv:MAX_SIBLINGS", 1, {".env": "MODEL=a\nA_URL=x\nB_URL=y\n"},
          ("more than 1 settings that tell of one name: the rest was not read",)),
    Bound("readers.dotenv:MAX_VALUE", 2, {".env": "MODEL=abcd\n"},
          ("values longer than 2 characters were read up to there",)),
    Bound("wheels:MAX_WHEELS", 0,
          {"requirements.txt": "x @ https://h/spacy-models/en_core_web_sm-3.7.1.tar.gz\n"},
          ("more than 0 addresses of packages: from line 1 on they were not read",)),
    Bound("comments:MAX_COMMENTS", 1, {"a.toml": "model = 1\n# a/b\n# c/d\n"},
          ("more than 1 comments: from line 2 on they were not read",)),
    Bound("readers.notebook:MAX_CELLS", 1,
          {"a.ipynb": json.dumps({"cells": [{"cell_type": "code", "source": ["a\n"]}] * 2})},
          ("more than 1 cells: the rest was not read",)),
    Bound("shell_lexer:MAX_WORDS", 2, {"a.sh": "a b c\nd e f\n"},
          ("more than 2 words of a script: from line 1 on they were not read",), "shell_commands"),
    Bound("shell_commands:MAX_WORDS_OF_COMMAND", 2, {"a.sh": "a b c\n"},
          ("more than 2 words of one command: the rest was not read",)),
    Bound("shell_state:MAX_ENVIRONMENT", 1, {"a.sh": "export A=1\nexport B=2\nls\n"},
          ("more than 1 variables set for one command: the rest was not read",)),
    Bound("shell_state:MAX_WORDS_OF_VALUE", 1, {"a.sh": "A='x y'\nls $A\n"},
          ("more than 1 words of one variable: the rest was not read",)),
    Bound("shell_functions:MAX_WORDS_OF_CALLS", 1, {"a.sh": "f() {\n  ls $1 x\n}\nf a\n"},
          ("more than 1 words of functions that are called: the rest was not read",), "shell_commands"),
    Bound("shell_state:MAX_CHOICES", 1, {"a.sh": "for m in a b; do ls $m; done\n"},
          ("more than 1 values of one variable: the rest was not read",)),
    Bound("handed_on:MAX_OVERRIDES", 1, {"a.sh": "python a.py model.x=a/b model.y=c/d\n"},
          ("more than 1 values set on one command line: the rest was not read",)),
    Bound("task_tables:MAX_TASKS", 1, {"a.toml": "[model.tasks]\na = 'ls'\nb = 'ls'\n"},
          ("more than 1 commands of one table: the rest was not read",)),
    Bound("unit_files:MAX_LINES", 1, {"a.service": "# model\nExecStart=ls\n"},
          ("more than 1 lines: from line 2 on they were not read",)),
    Bound("unit_files:MAX_LINE", 9, {"a.service": "# model\nExecStart=/bin/ls\n"},
          ("line 2 is longer than 9 characters and was not read",)),
    Bound("containers:MAX_COMMANDS", 1, {"a.yaml": "model: x\nscript:\n  - ls a\n  - ls b\n"},
          ("more than 1 commands of one list: the rest was not read",)),
    Bound("source:MAX_DEPTH", 0, {"a.sh": "bash -c 'ollama pull x'\n"},
          ("texts within texts deeper than 0 were not read",)),
    Bound("detectors.config_key:MAX_PARTS", 1, {"a.yaml": "model: nord/a-1,nord/b-2\n"},
          ("more than 1 names in one value: the rest was not read",)),
    Bound("notices:MAX_NOTICE_CHARACTERS", 3, {"NOTICE": "Copyright"},
          ("only the first 3 characters of its notice were kept",), "file_reading"),
    Bound("neighbours:MAX_NEIGHBOURS", 0,
          {"a.py": IMPORT + "from b import M\nA.from_pretrained(M)", "b.py": "M = 1"},
          ("more than 0 files it asks: not all were followed",)),
    Bound("neighbours:MAX_NEIGHBOUR_BYTES", 2,
          {"a.py": IMPORT + "from b import M\nA.from_pretrained(M)", "b.py": "M = 1"},
          ("constants of b.py were not followed: larger than 2 bytes",)),
    Bound("python_module:MAX_CHARACTERS", 9, {"a.py": IMPORT}, ("longer than 9 characters, not parsed",)),
    Bound("file_reading:MAX_LINES", 2, {"a.ini": "model=a\nb=c\nd=e\nf=g"},
          ("more than 2 lines: from line 3 on they were not read",)),
    Bound("readers.yaml:MAX_SEPARATORS", 2, {"a.yaml": "model: nord/a-1\nb: c\n"},
          ("YAML of more than 2 lines and signs between values, not parsed",)),
    Bound("shell_state:MAX_ENVIRONMENT", 1, {"Dockerfile": "FROM x\nENV MODEL=a\nENV B=c\n"},
          ("more than 1 variables set for one command: the rest was not read",),
          "readers.dockerfile"),
    Bound("python_module:MAX_BINDINGS", 1, {"a.py": IMPORT + "b = 1\n"}, ("binds more than 1 names",)),
    Bound("python_values:MAX_ALTERNATIVES", 2,
          {"a.py": IMPORT + "A.from_pretrained(M[k])\nM = ['a', 'b', 'c']\n"},
          ("more than 2 values of one expression: the rest was not read",), "python_evaluator"),
    Bound("python_values:MAX_DEPTH", 2,
          {"a.py": IMPORT + "a = 'x/y'\nb = a\nc = b\nd = c\nA.from_pretrained(d)\n"},
          unfollowed(2, "expressions", "line 4: "), "python_evaluator"),
    Bound("python_evaluator:MAX_HOPS", 0,
          {"a.py": IMPORT + "from b import M\nA.from_pretrained(M)", "b.py": "M = 1"},
          unfollowed(0, "files")),
    Bound("python_evaluator:MAX_STEPS", 1, {"a.py": IMPORT + "A.from_pretrained(m)\nm = n\n"},
          ("more than 1 values of names and expressions: the rest was not read",)),
    Bound("python_evaluator:MAX_REBINDINGS", 1,
          {"a.py": IMPORT + "m = []\nm.append('nord/a')\nm.append('nord/b')\nA.from_pretrained(m[0])\n"},
          ("more than 1 values given to one name: the rest was not read",)),
    Bound("python_folding:MAX_CALLERS", 1,
          {"a.py": IMPORT + "def f(m):\n    A.from_pretrained(m)\nf('nord/a')\nf('nord/b')\n"},
          ("more than 1 calls of one function: the rest was not read",)),
    Bound("python_cases:MAX_CASES", 1,
          {"a.py": IMPORT + "@parametrize('n', ['nord/a', 'nord/b'])\ndef t(n):\n  A.from_pretrained(n)\n"},
          ("more than 1 cases of one test: the rest was not read",)),
    Bound("python_commands:MAX_WORDS", 1, {"a.py": "image.run_commands('ollama pull x', 'ollama pull y')\n"},
          ("more than 1 commands of one call: the rest was not read",)),
    Bound("python_calls:MAX_RETURNS", 1,
          {"a.py": IMPORT + "def f():\n    return 'nord/a'\n    return 'nord/b'\nA.from_pretrained(f())\n"},
          ("more than 1 values returned by one function: the rest was not read",)),
    Bound("python_kinship:MAX_GIVEN", 0,
          {"a.py": IMPORT + "from b import B\nclass C(B):\n    def f(self):\n"
           "        A.from_pretrained(self.model)\nC('nord/a')\n",
           "b.py": "class B:\n    def __init__(self, model):\n        self.model = model\n"},
          ("more than 0 calls of one base class: the rest was not read",)),
    Bound("python_reach:MAX_CALLS", 0,
          {"a.py": "from b import f\nf('lab1/net2')\n", "b.py": REACHED},
          ("more than 0 calls in one function: the rest was not read",)),
    Bound("python_reach:MAX_DEPTH", 0,
          {"a.py": "from b import f\nf('lab1/net2')\n", "b.py": REACHED},
          unfollowed(0, "functions")),
    Bound("python_annotations:MAX_HANDED_OVER", 1,
          {"a.py": IMPORT + "class B:\n    @property\n    def m(self):\n        return 'nord/a'\n"
           "        return 'nord/b'\nA.from_pretrained(B().m)\n"},
          ("more than 1 values given back by one function: the rest was not read",)),
    Bound("python_environment:MAX_SET", 1,
          {"a.py": IMPORT + "import os\nos.environ['M'] = 'nord/a'\nos.environ['M'] = 'nord/b'\n"
           "A.from_pretrained(os.environ['M'])\n"},
          ("more than 1 values given to one variable of the environment: the rest was not read",)),
    Bound("python_objects:MAX_BASES", 0,
          {"a.py": IMPORT + "class B:\n    m = 'nord/a'\nclass C(B):\n    pass\nA.from_pretrained(C.m)\n"},
          unfollowed(0, "base classes", "line 5: ")),
    Bound("detectors.named_values:MAX_NESTING", 0, {"a.py": "MODELS = ['nord/a-1']\n"},
          ("lists nested deeper than 0 levels were not read for names",)),
    Bound("javascript_tree:MAX_CHARACTERS", 9, {"a.js": JS}, ("longer than 9 characters, not parsed",)),
    Bound("javascript_scopes:MAX_BINDINGS", 0, {"a.js": JS}, ("more than 0 names: the rest was not read",)),
    Bound("javascript_patterns:MAX_PATTERN_DEPTH", 1, {"a.js": JS + "const {a: {b: {c}}} = d;"},
          ("patterns nested deeper than 1 levels were not read",)),
    Bound("javascript_evaluation:MAX_DEPTH", 1,
          {"a.js": JS + "const a = 'x/y';\nconst b = a;\npipeline('t', ((b)));"},
          unfollowed(1, "names and expressions", "line 4: "), "javascript_values"),
    Bound("javascript_evaluation:MAX_STEPS", 1, {"a.js": JS + "const model = 'x/y';\nconst model2 = 'x/z';"},
          ("more than 1 expressions: from line 3 on they were not read",), "javascript_values"),
    Bound("javascript_evaluation:MAX_CHOICES", 1, {"a.js": JS + "const model = x ? 'x/y' : 'x/z';"},
          ("more than 1 values of one expression: the rest was not read",), "javascript_values"),
    Bound("javascript_evaluation:MAX_CALLERS", 1,
          {"a.js": JS + "function f(m) { pipeline('t', m); }\nf('x/y');\nf('x/z');"},
          ("more than 1 calls of one function: the rest was not read",), "javascript_following"),
    Bound("javascript_following:MAX_RETURNS", 1,
          {"a.js": JS + "const f = () => { if (x) return 'x/y'; return 'x/z'; };\npipeline('t', f());"},
          ("more than 1 values returned by one function: the rest was not read",)),
    Bound("javascript_callees:MAX_CLIENTS", 1,
          {"a.js": "import O from 'openai';\nconst c = x ? new O() : new O();\nc.a.create({ model: 'x' });"},
          ("more than 1 clients of one call: the rest was not read",)),
    Bound("javascript_requests:MAX_REQUESTS", 1, {"a.js": JS + SENT + SENT},
          ("more than 1 requests: from line 3 on they were not read",)),
    Bound("javascript_requests:MAX_ADDRESSES", 1, {"a.js": JS + SENT.replace("(('", "(x ? 'http://b' : ('")},
          ("more than 1 addresses of one request: the rest was not read",)),
    Bound("javascript_requests:MAX_NAMED", 1, {"a.js": JS + SENT.replace("'x'", "a ? 'x' : 'y'")},
          ("more than 1 models of one request: the rest was not read",)),
    Bound("javascript_values:MAX_MEMBERS", 1, {"a.js": JS + "const models = ['x/y', 'x/z'];"},
          ("more than 1 members of one object or list: the rest was not read",)),
    Bound("javascript_values:MAX_FILES", 0,
          {"a.js": JS + "import { M } from './b.js';\npipeline('t', M);", "b.js": "export const M = 'x/y';"},
          ("constants of b.js were not followed: more than 0 files away",)),
    Bound("javascript_values:MAX_NEIGHBOUR", 2,
          {"a.js": JS + "import { M } from './b.js';\npipeline('t', M);", "b.js": "export const M = 'x/y';"},
          ("constants of b.js were not followed: longer than 2 characters",)),
    Bound("detectors.javascript_names:MAX_PATH", 1, {"a.js": JS + "const models = {a: {b: 'x/y'}};"},
          ("objects nested deeper than 1 levels were not read for names",)),
    Bound("model_files:MAX_CHARACTERS", 3, {"adapter_config.json": "{'model': 1}"},
          ("longer than 3 characters: not read as the description of a model",)),
    Bound("readers.model_config:MAX_DEPTH", 0, {"config.json": '{"model_type": "a", "b_config": {}}'},
          ("configurations nested deeper than 0 levels were not read",)),
    Bound("readers.model_config:MAX_CLASSES", 1, {"config.json": '{"auto_map": {"a": "b.C", "d": "e.F"}}'},
          ("more than 1 classes in auto_map: the rest was not read",)),
    Bound("weight_files:MAX_FIELDS", 1, {"a.pkl": _pickle(3)}, ("pickle: more than 1 facts",)),
    Bound("weight_files:MAX_FIELD", 4, {"a.pkl": _pickle(1)},
          ("facts of its header longer than 4 characters were read up to there",)),
    Bound("pickle_imports:MAX_OPCODES", 1, {"a.pkl": _pickle(3)},
          ("pickle: not determined beyond these: more than 1 instructions",)),
    Bound("pickle_imports:MAX_IMPORTS", 1, {"a.pkl": _pickle(3)},
          ("pickle: not determined beyond these: more than 1 imports",)),
    Bound("file_reading:MAX_VIEWS", 1,
          {"a.env": "MODEL=a\nB=c\n"}, ("too many places in it: the rest was not read",)),
    Bound("file_reading:MAX_TEXTS", 1, {"a.md": "```sh\nls\n```\n"},
          ("more than 1 texts inside it: the rest was not read",)),
    Bound("file_reading:MAX_SIGHTINGS", 0, {"a.md": "nord/tern-7b\nnord/tern-8b"},
          ("too many places in it: the rest was not read",)),
    Bound("readers.pickles:MAX_MEMBERS", 1, {"a.pt": _zip(3)},
          ("pickle: not determined beyond these: more than 1 members in the zip",)),
    Bound("readers.pickles:MAX_PICKLES", 1, {"a.pt": _zip(3)},
          ("pickle: not determined beyond these: more than 1 pickles in the zip",)),
    Bound("readers.onnx:MAX_PARTS", 1, {"a.onnx": "\x12\x01a\x12\x01b"},
          ("onnx: more than 1 fields",)),
    Bound("readers.gguf:MAX_PAIRS", 1, {"a.gguf": _gguf(2)}, ("gguf: more than 1 key-values",)),
    Bound("readers.gguf:MAX_DATASETS", 0,
          {"a.gguf": "GGUF" + _number(3, 4) + _number(1) + _number(1) + _text("general.datasets")
           + "\x09\0\0\0\x08\0\0\0" + _number(1) + _text("lab1/set2")},
          ("gguf: more than 0 datasets",)),
    Bound("readers.gguf:MAX_MEMBERS", 0, {"a.gguf": _gguf(1, "\x08\0\0\0" + _number(1) + _text("x"))},
          ("gguf: arrays of more than 0 members",)),
    Bound("pickle_imports:MAX_PICKLES", 1, {"a.pkl": _whole() + _whole()},
          ("pickle: not determined beyond these: more than 1 pickles",)),
]  # fmt: skip

NOTHING_IS_LOST = {
    "shell_functions:MAX_LOOKED_AT": "a function is then read where it stands, not for its calls",
    "python_rows:MAX_ROWS": "the values of a longer table are alternatives of each other",
    "worth_reading:MAX_PASSED_OVER": "a longer text is read whatever stands in it",
    "candidates:MAX_NAMES": "a text with more of them is read whatever they are",
    "candidates:MAX_KEPT": "how many answers are remembered",
    "names:MAX_NAME": "no name of a hub is as long",
    "config_keys:MAX_KEY": "no key anybody configures with is as long",
    "readers.plain_code:MAX_LITERAL": "no name and no address of a model is as long",
    "detectors.code_literals:MAX_TEST_MODULES": "names in further modules count as the program's",
    "markup:MAX_VALUE": "no name and no address of a model is as long",
    "javascript_values:MAX_TEXT": "no name is as long; listed as not resolved",
    "yaml_nodes:MAX_INHERITED": "neighbours that tell of a name, no names",
    "yaml_nodes:MAX_MERGED": "neighbours that tell of a name, no names",
    "settings_tree:MAX_SIBLING_CHARACTERS": "no provider, address or revision is as long",
    "javascript_values:MAX_COMBINATIONS": "the name is listed as not resolved",
    "python_values:MAX_COMBINATIONS": "the name is listed as not resolved",
    "python_values:MAX_TEXT": "no name is as long; listed as not resolved",
    "javascript_evaluation:MAX_EXPRESSION": "how much of an expression is shown",
    "ignores:MAX_REASON": "how much of a reason is kept",
    "pickle_imports:MAX_NAME": "how much of a name is shown",
    "embedded_texts:MAX_SNIFFED": "how much is looked at to tell a language; the whole text is read",
    "python_relevance:MAX_CANDIDATES": "a file with more is parsed",
    "reading_plan:MAX_HASHED_BYTES": "a larger file is read, and not remembered",
    "cache:MAX_CACHE_BYTES": "a larger cache is begun again",
    "python_calls:MAX_CALLS_WITHIN": "a call that is not followed for itself has the arguments of all calls",
    "python_guards:MAX_GUARDS": "with more branches none excludes another",
    "python_kinship:MAX_SISTERS": "with more classes what sisters hand up is read as well",
    "python_environment:MAX_SETTINGS_FILES": "addresses that explain a name; the name itself is read",
    "python_told:MAX_ADDRESSES": "addresses that explain a name; the name itself is read",
    "python_bindings:MAX_SIBLINGS": "keys that explain a name; the name itself is read",
    "detectors.javascript_names:MAX_SIBLINGS": "properties that explain a name; the name itself is read",
    "readers.weight_formats:MAX_CONFIG_BYTES": "weights are reported all the same",
    "readers.weight_formats:MAX_TAR_MEMBERS": "weights are reported all the same",
    "readers.safetensors:MAX_HEADER_BYTES": "the format's own limit: a larger one is said to be broken",
    "readers.gguf:MAX_KEY_BYTES": "the format's own limit: a longer one is said to be broken",
    "readers.gguf:MAX_STRING_BYTES": "no license and no name is as long",
    "readers.pickles:MAX_EXPANDED_BYTES": "the pickle is then said to be not read to its end",
    "readers.properties:MAX_LEVELS": "what lies deeper keeps its key as one word",
    "json_nodes:MAX_LEVELS": "a little more than settings are followed, which is where it is said",
    "allowance:MAX_NAMES": "said, as test_allowance shows",
    "allowance:MAX_PLACES": "said, as test_allowance shows",
    "packed:MAX_MEMORY_BYTES": "how much an expander may take; what is then not read is said by its reader",
    "far_file:MAX_READ_BYTES": "said among the facts, as test_far_file shows",
    "readers.pickles:MAX_DEPTH": "said among the facts, as the tests of the reader show",
    "readers.json:MAX_FLAT_HITS": "said, as test_too_many_keys shows",
    "declared_versions:MAX_FOLDERS": "versions of libraries, no names",
    "declared_versions:MAX_LINES": "versions of libraries, no names",
    "source:MAX_SAID": "how many limits are told one by one",
}
"""Limits at which no name is left out, each with the reason."""


@cache
def kit() -> Kit:
    # What names nothing would be passed over, and hit no limit.
    return replace(load_kit(KnownWorld(open_knowledge())), candidates=None)


def skipped(root: Path, files: dict[str, str]) -> list[str]:
    """What is said of the first of the files."""
    entries = []
    for path, text in files.items():
        (root / path).write_bytes(text.encode("latin-1"))
        entries.append(ProjectFile(path, len(text)))
    world = kit().context
    assert isinstance(world, KnownWorld)
    tree = Tree(root.resolve(), "p", tuple(entries), (), Unknown("none"), Unknown("none"))
    neighbours = ProjectFiles(tree, world)
    return [each.reason for each in read_file(tree, tree.files[0], kit(), neighbours).skipped]


@pytest.mark.parametrize("bound", BOUNDS, ids=lambda bound: bound.constant)
def test_a_limit_that_is_hit_is_said(bound: Bound, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert skipped(tmp_path, bound.files) == []
    module, name = bound.constant.split(":")
    for where in {module, bound.used_in or module}:
        monkeypatch.setattr(importlib.import_module(f"scanner.discovery.{where}"), name, bound.value)
    assert set(bound.said) <= set(skipped(tmp_path, bound.files))


def test_every_limit_is_shown_to_be_said_or_to_lose_nothing() -> None:
    declared = {
        f"{'.'.join(path.relative_to(ROOM).with_suffix('').parts)}:{name}"
        for path in ROOM.rglob("*.py")
        for name in re.findall(r"^(MAX_[A-Z_]+) =", path.read_text(), re.MULTILINE)
    }
    assert declared - {bound.constant for bound in BOUNDS} - set(NOTHING_IS_LOST) == set()


def test_of_very_many_limits_in_one_file_not_all_are_told(tmp_path: Path) -> None:
    said = skipped(tmp_path, {"a.ini": "\n".join(["model=" + "x" * 5_000] * 30)})
    assert said[19:] == [
        "line 20 is longer than 4000 characters and was not read",
        "more limits were hit than are told",
    ]
