import collections
import io
import pickle
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.discovery.readers.pickles import READER
from tests.discovery.weights_kit import POINTER, POINTER_FACTS, headers

LEGACY = b"\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19."
PLAIN = pickle.dumps(collections.OrderedDict(a=1), 2)


def zipped(members, method=zipfile.ZIP_STORED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_the_pickle_in_a_torch_zip_is_read(method):
    content = zipped(
        {"archive/data.pkl": PLAIN, "archive/data/0": b"\0" * 64, "archive/version": "3"}, method
    )
    assert headers(READER, content, "m.pt") == [
        ("pickle", [("container", "zip"), ("import", "collections.OrderedDict"), ("imports_read", "all")])
    ]


def test_a_pickle_in_a_zip_in_a_zip_is_read():
    content = zipped({"inner.zip": zipped({"x/data.pkl": PLAIN})})
    assert ("import", "collections.OrderedDict") in headers(READER, content, "m.bin")[0][1]


def test_sizes_behind_the_data_do_not_hide_the_pickle():
    content = bytearray(zipped({"archive/data.pkl": PLAIN, "archive/data/0": b"\0" * 64}))
    content[14:26] = b"\0" * 12  # checksum and sizes of the first member, as PyTorch leaves them
    assert ("import", "collections.OrderedDict") in headers(READER, bytes(content), "m.pt")[0][1]


def test_a_checkpoint_from_before_zip_is_read_to_its_main_pickle():
    content = LEGACY + pickle.dumps(1001, 2) + pickle.dumps({"little_endian": True}, 2) + PLAIN + b"raw"
    assert headers(READER, content, "m.bin") == [
        ("pickle", [("container", "torch, before zip"), ("import", "collections.OrderedDict"),
                    ("imports_read", "all")])
    ]  # fmt: skip


def test_a_compressed_dump_is_expanded_within_bounds():
    found = headers(READER, zlib.compress(PLAIN), "m.joblib")[0][1]
    assert ("import", "collections.OrderedDict") in found


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("firmware.bin", b"\x7fELF\0\0"),
        ("text.bin", b"hello"),
        ("data.bin", b"\x80\x02garbage"),
        ("archive.bin", zipped({"a.txt": "x"})),
        ("empty.pt", b""),
        ("key.pth", b"/usr/lib/python\n"),
    ],
)
def test_other_files_under_these_endings_are_left_alone(name, content):
    assert headers(READER, content, name) == []


def test_an_ending_that_promises_a_pickle_and_holds_none_is_said():
    assert headers(READER, b"\xff\xff", "m.pkl") == [
        ("pickle", [("imports_read", "not determined: does not start like a pickle")])
    ]


def test_a_long_pickle_is_not_called_complete():
    content = pickle.dumps([collections.OrderedDict(), "x" * 2_000_000], 4)[:1_000_000]
    facts = dict(headers(READER, content, "m.pkl")[0][1])
    assert facts["imports_read"].startswith("not determined beyond these")


def test_a_zip_bomb_of_names_ends():
    content = b"".join(b"PK\x03\x04" + b"\0" * 22 + b"\x05\0\0\0x.pkl\x80\x04" for _ in range(20_000))
    assert len(headers(READER, content, "m.pt")) == 1


def test_a_pointer_of_git_lfs_gives_hash_and_size():
    assert headers(READER, POINTER, "m.bin") == [("pickle", POINTER_FACTS)]


@given(
    st.binary(max_size=300),
    st.sampled_from(["m.bin", "m.pkl", "m.pt"]),
    st.sampled_from([b"", b"PK\x03\x04", LEGACY]),
)
def test_any_bytes_end(content, name, start):
    assert len(headers(READER, start + content, name)) <= 1


def test_zips_within_zips_are_gone_into_so_deep_and_no_deeper():
    def nested(times):
        content = zipped({"x/data.pkl": PLAIN}, zipfile.ZIP_DEFLATED)
        for _ in range(times):
            content = zipped({"inner.zip": content}, zipfile.ZIP_DEFLATED)
        return headers(READER, content, "m.pt")[0][1]

    assert nested(3)[1:] == [("import", "collections.OrderedDict"), ("imports_read", "all")]
    assert nested(4)[1:] == [("imports_read", "not determined beyond these: zips within zips deeper than 3")]


def test_many_zips_within_many_zips_are_cut_together():
    content = zipped({"x/data.pkl": PLAIN}, zipfile.ZIP_DEFLATED)
    for _ in range(2):
        content = zipped({f"{at}.zip": content for at in range(30)}, zipfile.ZIP_DEFLATED)
    found = headers(READER, content, "m.pt")[0][1]
    assert found[1:] == [
        ("import", "collections.OrderedDict"),
        ("imports_read", "not determined beyond these: more than 50 pickles in the zip"),
    ]


def test_what_is_stored_elsewhere_under_a_name_of_whisper_cpp_is_no_pickle():
    assert headers(READER, POINTER, "ggml-base.en.bin") == []
