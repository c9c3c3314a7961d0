"""The measures by the book: plain Python over lists of plain dictionaries, slow and without anything of ours.

A deployment: source, id, environment, status, finished_at, sha, rollback_of, unplanned, voided, updated_at, commits (a list
of sha, committed_at, is_merge; None where the source lists none). An incident: source, id, environment, status, started_at,
resolved_at, deployment (source, id) or None, change_related, updated_at. A push: list of sha, committed_at, parent.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

DAY = 86_400
# What nobody knows where no incidents are reported.
OF_INCIDENTS = (
    "failed_deployment_count",
    "restored_incident_count",
    "time_to_restore_p50_seconds",
    "time_to_restore_p90_seconds",
    "recovery_p50_seconds",
    "open_incidents",
)


def current(versions):
    """The greatest updated_at of each; on a tie the last."""
    found = {}
    for version in versions:
        name = (version["source"], version["id"])
        if name not in found or version["updated_at"] >= found[name]["updated_at"]:
            found[name] = version
    return found


def eligible(deployment):
    return (
        deployment["environment"] == "production"
        and deployment["status"] == "success"
        and deployment["finished_at"] is not None
        and not deployment["voided"]
    )


def in_order(deployments):
    return sorted(deployments, key=lambda each: (each["finished_at"], each["source"], each["id"]))


def dates_of(versions, pushes):
    """Of every commit the earliest date ever told, and whether anything called it a merge."""
    dates, merges = {}, set()
    told = [commit for version in versions for commit in version["commits"] or []]
    for commit in told + [commit for push in pushes for commit in push]:
        dates[commit["sha"]] = min(dates.get(commit["sha"], commit["committed_at"]), commit["committed_at"])
        if commit.get("is_merge"):
            merges.add(commit["sha"])
    return dates, merges


def ancestors(sha, parents):
    """The commit and those before it, as far as the pushes tell; nothing where no push tells of it."""
    found = set()
    while sha in parents and sha not in found:
        found.add(sha)
        sha = parents[sha]
    return found | {sha} if found else found


def held(deployments, pushes):
    """Which commits each eligible deployment holds, by its place in order."""
    parents = {commit["sha"]: commit["parent"] for push in pushes for commit in push}
    result, before, begun = [], set(), False
    for deployment in deployments:
        graph = ancestors(deployment["sha"], parents)
        if deployment["commits"] is not None:
            holds = {commit["sha"] for commit in deployment["commits"]}
        elif graph:
            holds = graph - before if begun else set()
        else:
            holds = {deployment["sha"]} if deployment["sha"] else set()
        before |= graph | {deployment["sha"]}
        begun = True
        result.append(holds)
    return result


def attributed(incident, deployments, window):
    """The deployment an incident is laid to, or None."""
    if incident["status"] == "cancelled" or incident["environment"] not in (None, "production"):
        return None
    if incident["change_related"] is False:
        return None
    if incident["deployment"]:
        named = [each for each in deployments if (each["source"], each["id"]) == incident["deployment"]]
        return named[0] if named else None
    earlier = [each for each in deployments if each["finished_at"] <= incident["started_at"]]
    if not earlier:
        return None
    last = in_order(earlier)[-1]
    near = window is None or incident["started_at"] - last["finished_at"] <= timedelta(seconds=window)
    return last if near else None


def percentile(values, share):
    """Linear between the neighbours of place share × (n - 1)."""
    if not values:
        return None
    values = sorted(values)
    place = share * (len(values) - 1)
    low = int(place)
    high = min(low + 1, len(values) - 1)
    return values[low] + (values[high] - values[low]) * (place - low)


def bounds(year, month, zone):
    """The first instant of the month and of the next one."""
    return tuple(
        datetime(year + (month + n - 1) // 12, (month + n - 1) % 12 + 1, 1, tzinfo=ZoneInfo(zone)) for n in (0, 1)
    )


def level(value, elite, high, medium, *, inclusive):
    if value is None:
        return ""
    for bound, name in ((elite, "elite"), (high, "high"), (medium, "medium")):
        if value < bound or (inclusive and value == bound):
            return name
    return "low"


def figures(deployed, fell, pushes, *, year, month, zone, feed, window, now):
    """The measures of one month. Seconds as floats; None where there is nothing to measure."""
    start, end = bounds(year, month, zone)
    counted = in_order(each for each in current(deployed).values() if eligible(each))
    incidents = list(current(fell).values())
    causes = [attributed(each, counted, window) for each in incidents]
    found = {
        **delivered(counted, causes, start, end, zone),
        **led(counted, deployed, pushes, start, end),
        **restored(incidents, causes, start, end),
    }
    if not feed:
        found |= dict.fromkeys(OF_INCIDENTS)
    n, failed = found["deployment_count"], found["failed_deployment_count"]
    rate = failed / n if feed and n else None
    ever = bool(counted) and counted[0]["finished_at"] < end
    levels = {
        "deployment_frequency_level": frequency(n, (end.date() - start.date()).days) if ever else "",
        "lead_time_level": level(found["lead_time_p50_seconds"], DAY, 7 * DAY, 30 * DAY, inclusive=False),
        "change_failure_level": level(rate, 0.05, 0.10, 0.15, inclusive=True),
        "time_to_restore_level": level(found["time_to_restore_p50_seconds"], 3_600, DAY, 7 * DAY, inclusive=False),
    }
    return found | (levels if end <= now else dict.fromkeys(levels, ""))


def frequency(n, days):
    return "elite" if n >= days else "high" if n >= 4 else "medium" if n >= 1 else "low"


def delivered(counted, causes, start, end, zone):
    """Deployments of the month: how many, on how many days, how many failed or were rework."""
    inside = [each for each in counted if start <= each["finished_at"] < end]
    rolled = {
        (each["source"], each["rollback_of"]) for each in counted if each["rollback_of"] not in (None, each["id"])
    }
    failed = [
        each for each in inside if any(each is cause for cause in causes) or (each["source"], each["id"]) in rolled
    ]
    return {
        "deployment_count": len(inside),
        "deployment_days": len({each["finished_at"].astimezone(ZoneInfo(zone)).date() for each in inside}),
        "failed_deployment_count": len(failed),
        "rework_count": len([each for each in inside if each["unplanned"] or each["rollback_of"]]),
    }


def led(counted, deployed, pushes, start, end):
    """Changes that the month shipped first, from their commit to that deployment."""
    dates, merges = dates_of(deployed, pushes)
    shipped = {}
    for deployment, holds in zip(counted, held(counted, pushes), strict=True):
        for sha in holds:
            shipped.setdefault(sha, deployment["finished_at"])
    leads = [
        (at - dates[sha]).total_seconds()
        for sha, at in shipped.items()
        if start <= at < end and sha in dates and sha not in merges
    ]
    lead = [each for each in leads if each >= 0]
    return {
        "change_count": len(lead),
        "lead_time_p50_seconds": percentile(lead, 0.5),
        "lead_time_p90_seconds": percentile(lead, 0.9),
        "lead_time_mean_seconds": sum(lead) / len(lead) if lead else None,
        "dq_negative_lead_time": len(leads) - len(lead),
    }


def restored(incidents, causes, start, end):
    """Incidents that the month resolved, counted from their start and from the deployment, and those left open."""
    live = [each for each in incidents if each["status"] != "cancelled" and each["environment"] in (None, "production")]
    ended = [each for each in live if each["status"] == "resolved" and start <= each["resolved_at"] < end]
    took = [(each["resolved_at"] - each["started_at"]).total_seconds() for each in ended]
    restore = [each for each in took if each >= 0]
    recovery = [
        (each["resolved_at"] - cause["finished_at"]).total_seconds()
        for each, cause in zip(incidents, causes, strict=True)
        if cause is not None and each in ended and each["resolved_at"] >= cause["finished_at"]
    ]
    still = [
        each
        for each in live
        if each["started_at"] < end and not (each["status"] == "resolved" and each["resolved_at"] < end)
    ]
    return {
        "restored_incident_count": len(restore),
        "time_to_restore_p50_seconds": percentile(restore, 0.5),
        "time_to_restore_p90_seconds": percentile(restore, 0.9),
        "recovery_p50_seconds": percentile(recovery, 0.5),
        "open_incidents": len(still),
        "dq_negative_restore": len(took) - len(restore),
    }
