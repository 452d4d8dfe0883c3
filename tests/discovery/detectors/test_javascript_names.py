import pytest

from scanner.records.sighting import Certainty, Kind, Role, Scope
from tests.discovery.javascript_kit import found_in


def names(text, language="javascript", **given):
    return [(s.name, s.location.line) for s in found_in(text, language, **given)[0]]


@pytest.mark.parametrize(
    "text",
    [
        "const MODEL_ID = 'o1/n1';",
        "const modelName = process.env.M ?? 'o1/n1';",
        "export const models = [{ id: 'o1/n1', label: 'x/yz' }];",
        "const TOKENIZER_OPTIONS = Object.freeze({ 'o1/n1': 'one / two' });",
        "class A { static model_id = 'o1/n1'; }",
        "function f(model = 'o1/n1') {}",
        "register({ embeddingModel: 'o1/n1' });",
        "const e = <Chat model='o1/n1' />;",
        "self.checkpoint = `o1/${'n1'}`;",
        "const all = { quick: { label: 'x', hfRepoId: 'o1/n1' } };",
        "const RERANK_HF_REPO = 'o1/n1';",
        "z.object({ EMBED_MODEL: z.string().default('o1/n1') });",
    ],
)
def test_a_name_that_speaks_of_models_holds_one(text):
    assert names(text) == [("o1/n1", 1)]


ENTRIES = (
    "{ id: 'gpt-4o', run: 'a' }, { id: 'claude-3-5-sonnet-latest', run: 'b' }, { id: 'scraper-2', run: 'c' }"
)


def test_a_list_whose_members_are_models_is_one_of_models_whatever_it_is_called():
    found = [("openai:gpt-4o", 1), ("anthropic:claude-3-5-sonnet-latest", 1)]
    assert names(f"const tools = [{ENTRIES}];") == found
    assert names(f"const config = {{ use: true, tools: [{ENTRIES}] }};") == found


@pytest.mark.parametrize(
    "text",
    [
        "const tools = [{ id: 'gpt-4o' }, { id: 'other' }, { id: 'scraper-2' }];",
        f"const tools = [{ENTRIES.replace('run', 'inputPrice')}];",
        "const tools = ['gpt-4o', 'claude-3-5-sonnet-latest'];",
    ],
)
def test_a_list_with_few_models_or_with_what_they_cost_is_not_one_of_them(text):
    assert names(text) == []


def test_lists_of_names_are_of_the_service_they_are_kept_under():
    kinds = "enum Kind { Claude = 'anthropic', Own = 'ollama' }\n"
    listed = (
        "{ [Kind.Claude]: ['claude-sonnet-4-5'], [Kind.Own]: ['tern3:14b'], [Far.OpenRouter]: ['o1/n-4'] }"
    )
    assert names(f"{kinds}export const llmModelNames = {listed};", "typescript") == [
        ("anthropic:claude-sonnet-4-5", 2),
        ("tern3:14b", 2),
        ("openrouter:o1/n-4", 2),
    ]


def test_what_the_own_server_says_it_offers_is_not_asked_of_anybody():
    assert names("const models = [{ id: 'tern-2-pro', object: 'model', owned_by: 'us' }];") == []


def test_a_choice_in_a_component_for_models_is_one_only_where_it_looks_it():
    page = "const ModelSettings = () => <select><option value='%s' /></select>;"
    assert names(page % "minimal/none") == []
    assert names(page % "o1/n1-7b") == [("o1/n1-7b", 1)]


def test_names_of_weights_compiled_for_a_browser_are_repositories():
    text = "const models = [{ name: 'Tern-2-1B-q4f16_1-MLC-1k', provider: 'Meta' }, { name: 'Tern-q9-MLC' }];"
    assert names(text) == [("mlc-ai/Tern-2-1B-q4f16_1-MLC", 1)]


def test_what_several_objects_say_is_said_of_none_of_them():
    text = (
        "const all = [{ name: 'tern-4', provider: 'Groq' }, { name: 'gull-4', provider: 'DeepSeek' }];\n"
        "export const MODELS = all.map((model) => ({ ...model, size: 1 }));"
    )
    assert names(text) == []


def test_a_name_below_models_is_one_of_google_where_its_service_has_it():
    assert names("const model = 'models/gemini-2.0-flash';") == [("google-gemini:gemini-2.0-flash", 1)]


@pytest.mark.parametrize(
    "text",
    [
        "const ZONE = 'America/New_York';",
        "const TYPE = 'text/event-stream';",
        "const e = <div className='bg-blue-500/10' />;",
        "const rules = { 'react-refresh/only-export': 'off' };",
        "const modelPath = './models/x';",
        "const MODEL = 'your-org/your-model';",
        "const model = 'path/to/model';",
        "const modelLink = { href: 'o1/n1' };",
        "const language = 'spanish/castilian';",
        "/* model = 'o1/n1' */",
        "import model from 'o1/n1';",
    ],
)
def test_what_only_looks_like_a_model_is_left_alone(text):
    assert names(text) == []


