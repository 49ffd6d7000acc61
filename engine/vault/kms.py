"""A key management system as a master key, behind a command of the operator's.

The command is run with one argument, `wrap` or `unwrap`, and gets one line of JSON on its standard
input: `{"context": "…", "data": "base64"}`. It answers `{"data": "base64"}` on its standard output,
or ends with another status than 0. The context is what the system should authenticate (AWS calls
it encryption context); because not every system can, it is wrapped along with the key as well.
"""

from __future__ import annotations

import base64
import json
import shlex
import subprocess
from dataclasses import dataclass
from typing import Any

from engine.errors import WrongKey
from engine.vault.sealing import KEY_BYTES

SECONDS = 30
"""How long an answer may take."""

MAX_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class KmsKey:
    """A key that never leaves its system.

    Attributes:
        command: with its own arguments, as a shell would split them; no shell runs it.
    """

    command: str

    @property
    def id(self) -> str:
        """The system tells its own keys apart."""
        return "kms"

    def wrap(self, key: bytes, context: bytes) -> bytes:
        """See `engine.vault.master.MasterKey`."""
        return self._ask("wrap", key + context, context)

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """See `engine.vault.master.MasterKey`."""
        found = self._ask("unwrap", wrapped, context)
        if len(found) < KEY_BYTES or found[KEY_BYTES:] != context:
            raise WrongKey("WHORL_MASTER_KEY_COMMAND unwrapped a key that belongs elsewhere")
        return found[:KEY_BYTES]

    def _ask(self, act: str, data: bytes, context: bytes) -> bytes:
        """Run the command once; neither its input nor its output is ever repeated.

        Raises:
            WrongKey: it failed, or gave no such answer.
        """
        order = {"context": context.decode(), "data": base64.b64encode(data).decode()}
        try:
            done = subprocess.run(  # noqa: S603 - the operator's own command
                [*shlex.split(self.command), act],
                input=json.dumps(order).encode(),
                capture_output=True,
                timeout=SECONDS,
                check=True,
            )
            answer: dict[str, Any] = json.loads(done.stdout[:MAX_BYTES])
            return base64.b64decode(answer["data"], validate=True)
        except subprocess.CalledProcessError as error:
            reason = f"ended with status {error.returncode}"
        except subprocess.TimeoutExpired:
            reason = f"gave no answer in {SECONDS} seconds"
        except OSError as error:
            reason = f"cannot be run: {error.strerror}"
        except (ValueError, KeyError, TypeError):
            reason = "answered something else than a key"
        raise WrongKey(f"WHORL_MASTER_KEY_COMMAND: {act}: {reason}")
