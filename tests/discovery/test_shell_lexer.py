"""Words of shell text."""

from __future__ import annotations

from scanner.discovery.shell_lexer import read_script


def _words(text: str) -> list[list[str | None]]:
    return [[word.text for word in command.words] for command in read_script(text).commands]


def test_operators_and_line_ends_part_commands() -> None:
    assert _words("a b; c && d | e\nf # g\n") == [["a", "b"], ["c"], ["d"], ["e"], ["f"]]


def test_quotes_are_taken_off_and_escapes_undone() -> None:
    assert _words("x 'a b' \"c\\\"d\" e\\ f $'g'\n") == [["x", "a b", 'c"d', "e f", "g"]]


def test_a_word_with_a_variable_is_not_known_but_keeps_its_default() -> None:
    word = read_script("x ${A:-b}").commands[0].words[1]
    assert word.text is None
    assert [(piece.kind, piece.value, piece.default) for piece in word.pieces] == [("variable", "A", "b")]


def test_assignments_and_arrays_stand_before_the_words() -> None:
    command = read_script("A=1 B=(x y) run z").commands[0]
    assert [(name, [word.text for word in words]) for name, words in command.assignments] == [
        ("A", ["1"]),
        ("B", ["x", "y"]),
    ]
    assert [word.text for word in command.words] == ["run", "z"]


def test_assignments_stand_behind_words_that_say_when_they_are_made() -> None:
    commands = read_script("if x; then A=1; else export -x B=2; fi\n{ local C=3; }\nls then D=4").commands
    assert [[name for name, _ in command.assignments] for command in commands if command.assignments] == [
        ["A"],
        ["B"],
        ["C"],
    ]


def test_redirections_and_here_documents_are_set_aside() -> None:
    text = "cat <<-'E' > out.txt 2>&1\nbody\n\tE\nnext\n"
    first, second = read_script(text).commands
    assert [text[start:end] for start, end in first.heredocs] == ["body\n"]
    assert [word.text for word in first.words] == ["cat"]
    assert [word.text for word in first.redirects] == ["out.txt", "1"]
    assert [word.text for word in second.words] == ["next"]


def test_unbalanced_quotes_end_nothing() -> None:
    assert _words("echo it's\nls\n") == [["echo", "it's"], ["ls"]]
