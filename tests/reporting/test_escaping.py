from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.reporting import escaping


def test_what_steers_a_terminal_or_hides_is_shown_as_an_escape() -> None:
    assert escaping.visible("a\x1b[2Jb\u202ec\x9bd\ud800\U000e0041é 漢\n\t") == (
        "a\\x1b[2Jb\\u202ec\\x9bd\\ud800\\U000e0041é 漢\n\t"
    )


def test_what_hides_is_left_out_of_a_text_that_is_handed_on() -> None:
    assert escaping.without_hidden("a\x1b[2Jb\u202ec\x0c\ufeffé 漢\n\t") == "a[2Jbcé 漢\n\t"


def test_one_line_has_no_line_breaks() -> None:
    assert escaping.one_line(" a\r\n\tb\x00 ") == "a b\\x00"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("<!-- x -->", "&lt;!-- x --&gt;"),
        ("![i](https://x.example/p.png)", r"!\[i\](https:&#8203;//x.example/p.png)"),
        ("[l](javascript:x)", r"\[l\](javascript:x)"),
        ("@octocat", "@&#8203;octocat"),
        ("a|b", r"a\|b"),
        ("fixes #1 and GH-2", "fixes #&#8203;1 and GH-&#8203;2"),
        ("www.x.example", "www&#8203;.x.example"),
        ("# title", r"\# title"),
        ("1. list", r"1\. list"),
        ("- list", r"\- list"),
        ("org/a-model.v1", "org/a-model.v1"),
    ],
)
def test_markdown_of_others_stays_text(text: str, written: str) -> None:
    assert escaping.markdown(text) == written


def test_code_in_markdown_cannot_be_left() -> None:
    assert escaping.markdown_code("a`b``c") == "```a`b``c```"
    assert escaping.markdown_code("`") == "`` ` ``"
    assert escaping.markdown_code("a|b\nc") == "`a\\|b c`"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "|cmd", "＝1"])
def test_a_cell_that_looks_like_a_formula_is_quoted(text: str) -> None:
    assert escaping.spreadsheet_cell(text).startswith("'")


def test_an_ordinary_cell_is_left_alone() -> None:
    assert escaping.spreadsheet_cell("org/model-1") == "org/model-1"


@given(st.text(alphabet=st.characters()))
def test_any_text_makes_well_formed_xml_and_json(text: str) -> None:
    ElementTree.fromstring(f'<a b="{escaping.xml(text)}">{escaping.xml(text)}</a>')
    escaping.json_text([text]).encode("utf-8")
