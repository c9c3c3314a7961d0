"""For whoever runs the processes: does this one answer, and may it be sent work?"""

from functools import cache

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


class NotMigratedError(RuntimeError):
    """The code is newer than the tables."""


@never_cache
@require_safe
def livez(request: HttpRequest) -> JsonResponse:
    """The process answers. Nothing else is asked: a database that is away must not restart the web servers."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and is migrated, "degraded" without Redis (the outbox holds); else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        require_migrated()
    except DatabaseError:
        return JsonResponse({"status": "unavailable", "database": "unreachable"}, status=503)
    except NotMigratedError:
        return JsonResponse({"status": "unavailable", "database": "migrations missing"}, status=503)
    if not redis_answers():
        return JsonResponse({"status": "degraded", "database": "ok", "redis": "unreachable"})
    return JsonResponse({"status": "ok", "database": "ok"})


@cache
def require_migrated() -> None:
    """Raise NotMigratedError until every migration is applied; a success is remembered, a failure asked again."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotMigratedError


def redis_answers() -> bool:
    """Whether Redis, where one is used, answers within a second."""
    if not settings.REDIS_URL:
        return True
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=1) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False
