"""The commands about notices, as they are typed."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engine.cli import make_app
from engine.errors import BadInput, Forbidden, NotFound
from engine.gallery.gallery import Gallery
from engine.notices import Colour
from engine.notices.lifecycle import Step
from notice_support import FIELDS, OWNER, draft, publish, step


def whorl(gallery: Gallery, *arguments: str) -> str:
    """Output of a notice command on this gallery that succeeds."""
    data_dir = ["--data-dir", str(gallery.folder.parent)]
    result = CliRunner().invoke(make_app(), ["notice", *arguments, *data_dir])
    if result.exception is not None:
        raise result.exception
    return result.output


def write(folder: Path, **said: object) -> str:
    """A JSON file that holds this."""
    path = folder / "notice.json"
    path.write_text(json.dumps(said))
    return str(path)


def drawn(output: str) -> list[str]:
    """Colour and number of the notice that a command told of."""
    return output.split(maxsplit=1)[0].split("/", 1)


@pytest.mark.parametrize(
    "command",
    [
        "import", "show", "list", "draft", "submit", "circulate", "review", "publish", "suspend",
        "withdraw", "step", "expire", "inbox",
    ],
)  # fmt: skip
def test_every_command_explains_itself(command: str) -> None:
    """In a help text of its own."""
    result = CliRunner().invoke(make_app(), ["notice", command, "--help"])
    assert result.exit_code == 0
    assert "--data-dir" in result.output


def test_a_draft_is_written_shown_and_submitted(embedded: Gallery, tmp_path: Path) -> None:
    """From a file, for a bureau, with the number that was drawn."""
    file = write(tmp_path, colour="blue", language="en", **FIELDS[Colour.BLUE])
    notice = drawn(whorl(embedded, "draft", file, "--ncb", "FR"))
    shown = json.loads(whorl(embedded, "show", *notice, "--ncb", "FR", "--language", "fr"))
    assert (shown["status"], shown["name"]) == ("DRAFT", "TAMESHI")
    assert shown["texts"]["description"] == {
        "language": "en",
        "fall_back": True,
        "translated_by": None,
    }
    assert "is REQUESTED" in whorl(embedded, "submit", *notice, "--ncb", "FR")
    assert "1 of 1" in whorl(embedded, "list", "--ncb", "FR", "--status", "requested")


def test_a_request_is_reviewed_and_published(embedded: Gallery) -> None:
    """By the secretariat, and its members find it in their inbox."""
    file = draft(embedded)
    step(embedded, file, Step.SUBMIT, OWNER)
    notice = ["blue", file.notice.entity_id]
    assert "is UNDER_REVIEW" in whorl(embedded, "review", *notice, "--reason", "Routine.")
    orders = ["--verdict", "approve", "--article-2", "--article-3"]
    whorl(embedded, "review", *notice, *orders)
    assert "is PUBLISHED" in whorl(embedded, "publish", *notice)
    assert "published" in whorl(embedded, "inbox", "--ncb", "JP", "--unread")
    assert "is SUSPENDED" in whorl(embedded, "suspend", *notice, "--reason", "Doubts.")
    assert "2 of 2" in whorl(embedded, "inbox", "--ncb", "JP")
    with pytest.raises(NotFound):
        whorl(embedded, "show", *notice, "--ncb", "JP")


def test_an_entry_is_marked_as_read(embedded: Gallery) -> None:
    """With who it was."""
    publish(embedded)
    entry = next(word for word in whorl(embedded, "inbox", "--ncb", "NA").split() if word.isdigit())
    assert "read by cli:" in whorl(embedded, "inbox", "--ncb", "NA", "--read", entry)
    assert "0 of 0" in whorl(embedded, "inbox", "--ncb", "NA", "--unread")


def test_a_diffusion_is_circulated_and_withdrawn(embedded: Gallery, tmp_path: Path) -> None:
    """To the recipients of its file."""
    recipients = {"mode": "ALLOW", "ncbs": ["JP"]}
    said = {**FIELDS[Colour.ORANGE], "kind": "diffusion", "restriction": recipients}
    file = write(tmp_path, colour="orange", **said)
    notice = drawn(whorl(embedded, "draft", file, "--ncb", "FR"))
    assert "is CIRCULATED" in whorl(embedded, "circulate", *notice, "--ncb", "FR")
    assert "1 of 1" in whorl(embedded, "list", "--ncb", "JP", "--words", "ducks")
    assert "0 of 0" in whorl(embedded, "list", "--ncb", "DE")
    reason = ["--reason", "No more ducks."]
    assert "is WITHDRAWN" in whorl(embedded, "withdraw", *notice, "--ncb", "FR", *reason)


def test_the_calendar_is_run_by_a_command(embedded: Gallery) -> None:
    """Twice, with the second run doing nothing."""
    file = publish(embedded)
    assert "0 expired, 1 owners warned" in whorl(embedded, "expire", "--warn-days", "1825")
    assert "0 expired, 0 owners warned" in whorl(embedded, "expire", "--warn-days", "1825")
    assert str(datetime.now(UTC).year) in file.notice.entity_id


def test_any_other_step_is_taken_by_its_name(embedded: Gallery) -> None:
    """With reasons, and with the code of the organisation in any case."""
    notice = ["blue", publish(embedded).notice.entity_id]
    for what, ncb, status in (
        ("suspend", "ipsg", "SUSPENDED"),
        ("resume", "IPSG", "PUBLISHED"),
        ("renew", "fr", "PUBLISHED"),
        ("cancel", "IPSG", "CANCELLED"),
    ):
        orders = ["--ncb", ncb, "--reason", "A reason."]
        assert f"is {status}" in whorl(embedded, "step", what, *notice, *orders)


def test_a_step_of_another_side_is_refused(embedded: Gallery) -> None:
    """The secretariat's steps are not a bureau's, though one machine serves both."""
    file = publish(embedded)
    with pytest.raises(Forbidden, match="suspend is for the General Secretariat"):
        whorl(embedded, "suspend", "blue", file.notice.entity_id, "--ncb", "FR", "--reason", "X")


def test_mistakes_are_named(embedded: Gallery, tmp_path: Path) -> None:
    """An unknown status, no date, a file that holds no notice."""
    with pytest.raises(BadInput, match="unknown status 'new'"):
        whorl(embedded, "list", "--ncb", "FR", "--status", "new")
    with pytest.raises(BadInput, match="'soon' is no date"):
        whorl(embedded, "publish", "blue", "2026-1", "--until", "soon")
    (tmp_path / "list.json").write_text("[" * 100_000)
    with pytest.raises(BadInput, match=r"list.json: "):
        whorl(embedded, "draft", str(tmp_path / "list.json"), "--ncb", "FR")
