"""The same delivery events as JSON, JSON Lines and CSV."""

import json

SHA = "2ac89889f4cc330eabd50f295dcef02828522c69"
PRODUCT = {"key": "JSA", "timezone": "America/Toronto", "incident_source": True, "attribution_window_seconds": 86400}
COMMIT = {"repo": "acme/jsa", "sha": SHA, "committed_at": "2026-04-29T10:00:00Z", "is_merge": False}
DEPLOYMENT = {
    "product": "JSA",
    "source": "pipeline",
    "id": "41",
    "environment": "production",
    "status": "success",
    "started_at": "2026-04-30T16:00:00-04:00",
    "finished_at": "2026-04-30T16:05:00-04:00",
    "sha": SHA,
    "rollback_of": None,
    "unplanned": False,
    "voided": False,
    "updated_at": "2026-04-30T20:05:00Z",
    "commits": [COMMIT],
}
INCIDENT = {
    "product": "JSA",
    "source": "desk",
    "id": "INC-7",
    "environment": None,
    "status": "resolved",
    "started_at": "2026-05-01T09:00:00-04:00",
    "resolved_at": "2026-05-01T10:30:00-04:00",
    "deployment": {"source": "pipeline", "id": "41"},
    "change_related": None,
    "updated_at": "2026-05-01T10:31:00-04:00",
}


def document(deployments=(DEPLOYMENT,), incidents=(INCIDENT,), products=(PRODUCT,)):
    lists = {"products": list(products), "deployments": list(deployments), "incidents": list(incidents)}
    return {"schema": "dora-events/1", **lists}


def as_json(**lists):
    return json.dumps(document(**lists), indent=1).encode()


def as_lines():
    kinds = (("product", PRODUCT), ("deployment", DEPLOYMENT), ("incident", INCIDENT))
    return "\n".join(json.dumps({"kind": kind, **record}) for kind, record in kinds).encode()


def as_tables():
    """The four CSV files, name → bytes."""
    return {
        "products.csv": b"key,timezone,incident_source,attribution_window_seconds\nJSA,America/Toronto,true,86400\n",
        "deployments.csv": (
            b"product,source,id,environment,status,started_at,finished_at,sha,rollback_of,unplanned,voided,updated_at\n"
            b"JSA,pipeline,41,production,success,2026-04-30T16:00:00-04:00,2026-04-30T16:05:00-04:00,"
            + SHA.encode()
            + b",,false,false,2026-04-30T20:05:00Z\n"
        ),
        "deployment_commits.csv": (
            b"product,source,deployment_id,repo,sha,committed_at,is_merge\n"
            b"JSA,pipeline,41,acme/jsa," + SHA.upper().encode() + b",2026-04-29T10:00:00Z,false\n"
        ),
        "incidents.csv": (
            b"product,source,id,environment,status,started_at,resolved_at,deployment_source,deployment_id,"
            b"change_related,updated_at\n"
            b"JSA,desk,INC-7,,resolved,2026-05-01T09:00:00-04:00,2026-05-01T10:30:00-04:00,pipeline,41,,"
            b"2026-05-01T10:31:00-04:00\n"
        ),
    }
