"""How many searches and enrolments a user may ask for in a minute, and a bureau in a day."""

from __future__ import annotations

from api.metrics import Metrics
from api.rate_limit import RateLimit
from engine.asker import Asker
from engine.errors import QuotaSpent
from engine.gallery.catalogue import Catalogue
from engine.quota import Use, most_of, use_quota
from engine.settings import Settings

TOO_MANY = "you ask too often; wait a little"


class Limits:
    """The limits of one server. Safe to share between threads."""

    def __init__(self, catalogue: Catalogue, settings: Settings, metrics: Metrics) -> None:
        """Take where bureaus are counted, how much there is, and what counts refusals."""
        self._catalogue = catalogue
        self._settings = settings
        self._metrics = metrics
        self._rates = {
            Use.SEARCH: RateLimit(settings.searches_per_minute, message=TOO_MANY),
            Use.ENROLMENT: RateLimit(settings.enrolments_per_minute, message=TOO_MANY),
        }

    def admit(self, what: Use, asker: Asker) -> None:
        """Count something that a user asks for.

        The user's own limit comes first, so that what it refuses costs the bureau nothing.

        Raises:
            TooManyTries: the user must wait.
            QuotaSpent: the bureau has no more for today.
        """
        try:
            self._rates[what].admit(asker.actor)
            use_quota(self._catalogue, what, most_of(self._settings, what), asker)
        except Exception as error:
            limit = "quota" if isinstance(error, QuotaSpent) else "rate"
            self._metrics.refused.labels(limit).inc()
            raise
