import pytest

from scanner.discovery.detectors.code_literals import DETECTOR
from scanner.discovery.readers.plain_code import READER
from scanner.discovery.source import Source
from scanner.records.sighting import Certainty, Kind, Role, Scope


class World:
    def is_known_model(self, name):
        return name.lower() == "baai/bge-m3"

    def provider_of_host(self, url):
        return {"https://api.one.example/v1": "one", "https://api.two.example": "two"}.get(url)

    def providers_of_model(self, name):
        return {"uni-4": ("one",), "duo-4": ("one", "two")}.get(name, ())

    def has_own_models(self, provider):
        return provider == "one"


def found_in(text, scope=Scope.SHIPPED):
    source = Source("A.java", text, "code", scope)
    return [s for view in READER.read(source) for s in DETECTOR.detect(view, source, World())
            if isinstance(view, DETECTOR.views)]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('f("BAAI/bge-m3"); // model', [(Kind.HF_MODEL, "BAAI/bge-m3")]),
        ('ModelConfiguration(id: "o1/n1")', [(Kind.HF_MODEL, "o1/n1")]),
        ('x = "o1/n1"; // model', []),
        ('m.model("o1/n1", "text/plain")', [(Kind.HF_MODEL, "o1/n1")]),
        ('String model = "uni-4";', [(Kind.API_MODEL, "one:uni-4")]),
        ('String model = "duo-4";', []),
        ('url("https://api.two.example"); modelName("duo-4")', [(Kind.API_MODEL, "two:duo-4")]),
        ('url("https://api.two.example"); url("https://api.one.example/v1"); modelName("duo-4")', []),
        (
            'OllamaChatModel.builder().url("http://ollama:11434").modelName("gemma3:4b")',
            [(Kind.OLLAMA, "gemma3:4b")],
        ),
        ('load("hf://o1/n1/m.gguf") /* model */', [(Kind.HF_MODEL, "o1/n1")]),
        ('model("your-org/your-model"); model("./m/x"); model("src/main"); /* "BAAI/bge-m3" */', []),
        ('import "o1/n1"; // model', []),
        (
            "use ollama_rs::X; pub struct OllamaClient; // https://ollama.com/library/tern\n"
            'const MODEL: &str = "tern-net";',
            [(Kind.OLLAMA, "tern-net")],
        ),
        ('x = { "https://api.one.example/v1", "uni-4" }; // model', [(Kind.API_MODEL, "one:uni-4")]),
        ('x = { "https://api.two.example", "tern-9" }; // model', [(Kind.API_MODEL, "two:tern-9")]),
        ('x = { "https://api.one.example/v1", "tern-9" }; // model', []),
        ('url("https://api.one.example/v1"); model("o1/n1-7b")', [(Kind.HF_MODEL, "o1/n1-7b")]),
        ('url("https://api.two.example"); model("o1/n1-7b")', [(Kind.API_MODEL, "two:o1/n1-7b")]),
        ('CreateModel = "api/create"; ModelAndView("user/list"); viewModel = "o1/n1"; model = "a/b"', []),
        ('@Value("${chat.model:uni-4}") String m;', [(Kind.API_MODEL, "one:uni-4")]),
        ('@Config(name = "llm.model", defaultValue = "uni-4")', [(Kind.API_MODEL, "one:uni-4")]),
        ('@Value("${server.port:uni-4}") String model_;', []),
        (
            'enum LabModel { A("uni-4"), B("o1/n1"); }',
            [(Kind.API_MODEL, "one:uni-4"), (Kind.HF_MODEL, "o1/n1")],
        ),
    ],
)
def test_names_are_guesses_from_what_they_are_given_to(text, found):
    assert [(s.kind, s.name) for s in found_in(text)] == found
    assert {s.certainty for s in found_in(text)} <= {Certainty.GUESSED}


def test_in_tests_only_names_of_the_catalog_are_mentioned():
    found = found_in('model("BAAI/bge-m3"); model("o1/n1"); model("uni-4")', Scope.TEST)
    assert [(s.name, s.role) for s in found] == [("BAAI/bge-m3", Role.MENTION)]


