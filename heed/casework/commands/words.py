"""`heed words [--agency] [--json]`: what became of the prompts. `heed words vale --out FOLDER`: the list for Vale."""

import json
from pathlib import Path

import click
import yaml


@click.group(invoke_without_command=True)
@click.option("--agency", help="Only the writers of one agency.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line for each pair.")
@click.pass_context
def command(context: click.Context, agency: str | None, as_json: bool) -> None:
    """Count what writers did with the prompts on words, pair by pair and agency by agency. No writer is named."""
    if context.invoked_subcommand:
        return
    from heed.casework.installation import ready

    ready()
    from heed.casework.progress import say
    from heed.casework.words import counts

    found = counts(agency)
    for each in found:
        line = f"{each['agency']:<14} {each['pair']:<24} {each['choice']:<10} {each['why'] or '-':<14} {each['count']:>6}"
        click.echo(json.dumps(each) if as_json else line)
    say(f"Prompts answered: {sum(each['count'] for each in found)}.")


@command.command
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Where to write it."
)
def vale(out: Path) -> None:
    """Write the word list as a style of Vale, with the settings that leave quoted speech alone."""
    from heed.casework.installation import ready

    ready()
    from heed.casework.policy.wording import wording
    from heed.casework.progress import say
    from heed.core.language.vale import STYLE, rules, settings

    written = 0
    for each in wording():
        style = STYLE if each.words.language == "en" else f"{STYLE}-{each.words.language}"
        folder = out / "styles" / style
        folder.mkdir(parents=True, exist_ok=True)
        for name, rule in rules(each.words).items():
            text = yaml.safe_dump(rule, allow_unicode=True, sort_keys=False, width=10_000)
            (folder / f"{name}.yml").write_text(text, encoding="utf-8")
            written += 1
    (out / ".vale.ini").write_text(settings(), encoding="utf-8")
    say(f"Rules written to {out}: {written}.")
