"""The commands about messages, as they are typed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update
from typer.testing import CliRunner

from engine.cli import make_app
from engine.errors import BadInput, BadRequest, NotFound
from engine.gallery.gallery import Gallery
from engine.gallery.message_tables import message_receipt


def whorl(gallery: Gallery, *arguments: str) -> str:
    """Output of a message command on this gallery that succeeds."""
    data_dir = ["--data-dir", str(gallery.folder.parent)]
    result = CliRunner().invoke(make_app(), ["message", *arguments, *data_dir])
    if result.exception is not None:
        raise result.exception
    return result.output


@pytest.fixture
def thread(embedded: Gallery, tmp_path: Path) -> str:
    """Id of a thread from France to Germany."""
    file = tmp_path / "note.txt"
    file.write_text("An invented note.")
    said = ["--to", "de", "--subject", "Case 1", "--priority", "flash", "--attach", str(file)]
    output = whorl(embedded, "send", "A [text].", "--ncb", "FR", *said)
    assert "message 1" in output
    return output.split()[0]


@pytest.mark.parametrize("command", ["list", "send", "read", "escalate"])
def test_every_command_explains_itself(command: str) -> None:
    """In a help text of its own."""
    result = CliRunner().invoke(make_app(), ["message", command, "--help"])
    assert result.exit_code == 0
    assert "--data-dir" in result.output


def test_a_message_is_read_answered_and_acknowledged(embedded: Gallery, thread: str) -> None:
    """Reading marks as read, signs of the screen's own language are text."""
    assert "1 of 1" in whorl(embedded, "list", "--ncb", "DE", "--unread")
    shown = whorl(embedded, "read", thread, "--ncb", "DE")
    assert "A [text]." in shown
    assert "file 1: note.txt, 17 bytes" in shown
    assert "0 of 0" in whorl(embedded, "list", "--ncb", "DE", "--unread")
    assert "acknowledged" in whorl(embedded, "read", thread, "--ncb", "DE", "--acknowledge", "1")
    again = ["send", "Yes.", "--ncb", "DE", "--thread", thread, "--transaction", "T"]
    assert "message 2" in whorl(embedded, *again)
    assert "message 2" in whorl(embedded, *again)
    assert "DE has it since" in whorl(embedded, "read", thread, "--ncb", "FR")
    with pytest.raises(NotFound):
        whorl(embedded, "read", thread, "--ncb", "JP")


def test_late_acknowledgements_are_told(embedded: Gallery, thread: str) -> None:
    """By a command that tells nothing twice."""
    assert "0 late" in whorl(embedded, "escalate")
    past = {"due_at": datetime.now(UTC) - timedelta(minutes=1)}
    with embedded.catalogue.recording() as connection:
        connection.execute(update(message_receipt).values(**past))
    assert f"{thread} message 1: DE is late" in whorl(embedded, "escalate")
    assert "0 late" in whorl(embedded, "escalate")


def test_mistakes_are_named(embedded: Gallery, thread: str, tmp_path: Path) -> None:
    """Neither or both ways of naming a thread, unknown receivers, files of no known type."""
    for wrong in ([], ["--to", "DE"], ["--thread", thread, "--to", "DE"]):
        with pytest.raises(BadInput, match="give --to and --subject"):
            whorl(embedded, "send", "x", "--ncb", "FR", *wrong)
    new = ["--to", "XX", "--subject", "S"]
    with pytest.raises(BadRequest, match="unknown NCB"):
        whorl(embedded, "send", "x", "--ncb", "FR", *new)
    with pytest.raises(BadInput, match="files that end with"):
        whorl(embedded, "send", "x", "--ncb", "FR", "--thread", thread, "--attach", "x.exe")
    none = str(tmp_path / "none.png")
    with pytest.raises(BadInput, match="No such file"):
        whorl(embedded, "send", "x", "--ncb", "FR", "--thread", thread, "--attach", none)
