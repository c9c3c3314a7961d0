"""The addresses of boards."""

from django.urls import path

from governance.views import boards

urlpatterns = [
    path("boards/", boards.board_list, name="board-list"),
    path("boards/<uuid:pk>/", boards.board_detail, name="board-detail"),
]
