"""`lading policy`: write, check, show and try the rules of a project."""

from __future__ import annotations

import json
from pathlib import Path

import click

from scanner.cli._policy_open import open_policy, require_rules
from scanner.errors import PolicyBroken, UsageError

_POLICY = click.option(
    "--policy", "policies", multiple=True, metavar="FILE|PACK", help="The policy to look at; repeatable."
)
_FORMAT = click.option("--format", "format_name", type=click.Choice(["text", "json"]), default="text")
_ROOT = click.option(
    "--root",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="The project; default here.",
)


@click.group("policy")
def COMMAND() -> None:  # noqa: N802  # the name the folder promises
    """Write, check, show and try the rules of a project.

    \b
    lading policy init                write a commented lading.yaml
    lading policy check               every mistake, with its line and advice
    lading policy show                what is in force, and which line says so
    lading policy test FILE           facts made by hand, and what must follow
    lading policy exception add NAME  let one model pass, for a while
    """


@COMMAND.command(short_help="Read the policy in force and list every mistake.")
@click.argument("files", nargs=-1, metavar="[FILE|PACK]...")
@_POLICY
@_ROOT
@_FORMAT
def check(files: tuple[str, ...], policies: tuple[str, ...], root: Path, format_name: str) -> None:
    """Read the policy in force and list every mistake; exit 2 where there is one.

    With FILE or PACK only these are read, as a policy of their own.
    """
    if files and policies:
        raise UsageError(
            "files are checked by themselves, --policy with the project's own\n  give one of both"
        )
    policy, _ = open_policy(root, files or policies, is_alone=bool(files))
    from scanner.cli._policy_remarks import remarks

    said = remarks(policy)
    if format_name == "json":
        answer = {
            "schema": "lading.policy-check/1",
            "sources": [source.path for source in policy.stamp.sources],
            "remarks": said,
        }
        click.echo(json.dumps(answer, indent=2))
        return
    read = ", ".join(source.path for source in policy.stamp.sources) or "the built-in defaults"
    click.echo(f"no mistake in {read}")
    for line in said:
        click.echo(f"  {line}")


