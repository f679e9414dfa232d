from django.urls import URLPattern, URLResolver, path, re_path

from hopluc.plans.views import issuing, pages, sheets

app_name = "plans"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", issuing.plan_list, name="list"),
    path("issue/<int:document_id>/", issuing.issue, name="issue"),
    path("reopen/<int:document_id>/", issuing.reopen, name="reopen"),
    path("agencies/", issuing.agencies, name="agencies"),
    path("<int:pk>/", pages.tasks, name="detail"),
    path("<int:pk>/tasks/<int:task_id>/", pages.task, name="task"),
    path("<int:pk>/targets/", pages.targets, name="targets"),
    path("<int:pk>/targets/<int:target_id>/", pages.target, name="target"),
    path("<int:pk>/calendar/", pages.calendar, name="calendar"),
    path("<int:pk>/calendar/<int:duty_id>/", pages.duty, name="duty"),
    path("<int:pk>/chain/", pages.chain, name="chain"),
    path("<int:pk>/history/", pages.history, name="history"),
    re_path(r"^(?P<pk>\d+)/(?P<what>tasks|targets|duties)\.(?P<ending>xlsx|csv)$", sheets.download, name="download"),
]
