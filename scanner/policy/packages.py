"""Policy files that ship as data of an installed package, never imported."""

from __future__ import annotations

from pathlib import PurePosixPath

from scanner.marked_yaml import MAX_BYTES
from scanner.policy.sources import PolicyFile


def read_package_file(text: str) -> PolicyFile | str:
    """Read `package:NAME/PATH` through the metadata of the installed package.

    The path must stand in the package's own list of files, so that nothing outside it is reached.
    A string back says what is wrong.
    """
    from importlib.metadata import PackageNotFoundError, distribution

    name, _, path = text.removeprefix("package:").partition("/")
    if not name or not path:
        return f"a packaged policy is written package:NAME/PATH, not {text!r}"
    try:
        files = distribution(name).files
    except PackageNotFoundError:
        return f"no installed package is called {name!r}"
    except ValueError:
        return f"not a package name: {name!r}"
    wanted = PurePosixPath(path)
    found = next((file for file in files or () if PurePosixPath(file.as_posix()) == wanted), None)
    if found is None or ".." in wanted.parts:
        return f"the package {name!r} has no file {path!r}"
    try:
        with open(str(found.locate()), "rb") as opened:
            return PolicyFile(f"package:{name}/{path}", opened.read(MAX_BYTES + 1), None)
    except OSError as error:
        return f"{text!r} cannot be read: {error.strerror}"
