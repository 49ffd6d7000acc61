"""The audit chain: what was done, by whom and why, each row bound to the one before.

A row's hash covers the row, its persons and the previous hash, so an edit, a deletion or a new
order shows. A row is written in the transaction of its act: without the row the act did not
happen. Signed checkpoints outside the database show what the chain alone cannot: a cut-off end,
and a history written anew.
"""

from engine.audit.recording import record
from engine.audit.row_hash import START
from engine.audit.walk import ChainState, verify_chain

__all__ = ["START", "ChainState", "record", "verify_chain"]
