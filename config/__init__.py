"""Settings, addresses, and what serves them. Celery's application is made here so that every process finds it."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
