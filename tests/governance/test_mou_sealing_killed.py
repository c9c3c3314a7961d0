"""A worker killed while it seals (R-05, R-06): nobody's signature is lost, and in the end there is one document."""

import pytest

from governance.models import MouSignature
from records import jobs
from records.models import Document, Job, JobState, Seal
from records.seals import authority
from tests.governance.mou_world import fresh, out, signs
from tests.records.test_jobs import due_now, other_process

# Killed once right after the seal is made, and once when everything is written but not yet committed.
KILLED = """
import os, signal, django
django.setup()
from records import jobs
from records.seals import signing
from governance.actions import mou_sealing
where = os.environ["KILL"]
def then_die(work):
    def die(*args, **kwargs):
        work(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)
    return die
if where == "sealed":
    signing.seal = then_die(signing.seal)
else:
    jobs.enqueue = then_die(jobs.enqueue)
jobs.run_due()
"""


@pytest.mark.django_db(transaction=True)
def test_killed_twice_there_is_one_document_and_every_signature(cast, sealing):
    mou = out(cast)
    for name in ("cio", "sponsor"):
        signs(cast, mou, name)
    Job.objects.exclude(kind="seal_mou").update(state=JobState.DONE, finished_at="2026-01-01T00:00Z")
    files = {name: str(sealing / file) for name, file in authority.FILES.items()}
    for place in ("sealed", "written"):
        due_now()
        assert other_process(["-c", KILLED], KILL=place, **files).returncode == -9
        assert (Document.objects.filter(kind="mou").count(), Seal.objects.count()) == (0, 0)
        assert (fresh(mou).state, fresh(mou).document) == ("in_force", None)
    due_now()
    jobs.run_due()
    assert Job.objects.get(kind="seal_mou").state == JobState.DONE
    assert (Document.objects.filter(kind="mou").count(), Seal.objects.count()) == (1, 1)
    assert (fresh(mou).document.seal.text_sha256, MouSignature.objects.filter(text__mou=mou).count()) == (
        fresh(mou).texts.get().sha256, 2,
    )  # fmt: skip
