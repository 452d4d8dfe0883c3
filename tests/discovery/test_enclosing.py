import pytest

from scanner.discovery.enclosing import MOST_AROUND, Brackets, may_hold_models


def are_of_models(text, given=""):
    brackets = Brackets(text)
    at = text.index("@")
    brackets.go_on(at, at + 1)
    return brackets.are_of_models(given)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("model = { @ }", True),
        ("MODELS: &[&str] = &[@]", True),
        ('"chat_model" => [@]', True),
        ('["models"] = { a = { @ } }', True),
        ("llms = Map.of(@)", True),
        ("models_of_cars = [@]", False),
        ("unsupported_models = [@]", False),
        ("model = { x } other = { @ }", False),
        ("model } = { } @", False),
        ("f(models, [@])", False),
    ],
)
def test_brackets_belong_to_what_stands_before_them(text, expected):
    assert are_of_models(text) is expected


def test_a_field_must_be_one_that_takes_a_name():
    assert are_of_models("model = { @ }", "x.default")
    assert not are_of_models("model = { @ }", "x.description")


def test_only_the_nearest_brackets_are_asked():
    assert are_of_models("model = {" + "{" * (MOST_AROUND - 1) + "@")
    assert not are_of_models("model = {" + "{" * MOST_AROUND + "@")


def test_a_text_without_such_a_bracket_is_told_at_once():
    assert may_hold_models('"models": [')
    assert not may_hold_models('name = { "x" }; model = "y"')


def are_declared(text):
    brackets = Brackets(text)
    at = text.index("@")
    brackets.go_on(at, at + 1)
    return brackets.are_declared(at)


@pytest.mark.parametrize(
    "text",
    [
        "enum class ChatModel(val id: String) { GPT(@",
        "enum Model: String { case small = @",
        "pub enum LabModel {\n #[serde(rename = @",
        "public enum LlmModel { A(@",
        "public static class ModelNames { const string Fast = @",
        "object Models { const val FAST = @",
        "impl ToString for LabModel { fn to_string(&self) -> String { match self { LabModel::A => @",
        "func DefaultModel() string { return @",
        "String getDefaultModel() { return @",
        "fn default_model() -> String { @",
        "function defaultModelName(): string { return match ($this) { self::A => @",
        "func modelFor(p string) string { switch p { default: return @",
    ],
)
def test_members_of_an_enumeration_of_models_and_answers_of_functions_are_models(text):
    assert are_declared(text)


@pytest.mark.parametrize(
    "text",
    [
        "enum Colour { RED(@",
        "enum UnsupportedModels { A(@",
        "class ModelSettings { String path = @",
        "class Models { void f() { g(@",
        "void loadModel(String n) { open(@",
        "func DefaultModel() string { log(@",
        "func DefaultModel() string { x } func other() string { return @",
        "if (model) { return @",
        "impl ToString for LabColour { fn to_string(&self) -> String { match self { LabColour::A => @",
    ],
)
def test_what_stands_in_other_declarations_is_not(text):
    assert not are_declared(text)