def test_of_two_hosts_in_a_file_each_name_is_asked_of_its_own():
    text = (
        'A.builder().url("https://api.one.example/v1").modelName("duo-4").build();\n'
        'A.builder()\n  .modelName("o1/n1")\n  .url("https://api.two.example")\n  .build();\n'
    )
    assert [(s.kind, s.name, s.location.line) for s in found_in(text)] == [
        (Kind.API_MODEL, "one:duo-4", 1),
        (Kind.API_MODEL, "two:o1/n1", 3),
    ]


def test_a_name_far_from_every_host_of_several_is_asked_of_nobody_known():
    text = (
        'a("https://api.one.example/v1"); b("https://api.two.example");' + "\n" * 20 + 'modelName("duo-4");'
    )
    assert found_in(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("b.modelName(UNI_4).build()", [("one:uni-4", "UNI_4")]),
        ("b.chatModel(Names.Chat.UNI_4)", [("one:uni-4", "UNI_4")]),
        ("b.modelName(DUO_4)", []),
        ("b.modelName(MODEL_NAME)", []),
        ("// b.modelName(UNI_4)", []),
        ("b.size(UNI_4); /* model */", []),
    ],
)
def test_a_member_of_an_enumeration_counts_where_one_provider_has_the_name(text, found):
    written = [(s.name, text[s.location.column - 1 : s.location.end_column - 1]) for s in found_in(text)]
    assert written == found


def test_a_size_of_ollama_counts_where_its_package_is_imported():
    text = 'import org.acme.ai.ollama.OllamaChatOptions;\nx = b.model("tern3.2:2b").name("model-2")'
    assert [(s.kind, s.name) for s in found_in(text)] == [(Kind.OLLAMA, "tern3.2:2b")]
    assert found_in(text.replace("ollama.Ollama", "other.Other")) == []


def test_an_arn_names_a_model_of_bedrock_and_its_region():
    text = 'String model = "arn:aws:bedrock:us-east-1::foundation-model/amazon.titan-x";'
    assert [(s.name, s.provider, s.region) for s in found_in(text)] == [
        ("aws-bedrock:amazon.titan-x", "aws-bedrock", "us-east-1")
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('client.AsChatClient("uni-4"); // model', ["one:uni-4"]),
        ('new OllamaApiClient(new Uri(address), "tern-mini")', ["tern-mini"]),
        ('new OllamaChatClient("http://localhost:11434/", "tern3.1")', ["tern3.1"]),
        ('x.AsChatClient(config["A:ModelId"] ?? "uni-4")', ["one:uni-4"]),
        ('modelId: "tern3", endpoint: new Uri("http://localhost:11434")', ["tern3"]),
        ('var modelId = "tern-mini"; new OllamaChatClient(new Uri(a), modelId)', ["tern-mini"]),
        ('var modelId = "tern-mini"; new OtherThing(modelId)', []),
        ('Console.WriteLine(a, "uni-4")', []),
        ('new HttpClient("x", "uni-4")', []),
        ('chatModel("x", "text/plain-4")', []),
    ],
)
def test_what_makes_a_client_is_given_the_name(text, found):
    assert [s.name for s in found_in(text)] == found


def test_a_client_of_azure_asks_azure():
    class Openai(World):
        def providers_of_model(self, name):
            return ("openai",) if name == "gpt-x1" else ()

    def names(text):
        source = Source("A.cs", text, "code", Scope.SHIPPED)
        return [s.name for view in READER.read(source) for s in DETECTOR.detect(view, source, Openai())
                if isinstance(view, DETECTOR.views)]  # fmt: skip

    asked = 'c.AsChatClient("gpt-x1"); // model'
    assert names(f"var c = new AzureOpenAIClient(uri, key); {asked}") == ["azure-openai:gpt-x1"]
    assert names(f"var c = new OpenAIClient(key); {asked}") == ["openai:gpt-x1"]
    assert names(f"new AzureOpenAIClient(u, k); new OpenAIClient(k); {asked}") == ["openai:gpt-x1"]
    spoken = 'c.GetRealtimeConversationClient("gpt-x1"); // model'
    assert names(f"var c = new AzureOpenAIClient(uri, key); {spoken}") == ["azure-openai:gpt-x1"]


