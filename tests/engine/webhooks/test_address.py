"""Which addresses are called, and which are not, however they are written."""

from __future__ import annotations

import pytest

from engine.errors import BadRequest
from engine.webhooks.address import Target, allowed_by, is_public, parse_address

ALLOWED = allowed_by(["Alerts.Example.ORG"], loopback=False)
LOCAL = allowed_by([], loopback=True)


def test_an_allowed_address_is_read() -> None:
    """With port, path and query."""
    assert parse_address("https://alerts.example.org/in?x=1", ALLOWED) == Target(
        "alerts.example.org", 443, "/in?x=1", True
    )
    assert parse_address("https://ALERTS.example.org:8443", ALLOWED).port == 8443


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://alerts.example.org/",
        "https://example.org/",
        "https://alerts.example.org.evil.test/",
        "https://alerts.example.org@evil.test/",
        "https://user:word@alerts.example.org/",
        "https://evil.test/#alerts.example.org",
        "https://alerts.example.org/#x",
        "https://evil.test\\@alerts.example.org/",
        "https://alerts.example.org:99999/",
        "https://127.0.0.1/",
        "https://169.254.169.254/latest",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://2130706433/",
        "https://alerts.example.org\r\nX: y/",
        "https://alerts.example.org /",
        "file:///etc/passwd",
        "gopher://alerts.example.org/",
        "//alerts.example.org/",
        "https://alerts.example.org/" + "x" * 500,
        "https://\u0430lerts.example.org/",
    ],
)
def test_others_are_refused(url: str) -> None:
    """By scheme, host, user, form or length."""
    with pytest.raises(BadRequest, match="url"):
        parse_address(url, ALLOWED)


def test_the_machine_itself_is_called_only_where_tests_ask_for_it() -> None:
    """And by that one name."""
    assert parse_address("http://127.0.0.1:9/x", LOCAL) == Target("127.0.0.1", 9, "/x", False)
    for url in ("http://127.0.0.2/", "http://localhost/", "http://[::1]/", "http://10.0.0.1/"):
        with pytest.raises(BadRequest):
            parse_address(url, LOCAL)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("192.168.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("64:ff9b::a00:1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_an_ip_address_is_public_or_not(address: str, public: bool) -> None:
    """Also what it carries inside."""
    assert is_public(address) is public
