"""The demonstration on invented people: three probes, searched and explained."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.rule import Rule

from api.demo.bureau import fill_with_fixtures, fixtures_folder, throw_away_bureau
from api.demo.client import Client
from api.demo.pictures import draw_best
from api.demo.probes import Probe, read_probes
from api.demo.server import running_server
from api.demo.showing import make_console, show_answer
from api.schemas.answers import AnswerView


def run_fixtures(out: Path) -> bool:
    """Enrol, serve and search; returns whether every mate was found at rank 1.

    Args:
        out: folder for the pictures.
    """
    console = make_console()
    probes = read_probes(fixtures_folder() / "probes")
    with throw_away_bureau() as settings:
        fill_with_fixtures(settings)
        with running_server(settings) as client:
            console.print(f"Server ready at {client.address.url}", highlight=False)
            answers = [_show_probe(console, client, probe, out) for probe in probes]
    found = [_is_found(probe, answer) for probe, answer in zip(probes, answers, strict=True)]
    _tell_end(console, probes, answers)
    return all(found)


def _show_probe(console: Console, client: Client, probe: Probe, out: Path) -> AnswerView:
    """Search a probe and show what came of it."""
    answer = client.search(probe.path)
    console.print()
    console.print(Rule(f"[bold]{probe.path.name}[/]  {probe.description}", align="left"))
    show_answer(console, client, answer)
    console.print(_verdict(probe, answer))
    if answer.candidates:
        picture = draw_best(client, probe.path, answer, out)
        console.print(f"picture: {picture}", highlight=False, soft_wrap=True)
    return answer


def _is_found(probe: Probe, answer: AnswerView) -> bool:
    """Whether the truth is at rank 1; a finger that nobody enrolled has none to be found."""
    if probe.person is None:
        return True
    return bool(answer.candidates) and answer.candidates[0].person.id == probe.person


def _best_score(answer: AnswerView) -> float:
    """Score of the first candidate; 0 if there is none."""
    return answer.candidates[0].score if answer.candidates else 0.0


def _verdict(probe: Probe, answer: AnswerView) -> str:
    """What the truth says about an answer."""
    if probe.person is None:
        score = f"the best score is {_best_score(answer):.3f}"
        return f"[bold]truth:[/] nobody enrolled this finger; {score}"
    truth = f"[bold]truth:[/] {probe.person}, {probe.finger.replace('_', ' ')}"
    if _is_found(probe, answer):
        return f"{truth}: [bold green]found at rank 1[/]"
    return f"{truth}: [bold red]not at rank 1[/]"


def _tell_end(console: Console, probes: list[Probe], answers: list[AnswerView]) -> None:
    """Compare the scores and say how to go on."""
    both = list(zip(probes, answers, strict=True))
    mates = [_best_score(answer) for probe, answer in both if probe.person is not None]
    others = [_best_score(answer) for probe, answer in both if probe.person is None]
    console.print()
    console.print(Rule(style="dim"))
    if mates and others:
        console.print(
            f"Enrolled fingers scored {min(mates):.3f} and more, the unknown one {max(others):.3f}."
        )
    console.print("A candidate is a lead, not an identification.")
    console.print(
        "Go on with [bold]whorl serve --demo[/], the portal at http://127.0.0.1:8000/portal",
        highlight=False,
    )
