from pathlib import Path

import pytest

from scanner.discovery.context import KnownWorld
from scanner.discovery.neighbours import ProjectFiles
from scanner.discovery.readers import typescript
from scanner.discovery.source import Source
from scanner.discovery.views import Call
from scanner.knowledge.store import open_knowledge
from scanner.project.tree import Tree
from scanner.records.sighting import Certainty, Kind, Role, Scope
from scanner.records.unknown import Unknown
from tests.discovery.javascript_kit import found_in


def first(text, language="javascript", **given):
    sightings, _ = found_in(text, language, **given)
    return [s for s in sightings if s.detector == "javascript-calls"]


def test_a_pipeline_gives_name_revision_task_and_place_of_the_constant():
    text = (
        "import { pipeline } from '@huggingface/transformers';\n"
        "const id = 'Xenova/all-MiniLM-L6-v2'; // or 'Xenova/other'\n"
        "await pipeline('feature-extraction', id, { revision: 'abc' });"
    )
    (found,) = first(text)
    assert (found.kind, found.name, found.revision) == (Kind.HF_MODEL, "Xenova/all-MiniLM-L6-v2", "abc")
    assert (found.role, found.scope, found.certainty) == (Role.DEPENDENCY, Scope.SHIPPED, Certainty.FOLDED)
    assert (found.location.line, found.location.column, found.location.end_column) == (2, 12, 37)
    assert (found.library, found.task) == ("transformers.js", "feature-extraction")


def test_a_pipeline_without_a_model_takes_the_default_of_its_task():
    (found,) = first("import { pipeline } from '@huggingface/transformers';\npipeline('fill-mask');")
    assert (found.certainty, found.task) == (Certainty.IMPLICIT, "fill-mask")


def test_any_from_pretrained_with_a_hub_name_counts_and_a_path_does_not():
    text = "Foo.from_pretrained('o1/n1'); Bar.from_pretrained('./local'); Baz.from_pretrained('plain');"
    assert [s.name for s in first(text)] == ["o1/n1"]


OPENAI = "import OpenAI from 'openai';\n"


@pytest.mark.parametrize(
    ("made", "name", "provider", "base_url"),
    [
        ("new OpenAI()", "openai:gpt-4o", "openai", None),
        ("new OpenAI({ baseURL: 'https://api.deepseek.com' })", "deepseek:gpt-4o", "deepseek",
         "https://api.deepseek.com"),
        ("new OpenAI({ baseURL: process.env.LLM_URL ?? 'https://api.deepseek.com' })", "deepseek:gpt-4o",
         "deepseek", "https://api.deepseek.com"),
        ("new OpenAI({ baseURL: process.env.LLM_URL })", "unknown:gpt-4o",
         Unknown("LLM_URL is set at run time"), Unknown("LLM_URL is set at run time")),
    ],
)  # fmt: skip
def test_the_address_decides_whose_service_it_is(made, name, provider, base_url):
    (found,) = first(f"{OPENAI}const c = {made};\nc.chat.completions.create({{ model: 'gpt-4o' }});")
    assert (found.kind, found.name, found.provider, found.base_url) == (
        Kind.API_MODEL, name, provider, base_url,
    )  # fmt: skip


