"""Which language a string inside a configuration is written in."""

from __future__ import annotations

from functools import lru_cache

from scanner.discovery.config_keys import ENVIRONMENTS, snake
from scanner.discovery.tree_nodes import Leaf
from scanner.discovery.views import Text
from scanner.discovery.vocabulary import any_of, words
from scanner.patterns import regex

MAX_SNIFFED = 4_000
"""Characters looked at to tell a language."""

SHELL_KEYS = words(
    "run script before_script after_script commands cmds cmd post_create_command on_create_command user_data"
    " post_start_command startup_script inline shell bash setup install build_command start_command pre_build"
    " post_build build_script test_script execute run_script bash_command before_install commands_pre"
    " commands_post ansible_builtin_command ansible_legacy_command ansible_builtin_shell"
    " ansible_legacy_shell runcmd bootcmd"
)
_SHELL_KEY = regex(
    r"(?:.*_)?(?:script|scripts|commands|cmds|cmd)|(?:run|startup|init|setup|shell)_command|(?:extra|custom|pre|post)_init"
)
COMMANDS = ("ollama pull ", "ollama run ", "hf download ", "huggingface-cli download ", "vllm serve ")
"""Commands by which a text of several lines is known for a script, whatever its key."""
_SCRIPT = regex(r"(?m)^[ \t]*(?:sudo )?(?:" + "|".join(COMMANDS) + ")")
_MODELFILE = regex(r"\s*FROM \S+\s+(?:PARAMETER|TEMPLATE|SYSTEM|ADAPTER|MESSAGE)\b")
_OF_MODELFILES = ("PARAMETER", "TEMPLATE", "SYSTEM", "ADAPTER", "MESSAGE")
_ASSIGNMENTS = regex(r"\s*(?:export )?[A-Za-z_]\w{0,100}=")
_PATHS = words("path dest destination filename file_path file")
_PROSE_KEYS = words(
    "description descriptions readme notes note summary comment comments prompt system_prompt help title"
    " abstract message content text instructions instruction preprompt"
)
FILE_KEY = regex(
    r"[\w.\-/]+\.(?:ya?ml|json|toml|ini|cfg|conf|env|properties|sh|bash|py|tf|xml)|(?:Dockerfile|Modelfile)\S*"
)
_YAML = regex(r"(?m)^[ \t]*(?:- )?[\"']?[A-Za-z_][\w.\-/]*[\"']?:(?:[ \t]+\S|[ \t]*$)")
_CODE = regex(r"(?m)^[ \t]*(?:def \w+\(|class \w+|if __name__|[\w.]+ ?= ?\w|[\w.]+\(.*\)$|@\w)")
_PYTHON = regex(r"(?m)^(?:from\s+\w[\w.]*\s+import\s|import\s+\w)")


def is_shell_key(key: str) -> bool:
    """Whether commands stand under a key, written with underscores."""
    return key in SHELL_KEYS or _SHELL_KEY.fullmatch(key) is not None


def may_hold_scripts(text: str) -> bool:
    """Whether a text is known for a script, or for a Modelfile, by its words alone."""
    return any_of(COMMANDS, text) or ("FROM " in text and any_of(_OF_MODELFILES, text))


def language_of_value(
    keys: tuple[str, ...], leaf: Leaf, siblings: tuple[tuple[str, str], ...] = ()
) -> str | None:
    """Id of the reader for the text of a scalar, None where it is a plain value.

    What stands beside it may say which file it is written to (`path`, of what Ansible copies `dest`).
    """
    value = leaf.value.value if isinstance(leaf.value, Text) else ""
    key = keys[-1] if keys else ""
    named = key if key[:1] != "[" else next((name for name in reversed(keys) if name[:1] != "["), "")
    said = _said_by(named)
    if said == "commands":
        # Read as commands, with the variables set beside them.
        return "python" if "import " in value and sniff(value) == "python" else None
    if named == "content" and (file := _file_of(value, siblings)):
        return file
    if said == "prose":
        return "prose" if "/" in value else None
    if snake(named) in ENVIRONMENTS and _ASSIGNMENTS.match(value):
        return "dotenv"
    if leaf.lines is None and "\n" not in value:
        return "json" if _is_json(value) else None
    if FILE_KEY.fullmatch(key):
        return f"file:{key.rsplit('/', 1)[-1]}"
    return sniff(value) or ("shell" if _SCRIPT.search(value) else None)


def _file_of(text: str, siblings: tuple[tuple[str, str], ...]) -> str:
    """The reader for what is written into a file, empty where neither its name nor its first line tells."""
    if text.lstrip().startswith("#!"):
        return sniff(text) or ""
    for key, path in siblings:
        if snake(key) in _PATHS and FILE_KEY.fullmatch(path):
            return f"file:{path.rsplit('/', 1)[-1]}"
    return ""


@lru_cache(maxsize=4_096)
def _said_by(key: str) -> str:
    """What a key says of the text under it: `commands`, `prose`, or nothing."""
    if is_shell_key(snake(key)) or key in {"command", "args", "entrypoint"}:
        return "commands"
    return "prose" if snake(key) in _PROSE_KEYS else ""


def sniff(text: str) -> str | None:
    """Tell the language of a text of several lines, None where it is prose or unknown."""
    head = text[:MAX_SNIFFED]
    if _is_json(text):
        return "json"
    if _MODELFILE.match(head):
        return "modelfile"
    if head.lstrip().startswith("#!"):
        return "python" if "python" in head.lstrip().split("\n", 1)[0] else "shell"
    if len(_PYTHON.findall(head)) >= 1 and _CODE.search(head):
        return "python"
    lines = [line for line in head.split("\n") if line.strip() and not line.lstrip().startswith("#")]
    hits = len(_YAML.findall(head))
    return "yaml" if lines and hits * 2 >= len(lines) else None


def _is_json(text: str) -> bool:
    if "}" not in text and "]" not in text and not text.rstrip().endswith(","):
        return False
    stripped = text.strip()
    if len(stripped) < 8 or stripped[0] not in "[{" or stripped[-1] not in "]},":
        return False
    return (
        '"' in stripped and (":" in stripped or stripped[0] == "[") and not stripped.startswith(("{{", "[["))
    )
