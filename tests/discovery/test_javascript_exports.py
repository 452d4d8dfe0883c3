"""Tests of clients and providers that one file of a project makes and another asks."""

import pytest

from scanner.discovery.file_reading import load_kit, read_file
from scanner.discovery.neighbours import ProjectFiles
from scanner.project.tree import ProjectFile, Tree
from scanner.records.unknown import Unknown
from tests.discovery.javascript_kit import found_in
from tests.discovery.reading import world

CLIENTS = """
import OpenAI from 'openai';
import { createOpenAI, openai as plain } from '@ai-sdk/openai';
import { BASE } from './config';
const made = new OpenAI({ baseURL: 'https://api.deepseek.com' });
export const client = new OpenAI({ baseURL: BASE });
export { made as renamed, OpenAI };
export { anthropic } from '@ai-sdk/anthropic';
export const provider = createOpenAI({ baseURL: 'https://api.groq.com/openai/v1' });
export const same = plain;
export const all = { deep: made };
export default made;
export class Box { static shared = made; static get = () => made; make() { return made; } }
"""
COMMON = """
const { OpenAI } = require('openai');
const client = new OpenAI({ baseURL: 'https://api.deepseek.com' });
module.exports = { client, get() { return client; } };
"""
OTHERS = {
    "lib/clients.ts": CLIENTS,
    "lib/config.ts": "export const BASE = 'https://openrouter.ai/api/v1';",
    "lib/index.ts": "export * from './clients';\nexport { default as first } from './clients';",
    "lib/common.js": COMMON,
    "lib/single.js": "const { OpenAI } = require('openai');\nmodule.exports = new OpenAI();",
    "lib/each.js": "const { OpenAI } = require('openai');\nexports.one = new OpenAI();",
}


def asked(text: str, language: str = "typescript") -> list[str]:
    found, _ = found_in(text, language, file="app/use.ts", others=OTHERS)
    return [each.name for each in found if each.detector == "javascript-calls"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("import { client } from '../lib/clients'; client.chat.completions.create({ model: 'm1' })",
         "openrouter:m1"),
        ("import { client as c } from '@/lib/clients'; c.chat.completions.create({ model: 'm1' })",
         "openrouter:m1"),
        ("import { renamed } from '~/lib/clients'; renamed.chat.completions.create({ model: 'm1' })",
         "deepseek:m1"),
        ("import own from '../lib/clients'; own.chat.completions.create({ model: 'm1' })", "deepseek:m1"),
        ("import { all } from '../lib/clients'; all.deep.chat.completions.create({ model: 'm1' })",
         "deepseek:m1"),
        ("import * as ai from '../lib/clients'; ai.client.chat.completions.create({ model: 'm1' })",
         "openrouter:m1"),
        ("import { first } from '../lib'; first.chat.completions.create({ model: 'm1' })", "deepseek:m1"),
        ("import { renamed } from '../lib'; renamed.chat.completions.create({ model: 'm1' })",
         "deepseek:m1"),
        ("import { OpenAI } from '../lib'; new OpenAI().chat.completions.create({ model: 'm1' })",
         "openai:m1"),
        ("import { provider } from '../lib/clients'; f({ model: provider('m1') })", "groq:m1"),
        ("import { anthropic } from '../lib/clients'; f({ model: anthropic('m1') })", "anthropic:m1"),
        ("import { same } from '../lib/clients'; f({ model: same('m1') })", "openai:m1"),
        ("import { Box } from '../lib/clients'; Box.shared.chat.completions.create({ model: 'm1' })",
         "deepseek:m1"),
        ("import { Box } from '../lib/clients'; new Box().make().chat.completions.create({ model: 'm1' })",
         "deepseek:m1"),
        ("const { client } = require('../lib/common'); client.chat.completions.create({ model: 'm1' })",
         "deepseek:m1"),
        ("const ai = require('../lib/common'); ai.client.chat.completions.create({ model: 'm1' })",
         "deepseek:m1"),
        ("const ai = require('../lib/common'); ai.get().chat.completions.create({ model: 'm1' })",
         "deepseek:m1"),
        ("const one = require('../lib/single'); one.chat.completions.create({ model: 'm1' })", "openai:m1"),
        ("const each = require('../lib/each.js'); each.one.chat.completions.create({ model: 'm1' })",
         "openai:m1"),
        ("const { client } = await import('../lib/clients'); client.chat.completions.create({ model: 'm1' })",
         "openrouter:m1"),
    ],
)  # fmt: skip
def test_a_client_of_another_file_says_whose_service_it_asks(text: str, name: str) -> None:
    assert asked(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "import { gone } from '../lib/clients'; gone.chat.completions.create({ model: x })",
        "import { client } from '../lib/none'; client.chat.completions.create({ model: x })",
        "import { BASE } from '../lib/config'; BASE.create({ model: 'm1' })",
        "import type { client } from '../lib/clients'; client.chat.completions.create({ other: 'm1' })",
    ],
)
def test_what_no_other_file_makes_is_no_client(text: str) -> None:
    assert asked(text) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("app/a.vue", "<script setup lang='ts'>\n%s</script>\n"),
        ("app/a.svelte", "<script lang='ts'>\n%s</script>\n"),
        ("app/a.ts", "%s"),
    ],
)
@pytest.mark.parametrize(
    "use",
    [
        "import { provider } from '../lib/clients';\nconst llm = provider('tern-9');\n",
        "import { client } from '../lib/clients';\nclient\n  ASK",
        "import { make } from '../lib/make';\nmake()ASK",
        "import { both } from '../lib/make';\nconst { a, b: llm } = both();\nllmASK",
        "const { make } = require('../lib/make');\nmake()ASK",
    ],
)
def test_a_file_that_only_asks_is_read(tmp_path, name: str, text: str, use: str) -> None:
    texts = {
        name: text % use.replace("ASK", ".chat.completions.create({ model: 'tern-9' });\n"),
        "lib/clients.ts": "import OpenAI from 'openai';\nimport { createOpenAI } from '@ai-sdk/openai';\n"
        "export const client = new OpenAI();\nexport const provider = createOpenAI();\n",
        "lib/make.ts": "import OpenAI from 'openai';\nexport function make() { return new OpenAI(); }\n"
        "export const both = () => ({ b: make() });\n",
    }
    for path, content in texts.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(content)
    files = tuple(ProjectFile(path, len(content)) for path, content in texts.items())
    tree = Tree(tmp_path.resolve(), "p", files, (), Unknown("no git"), Unknown("no git"))
    found = read_file(tree, files[0], load_kit(world()), ProjectFiles(tree, world()))
    assert [each.name for each in found.sightings] == ["openai:tern-9"]


def test_files_that_hand_on_to_each_other_in_a_ring_end() -> None:
    ring = {f"{name}.js": "".join(f"export * from './{other}';\n" for other in "abc") for name in "abc"}
    text = "import { x } from './a'; x.create({ model: 'm1' }); x('model')"
    assert found_in(text, file="use.js", others=ring) == ([], [])


def test_names_handed_to_and_fro_without_end_are_told() -> None:
    count = 300
    others = {
        "a.js": "\n".join(f"import {{y{n}}} from './b'; export const x{n} = y{n};" for n in range(count)),
        "b.js": "\n".join(
            f"import {{x{n + 1}}} from './a'; export const y{n} = x{n + 1};" for n in range(count)
        ),
    }
    text = "import { x0 } from './a'; x0.chat.completions.create({ model: 'm1' })"
    assert found_in(text, file="use.js", others=others) == ([], [])
