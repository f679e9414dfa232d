"""Where plans are worked."""

from django.urls import URLPattern, path

from hopluc.plans.views import concerns, desk, feeds, occurrences, workbooks

app_name = "work"
urlpatterns: list[URLPattern] = [
    path("", desk.mine, name="mine"),
    path("several/", desk.several, name="several"),
    path("confirm/", desk.confirm, name="confirm"),
    path("documents/", desk.documents, name="documents"),
    path("agencies/", desk.agencies_offered, name="agencies"),
    path("<int:pk>/", occurrences.occurrence, name="occurrence"),
    path("<int:pk>/answer/", desk.answer, name="answer"),
    path("<int:pk>/verdict/", desk.judge, name="judge"),
    path("<int:pk>/evidence/", occurrences.evidence_add, name="evidence_add"),
    path("<int:pk>/ask/", occurrences.ask, name="ask"),
    path("excel/", workbooks.workbooks, name="workbooks"),
    path("excel/<int:agency>/", workbooks.download, name="workbook_download"),
    path("excel/sent/<int:pk>/", workbooks.look, name="workbook"),
    path("calendars/", feeds.feeds, name="feeds"),
    path("calendars/<int:pk>/revoke/", feeds.revoke, name="feed_revoke"),
    path("calendars/<str:token>.ics", feeds.feed, name="feed"),
    path("evidence/<int:pk>/", occurrences.evidence, name="evidence"),
    path("requests/<int:pk>/", occurrences.decide, name="decide"),
    path("lines/<int:pk>/owner/", occurrences.owner, name="owner"),
    path("lines/<int:pk>/give/", occurrences.give, name="give"),
    path("lines/<int:pk>/aim/", occurrences.aim, name="aim"),
    path("tasks/<int:pk>/", occurrences.lines, name="lines"),
    path("tasks/<int:pk>/lead/", occurrences.lead, name="lead"),
    path("tasks/<int:pk>/note/", occurrences.note, name="note"),
    path("tasks/<int:pk>/organisations/", concerns.concerns, name="concerns"),
    path("concerns/<int:pk>/remove/", concerns.remove, name="concern_remove"),
    path("organisations/", concerns.organisations, name="organisations"),
    path("organisations/<int:pk>/", concerns.of_organisation, name="of_organisation"),
    path("tasks/<int:pk>/people/", occurrences.people, name="people"),
]
