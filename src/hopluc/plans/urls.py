from django.urls import URLPattern, URLResolver, path, re_path

from hopluc.plans.views import aims, groups, issuing, overview, pages, sheets, steering, timeline

app_name = "plans"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", issuing.plan_list, name="list"),
    path("issue/<int:document_id>/", issuing.issue, name="issue"),
    path("reopen/<int:document_id>/", issuing.reopen, name="reopen"),
    path("agencies/", issuing.agencies, name="agencies"),
    path("groups/", groups.group_list, name="groups"),
    path("groups/create/", groups.create, name="group_create"),
    path("groups/<int:pk>/", groups.group, name="group"),
    path("groups/<int:pk>/name/", groups.rename, name="group_rename"),
    path("groups/<int:pk>/members/<int:member_id>/end/", groups.member_end, name="group_member_end"),
    path("committees/", steering.committee_list, name="committees"),
    path("committees/create/", steering.create, name="committee_create"),
    path("committees/<int:pk>/", steering.committee, name="committee"),
    path("committees/<int:pk>/change/", steering.change, name="committee_change"),
    path("committees/<int:pk>/end/", steering.end, name="committee_end"),
    path("committees/<int:pk>/seats/create/", steering.seat_add, name="seat_add"),
    path("committees/<int:pk>/seats/<int:seat_id>/", steering.seat, name="seat"),
    path("<int:pk>/", pages.tasks, name="detail"),
    path("<int:pk>/tasks/<int:task_id>/", pages.task, name="task"),
    path("<int:pk>/targets/", pages.targets, name="targets"),
    path("<int:pk>/targets/<int:target_id>/", pages.target, name="target"),
    path("<int:pk>/aims/", aims.confirm, name="aims"),
    path("<int:pk>/aims/undo/", aims.undo, name="aims_undo"),
    path("<int:pk>/calendar/", pages.calendar, name="calendar"),
    path("<int:pk>/calendar/<int:duty_id>/", pages.duty, name="duty"),
    path("<int:pk>/timeline/", timeline.timeline, name="timeline"),
    path("<int:pk>/chain/", pages.chain, name="chain"),
    path("<int:pk>/history/", pages.history, name="history"),
    path("<int:pk>/annex.docx", sheets.annex, name="annex"),
    re_path(r"^(?P<pk>\d+)/(?P<what>tasks|targets|duties)\.(?P<ending>xlsx|csv)$", sheets.download, name="download"),
]
overview_patterns: list[URLPattern | URLResolver] = [
    path("", overview.page, name="page"),
    path("<slug:measure>/", overview.rows, name="rows"),
    re_path(r"^table\.(?P<ending>xlsx|csv)$", overview.download, name="download"),
]
