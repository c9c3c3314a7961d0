"""Celery is the courier: its tasks only wake the outbox, whose rows are the truth. Losing a message loses no work."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

HARD_LIMIT = 600
SOFT_LIMIT = 540
# Longer than any task may run, else a second worker begins the same one.
VISIBILITY_TIMEOUT = 900

app = Celery("gatehouse")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_ignore_result=True,
    task_time_limit=HARD_LIMIT,
    task_soft_time_limit=SOFT_LIMIT,
    task_publish_retry=False,  # the outbox is polled anyway; a page never waits for the courier
    worker_prefetch_multiplier=1,
    worker_soft_shutdown_timeout=30,
    worker_hijack_root_logger=False,
    worker_cancel_long_running_tasks_on_connection_loss=True,
    broker_connection_retry_on_startup=True,
    broker_connection_timeout=2,
    broker_transport_options={
        "visibility_timeout": VISIBILITY_TIMEOUT,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        "socket_connect_timeout": 1,
        "socket_timeout": 2,
    },
    result_backend=None,
    timezone="UTC",
    beat_schedule={
        # A lost or doubled tick does no harm: rows say what is due and what is done.
        "promise daily work": {"task": "records.promise_daily_work", "schedule": 300.0},
        "drain the outbox": {"task": "records.drain_outbox", "schedule": 5.0},
    },
    beat_scheduler="django_celery_beat.schedulers:DatabaseScheduler",
)
app.autodiscover_tasks()
