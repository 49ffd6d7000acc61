"""The commands by which an owner handles its records, as they are typed."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from engine.cli import make_app
from engine.errors import BadInput, BadRequest, Forbidden, NotFound
from engine.gallery.gallery import Gallery
from engine.lookup import look_up_person, look_up_print
from engine.terminal import operator
from support import make_template


def whorl(gallery: Gallery, *arguments: str) -> str:
    """Output of a command on this gallery that succeeds."""
    data_dir = ["--data-dir", str(gallery.folder.parent)]
    result = CliRunner().invoke(make_app(), [*arguments, *data_dir])
    if result.exception is not None:
        raise result.exception
    return result.output


@pytest.fixture
def number(embedded: Gallery, enrol_template) -> str:
    """Number of the print of a person of Germany."""
    return str(enrol_template(embedded, "P", make_template(1), ncb="DE").prints[0])


@pytest.mark.parametrize("kind", ["person", "print"])
def test_a_record_is_restricted_and_shown(embedded: Gallery, number: str, kind: str) -> None:
    """By its owner, who is shown what holds; the denied bureau finds nothing."""
    record = "P" if kind == "person" else number
    denied = ["--mode", "DENY", "--bureau", "FR", "--bureau", "JP"]
    done = whorl(embedded, kind, "restrict", record, "--ncb", "DE", *denied)
    assert "FR JP" in done
    assert done.split() == whorl(embedded, kind, "show", record, "--ncb", "DE").split()
    with pytest.raises(NotFound):
        whorl(embedded, kind, "show", record, "--ncb", "FR")
    with pytest.raises(NotFound):
        look_up_print(embedded.catalogue, int(number), operator("JP"))


def test_a_print_is_handled_apart_from_its_person(embedded: Gallery, number: str) -> None:
    """The person stays to be seen."""
    whorl(embedded, "print", "restrict", number, "--ncb", "DE", "--mode", "ALLOW", "--bureau", "BR")
    assert look_up_person(embedded.catalogue, "P", operator("FR")).prints == ()
    assert len(look_up_person(embedded.catalogue, "P", operator("BR")).prints) == 1


@pytest.mark.parametrize("kind", ["person", "print"])
def test_what_cannot_be_is_refused(embedded: Gallery, number: str, kind: str) -> None:
    """Another bureau's record, bureaus without a mode, and words that are none."""
    record = "P" if kind == "person" else number
    change = [kind, "restrict", record]
    with pytest.raises(Forbidden):
        whorl(embedded, *change, "--ncb", "FR", "--mode", "ALL")
    with pytest.raises(BadInput, match="--mode"):
        whorl(embedded, *change, "--ncb", "DE", "--bureau", "FR")
    with pytest.raises(BadRequest):
        whorl(embedded, *change, "--ncb", "DE", "--mode", "SOME")


def test_a_command_states_a_known_purpose() -> None:
    """One that is unknown is refused with those that are."""
    assert operator("DE", "elimination").purpose == "elimination"
    with pytest.raises(BadRequest, match=r"purpose 'curiosity': state one of identification, inv"):
        operator("DE", "curiosity")
