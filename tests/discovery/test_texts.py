import pytest

from scanner.discovery.texts import decode_text
from scanner.errors import UnreadableFile


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"a\xc3\xa9", "a\u00e9"),
        (b"\xef\xbb\xbfa", "a"),
        ("a\nb".encode("utf-16"), "a\nb"),
        ("a\nb".encode("utf-32"), "a\nb"),
        (b"a\r\nb\rc", "a\nb\nc"),
        (b"plain text \xff here", "plain text \ufffd here"),
        (b"", ""),
    ],
)
def test_text_is_decoded_by_its_mark_or_as_utf_8(content: bytes, text: str) -> None:
    assert decode_text(content) == text


@pytest.mark.parametrize("content", [b"a\0b", b"\x01\x02\x03\x04abc", b"\xfd\xfc\xfb" * 9])
def test_bytes_that_are_no_text_are_refused(content: bytes) -> None:
    with pytest.raises(UnreadableFile):
        decode_text(content)
