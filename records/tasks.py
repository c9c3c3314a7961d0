"""Celery as courier: wakes the outbox, holds no work of its own."""

from celery import shared_task

from records import jobs


@shared_task(name="records.drain_outbox", ignore_result=True)
def drain_outbox() -> None:
    """Do what is due."""
    jobs.run_due()


@shared_task(name="records.promise_daily_work", ignore_result=True)
def promise_daily_work() -> None:
    """Promise today's daily work and do what is due; beat calls this every five minutes."""
    jobs.enqueue_daily()
    jobs.run_due()
