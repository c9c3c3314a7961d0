"""gunicorn: threads behind few workers; a stopping worker finishes what it has within 25 seconds."""

import gc
import os
from pathlib import Path

import gunicorn.glogging

from config.logs import without_keys

bind = os.environ.get("BIND", "0.0.0.0:8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "8"))
timeout = 60
graceful_timeout = int(os.environ.get("GRACEFUL_TIMEOUT", "25"))
keepalive = 5
max_requests = 5_000
max_requests_jitter = 500
control_socket_disable = True  # it would need a writable home

# The heartbeat file of each worker: in memory, because a disk that hangs must not look like a worker that hangs.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108

errorlog = "-"


class Log(gunicorn.glogging.Logger):
    """gunicorn's, without the keys that stand in some addresses."""

    def atoms(self, *given: object) -> dict:
        return {
            name: without_keys(value) if isinstance(value, str) else value
            for name, value in super().atoms(*given).items()
        }


logger_class = Log
accesslog = "-" if os.environ.get("ACCESS_LOG", "").lower() in {"1", "true", "yes"} else None
access_log_format = '{"at":"%(t)s","method":"%(m)s","path":"%(U)s","status":%(s)s,"bytes":"%(B)s","ms":%(M)s}'


def post_worker_init(worker: object) -> None:
    """Leave what a worker loads at its start out of later collections: looking through it takes half of each."""
    gc.collect()
    gc.freeze()