def test_strings_of_tests_are_not_guessed():
    assert names("const model = 'o1/n1';", scope=Scope.TEST) == []


def test_a_name_of_the_catalog_is_a_guess_without_a_telling_name():
    (found,), _ = found_in("const x = ['sentence-transformers/all-MiniLM-L6-v2'];")
    assert (found.kind, found.role, found.certainty) == (Kind.HF_MODEL, Role.DEPENDENCY, Certainty.GUESSED)


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("const MODEL = 'gpt-4o';", Kind.API_MODEL, "openai:gpt-4o"),
        ("const c = { provider: 'anthropic', model: 'claude-x1' };", Kind.API_MODEL, "anthropic:claude-x1"),
        (
            "const c = { baseURL: 'https://api.deepseek.com', model: 'vee-9' };",
            Kind.API_MODEL,
            "deepseek:vee-9",
        ),
        ("const DEFAULT_MODEL = 'openai/gpt-4o';", Kind.API_MODEL, "openai:gpt-4o"),
        ("const c = { model: '@cf/meta/x9' };", Kind.API_MODEL, "cloudflare:@cf/meta/x9"),
        ("const modelId = 'google/gemini-9.9-pro';", Kind.API_MODEL, "google-gemini:gemini-9.9-pro"),
        ("const c = { provider: 'ollama', model: 'gemma3' };", Kind.OLLAMA, "gemma3"),
    ],
)
def test_what_stands_beside_a_name_decides_what_it_is(text, kind, name):
    (found,), _ = found_in(text)
    assert (found.kind, found.name, found.certainty) == (kind, name, Certainty.GUESSED)


def test_labels_and_prices_beside_a_name_are_no_names():
    assert names("const models = { 'gpt-4o': { label: 'GPT-4o', price: 5, docs: 'gpt-4o' } };") == []


def test_a_long_name_is_weighed_in_no_time():
    assert names(f"const {'a' * 70}_x = 'o1/n1'; const model = 1;") == []


def test_a_model_name_beside_its_id_is_a_title():
    text = "const A = { modelId: 'gpt-4o', modelName: 'gpt-4o-title', provider: 'openai' };"
    assert names(text) == [("openai:gpt-4o", 1)]


def test_a_name_beside_an_id_is_a_title_and_an_owner_tells_who_serves():
    text = "const chatModels = [{ id: 'google/gemini-9.9', name: 'gemini-9.9-title', provider: 'google' }];"
    assert names(text) == [("google-gemini:gemini-9.9", 1)]


def test_a_member_of_an_enumeration_says_who_serves():
    text = "const providers = [{ modelName: 'swift-70b', provider: API_PROVIDERS.Groq }];"
    assert names(text) == [("groq:swift-70b", 1)]


def test_a_text_that_says_its_key_once_more_is_no_name():
    text = "const EVENTS = { setOllamaModel: 'set-ollama-model', getOllamaModel: 'app-get-model:7b' };"
    assert names(text) == [("app-get-model:7b", 1)]


def test_members_of_a_list_of_models_are_selectable():
    text = (
        "const CHAT_MODELS = ['gpt-4o', 'plain'];\n"
        "const chatModels = [{ label: 'Fast', key: 'gpt-4.1-mini' }];\n"
        "const llms = { fast: { id: 'gpt-4o-2024', name: 'gpt-4o-title' } };\n"
        "const UNSUPPORTED_MODELS = ['gpt-3.5-turbo'];\nconst excludedModels = ['gpt-3.5-turbo'];\n"
        "const words = ['gpt-3.5-turbo'];"
    )
    assert names(text) == [("openai:gpt-4o", 1), ("openai:gpt-4.1-mini", 2), ("openai:gpt-4o-2024", 3)]


def test_a_name_without_a_digit_or_of_two_signs_is_one_that_a_service_has():
    text = "const MODELS = ['claude-instant', 'quick-answers', 'o1', 'en', 's3'];\nconst words = ['o1'];"
    assert names(text) == [("anthropic:claude-instant", 1), ("openai:o1", 1)]


def test_the_class_of_a_field_says_who_serves():
    assert names("class ChatOllama { model = 'tern3'; }") == [("tern3", 1)]
    assert names("class Chat { model = 'tern3'; }") == []


def test_a_publisher_is_no_part_of_a_name_at_vertex():
    text = "const VERTEX_MODELS = [{ id: 'google/tern-005', name: 'Tern' }];"
    assert names(text) == [("google-vertex:tern-005", 1)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<input id='ollama_chat_model' value='tern2'>", [("tern2", 1)]),
        ("<select id='model'><option value='fast'>x</select>", []),
        ("<input id='car_model' value='model-3'>", []),
        ("<select id='model-size'><option value='small'>x</select>", []),
    ],
)
def test_a_field_of_a_page_names_a_model_of_its_own_only_where_it_says_whose(text, expected):
    assert names(text, "html") == expected