def test_an_address_from_the_environment_is_unresolved_where_it_stands():
    text = (
        OPENAI
        + "const c = new OpenAI({ baseURL: process.env.LLM_URL });\nc.responses.create({ model: 'm1' });"
    )
    (left,) = found_in(text)[1]
    assert (left.expression, left.reason, left.line) == ("process.env.LLM_URL", "environment", 2)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("import { openai } from '@ai-sdk/openai'; f({ model: openai('gpt-4o') });", "openai:gpt-4o"),
        ("import { openai } from '@ai-sdk/openai'; f(openai.embedding('e3'));", "openai:e3"),
        ("import { createAnthropic } from '@ai-sdk/anthropic'; const a = createAnthropic({}); a('c-4');",
         "anthropic:c-4"),
        ("import { createOpenAI } from '@ai-sdk/openai';"
         "const d = createOpenAI({ baseURL: 'https://api.deepseek.com' }); d('vee-9');", "deepseek:vee-9"),
        ("import { gateway } from 'ai'; gateway('openai/gpt-4o');", "vercel-gateway:openai/gpt-4o"),
        ("import { generateText } from 'ai'; generateText({ model: 'openai/gpt-4o' });",
         "vercel-gateway:openai/gpt-4o"),
        ("import { ChatAnthropic } from '@langchain/anthropic'; new ChatAnthropic({ model: 'c-4' });",
         "anthropic:c-4"),
        ("import { ChatOpenAI } from '@langchain/openai';"
         "new ChatOpenAI({ model: 'm1', configuration: { baseURL: 'https://api.deepseek.com' } });",
         "deepseek:m1"),
        ("await env.AI.run('@cf/meta/x9', {});", "cloudflare:@cf/meta/x9"),
        ("import Replicate from 'replicate'; new Replicate().run('o1/n1:abc');", "replicate:o1/n1"),
        ("import * as fal from '@fal-ai/serverless-client'; fal.subscribe('o1/n1');", "fal:o1/n1"),
        ("import { fal } from '@fal-ai/client'; fal.queue.submit('o1/n1/dev', {});", "fal:o1/n1/dev"),
    ],
)  # fmt: skip
def test_hosted_models_are_named_with_their_provider(text, name):
    assert [s.name for s in first(text)] == [name]


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("import ollama from 'ollama'; ollama.chat({ model: 'gemma3' });", Kind.OLLAMA, "gemma3"),
        ("import ollama from 'ollama'; ollama.create({ model: 'mine', from: 'gemma3' });",
         Kind.OLLAMA, "gemma3"),
        ("import { CreateMLCEngine } from '@mlc-ai/web-llm'; CreateMLCEngine('Llama-3-MLC-1k');",
         Kind.HF_MODEL, "mlc-ai/Llama-3-MLC"),
        ("import { resolveModelFile } from 'node-llama-cpp'; resolveModelFile('hf:o1/n1/x.gguf');",
         Kind.HF_MODEL, "o1/n1"),
        ("import { InferenceClient } from '@huggingface/inference'; const c = new InferenceClient(t);"
         "c.chatCompletion({ model: 'o1/n1' });", Kind.HF_MODEL, "o1/n1"),
        ("fetch('https://api-inference.huggingface.co/models/o1/n1', {});", Kind.HF_MODEL, "o1/n1"),
        ("import { listFiles } from '@huggingface/hub'; listFiles({ repo: 'datasets/o1/n1' });",
         Kind.HF_DATASET, "o1/n1"),
    ],
)  # fmt: skip
def test_other_libraries_name_their_models(text, kind, name):
    assert [(s.kind, s.name) for s in first(text)] == [(kind, name)]


def test_a_name_chosen_at_run_time_is_unresolved():
    text = "import ollama from 'ollama';\nollama.chat({ model: process.env.MODEL });"
    sightings, (left,) = found_in(text)
    assert sightings == []
    assert (left.kind, left.expression, left.reason, left.line, left.column) == (
        Kind.OLLAMA, "process.env.MODEL", "environment", 2, 22,
    )  # fmt: skip


def test_a_deployment_says_that_its_model_is_not_stated():
    text = (
        "import { AzureOpenAI } from 'openai';\n"
        "const c = new AzureOpenAI({ endpoint: 'https://x.openai.azure.com' });\n"
        "c.chat.completions.create({ model: 'prod-chat' });"
    )
    (found,), (left,) = found_in(text)
    assert (found.name, left.expression, left.line) == ("azure-openai:prod-chat", "prod-chat", 3)


def test_look_alikes_are_left_alone():
    text = (
        "import { pipeline } from 'stream/promises';\npipeline(a, b);\nconsole.log('a1/b1');\n"
        "env.AI.run('a1/b1'); fetch('/api/models'); fetch('https://huggingface.co/o1/n1'); fetch(url);"
        "\nclient.get('text/plain');\nimport x from 'meta-llama/sub';"
    )
    assert found_in(text) == ([], [])


def test_a_server_of_ones_own_serves_weights():
    text = OPENAI + "const c = new OpenAI({ baseURL: 'http://localhost:11434/v1' });\n"
    (found,) = first(text + "c.chat.completions.create({ model: 'gemma3:4b' });")
    assert (found.kind, found.name, found.base_url) == (Kind.OLLAMA, "gemma3:4b", "http://localhost:11434/v1")


