"""The commands for people, bureaus and keys, as they are typed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engine.cli import make_app
from engine.errors import NotFound, SignInRefused

PASSWORD = "an invented password"


def whorl(data_dir: Path, *arguments: str, typed: str = "") -> str:
    """Output of a command that must succeed."""
    line = [*arguments, "--data-dir", str(data_dir)]
    result = CliRunner().invoke(make_app(), line, input=typed)
    if result.exception is not None:
        raise result.exception
    return result.output


def add(data_dir: Path, *extra: str) -> str:
    """Makes an examiner; returns what was printed."""
    return whorl(data_dir, "user", "add", "martin", "--ncb", "FR", "--role", "examiner", *extra)


def secret_in(output: str) -> str:
    """The secret that a command printed."""
    found = re.search(r"(?:password|secret): (\S+)", output)
    assert found is not None
    return found[1]


def test_a_user_is_added_and_shown(tmp_path: Path) -> None:
    """With name, clearance and languages; the table and JSON agree."""
    add(tmp_path, "--name", "A. Martin", "--clearance", "restricted", "--language", "fr")
    shown = json.loads(whorl(tmp_path, "user", "show", "martin@fr", "--json"))
    assert json.loads(whorl(tmp_path, "user", "list", "--json")) == [shown]
    assert (shown["clearance"], shown["languages"]) == ("restricted", ["fr"])
    assert shown["state"] == "password to be changed"
    assert "martin@fr" in whorl(tmp_path, "user", "list", "--ncb", "FR")
    assert "nobody" in whorl(tmp_path, "user", "list", "--ncb", "DE")


def test_a_password_is_chosen_and_reset(tmp_path: Path) -> None:
    """It is asked for, never shown; a reset makes a new one-time password."""
    secret = secret_in(add(tmp_path))
    typed = f"{secret}\n{PASSWORD}\n{PASSWORD}\n"
    output = whorl(tmp_path, "user", "password", "martin@fr", typed=typed)
    assert PASSWORD not in output
    assert "active" in whorl(tmp_path, "user", "show", "martin@fr")
    again = secret_in(whorl(tmp_path, "user", "reset-password", "martin@fr"))
    assert again != secret
    with pytest.raises(SignInRefused):
        whorl(tmp_path, "user", "password", "martin@fr", typed=typed)


def test_roles_and_state_are_changed(tmp_path: Path) -> None:
    """The answer tells what the user may do now."""
    add(tmp_path)
    output = whorl(tmp_path, "user", "roles", "martin@fr", "--role", "auditor")
    assert "martin@fr: auditor; may audit.read" in output
    whorl(tmp_path, "user", "disable", "martin@fr")
    assert "disabled" in whorl(tmp_path, "user", "show", "martin@fr")
    assert "active again" in whorl(tmp_path, "user", "enable", "martin@fr")


def test_a_service_gets_a_client_secret(tmp_path: Path) -> None:
    """It need not be changed."""
    output = whorl(tmp_path, "user", "add", "bot", "--ncb", "ccc", "--role", "service")
    assert "client secret" in output
    assert len(secret_in(output)) > 40


def test_bureaus_are_listed_and_added_to(tmp_path: Path) -> None:
    """A sub-bureau stands under its NCB and in its region."""
    whorl(tmp_path, "ncb", "add-sub-bureau", "CN", "HK", "--name", "Hong Kong")
    listed = json.loads(whorl(tmp_path, "ncb", "list", "--json"))
    assert len(listed) == 199
    assert json.loads(whorl(tmp_path, "ncb", "show", "CN", "--json"))["sub_bureaus"] == ["CN-HK"]
    below = json.loads(whorl(tmp_path, "ncb", "show", "cn-hk", "--json"))
    assert (below["parent"], below["region"]) == ("CN", "Asia & South Pacific")
    assert "CN-HK" in whorl(tmp_path, "ncb", "list")


def test_a_bureau_changes_its_region(tmp_path: Path) -> None:
    """The answer tells how its prints follow."""
    whorl(tmp_path, "ncb", "list")
    output = whorl(tmp_path, "ncb", "move", "TR", "--region", "asia")
    assert "TR is in Asia & South Pacific now" in output
    assert "whorl index rebuild" in output
    assert json.loads(whorl(tmp_path, "ncb", "show", "TR", "--json"))["region"].startswith("Asia")


def test_keys_are_rotated_by_one_command(tmp_path: Path) -> None:
    """The list shows the one that signs first."""
    first = whorl(tmp_path, "key", "rotate")
    second = whorl(tmp_path, "key", "rotate")
    assert "0 old ones" in first
    assert "1 old ones" in second
    lines = whorl(tmp_path, "key", "list").splitlines()
    assert [line.split()[1] for line in lines] == ["signs", "retired"]
    assert lines[0].split()[0] in second


def test_a_folder_without_a_catalogue_has_no_users(tmp_path: Path) -> None:
    """It is named, and nothing is made there."""
    with pytest.raises(NotFound, match="no catalogue here"):
        whorl(tmp_path / "none", "user", "list")
    assert not (tmp_path / "none").exists()
