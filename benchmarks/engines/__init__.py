"""Engines under test, ours and peers': an extractor and a matcher each, freely crossed."""

from benchmarks.engines.base import Engine, Extracted, TemplateEngine
from benchmarks.engines.registry import ENGINES, make_engine

__all__ = ["ENGINES", "Engine", "Extracted", "TemplateEngine", "make_engine"]
