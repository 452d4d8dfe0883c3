from __future__ import annotations

import copy
import dataclasses
import inspect
import operator
import pickle
import subprocess
import sys
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.records.quick import dataclass, field, fields_of, is_record, replace


@dataclass(frozen=True, slots=True)
class Quick:
    """A record."""

    name: str
    count: int = 1
    names: tuple[str, ...] = field(default_factory=tuple)
    note: str = field(default="", compare=False, repr=False)


@dataclasses.dataclass(frozen=True, slots=True)
class Plain:
    """The same by the library."""

    name: str
    count: int = 1
    names: tuple[str, ...] = dataclasses.field(default_factory=tuple)
    note: str = dataclasses.field(default="", compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Empty:
    """Without fields."""


@dataclass(frozen=True, slots=True)
class Single:
    """One field."""

    value: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Odd:
    """More than usual: the library makes it."""

    KNOWN: ClassVar[int] = 3
    value: int
    double: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        object.__setattr__(self, "double", 2 * self.value)


@dataclass(frozen=True, slots=True, order=True)
class Ordered:
    """One that can be sorted."""

    value: int
    name: str = ""


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class OrderedPlain:
    """The same by the library."""

    value: int
    name: str = ""


@dataclass(slots=True, eq=False)
class Same:
    """One that is equal to itself alone."""

    value: int


@dataclass(slots=True, unsafe_hash=True)
class Hashed:
    """Another option: the library makes it."""

    names: tuple[str, ...] = field(default_factory=tuple)


@dataclass(slots=True)
class Finished:
    """One that finishes itself."""

    name: str
    parts: list[str] = field(default_factory=list)
    length: int = field(init=False)
    seen: list[str] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.length = len(self.name)


@dataclass(frozen=True, slots=True)
class Further(Quick):
    """Stands on a quick one."""

    more: int = 0
    rest: tuple[str, ...] = field(default_factory=tuple, repr=False)


@dataclasses.dataclass(frozen=True, slots=True)
class FurtherPlain(Plain):
    """The same by the library."""

    more: int = 0
    rest: tuple[str, ...] = dataclasses.field(default_factory=tuple, repr=False)


@dataclass(slots=True)
class Draft:
    """One that may change."""

    name: str
    lines: list[str] = field(default_factory=list)


@dataclasses.dataclass(frozen=True, slots=True)
class Heir(Quick):
    """Stands on a quick one; the library makes it."""

    more: int = 0


VALUES = st.tuples(
    st.text(max_size=3), st.integers(0, 2), st.lists(st.text(max_size=2)).map(tuple), st.text(max_size=1)
)


@given(VALUES, VALUES)
def test_it_compares_and_hashes_as_the_library_does(
    one: tuple[str, int, tuple[str, ...], str], two: tuple[str, int, tuple[str, ...], str]
) -> None:
    assert (Quick(*one) == Quick(*two)) is (Plain(*one) == Plain(*two))
    assert hash(Quick(*one)) == hash(Plain(*one))
    assert repr(Quick(*one)) == repr(Plain(*one)).replace("Plain", "Quick")


def test_it_is_a_dataclass_to_everybody_else() -> None:
    assert [each.name for each in dataclasses.fields(Quick)] == ["name", "count", "names", "note"]
    assert dataclasses.replace(Quick("a", 2), name="b") == Quick("b", 2)
    assert dataclasses.asdict(Quick("a")) == {"name": "a", "count": 1, "names": (), "note": ""}
    assert Quick.__match_args__ == ("name", "count", "names", "note")
    match Quick("a", 5):
        case Quick(name, count):
            assert (name, count) == ("a", 5)


def test_it_is_frozen_and_slotted() -> None:
    record = Quick("a")
    with pytest.raises(dataclasses.FrozenInstanceError):
        record.name = "b"  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        del record.name
    with pytest.raises(AttributeError):
        record.other = 1  # type: ignore[attr-defined]
    assert not hasattr(record, "__dict__")


def test_it_is_neither_equal_to_another_class_nor_to_a_tuple() -> None:
    assert Quick("a") != Plain("a")
    assert Quick("a") != ("a", 1, (), "")


def test_missing_and_surplus_values_are_refused_as_usual() -> None:
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'name'"):
        Quick()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="unexpected keyword argument 'nam'"):
        Quick(nam="a")  # type: ignore[call-arg]


RECORDS = [
    *(Quick("a", 2, ("x",), "n"), Empty(), Single((1, 2)), Odd(4), Ordered(1)),
    *(Draft("a", ["x"]), Heir("a", 1, more=2), Further("a", 2, more=3, rest=("x",)), Hashed(("x",))),
    Finished("abc", ["x"]),
]


@pytest.mark.parametrize("record", RECORDS)
def test_it_can_be_pickled_and_copied(record: object) -> None:
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(record, protocol)) == record
    assert copy.copy(record) == copy.deepcopy(record) == record


def test_small_ones_work_too() -> None:
    assert (Empty() == Empty(), hash(Empty()), repr(Empty())) == (True, hash(()), "Empty()")
    assert Single((1,)) == Single((1,)) != Single((2,))


def test_what_asks_for_more_is_made_by_the_library() -> None:
    assert (Odd(2).double, Odd.KNOWN) == (4, 3)
    assert hash(Hashed(("a",))) == hash(Hashed(("a",)))


def test_one_that_compares_by_identity_is_equal_to_itself_alone() -> None:
    same = Same(1)
    assert (same == same, same == Same(1), len({same, Same(1)})) == (True, False, 2)


