"""Deliveries as the vendors' public documentation shapes them, cut down to what is read and a little around it."""

SHA = "6dcb09b5b57875f334f61aebed695e2e4193db5e"
BEFORE = "9049f1265b7d61be4a8904a9a27120d2064dab3b"
FIRST = "0d1a26e67d8f5eaf1f6ba5c57fc3c7d91ac0fd1c"


def github_deployment(number=1, **values):
    return {
        "deployment": {
            "id": number,
            "sha": SHA,
            "ref": "main",
            "task": "deploy",
            "payload": {},
            "environment": "production",
            "production_environment": True,
            "created_at": "2026-10-05T12:00:00Z",
            "updated_at": "2026-10-05T12:00:00Z",
        }
        | values,
        "repository": {"id": 1, "full_name": "acme/job-seeker", "default_branch": "main"},
        "sender": {"login": "octocat"},
    }


def github_status(state="success", number=1, at="2026-10-05T12:10:00Z", **values):
    status = {
        "id": 77,
        "state": state,
        "environment": "production",
        "target_url": "",
        "log_url": "https://ci.example/run/1",
        "created_at": at,
        "updated_at": at,
    }
    return github_deployment(number, **values) | {"action": "created", "deployment_status": status}


def github_push(**values):
    commits = [
        {"id": FIRST, "message": "Shorten the form", "timestamp": "2026-10-01T09:00:00-04:00"},
        {"id": SHA, "message": "Merge pull request #7 from acme/form", "timestamp": "2026-10-02T09:00:00-04:00"},
    ]
    push = {"ref": "refs/heads/main", "before": BEFORE, "after": SHA, "forced": False, "deleted": False}
    return push | {"commits": commits, "repository": github_deployment()["repository"]} | values


def github_release(action="published", **values):
    release = {
        "id": 5,
        "tag_name": "v1.2.0",
        "target_commitish": "main",
        "draft": False,
        "prerelease": False,
        "published_at": "2026-10-05T12:00:00Z",
        "html_url": "https://github.com/acme/job-seeker/releases/tag/v1.2.0",
    }
    return {"action": action, "release": release | values, "repository": github_deployment()["repository"]}


def github_issue(action="opened", labels=("incident",), label=None, **values):
    issue = {
        "id": 9,
        "number": 12,
        "title": "Sign-in fails",
        "state": "open",
        "labels": [{"name": name} for name in labels],
        "created_at": "2026-10-05T13:00:00Z",
        "updated_at": "2026-10-05T13:00:00Z",
        "closed_at": None,
        "html_url": "https://github.com/acme/job-seeker/issues/12",
    }
    told = {"action": action, "issue": issue | values, "repository": github_deployment()["repository"]}
    return told | ({"label": {"name": label}} if label else {})


def github_run(**values):
    run = {
        "id": 30433642,
        "name": "Deploy",
        "head_sha": SHA,
        "run_attempt": 2,
        "conclusion": "success",
        "run_started_at": "2026-10-05T12:00:00Z",
        "updated_at": "2026-10-05T12:09:00Z",
        "html_url": "https://github.com/acme/job-seeker/actions/runs/30433642",
    }
    repository = github_deployment()["repository"]
    return {"action": "completed", "workflow_run": run | values, "repository": repository}


def gitlab_deployment(**values):
    deployment = {
        "object_kind": "deployment",
        "status": "success",
        "status_changed_at": "2026-10-05 21:50:00 +0200",
        "deployment_id": 15,
        "deployable_id": 796,
        "deployable_url": "https://gitlab.example/acme/job-seeker/-/jobs/796",
        "environment": "www",
        "environment_tier": "production",
        "environment_slug": "www",
        "project": {"id": 30, "path_with_namespace": "acme/job-seeker", "default_branch": "main"},
        "short_sha": SHA[:8],
        "commit_url": f"https://gitlab.example/acme/job-seeker/-/commit/{SHA}",
        "commit_title": "Shorten the form",
    }
    return deployment | values


def gitlab_push(**values):
    commits = [
        {"id": FIRST, "message": "Shorten the form", "title": "Shorten", "timestamp": "2026-10-01T09:00:00+00:00"},
        {"id": SHA, "message": "Merge branch 'form' into 'main'\n", "timestamp": "2026-10-02T09:00:00+00:00"},
    ]
    push = {"object_kind": "push", "ref": "refs/heads/main", "before": BEFORE, "after": SHA, "checkout_sha": SHA}
    return push | {"commits": commits, "total_commits_count": 2, "project": gitlab_deployment()["project"]} | values


def gitlab_issue(kind="issue", labels=(), previous=None, **values):
    attributes = {
        "id": 301,
        "iid": 23,
        "title": "Sign-in fails",
        "type": "Incident",
        "state": "opened",
        "action": "open",
        "created_at": "2026-10-05 13:00:00 UTC",
        "updated_at": "2026-10-05 13:00:00 UTC",
        "closed_at": None,
        "url": "https://gitlab.example/acme/job-seeker/-/issues/23",
    }
    told = {"object_kind": kind, "event_type": kind, "project": gitlab_deployment()["project"]}
    told |= {"object_attributes": attributes | values, "labels": [{"title": name} for name in labels]}
    if previous is not None:
        told["changes"] = {"labels": {"previous": [{"title": name} for name in previous], "current": []}}
    return told


DIGEST = "0b31b1c02ff458ad9b7b81cbdf8f028bd54699fa151f221d1e8de6817db93427"


def cdevent(kind="service.deployed", number="e-1", version="0.2.0", specification="version", subject="app", **content):
    inner = {"environment": {"id": "production"}, "artifactId": f"pkg:oci/app@sha256%3A{DIGEST}"} | content
    return {
        "context": {
            specification: "0.4.1",
            "id": number,
            "source": "/cd/prod",
            "type": f"dev.cdevents.{kind}.{version}",
            "timestamp": "2026-10-05T12:00:00.5Z",
        },
        "subject": {"id": subject, "type": kind.split(".")[0], "content": inner},
    }


def cloudevent(event):
    """The same event in structured mode."""
    context = event["context"]
    copied = {"id": context["id"], "source": context["source"], "type": context["type"], "subject": "app"}
    return copied | {"specversion": "1.0", "time": context["timestamp"], "data": event}
