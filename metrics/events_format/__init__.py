"""The neutral format of delivery events, `dora-events/1` (dora.md §3.2 and §4), read strictly into the normal form.

Every fault names its place and says what was expected; nothing is guessed, and a file is never half read: whoever stores
records looks at the faults first. The words are in docs/reference/dora-events.md.
"""

from metrics.events_format.entries import Terms
from metrics.events_format.faults import Fault, Faults, Place
from metrics.events_format.files import located, read_files, read_path
from metrics.events_format.readings import Found, Readings

__all__ = ["Fault", "Faults", "Found", "Place", "Readings", "Terms", "located", "read_files", "read_path"]
