from tests.discovery.javascript_kit import names_of


def test_typescript_with_jsx_is_understood():
    text = "const App: FC<Props> = () => <Chat<string> model={'x/y' as const} />;"
    assert names_of(text, "tsx") == [("model", ["x/y"])]
