from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.policy.spdx import And, Atom, Or, atoms, choices, read_expression
from scanner.records.unknown import Unknown

MIT, APACHE, GPL = Atom("MIT"), Atom("Apache-2.0"), Atom("GPL-2.0-only")


def test_a_single_id_is_an_atom() -> None:
    assert read_expression("Apache-2.0") == APACHE


def test_and_binds_closer_than_or() -> None:
    assert read_expression("MIT OR Apache-2.0 AND GPL-2.0-only") == Or((MIT, And((APACHE, GPL))))


def test_operators_are_read_in_any_letter_case() -> None:
    assert read_expression("MIT or (Apache-2.0 And GPL-2.0-only)") == Or((MIT, And((APACHE, GPL))))


def test_with_names_an_exception() -> None:
    assert read_expression("GPL-2.0-only WITH Classpath-exception-2.0") == Atom(
        "GPL-2.0-only", "Classpath-exception-2.0"
    )


def test_an_operator_inside_an_id_is_part_of_the_id() -> None:
    assert read_expression("GPL-2.0-or-later AND LicenseRef-with-and-or") == And(
        (Atom("GPL-2.0-or-later"), Atom("LicenseRef-with-and-or"))
    )


def test_the_same_part_twice_is_one_part() -> None:
    assert read_expression("MIT AND (MIT AND Apache-2.0)") == And((MIT, APACHE))
    assert read_expression("((MIT))") == MIT


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Apache 2.0",
        "MIT OR",
        "AND",
        "or",
        "(MIT",
        "MIT/Apache-2.0",
        "a WITH b WITH c",
        "MIT, GPL",
        "x" * 5000,
    ],
)
def test_what_is_no_expression_is_unknown(text: str) -> None:
    assert isinstance(read_expression(text), Unknown)


def test_an_unreadable_expression_is_quoted() -> None:
    assert read_expression("MIT/Apache-2.0") == Unknown("not an SPDX expression: 'MIT/Apache-2.0'")


def test_choices_list_every_set_a_user_may_end_with() -> None:
    tree = read_expression("(MIT OR Apache-2.0) AND GPL-2.0-only")
    assert not isinstance(tree, Unknown)
    assert choices(tree) == (frozenset({APACHE, GPL}), frozenset({MIT, GPL}))


def test_too_many_choices_are_not_listed() -> None:
    text = " AND ".join(f"(a{n} OR b{n})" for n in range(12))
    tree = read_expression(text)
    assert not isinstance(tree, Unknown)
    assert choices(tree) is None


def test_writing_a_tree_and_reading_it_gives_the_tree() -> None:
    text = "MIT AND (Apache-2.0 OR GPL-2.0-only WITH Classpath-exception-2.0)"
    assert str(read_expression(text)) == text


NAMES = ("MIT", "Apache-2.0", "GPL-2.0-only", "BSD-3-Clause", "ISC")
EXPRESSIONS = st.recursive(
    st.sampled_from(NAMES),
    lambda below: st.builds(
        lambda operator, parts: "(" + f" {operator} ".join(parts) + ")",
        st.sampled_from(("AND", "OR")),
        st.lists(below, min_size=2, max_size=3),
    ),
    max_leaves=8,
)


@given(EXPRESSIONS)
def test_choices_say_the_same_as_the_truth_table_of_the_text(text: str) -> None:
    tree = read_expression(text)
    assert not isinstance(tree, Unknown)
    sets = choices(tree)
    assert sets is not None
    for values in product((True, False), repeat=len(NAMES)):
        truth = dict(zip(NAMES, values, strict=True))
        python = text.replace("AND", "and").replace("OR", "or")
        for name in NAMES:
            python = python.replace(name, str(truth[name]))
        chosen = any(all(truth[atom.license] for atom in each) for each in sets)
        assert chosen is eval(python)
    assert {atom.license for atom in atoms(tree)} == {name for name in NAMES if name in text}
