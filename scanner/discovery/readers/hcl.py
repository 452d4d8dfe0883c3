"""HCL: Terraform and its relatives."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.discovery.hcl_nodes import read_hcl
from scanner.discovery.interest import may_name_models
from scanner.discovery.plugin import Reader
from scanner.discovery.source import Source
from scanner.discovery.views import View


def read(source: Source) -> Iterator[View]:
    """Read blocks, attributes, lists and here-documents; expressions are decided elsewhere."""
    if may_name_models(source.text):
        yield from read_hcl(source)


READER = Reader(
    language="hcl",
    endings=(".tf", ".tfvars", ".hcl", ".tfvars.example", ".tf.example", ".nomad"),
    names=(),
    read=read,
)
