"""Who may see and who may change a record: pure rules, without storage and without HTTP."""

from engine.policy.purpose import Purpose, admits_status, parse_purpose, require_case
from engine.policy.recipients import parse_recipients
from engine.policy.record import Handling, RecordFacts
from engine.policy.rules import may_change, may_find, may_see

__all__ = [
    "Handling",
    "Purpose",
    "RecordFacts",
    "admits_status",
    "may_change",
    "may_find",
    "may_see",
    "parse_purpose",
    "parse_recipients",
    "require_case",
]