def test_one_that_finishes_itself_does_so_when_it_is_made() -> None:
    finished = Finished("abc")
    assert (finished.parts, finished.length, finished.seen) == ([], 3, [])
    assert repr(finished) == "Finished(name='abc', parts=[], length=3, seen=[])"
    assert replace(finished, name="a").length == 1
    with pytest.raises(TypeError, match="unexpected keyword argument 'length'"):
        Finished("abc", length=2)  # type: ignore[call-arg]


@given(VALUES, VALUES, st.integers(0, 1), st.integers(0, 1))
def test_one_that_stands_on_another_is_as_the_library_makes_it(
    one: tuple[str, int, tuple[str, ...], str],
    two: tuple[str, int, tuple[str, ...], str],
    more: int,
    rest: int,
) -> None:
    quick, plain = Further(*one, more, ("x",) * rest), FurtherPlain(*one, more, ("x",) * rest)
    assert (quick == Further(*two)) is (plain == FurtherPlain(*two))
    assert (hash(quick), repr(quick)) == (hash(plain), repr(plain).replace("Plain", ""))
    assert quick != Quick(*one)
    assert [(each.name, each.type) for each in dataclasses.fields(Further)] == [
        (each.name, each.type) for each in dataclasses.fields(FurtherPlain)
    ]
    assert Further.__match_args__ == FurtherPlain.__match_args__


@pytest.mark.parametrize("record", RECORDS)
def test_what_its_fields_are_is_told_without_the_library(record: object) -> None:
    fields = dataclasses.fields(record)  # type: ignore[arg-type]  # all of them are records
    missing = dataclasses.MISSING
    assert [(each.name, dict(each.metadata), each.has_default) for each in fields_of(record)] == [
        (f.name, dict(f.metadata), f.default is not missing or f.default_factory is not missing)
        for f in fields
    ]
    assert is_record(record)
    assert is_record(type(record))
    assert not is_record("text")
    assert not is_record(str)


def test_a_changed_copy_is_made_as_the_library_makes_it() -> None:
    assert replace(Quick("a", 2), name="b") == Quick("b", 2)
    assert replace(Odd(2), value=3).double == 6
    assert replace(Further("a", more=1), count=4) == Further("a", 4, more=1)
    with pytest.raises(TypeError, match="unexpected keyword argument 'nam'"):
        replace(Quick("a"), nam="b")  # type: ignore[call-arg]


def test_the_library_is_not_imported_for_records_that_are_made_and_compared() -> None:
    program = (
        "import sys\n"
        "from scanner.records.quick import dataclass, field, replace\n"
        "@dataclass(frozen=True, slots=True)\n"
        "class Quick:\n"
        "    name: str\n"
        "    names: tuple[str, ...] = field(default_factory=tuple, compare=False)\n"
        "assert replace(Quick('a'), name='b') == Quick('b') and hash(Quick('a')) and repr(Quick('a'))\n"
        "print({'dataclasses', 'inspect'} & set(sys.modules))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_it_is_sorted_as_the_library_does() -> None:
    values = [(2, "a"), (1, "b"), (1, "a"), (1, "a")]
    quick, plain = sorted(Ordered(*each) for each in values), sorted(OrderedPlain(*each) for each in values)
    assert [(each.value, each.name) for each in quick] == [(each.value, each.name) for each in plain]
    for one in values:
        for two in values:
            quick, plain = [Ordered(*one), Ordered(*two)], [OrderedPlain(*one), OrderedPlain(*two)]
            for compare in (operator.lt, operator.le, operator.gt, operator.ge):
                assert compare(*quick) is compare(*plain)
    with pytest.raises(TypeError, match="not supported between instances"):
        Ordered(1) < OrderedPlain(1)  # type: ignore[operator]  # noqa: B015


def test_defaults_made_by_a_factory_are_not_shared() -> None:
    @dataclass(frozen=True, slots=True)
    class Holder:
        """Holds a list."""

        held: list[int] = field(default_factory=list)

    assert Holder().held is not Holder().held


def test_one_that_may_change_changes_and_has_no_hash() -> None:
    draft = Draft("a")
    draft.name = "b"
    draft.lines.append("x")
    assert draft == Draft("b", ["x"])
    assert not hasattr(draft, "__dict__")
    with pytest.raises(TypeError, match="unhashable"):
        hash(draft)


def test_a_library_made_heir_has_its_fields_too() -> None:
    assert [each.name for each in dataclasses.fields(Heir)] == ["name", "count", "names", "note", "more"]
    assert Heir("a", more=1) == Heir("a", more=1) != Heir("a")


def test_its_signature_is_known_before_one_is_made() -> None:
    @dataclass(frozen=True, slots=True)
    class Fresh:
        """Never made."""

        name: str
        count: int = 1

    assert str(inspect.signature(Fresh)) == "(name, count=1)"


@pytest.mark.parametrize("record", [Quick, Plain])
def test_what_it_was_made_with_can_be_asked(record: type) -> None:
    params = record.__dataclass_params__  # type: ignore[attr-defined]
    assert (params.init, params.repr, params.eq, params.order, params.frozen) == (
        True,
        True,
        True,
        False,
        True,
    )


def test_a_default_after_which_none_follows_is_refused_by_the_library() -> None:
    with pytest.raises(TypeError, match="non-default argument 'count' follows default argument"):

        @dataclass(frozen=True, slots=True)
        class Wrong:
            """Its fields are in the wrong order."""

            name: str = ""
            count: int  # type: ignore[misc]


def test_a_default_all_would_share_is_refused_by_the_library() -> None:
    with pytest.raises(ValueError, match="mutable default"):

        @dataclass(frozen=True, slots=True)
        class Wrong:
            """Its default is one list for all."""

            names: list[str] = []  # noqa: RUF012
