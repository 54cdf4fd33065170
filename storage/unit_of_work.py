"""The one way into the archive: a transaction with everything in it, committed whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Connection, Engine

from storage.absences import Absences
from storage.accounts import Accounts
from storage.approvals import Approvals
from storage.broken_edits import BrokenEdits
from storage.content import content_hash
from storage.correspondents import Correspondents
from storage.engine import open_engine
from storage.events import Events
from storage.failures import said_plainly
from storage.figures import Figures
from storage.incidents import Incidents
from storage.issues import Issues
from storage.leases import Leases, Rates
from storage.merges import Merges
from storage.mutes import Mutes
from storage.outbox import Outbox
from storage.pack_changes import PackChanges
from storage.past import Past
from storage.persons import Persons
from storage.publications import Publications
from storage.rejudgements import Rejudgements
from storage.resources import Resources
from storage.retention import Retention
from storage.routes import Routes
from storage.search import Search
from storage.sketches import Sketches
from storage.snapshots import Snapshots
from storage.visits import Visits
from storage.watching import Watching
from storage.windows import Windows


class Unit:
    """One transaction: every part of the archive over the same connection."""

    def __init__(self, connection: Connection) -> None:
        self.routes = Routes(connection)
        self.windows = Windows(connection)
        self.resources = Resources(connection)
        self.snapshots = Snapshots(connection)
        self.search = Search(connection)
        self.publications = Publications(connection)
        self.sketches = Sketches(connection)
        self.merges = Merges(connection)
        self.events = Events(connection)
        self.visits = Visits(connection)
        self.issues = Issues(connection)
        self.outbox = Outbox(connection)
        self.correspondents = Correspondents(connection)
        self.leases = Leases(connection)
        self.rates = Rates(connection)
        self.absences = Absences(connection)
        self.incidents = Incidents(connection)
        self.mutes = Mutes(connection)
        self.pack_changes = PackChanges(connection)
        self.past = Past(connection)
        self.rejudgements = Rejudgements(connection)
        self.approvals = Approvals(connection)
        self.broken_edits = BrokenEdits(connection)
        self.watching = Watching(connection)
        self.retention = Retention(connection)
        self.accounts = Accounts(connection)
        self.figures = Figures(connection)
        self.persons = Persons(connection)
        self._connection = connection

    def content_hash(self) -> str:
        """See `storage.content.content_hash`."""
        return content_hash(self._connection)


class Store:
    """The archive behind a database URL."""

    def __init__(self, url: str) -> None:
        self._engine = open_engine(url)

    @property
    def engine(self) -> Engine:
        """For migrations and tests; nothing else needs it."""
        return self._engine

    @contextmanager
    def begin(self) -> Iterator[Unit]:
        """A writing transaction: committed at the end of the block, rolled back when the block raises.

        There is one at a time: what the block looked up still holds when it writes. Raises StorageError when the database cannot
        be used, or the writer before us does not end within a minute.
        """
        with said_plainly(self._engine), self._engine.begin() as connection:
            yield Unit(connection)

    @contextmanager
    def read(self) -> Iterator[Unit]:
        """A reading transaction: sees one state of the archive throughout, blocks no writer, and refuses to write."""
        with said_plainly(self._engine), self._engine.connect().execution_options(reading=True) as connection:
            yield Unit(connection)

    def reserve(self, host: str, seconds: float, now: datetime) -> float:
        """Reserve the next request to a host, in a transaction of its own; returns the seconds to wait."""
        with self.begin() as unit:
            return unit.rates.reserve(host, seconds, now)

    def take_free(self, host: str, seconds: float, now: datetime) -> float:
        """Take a turn of a host that nobody waits for, in a transaction of its own; see `Rates.take_free`."""
        with self.begin() as unit:
            return unit.rates.take_free(host, seconds, now)

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()