class Makers(World):
    def provider_of_prefix(self, prefix):
        return {"groq": "groq", "huggingface": "huggingface", "ollama": "local"}.get(prefix)

    def provider_spelled(self, word):
        return None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('llm := groq.New().WithModel("tern-8x7b")', ["groq:tern-8x7b"]),
        ('import "x.example/llm/ollama"\nllm := ollama.New().WithModel("llava")', ["llava"]),
        ('import "x.example/llm/ollama"\nllm := made().WithModel("llava")', []),
        ('llm := other.New().WithModel("llava")', []),
        ('llm := huggingface.New("BAAI/bge-m3", 0.1)', ["BAAI/bge-m3"]),
        ('llm := groq.New("tern-8x7b")', []),
    ],
)
def test_a_client_made_on_the_same_line_says_who_serves(text, found):
    source = Source("a.go", f"// model\n{text}\n", "code", Scope.SHIPPED)
    names = [s.name for view in READER.read(source) if isinstance(view, DETECTOR.views)
             for s in DETECTOR.detect(view, source, Makers())]  # fmt: skip
    assert names == found


@pytest.mark.parametrize(
    ("file", "roles"),
    [
        ("a.rs", [("o1/n1", Role.DEPENDENCY), ("BAAI/bge-m3", Role.MENTION), ("o3/n3", Role.DEPENDENCY)]),
        (
            "a.java",
            [
                ("o1/n1", Role.DEPENDENCY),
                ("o2/n2", Role.DEPENDENCY),
                ("BAAI/bge-m3", Role.DEPENDENCY),
                ("o3/n3", Role.DEPENDENCY),
            ],
        ),
    ],
)
def test_a_module_of_tests_within_a_rust_file_uses_nothing(file, roles):
    text = (
        'fn f() { model("o1/n1") }\n#[cfg(test)]\n#[allow(dead_code)]\nmod tests {\n    fn t() {\n'
        '        model("o2/n2");\n        model("BAAI/bge-m3");\n    }\n}\nfn g() { model("o3/n3") }\n'
    )
    source = Source(file, text, "code", Scope.SHIPPED)
    found = [s for view in READER.read(source) for s in DETECTOR.detect(view, source, World())]
    assert [(one.name, one.role) for one in found] == roles


def test_a_module_of_tests_that_never_ends_reaches_to_the_end():
    source = Source("a.rs", '#[cfg(all(test, unix))]\npub mod t {\n  model("o2/n2");', "code", Scope.SHIPPED)
    assert [s for view in READER.read(source) for s in DETECTOR.detect(view, source, World())] == []


OLLAMA = 'url := "http://localhost:11434"\n'


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (OLLAMA + 'model := "terny"', ["terny"]),
        (OLLAMA + 'smallModel = "tern-mini"', ["tern-mini"]),
        (OLLAMA + 'q := Query{Model: "tern:latest"}', ["tern:latest"]),
        (OLLAMA + 'm := os.GetOr("CHAT_MODEL", "tern:1b")', ["tern:1b"]),
        (OLLAMA + 'm := os.GetOr("LLM_EMBEDDINGS", "tern-embed")', ["tern-embed"]),
        (OLLAMA + 'm := flag.String("model", "tern:1b", "which")', ["tern:1b"]),
        (OLLAMA + 'let m = env::var("MODEL").unwrap_or_else(|_| "tern:1b".into());', ["tern:1b"]),
        (OLLAMA + 'm = Optional.ofNullable(getenv("MODEL")).orElse("tern:1b")', ["tern:1b"]),
        (OLLAMA + 'm = getenv("MODEL") ?? "tern:1b"', ["tern:1b"]),
        (OLLAMA + 'const NAME = "tern:1b"; f(Q{Model: NAME})', ["tern:1b"]),
        (OLLAMA + 'const NAME = "tern:1b"; b.modelName(My.NAME)', ["tern:1b"]),
        (OLLAMA + 'const NAME = "tern:1b"; f(Q{Title: NAME, Model: NAMED})', []),
        (OLLAMA + 'model := "auto"; modelState := "ready"; role := "user"; name := "terny"', []),
        (OLLAMA + 'chatModel := flagged("chat-model", flags)', []),
        (OLLAMA + 'm := os.GetOr("LOG_LEVEL", "tern:1b"); model := "Terny"', []),
        ('model := "terny"; url("https://api.one.example/v1")', []),
    ],
)
def test_what_a_model_falls_back_to_and_constants_are_followed(text, found):
    assert [s.name for s in found_in(text)] == found


