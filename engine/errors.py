"""One tree of errors. Whoever shows them decides how; the engine knows no HTTP.

WhorlError
├── BadInput                what the caller gave cannot be used
│   ├── BadImage            the bytes are no image that we can read
│   │   ├── ImageTooLarge
│   │   └── NoFingerprint   an image, but too little of a finger in it
│   ├── BadTemplate         a minutiae record that breaks its format
│   └── BadRequest          an unknown finger, region, bureau or value
├── NotFound                no such record
├── Conflict                the record exists already, or has changed meanwhile
│   └── StaleVersion        it is not at the revision any more that the asker has read
├── Forbidden               the asker may not do this
├── QuotaSpent              the asker's bureau has used what it may on a day
├── BadToken                an access token that does not count
├── SignInRefused           a wrong password, secret or refresh token, or a locked account
├── StorageError            the machine's side: disk, database, index
│   ├── CatalogueBusy       the database is locked by another writer
│   ├── SchemaMismatch      the database is of another version of this program
│   ├── CorruptFile         a segment or index file is not what was written
│   ├── WrongKey            the master key is missing, or not the one that wraps the keys
│   ├── BrokenSeal          a sealed record was changed or moved, or its key is destroyed
│   └── DiskFull
└── MissingPart             a part that this machine lacks (weights, an optional package)
"""


class WhorlError(Exception):
    """Root of all errors that this program raises on purpose; the message is for people."""


class BadInput(WhorlError):
    """What the caller gave cannot be used."""


class BadImage(BadInput):
    """The bytes are no image that we can read."""


class ImageTooLarge(BadImage):
    """The header announces more pixels than we accept."""


class NoFingerprint(BadImage):
    """An image, but too little of a finger in it."""


class BadTemplate(BadInput):
    """A minutiae record that breaks its format."""


class BadRequest(BadInput):
    """An unknown finger, region, bureau or value."""


class NotFound(WhorlError):
    """No such record."""


class Conflict(WhorlError):
    """The record exists already, or has changed meanwhile."""


class StaleVersion(Conflict):
    """The record is not at the revision any more that the asker has read."""


class Forbidden(WhorlError):
    """The asker may not do this."""


class QuotaSpent(WhorlError):
    """The asker's bureau has used what it may on a day."""

    def __init__(self, message: str, retry_after: int = 3600) -> None:
        """Take the reason, and the seconds until there is more."""
        super().__init__(message)
        self.retry_after = retry_after


class BadToken(WhorlError):
    """An access token that does not count."""


class SignInRefused(WhorlError):
    """A wrong password, secret or refresh token, or an account that is locked or disabled."""


class StorageError(WhorlError):
    """The machine's side failed: disk, database or index."""


class CatalogueBusy(StorageError):
    """The database is locked by another writer."""


class SchemaMismatch(StorageError):
    """The database is of another version of this program."""


class CorruptFile(StorageError):
    """A segment or index file is not what was written."""


class WrongKey(StorageError):
    """The master key is missing, or is not the one that wraps the catalogue's keys."""


class BrokenSeal(StorageError):
    """A sealed record was changed or moved, is not sealed, or its key is destroyed."""


class DiskFull(StorageError):
    """A file could not be written; the one that it would have replaced is untouched."""


class MissingPart(WhorlError):
    """A part that this machine lacks: weights or an optional package."""
