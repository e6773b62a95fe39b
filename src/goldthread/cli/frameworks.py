"""`goldthread frameworks`: the standards that plans, reviews and advice are held against."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from goldthread.cli.say import progress, stop

if TYPE_CHECKING:
    from goldthread.core.framework.framework import Framework

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="List, check, show, compare, write and publish the standards.",
)
Root = Annotated[
    Path | None,
    typer.Option("--folder", help="Folder of frameworks, instead of Goldthread's own."),
]


@app.callback(invoke_without_command=True)
def frameworks(
    ctx: typer.Context,
    folder: Root = None,
    format: Annotated[str, typer.Option(help="text or json.")] = "text",
) -> None:
    """List the frameworks with their editions; or see the commands with --help."""
    ctx.obj = folder
    if ctx.invoked_subcommand is None:
        if format not in ("text", "json"):
            stop(f"There is no format “{format}”; use text or json.", code=2)
        _listed(_root(folder), format)


@app.command()
def validate(
    ctx: typer.Context,
    edition: Annotated[str, typer.Argument(help="Key, or folder of an edition; all if none.")] = "",
) -> None:
    """Check an edition: its files, its names, its ids, its digest. Faults end with 1."""
    from goldthread.readers.validating import validate as said_of
    from goldthread.readers.validating import validate_lock

    homes = _homes(edition, _root(ctx.obj))
    said = [(key, said_of(home, dt.date.today())) for key, home in homes.items()]
    for root in {home.parent.parent for home in homes.values()}:
        said.append(("published.lock", validate_lock(root)))
    for key, remarks in said:
        for remark in remarks:
            print(f"{'fault' if remark.fault else 'note '}  {key}  {remark}")
    faults = sum(r.fault for _, remarks in said for r in remarks)
    notes = sum(len(remarks) for _, remarks in said) - faults
    if faults:
        stop(f"{_number(faults, 'fault')} and {_number(notes, 'note')}; mend the faults.")
    print(f"{', '.join(homes)}: no faults, {_number(notes, 'note')}.")


@app.command()
def show(
    ctx: typer.Context,
    key: Annotated[str, typer.Argument(help="Edition, such as ehc-ref@2026.1.")],
    part: Annotated[
        str, typer.Argument(help="Criterion (F2 or F2-quantified) or rule (M29).")
    ] = "",
    format: Annotated[str, typer.Option(help="text or json.")] = "text",
) -> None:
    """Show an edition's questions, or one criterion or rule with all that stands in its file."""
    from goldthread.writers import standard_text

    if format not in ("text", "json"):
        stop(f"There is no format “{format}”; use text or json.", code=2)
    root = _root(ctx.obj)
    framework = _framework(key, root)
    base = _base(framework, root)
    found = _part(framework, base, part) if part else framework
    if format == "json":
        _write(json.dumps(found.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n")
        return
    from goldthread.core.report.standard import standard

    _write(standard_text.shown(standard(framework, base), found))


@app.command()
def compare(
    ctx: typer.Context,
    old: Annotated[str, typer.Argument(help="Key or folder of the earlier edition.")],
    new: Annotated[str, typer.Argument(help="Key or folder of the later edition.")],
    format: Annotated[str, typer.Option(help="text or json.")] = "text",
) -> None:
    """Compare two editions: what changed, how heavily, and what it means for series of results."""
    from goldthread.core.framework.difference import difference
    from goldthread.writers import standard_text

    if format not in ("text", "json"):
        stop(f"There is no format “{format}”; use text or json.", code=2)
    root = _root(ctx.obj)
    found = difference(_framework(old, root), _framework(new, root))
    if format == "json":
        from dataclasses import asdict

        _write(json.dumps(asdict(found), ensure_ascii=False, indent=1) + "\n")
        return
    _write(standard_text.compared(found))


@app.command()
def write(
    ctx: typer.Context,
    key: Annotated[str, typer.Argument(help="Edition, such as ehc-ref@2026.1.")],
    out: Annotated[Path, typer.Option("--out", help="File to write: .html or .pdf.")],
) -> None:
    """Write the readable standard, by section and by who answers, as HTML or PDF."""
    from goldthread.core.report.standard import standard

    if out.suffix not in (".html", ".pdf"):
        stop(f"“{out.name}” says no format; end it in .html or .pdf.", code=2)
    root = _root(ctx.obj)
    framework = _framework(key, root)
    value = standard(framework, _base(framework, root))
    if out.suffix == ".html":
        from goldthread.writers.standard_html import standard_html

        data = standard_html(value).encode()
    else:
        from goldthread.writers.standard_pdf import standard_pdf

        data = standard_pdf(value)
    _save(out, data)
    progress(f"Wrote {out}: {value.counts}")


@app.command()
def publish(
    ctx: typer.Context,
    key: Annotated[str, typer.Argument(help="Edition to freeze, such as ehc-ref@2026.1.")],
) -> None:
    """Freeze an edition for ever: write its digest into published.lock."""
    from goldthread.readers.validating import CannotPublish
    from goldthread.readers.validating import publish as freeze

    (home,) = _homes(key, _root(ctx.obj)).values()
    try:
        entry = freeze(home, dt.date.today())
    except CannotPublish as error:
        stop(f"{key} was not published.\n{error}")
    except OSError as error:
        stop(f"published.lock could not be written: {error.strerror or error}.")
    print(f"{entry.key} is published: {entry.digest}")


def _listed(root: Path, format: str) -> None:
    from goldthread.readers.editions import editions
    from goldthread.readers.frameworks import load_framework

    rows = []
    for key in editions(root):
        found = _loaded(lambda key=key: load_framework(key, root))
        rows.append(
            {
                "key": key,
                "title": found.title,
                "state": found.state,
                "role": found.role,
                "subject": found.subject,
                "criteria": len(found.criteria),
                "rules": len(found.rules),
                "law_as_at": found.law_as_at.isoformat(),
            }
        )
    if format == "json":
        _write(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
        return
    for row in rows:
        counts = f"{_number(row['criteria'], 'question')}, {_number(row['rules'], 'machine rule')}"
        print(f"{row['key']:<22} {row['state']:<10} {row['title']} ({counts})")


def _root(given: Path | None) -> Path:
    from goldthread.content import folder

    if given is None:
        return folder("frameworks")
    if not given.is_dir():
        stop(f"There is no folder {given}.", code=2)
    return given


def _homes(edition: str, root: Path) -> dict[str, Path]:
    """Key -> folder of the editions meant; ends with 2 when there is none."""
    from goldthread.readers.editions import editions

    if not edition:
        return editions(root)
    known = editions(root)
    if edition in known:
        return {edition: known[edition]}
    home = Path(edition).resolve()
    if (home / "framework.yaml").is_file():
        return {f"{home.parent.name}@{home.name}": home}
    below = editions(home) if home.is_dir() else {}
    if not below:
        there = ", ".join(known) or "there is none"
        stop(
            f"“{edition}” is neither an edition ({there}) nor a folder with a framework.yaml.",
            code=2,
        )
    return below


def _framework(edition: str, root: Path) -> Framework:
    from goldthread.readers.frameworks import load_framework

    found = _homes(edition, root)
    if len(found) != 1:
        stop(f"{edition} holds several editions: {', '.join(found)}; name one.", code=2)
    ((key, home),) = found.items()
    framework: Framework = _loaded(lambda: load_framework(key, home.parent.parent))
    return framework


def _base(framework: Framework, root: Path) -> Framework | None:
    from goldthread.readers.frameworks import base_home, read_edition

    if not framework.extends:
        return None
    found: Framework = _loaded(lambda: read_edition(base_home(framework.extends, root)))
    return found


def _loaded(load: Any) -> Any:
    """What `load` gives; a content fault ends the command with its sentences."""
    from goldthread.readers.content import ContentError
    from goldthread.readers.frameworks import UnknownFramework

    try:
        return load()
    except (ContentError, UnknownFramework) as error:
        stop(str(error))


def _part(framework: Framework, base: Framework | None, name: str) -> Any:
    criteria = {key: c for c in framework.criteria for key in (c.id, c.id.partition("-")[0])}
    rules = {r.id: r for f in (base, framework) if f for r in f.rules}
    folded = {key.lower(): part for key, part in (*criteria.items(), *rules.items())}
    if name.lower() not in folded:
        stop(f"{framework.key} has no criterion or rule “{name}”.", code=2)
    return folded[name.lower()]


def _number(count: Any, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _write(text: str) -> None:
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()


def _save(path: Path, data: bytes) -> None:
    from goldthread.writers.files import CannotWrite, write_whole

    try:
        write_whole(path, data)
    except CannotWrite as error:
        stop(str(error))
