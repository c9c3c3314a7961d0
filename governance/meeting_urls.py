"""The addresses of meetings, votes and decisions."""

from django.urls import path

from governance.views import agenda, decisions, meetings, minutes, points, waiting

MEETING = "boards/meetings/<uuid:key>/"
POINT = "boards/points/<uuid:key>/"

urlpatterns = [
    path("boards/<uuid:board>/meetings/new/", meetings.meeting_call, name="meeting-call"),
    path(MEETING, meetings.meeting_show, name="meeting-detail"),
    path(f"{MEETING}change/", meetings.meeting_change, name="meeting-change"),
    path(f"{MEETING}cancel/", meetings.meeting_cancel, name="meeting-cancel"),
    path(f"{MEETING}open/", meetings.meeting_open, name="meeting-open"),
    path(f"{MEETING}close/", meetings.meeting_close, name="meeting-close"),
    path(f"{MEETING}attendance/", meetings.attendance_mark, name="attendance-mark"),
    path(f"{MEETING}agenda/new/", agenda.point_add, name="point-add"),
    path(f"{MEETING}minutes/", minutes.minutes_show, name="minutes-detail"),
    path(f"{MEETING}minutes/draft/", minutes.minutes_draft, name="minutes-draft"),
    path("boards/minutes/<uuid:key>/change/", minutes.minutes_change, name="minutes-change"),
    path("boards/minutes/<uuid:key>/move/", minutes.minutes_move, name="minutes-move"),
    path("boards/minutes/<uuid:key>/approve/", minutes.minutes_approve, name="minutes-approve"),
    path("boards/minutes/<uuid:key>/correct/", minutes.minutes_correct, name="minutes-correct"),
    path(POINT, points.point_show, name="point-detail"),
    path(f"{POINT}change/", agenda.point_change, name="point-change"),
    path(f"{POINT}move/", agenda.point_move, name="point-move"),
    path(f"{POINT}remove/", agenda.point_remove, name="point-remove"),
    path(f"{POINT}open/", points.voting_open, name="voting-open"),
    path(f"{POINT}close/", points.voting_close, name="voting-close"),
    path(f"{POINT}conflict/", points.conflict_declare, name="conflict-declare"),
    path(f"{POINT}vote/", points.vote_check, name="vote-check"),
    path(f"{POINT}vote/cast/", points.vote_cast, name="vote-cast"),
    path(f"{POINT}voted/", points.vote_done, name="vote-done"),
    path(f"{POINT}decide/", decisions.point_decide, name="point-decide"),
    path("decisions/", waiting.decision_waiting, name="decision-waiting"),
    path("decisions/conditions/", waiting.condition_verifying, name="condition-verifying"),
    path("decisions/<uuid:key>/", decisions.decision_show, name="decision-detail"),
]
