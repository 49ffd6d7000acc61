"""Proof that catalogue and index agree, and what tells when they do not."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from engine.asker import Asker
from engine.enrol import withdraw_prints
from engine.gallery.gallery import Gallery, open_gallery
from engine.gallery.tables import print_, print_image
from engine.settings import Settings
from indexer.builder import build, rebuild
from indexer.checking import check
from indexer.worker import watch
from support import make_template


def test_a_sound_gallery_passes(gallery: Gallery, enrol_template, asker: Asker) -> None:
    """Indexed, waiting and withdrawn prints are all accounted for."""
    done = [enrol_template(gallery, f"P{n}", make_template(n)) for n in range(4)]
    build(gallery.catalogue, gallery.folder)
    withdraw_prints(gallery.catalogue, done[1].prints, asker)
    enrol_template(gallery, "P9", make_template(9))
    report = check(gallery.catalogue, gallery.folder)
    assert report.sound
    assert (report.prints, report.waiting, report.audit_rows) == (3, 1, 6)


def test_damage_is_found_and_rebuilt(embedded: Gallery, enrol_template) -> None:
    """A flipped bit is named with its file; after a rebuild everything agrees."""
    enrol_template(embedded, "P1", make_template(1))
    build(embedded.catalogue, embedded.folder)
    path = next(embedded.folder.glob("*.h5"))
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    report = check(embedded.catalogue, embedded.folder)
    assert len(report.index_faults) == 1
    assert path.name in report.index_faults[0]
    rebuild(embedded.catalogue, embedded.folder)
    assert check(embedded.catalogue, embedded.folder).sound


def test_prints_out_of_step_are_found(embedded: Gallery, enrol_template) -> None:
    """Rows that came, went or moved behind the program's back are counted and named."""
    done = [enrol_template(embedded, f"P{n}", make_template(n)).prints[0] for n in range(3)]
    build(embedded.catalogue, embedded.folder)
    late = enrol_template(embedded, "P9", make_template(9)).prints[0]
    with embedded.catalogue.recording() as connection:
        connection.execute(print_image.delete().where(print_image.c.print_id == done[0]))
        connection.execute(print_.delete().where(print_.c.id == done[0]))
        connection.execute(print_.update().where(print_.c.id == done[1]).values(ncb="BR"))
        connection.execute(print_.update().where(print_.c.id == late).values(added=1))
    assert check(embedded.catalogue, embedded.folder).index_faults == (
        f"1 prints are in no segment, such as [{late}]",
        f"1 prints are not in the catalogue, such as [{done[0]}]",
        f"1 prints are in the segment of another shard, such as [{done[1]}]",
    )


def test_the_worker_follows_the_catalogue(embedded: Gallery, enrol_template) -> None:
    """What is enrolled while it runs is in a segment soon, and it stops when told."""
    stop = threading.Event()
    told: list[object] = []

    def tell(what: object) -> None:
        told.append(what)
        stop.set()

    worker = threading.Thread(target=watch, args=(embedded.catalogue, embedded.folder, stop, tell))
    worker.start()
    enrol_template(embedded, "P1", make_template(1))
    worker.join(20)
    assert not worker.is_alive()
    assert check(embedded.catalogue, embedded.folder).prints == 1


def test_the_worker_ends_with_its_parent(embedded: Gallery) -> None:
    """An indexer whose server was killed does not live on."""
    watch(embedded.catalogue, embedded.folder, threading.Event(), print, parent=1 + os.getppid())


_CHILD = """
import sys
sys.path[:0] = [{tests!r}, {root!r}]
from pathlib import Path
from engine.asker import Asker
from engine.enrol import enrol
from engine.gallery.gallery import open_gallery
from engine.persons import Person
from engine.settings import Settings
from indexer.builder import build
from support import as_print, make_template
gallery = open_gallery(Settings(data_dir=Path({data!r})))
for number in range(1000):
    enrol(gallery.catalogue, Person(f"P{{number}}", "FR"), [as_print(make_template(number % 9))],
          Asker("child"))
    print(number, flush=True)
    if number % 3 == 0:
        build(gallery.catalogue, gallery.folder)
"""


def test_acknowledged_enrolments_survive_a_kill(tmp_path: Path) -> None:
    """A process that enrols and builds is killed three times; nothing it told of is lost."""
    tests = Path(__file__).parents[1]
    for number in range(3):
        data = tmp_path / str(number)
        code = _CHILD.format(tests=str(tests), root=str(tests.parent), data=str(data))
        child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
        assert child.stdout is not None
        acknowledged = -1
        while acknowledged < 5 + number:
            acknowledged = int(child.stdout.readline())
        time.sleep(0.013 * number)
        os.kill(child.pid, signal.SIGKILL)
        acknowledged = max([acknowledged, *map(int, child.stdout.read().split())])
        child.wait()
        child.stdout.close()
        gallery = open_gallery(Settings(data_dir=data))
        found = sum(len(segment) for segment in gallery.snapshot().segments)
        assert found >= acknowledged + 1
        assert check(gallery.catalogue, gallery.folder).sound
        build(gallery.catalogue, gallery.folder)
        assert check(gallery.catalogue, gallery.folder).sound
        gallery.catalogue.close()
