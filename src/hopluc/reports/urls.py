from django.urls import URLPattern, URLResolver, path

from hopluc.reports.views import rounds

app_name = "reports"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", rounds.listing, name="list"),
    path("new/", rounds.create, name="open"),
    path("<int:pk>/", rounds.detail, name="round"),
    path("<int:pk>/round.xlsx", rounds.download, name="export"),
    path("<int:pk>/remind/", rounds.remind, name="remind"),
    path("<int:pk>/call/", rounds.call, name="call"),
    path("<int:pk>/close/", rounds.close, name="close"),
    path("<int:pk>/reopen/", rounds.reopen, name="reopen"),
    path("<int:pk>/calls/<int:call_id>/remind/", rounds.remind_one, name="remind_one"),
    path("<int:pk>/calls/<int:call_id>/extend/", rounds.extend, name="extend"),
]
