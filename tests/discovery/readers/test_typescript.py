from tests.discovery.javascript_kit import calls_of, names_of


def test_types_are_no_values():
    assert names_of("type M = 'a/b' | 'c/d';\nimport type { X } from 'e/f';", "typescript") == []


def test_enums_fields_and_casts_are_followed():
    text = (
        "enum M { A = 'x/y' }\n"
        "class C { private readonly id: string = 'z/w'; go() { load(M.A, this.id as any); } }"
    )
    assert calls_of(text, "typescript") == [("load", [["x/y"], ["z/w"]])]


def test_parameter_defaults_are_names():
    assert names_of("function f(model: string = 'x/y', n?: number) {}", "typescript") == [("model", ["x/y"])]