MODELS = """
export function big() { if (x) { return 'gpt-4o'; } return 'gpt-4o-mini'; }
export const small = () => 'gpt-4.1-nano';
export const client = () => new OpenAI();
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import { big } from './models';\nASK(big())", ["openai:gpt-4o", "openai:gpt-4o-mini"]),
        ("import { small } from './models';\nASK(small())", ["openai:gpt-4.1-nano"]),
        ("function own() { return 'gpt-4o'; }\nASK(own())", ["openai:gpt-4o"]),
        ("const own = () => { const f = () => { return 'x-1'; }; return 'gpt-4o'; };\nASK(own())",
         ["openai:gpt-4o"]),
        ("import { client } from './models';\nASK(client())", []),
        ("import { gone } from './models';\nASK(gone())", []),
    ],
)  # fmt: skip
def test_a_name_a_function_gives_back_is_found_where_it_stands(text, expected):
    asked = text.replace("ASK(", "new OpenAI().chat.completions.create({ model: ").replace("())", "() })")
    found, _ = found_in(OPENAI + asked, others={"models.js": MODELS})
    assert [each.name for each in found if each.detector == "javascript-calls"] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("loadModel('hf:o1/n1/m.gguf')", [("o1/n1", Certainty.GUESSED)]),
        ("anything(x, 'huggingface:o1/n1')", [("o1/n1", Certainty.GUESSED)]),
        ("anything('hf:')", []),
        ("anything('https://huggingface.co/o1/n1')", []),
    ],
)
def test_a_spelling_only_the_hub_has_is_a_guess_in_any_call(text, expected):
    assert [(each.name, each.certainty) for each in found_in(text + "; // model")[0]] == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("import { ChatOllama } from '@langchain/community/chat_models/ollama';\n"
         "new ChatOllama({ model: 'tern3' });", "tern3"),
        ("import { ChatOpenAI } from 'langchain/chat_models/openai';\n"
         "new ChatOpenAI({ modelName: 'gpt-x' });", "openai:gpt-x"),
        ("import { OpenAI } from 'llamaindex';\nnew OpenAI({ model: 'gpt-x' });", "openai:gpt-x"),
        ("import { HuggingFaceEmbedding } from '@llamaindex/huggingface';\n"
         "new HuggingFaceEmbedding({ modelType: 'o1/n1' });", "o1/n1"),
        ("import { InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';\n"
         "new InvokeModelCommand({ modelId: 'amazon.x' });", "aws-bedrock:amazon.x"),
        ("import { CohereClient } from 'cohere-ai';\nconst c = new CohereClient({});\n"
         "c.embed({ model: 'embed-x' });", "cohere:embed-x"),
        ("import { VertexAI } from '@google-cloud/vertexai';\nconst v = new VertexAI({});\n"
         "v.preview.getGenerativeModel({ model: 'gemini-x' });", "google-vertex:gemini-x"),
        ("import { createOllama } from 'ollama-ai-provider';\nconst o = createOllama({});\no('tern3');",
         "tern3"),
        ("import { openrouter } from '@openrouter/ai-sdk-provider';\nopenrouter('o1/n1:free');",
         "openrouter:o1/n1:free"),
        ("import { createWorkersAI } from 'workers-ai-provider';\nconst w = createWorkersAI({});\n"
         "w('@cf/o1/n1');", "cloudflare:@cf/o1/n1"),
        ("import { Agent } from '@openai/agents';\nnew Agent({ model: 'gpt-x' });", "openai:gpt-x"),
        ("import { Agent } from '@mastra/core/agent';\nnew Agent({ model: 'anthropic/claude-x' });",
         "anthropic:claude-x"),
        ("import { Agent } from '@mastra/core/agent';\nnew Agent({ model: 'ollama/tern3' });", "tern3"),
        ("import Together from 'together-ai';\nconst t = new Together();\n"
         "t.chat.completions.create({ model: 'o1/n1' });", "together:o1/n1"),
        ("import { createProviderRegistry } from 'ai';\nconst r = createProviderRegistry({});\n"
         "r.languageModel('google:gemini-x');", "google-gemini:gemini-x"),
    ],
)  # fmt: skip
def test_each_library_takes_its_model_where_its_record_says(text, name):
    (found,) = first(text)
    assert (found.name, found.certainty) == (name, Certainty.LITERAL)


def test_the_region_of_bedrock_stands_beside_the_model():
    text = (
        "import { BedrockEmbeddings } from '@langchain/community/embeddings/bedrock';\n"
        "new BedrockEmbeddings({ model: 'amazon.x', region: 'eu-west-1' });"
    )
    (found,) = first(text)
    assert (found.provider, found.region) == ("aws-bedrock", "eu-west-1")


def test_a_text_that_says_who_serves_it_counts_whatever_it_is_given_to():
    text = (
        "const tool = createTool('openai:gpt-4o');\ndownload('hf:o1/n1/x.gguf');\n"
        "if (id === 'openai:gpt-4') stop();\nsetUser('google:id-1');\nopen('node:fs1');"
    )
    assert [(s.name, s.location.line) for s in first(text)] == [("openai:gpt-4o", 1), ("o1/n1", 2)]
    assert [s.name for s in first(text, scope=Scope.TEST)] == ["o1/n1"]


def test_such_a_call_is_read_though_only_recorded_ones_are_looked_for():
    world = KnownWorld(open_knowledge(()))
    empty = Tree(Path(), "p", (), (), Unknown("no git"), Unknown("no git"))
    text = "const tool = createTool('openai:gpt-4o'); other('model');"
    source = Source("a.ts", text, "typescript", Scope.SHIPPED, neighbours=ProjectFiles(empty, world))
    calls = [view for view in typescript.READER.read(source) if isinstance(view, Call)]
    assert [view.name for view in calls] == ["createTool"]


def test_a_call_whose_settings_come_at_run_time_has_no_default_of_its_library():
    text = (
        'import { ChatOllama } from "@langchain/ollama";\nexport const f = (given) => new ChatOllama(%s);\n'
    )
    assert first(text % "given") == []
    assert [each.name for each in first(text % "{ temperature: 1 }")] == ["llama3"]
