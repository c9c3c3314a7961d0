"""Work that was parked after repeated failure: an administrator has it tried again."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from people import events
from people.permissions import may_administer, require
from records.actors import Actor
from records.acts import act
from records.jobs import wake_courier
from records.models import Job, JobState
from records.refusals import Conflict
from records.trail import INSTALLATION, record


@act
def retry_job(*, job: Job, by: Actor, reason: str = "") -> Job:
    """Queue a parked job anew, with all its attempts. Conflict when it is not parked (any more)."""
    require(may_administer(by))
    job = Job.objects.select_for_update().get(pk=job.pk)
    if job.state != JobState.PARKED:
        raise Conflict(_("Only parked work can be tried again."))
    job.state, job.attempts, job.run_after = JobState.QUEUED, 0, Now()
    job.save(update_fields=["state", "attempts", "run_after"])
    changes = {"state": [JobState.PARKED.value, JobState.QUEUED.value]}
    record(events.JOB_RETRIED, on=job, by=by, changes=changes, reason=reason, chain=INSTALLATION)
    transaction.on_commit(wake_courier)
    return job


@act
def retry_jobs(*, jobs: Iterable[Job], by: Actor, reason: str = "") -> None:
    """Queue several parked jobs anew, all or none."""
    for job in jobs:
        retry_job(job=job, by=by, reason=reason)
