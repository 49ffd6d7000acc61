"""Commands that prove the audit chain: sign checkpoints, verify, give out the public key."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from engine.audit.checkpoint_file import checkpoint_path
from engine.audit.checkpointing import write_checkpoint
from engine.audit.proof import Proof, find_evidence, prove
from engine.audit.read_commands import accesses_command, show_command
from engine.audit.signing import public_path, signing_key
from engine.gallery.files import write_whole
from engine.identity.facts_shown import AsJson, existing_catalogue
from engine.terminal import DataDir, operator, settings_for

group = typer.Typer(help="Prove and read the audit chain.", no_args_is_help=True)
group.command("show")(show_command)
group.command("accesses")(accesses_command)


@group.command("verify")
def verify_command(
    checkpoints: Annotated[
        Path | None,
        typer.Option(help="File of checkpoints, such as your own copy; else that of the settings."),
    ] = None,
    public_key: Annotated[
        Path | None,
        typer.Option(help="Public keys (PEM) that may have signed it; else those of the settings."),
    ] = None,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Walk the whole chain and name the first broken row; ends with status 1 if there is one."""
    settings = settings_for(data_dir)
    evidence = find_evidence(settings, checkpoints, public_key)
    proof = prove(existing_catalogue(settings), evidence)
    if as_json:
        typer.echo(json.dumps(_as_json(proof)))
    else:
        _show(proof)
    raise typer.Exit(0 if proof.is_sound else 1)


@group.command("checkpoint")
def checkpoint_command(data_dir: DataDir = None) -> None:
    """Sign how far the chain has come, and add that to the file of checkpoints."""
    settings = settings_for(data_dir)
    made = write_checkpoint(existing_catalogue(settings), settings, operator())
    place = checkpoint_path(settings)
    words = "nothing happened since the last one" if made is None else f"row {made.claim.number}"
    Console().print(f"checkpoint in {escape(str(place))}: {words}", soft_wrap=True)


@group.command("key")
def key_command(
    out: Annotated[Path | None, typer.Option(help="File to write; else it is printed.")] = None,
    data_dir: DataDir = None,
) -> None:
    """Give out the public keys that verify checkpoints (PEM); makes a key if there is none."""
    settings = settings_for(data_dir)
    existing_catalogue(settings).close()
    signing_key(settings)
    text = public_path(settings).read_text()
    if out is None:
        typer.echo(text, nl=False)
    else:
        write_whole(out, lambda beside: _fill(beside, text))


def _fill(path: Path, text: str) -> None:
    """Write a file."""
    path.write_text(text)


def _as_json(proof: Proof) -> dict[str, object]:
    """A proof as plain values."""
    verdict, broken = proof.verdict, proof.verdict.broken
    return {
        "sound": proof.is_sound,
        "rows": verdict.rows,
        "hash": verdict.hash or None,
        "checkpoints": verdict.checkpoints,
        "covered": verdict.covered,
        "broken": broken and {"row": broken.row, "kind": broken.kind, "words": broken.words},
        "faults": list(proof.faults),
        "notes": list(proof.notes),
    }


def _show(proof: Proof) -> None:
    """Print a proof."""
    console, verdict = Console(highlight=False, soft_wrap=True), proof.verdict
    if verdict.broken is not None:
        kind, words = verdict.broken.kind.value, escape(verdict.broken.words)
        console.print(f"[bold red]broken at row {verdict.broken.row}[/] ({kind}): {words}")
    for fault in proof.faults:
        console.print(f"[red]checkpoints:[/] {escape(fault)}")
    for note in proof.notes:
        console.print(f"[yellow]note:[/] {escape(note)}")
    console.print(
        f"{verdict.rows} rows agree; {verdict.checkpoints} signed checkpoints cover the first "
        f"{verdict.covered}"
    )
    if proof.is_sound:
        console.print("[green]the chain is whole[/]")
