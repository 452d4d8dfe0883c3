import collections
import io
import pickle
import pickletools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.discovery.pickle_imports import read_imports


class Reduced:
    """An object that asks for a function when it is loaded."""

    def __init__(self, called, *given):
        self.called, self.given = called, given

    def __reduce__(self):
        return self.called, self.given


@pytest.mark.parametrize("protocol", range(6))
def test_imports_are_named_in_every_protocol(protocol):
    content = pickle.dumps([collections.OrderedDict(a=1), Reduced(print, "x"), {"b": (1, 2)}], protocol)
    module = "__builtin__" if protocol < 3 else "builtins"
    found = read_imports(content, is_whole=True)
    assert (found.names, found.note, found.count) == (
        tuple(sorted((f"{module}.print", "collections.OrderedDict"))), "", 1,
    )  # fmt: skip


def test_names_taken_from_the_memo_are_followed():
    content = pickle.dumps([Reduced(len, "a"), Reduced(len, "b"), Reduced(repr, "c")], 4)
    assert read_imports(content, is_whole=True).names == ("builtins.len", "builtins.repr")


def test_a_name_put_together_at_run_time_is_unknown():
    assert read_imports(b"\x80\x04\x8c\x02os}\x93.", is_whole=True).names == ("os.?",)


def test_pickles_behind_each_other_are_all_read():
    content = pickle.dumps(1) + pickle.dumps(Reduced(len, "a")) + b"raw data"
    found = read_imports(content, is_whole=True)
    assert (found.names, found.count) == (("builtins.len",), 2)


def test_a_cut_pickle_is_not_called_complete():
    content = pickle.dumps([Reduced(len, "a"), "x" * 5000])
    found = read_imports(content[:200], is_whole=False)
    assert (found.names, found.count) == (("builtins.len",), 0)
    assert found.note == "the pickle is longer than what is read of a file, or mixed with other data"


def test_too_many_instructions_are_said():
    found = read_imports(b"\x80\x04" + b"N0" * 300_000 + b".", is_whole=True)
    assert found.note == "more than 400000 instructions"


def test_nothing_is_executed(tmp_path):
    mark = tmp_path / "ran"
    content = pickle.dumps(Reduced(open, str(mark), "w"))
    assert read_imports(content, is_whole=True).names == ("io.open",)
    assert not mark.exists()


@given(st.binary(max_size=300))
def test_any_bytes_end(content):
    read_imports(b"\x80\x04" + content, is_whole=True)


@given(
    st.recursive(
        st.none() | st.text(max_size=5) | st.integers(), lambda m: st.lists(m, max_size=4), max_leaves=20
    )
)
def test_plain_values_import_nothing(value):
    out = io.BytesIO()
    pickle.dump(value, out)
    found = read_imports(pickletools.optimize(out.getvalue()), is_whole=True)
    assert (found.names, found.note, found.count) == ((), "", 1)
