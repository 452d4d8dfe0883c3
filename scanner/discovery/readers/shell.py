"""Shell scripts: commands, variables, comments, code in here-documents."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.discovery.plugin import Reader
from scanner.discovery.shell_commands import read_shell
from scanner.discovery.source import Source
from scanner.discovery.views import View


def read(source: Source) -> Iterator[View]:
    """Read a shell script."""
    yield from read_shell(source)


READER = Reader(
    language="shell",
    endings=(".sh", ".bash", ".zsh", ".ksh", ".command", ".slurm", ".sbatch", ".pbs"),
    names=(".bashrc", ".profile", "Procfile", ".envrc"),
    read=read,
)