def test_a_name_whose_page_on_the_hub_stands_beside_it_is_one_of_the_hub():
    text = '// see https://huggingface.co/o1/n1 (license)\nf(id: "o1/n1", also: "o1/n12")'
    assert [(s.kind, s.name, s.location.line) for s in found_in(text)] == [(Kind.HF_MODEL, "o1/n1", 2)]
    assert found_in(text.replace("huggingface.co/o1/n1 ", "huggingface.co/o1/n1-b ")) == []


def test_the_namespace_of_dockers_model_runner_is_not_on_the_hub():
    assert [(s.kind, s.name) for s in found_in('model := "ai/tern:1B-F16"')] == [
        (Kind.OTHER, "ai/tern:1B-F16")
    ]


class Services(World):
    def providers_of_model(self, name):
        if name.startswith(("gpt-", "text-embedding-", "o3")):
            return ("openai",)
        return ("anthropic",) if name.startswith("claude-") else super().providers_of_model(name)

    def provider_of_prefix(self, prefix):
        return prefix if prefix in {"openai", "anthropic"} else None

    def provider_spelled(self, word):
        return None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("client.agent(openai::GPT_4O)", ["openai:gpt-4o"]),
        ("use rig::providers::openai::TEXT_EMBEDDING_ADA_002;", ["openai:text-embedding-ada-002"]),
        ("Model: openai.GPT3Dot5Turbo,", ["openai:gpt-3.5-turbo"]),
        ("Model: openai.ChatModelGPT4_1Mini2025_04_14", ["openai:gpt-4.1-mini-2025-04-14"]),
        ("Model: openai.ChatModelGPT4oMini", ["openai:gpt-4o-mini"]),
        ("openai.ChatModelO3Mini", ["openai:o3-mini"]),
        ("string(anthropic.ModelClaude3_7SonnetLatest)", ["anthropic:claude-3-7-sonnet-latest"]),
        ("anthropic.ModelClaude_3_Opus_20240229", ["anthropic:claude-3-opus-20240229"]),
        ("openai.ModelClaude3Opus", []),
        ("other::GPT_4O", []),
        ("openai.GPT4Client(x); openai.GPT4Params{}; openai::GPT_4::new", []),
        ("// openai::GPT_4O", []),
    ],
)
def test_constants_of_a_services_client_are_its_models(text, found):
    source = Source("a.rs", f"{text} // model\n", "code", Scope.SHIPPED)
    names = [s.name for view in READER.read(source) if isinstance(view, DETECTOR.views)
             for s in DETECTOR.detect(view, source, Services())]  # fmt: skip
    assert names == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('var models = []string{"uni-4", "x",\n  "uni-4"}', ["one:uni-4", "one:uni-4"]),
        ('private static final List<String> CHAT_MODELS = List.of("x", "uni-4");', ["one:uni-4"]),
        ('val models = listOf("uni-4")', ["one:uni-4"]),
        ('unsupportedModels := []string{"uni-4"}', []),
        ('prefixes := []string{"uni-4"}', []),
        ('f(models, []string{"uni-4"})', []),
    ],
)
def test_members_of_a_list_of_models_are_models(text, found):
    assert [s.name for s in found_in(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('c = new OllamaApiClient(new Uri("http://localhost:11434/"), "uni-4");', ["uni-4"]),
        ('ollama_client.agent("tern:14b")', ["tern:14b"]),
        (
            OLLAMA
            + 'run("tern:14b"); println!("tern:14b"); assertEquals("tern:14b"); x = ["tern:14b"] // llm',
            ["tern:14b"],
        ),
        ('run("tern:14b"); // model', []),
    ],
)
def test_a_client_of_ollama_and_a_call_beside_one_take_tags(text, found):
    assert [s.name for s in found_in(text) if s.kind is Kind.OLLAMA] == found


