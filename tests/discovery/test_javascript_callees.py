"""Tests of clients that functions, methods and getters give back."""

import pytest

from scanner.records.unknown import Unknown
from tests.discovery.javascript_kit import found_in

HEAD = "import OpenAI from 'openai';\n"
DEEP = "new OpenAI({ baseURL: 'https://api.deepseek.com' })"


def asked(text: str, language: str = "typescript", **given) -> list[str]:
    found, _ = found_in(HEAD + text.replace("DEEP", DEEP), language, **given)
    return [each.name for each in found if each.detector == "javascript-calls"]


@pytest.mark.parametrize(
    "text",
    [
        "let c; function get() { if (!c) c = DEEP; return c; }\nget().ASK",
        "let c; function get() { if (!c) { c = DEEP; } return c; }\nconst own = get();\nown.ASK",
        "const get = () => DEEP;\nget().ASK",
        "const get = once(() => DEEP);\nget().ASK",
        "const own = await (async () => DEEP)();\nown.ASK",
        "function get() { return { client: DEEP, other: 1 }; }\nconst { client } = get();\nclient.ASK",
        "const own = useMemo(() => DEEP, []);\nown.ASK",
        "const own = globalThis.own ?? DEEP;\nown.ASK",
        "class A { get client() { return (this._c ??= DEEP); } go() { this.client.ASK } }",
        "class A { get #c() { return DEEP; } go() { this.#c.ASK } }",
        "class A { static #c; static get() { if (!A.#c) A.#c = DEEP; return A.#c; } }\nA.get().ASK",
        "class A { static one; static get() { return A.one; } }\nA.one = DEEP;\nA.get().ASK",
        "class A { async make() { return DEEP; } async go() { const c = await this.make(); c.ASK } }",
        "class A { make() { return DEEP; } }\nconst a = new A();\na.make().ASK",
        "const own = { get client() { return DEEP; } };\nown.client.ASK",
        "const own = { make() { return DEEP; } };\nown.make().ASK",
        "const own = { make: () => DEEP };\nown.make().ASK",
    ],
)
def test_the_client_behind_a_function_is_known(text: str) -> None:
    assert asked(text.replace("ASK", "chat.completions.create({ model: 'm1' });")) == ["deepseek:m1"]


@pytest.mark.parametrize(
    "text",
    [
        "function get() { return other(); }\nget().chat.completions.create({ model: x });",
        "class A { make() { return DEEP; } }\nclass B { make() {} go() { this.make().create({ n: 1 }); } }",
        "function get() { return get(); }\nget().chat.completions.create({ model: x });",
    ],
)
def test_what_gives_back_no_client_is_none(text: str) -> None:
    assert asked(text) == []


CHOICE = """
function get(name) {
  switch (name) {
    case 'a': return new OpenAI({ baseURL: 'https://api.groq.com/openai/v1' });
    case 'b': return DEEP;
    default: return new OpenAI();
  }
}
get(x).chat.completions.create({ model: 'NAME' });
"""


@pytest.mark.parametrize(
    ("name", "shown"),
    [("deepseek-chat", "deepseek:deepseek-chat"), ("gpt-4o", "openai:gpt-4o"), ("tern-9", "unknown:tern-9")],
)
def test_of_several_clients_the_one_is_meant_that_has_such_models(name: str, shown: str) -> None:
    assert asked(CHOICE.replace("NAME", name)) == [shown]


def test_where_nothing_tells_which_of_several_clients_is_meant_that_is_said() -> None:
    (found,) = (each for each in found_in(HEAD + CHOICE.replace("NAME", "tern-9").replace("DEEP", DEEP))[0]
                if each.detector == "javascript-calls")  # fmt: skip
    assert (found.provider, found.base_url) == (Unknown("one of several clients"),) * 2


def test_a_plain_word_asked_of_an_address_set_at_run_time_is_the_servers_own_word() -> None:
    text = (
        HEAD
        + "const c = new OpenAI({ baseURL: process.env.URL });\nc.chat.completions.create({ model: 'MM' });"
    )
    (left,) = found_in(text.replace("MM", "house"))[1]
    assert (left.expression, asked(text.replace("MM", "house"))) == ("process.env.URL", [])
    assert asked(text.replace("MM", "house-7b")) == ["unknown:house-7b"]


@pytest.mark.parametrize(
    "text",
    [
        "class A{ m(){ return new B() } }\n" * 300 + "new A().m().create({ model: 'm1' });\n" * 200,
        "class A{" + "m(){ return new B() }\n" * 1_000 + "}\n" + "new A().m().create({ n: 'm1' });\n" * 300,
        "const o = {" + "m(){ return new B() },\n" * 1_000 + "}\n" + "o.m().create({ n: 'm1' });\n" * 300,
        "class A{}\n" + "A.x = new B();\n" * 3_000 + "A.x.create({ n: 'm1' });",
        "".join(f"function f{n}() {{ if (a) return f{n + 1}(); return f{n + 1}(); }}\n" for n in range(500)),
        "function a() { return b().c() }\nfunction b() { return a().d() }\na().x().create({ n: 'm1' });",
    ],
    ids=range(6),
)
def test_very_many_functions_of_one_name_end(text: str) -> None:
    assert asked(text + "// model") in ([], ["m1"])
