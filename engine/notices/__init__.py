"""Notices: what bureaus tell each other, by which rules, and who may do what. Knows no storage."""

from engine.notices.audience import may_receive, visible_to
from engine.notices.colour import Colour, parse_colour
from engine.notices.notice import Notice, NoticeKey, parse_entity_id, parse_notice
from engine.notices.restriction import EVERYBODY, Restriction, RestrictionMode, parse_restriction
from engine.notices.status import Kind, NoticeStatus

__all__ = [
    "EVERYBODY",
    "Colour",
    "Kind",
    "Notice",
    "NoticeKey",
    "NoticeStatus",
    "Restriction",
    "RestrictionMode",
    "may_receive",
    "parse_colour",
    "parse_entity_id",
    "parse_notice",
    "parse_restriction",
    "visible_to",
]