def test_a_deployment_falls_back_to_the_model_of_its_name():
    assert [s.name for s in found_in('var d = c["Azure:ImageDeployment"] ?? "uni-4"; // model')] == [
        "one:uni-4"
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            'model = { order = 1, choices = { ["uni-4"] = { meta = { max = 4 } } }, default = "uni-4" }',
            ["one:uni-4", "one:uni-4"],
        ),
        ('$models = ["x" => ["name" => "y"], "z" => ["id" => "uni-4"]];', ["one:uni-4"]),
        ('$chat_models = ["x" => 4096, "uni-4" => 8192];', ["one:uni-4"]),
        ('removed_models = { x = 1, ["uni-4"] = 2 }', []),
        ('model = { description = "uni-4" }', []),
        ('model = { x = 1 }\nother = { ["uni-4"] = 2 }', []),
        ('model = { x = 1 -- }\n, ["uni-4"] = 2 }', []),
    ],
)
def test_members_and_keys_inside_what_holds_models_are_models(text, found):
    assert [s.name for s in found_in(text)] == found


def test_a_word_inside_what_holds_models_is_no_tag():
    text = OLLAMA + 'models = { x = "plugins.chat.tools", y = { "tern:14b" } } // llm'
    assert [s.name for s in found_in(text) if s.kind is Kind.OLLAMA] == ["tern:14b"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('const ( ModelUniPro = "uni-4" )', ["one:uni-4"]),
        ("MODEL_UNI: &str = 'uni-4'; MODEL_UNI = \"uni-4\"", ["one:uni-4"]),
        ('ModelFamily = "uni-4" // a family', []),
        ('ModelDuoPro = "duo-4"', []),
        ('x = { model_names = { "uni-4" } }', ["one:uni-4"]),
        ('if c.model:match("uni-4") then', []),
        ('if c.model:gsub("uni-4", "") then', []),
    ],
)
def test_constants_of_models_are_models_and_comparisons_none(text, found):
    assert [s.name for s in found_in(text)] == found


class Google(World):
    def providers_of_model(self, name):
        return ("google-gemini",)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('import "cloud.google.com/go/vertexai/genai"', "google-vertex:uni-4"),
        ("import com.google.cloud.vertexai.VertexAI;", "google-vertex:uni-4"),
        ("// like cloud.google.com/go/vertexai", "google-gemini:uni-4"),
        ('import ("cloud.google.com/go/vertexai"\n"google.golang.org/genai")', "google-gemini:uni-4"),
    ],
)
def test_a_file_with_a_client_of_vertex_asks_vertex(text, found):
    source = Source("a.go", text + '\nmodel := "uni-4"\n', "code", Scope.SHIPPED)
    names = [s.name for view in READER.read(source) if isinstance(view, DETECTOR.views)
             for s in DETECTOR.detect(view, source, Google())]  # fmt: skip
    assert names == [found]


def test_a_name_beside_another_address_is_no_tag():
    text = OLLAMA + 'a = {\n endpoint = "https://api.three.example/v1",\n model = "tern-8b-code",\n}'
    assert [s for s in found_in(text) if s.kind is Kind.OLLAMA] == []
    near = 'a = {\n endpoint = "http://127.0.0.1:11434",\n model = "tern-8b-code",\n} // ollama'
    assert [s.name for s in found_in(near) if s.kind is Kind.OLLAMA] == ["tern-8b-code"]