@COMMAND.command(short_help="Print the effective policy and the line each value comes from.")
@click.argument("names", nargs=-1, metavar="[RULE|SECTION]...")
@_POLICY
@_ROOT
@_FORMAT
def show(names: tuple[str, ...], policies: tuple[str, ...], root: Path, format_name: str) -> None:
    """Print the effective policy and the line each value comes from.

    \b
    lading policy show license-not-allowed      one rule
    lading policy show use exceptions           sections
    lading policy show --policy eu-deployer     what a pack says
    Sections: files, use, settings, rules, scopes, exceptions, ignores, sources.
    """
    from scanner.cli._policy_show import SECTIONS, as_json, as_text

    policy, _ = open_policy(root, policies)
    rules = tuple(name for name in names if name not in SECTIONS)
    sections = tuple(name for name in names if name in SECTIONS)
    require_rules(rules, policy, tuple(SECTIONS))
    if format_name == "json":
        click.echo(json.dumps(as_json(policy, rules), indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(as_text(policy, rules, sections)).strip("\n"))


@COMMAND.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--all-settings", is_flag=True, help="Exit 1 where a setting is exercised by no case.")
@_FORMAT
def test(files: tuple[Path, ...], all_settings: bool, format_name: str) -> None:
    """Run *.test.yaml files: given facts, expect findings.

    Without FILES every *.test.yaml of this folder. Exit 1 where a case goes wrong. A setting whose absence
    no case would notice is named.
    """
    from scanner.cli._policy_test import run_files

    found = files or tuple(sorted(Path().glob("*.test.yaml")))
    if not found:
        raise UsageError("no *.test.yaml here\n  name the files, or see docs/policy.md for their form")
    results = run_files(found)
    if format_name == "json":
        answer = {"schema": "lading.policy-test/1", "files": [result.as_json() for result in results]}
        click.echo(json.dumps(answer, indent=2, ensure_ascii=False))
    else:
        for result in results:
            click.echo("\n".join(result.as_text()))
    wrong = any(result.wrong or (all_settings and result.unexercised) for result in results)
    if wrong:
        raise SystemExit(1)


@COMMAND.command()
def schema() -> None:
    """Print the JSON Schema of a policy, for editors."""
    from scanner.policy.schema import schema_text

    click.echo(schema_text(), nl=False)


@COMMAND.command(short_help="Write a commented lading.yaml.")
@click.option("--extends", "packs", multiple=True, metavar="PACK", help="A pack to begin with; repeatable.")
@click.option("--country", metavar="XX", help="Seat of the organization (ISO 3166-1).")
@click.option("--territory", "territories", multiple=True, metavar="XX", help="Where it is used; repeatable.")
@click.option("--commercial/--non-commercial", default=None)
@click.option(
    "--distribution", multiple=True, help="internal, hosted-service, embedded, redistributed-weights."
)
@click.option("--users", type=click.IntRange(0), metavar="N", help="Monthly active users.")
@click.option("--revenue", type=click.IntRange(0), metavar="USD", help="Annual revenue in US dollars.")
@click.option("--field", "fields", multiple=True, help="Field of use (retail, medical, ...); repeatable.")
@click.option("--with-schema", is_flag=True, help="Write lading-policy.schema.json too, for the editor.")
@click.option("--force", is_flag=True, help="Write over a lading.yaml that is there.")
@_ROOT
def init(root: Path, with_schema: bool, force: bool, **answers: object) -> None:
    """Write a commented lading.yaml; asks on a terminal what no option says."""
    from scanner.cli._policy_init import ask, policy_text
    from scanner.cli._results import write_whole

    target = root / "lading.yaml"
    if target.exists() and not force:
        raise UsageError("lading.yaml is there already\n  edit it, or write over it with --force")
    text = policy_text(ask(answers), with_schema=with_schema)
    before = target.read_text(encoding="utf-8") if target.exists() else None
    write_whole(target, text)
    try:
        open_policy(root, ())
    except PolicyBroken:
        if before is None:
            target.unlink()
        else:
            write_whole(target, before)
        raise
    if with_schema:
        from scanner.policy.schema import schema_text

        write_whole(root / "lading-policy.schema.json", schema_text())
    click.echo("wrote lading.yaml\n  next: lading policy show, then lading scan")


@COMMAND.group("exception")
def exception() -> None:
    """Let one model pass one rule, for a while."""


@exception.command("add", short_help="Write one into lading.yaml, bound to the license of today.")
@click.argument("reference")
@click.option(
    "--rule", "rules", multiple=True, help="Rule it is excepted from; default the one that refuses it now."
)
@click.option("--owner", help="Who answers for it.  [required]")
@click.option("--reason", help="Why, in a sentence.  [required]")
@click.option("--expires", metavar="YYYY-MM-DD", help="Last day; default a year from today.")
@click.option("--license", "license_name", help="License it is granted for; default what lading knows.")
@click.option("--commit", help="Commit it is bound to.")
@click.option("--requested", is_flag=True, help="Only ask: the hook passes, the gate stays red.")
@click.option("--date", "today", metavar="YYYY-MM-DD", help="The day it is granted; default today.")
@_ROOT
def add(reference: str, root: Path, **said: object) -> None:
    """Write an exception into lading.yaml, bound to the license it is granted for.

    Without --rule the project is scanned offline for the rule that refuses NAME now; where several do,
    they are listed.

    \b
    lading policy exception add Qwen/Qwen2.5-3B-Instruct \\
        --owner legal@example.com --reason "evaluation" --expires 2027-03-31
    """
    from shlex import quote

    from scanner.cli._policy_exception import write_exception
    from scanner.policy.ways_out import PLACEHOLDERS

    left_open = [f"--{word}" for word in ("owner", "reason") if said[word] in (None, "", *PLACEHOLDERS)]
    if left_open:
        raise UsageError(
            f"an exception needs {' and '.join(left_open)}\n"
            "  say who answers for it, and why in a sentence:\n"
            f'  lading policy exception add {quote(reference)} --owner legal@example.com --reason "to try it"'
        )
    click.echo(write_exception(root, reference, said))
