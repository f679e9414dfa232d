from django.urls import URLPattern, URLResolver, path, re_path

from hopluc.indicators import views

app_name = "indicators"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.indicator_list, name="list"),
    path("choose/", views.choose, name="choose"),
    re_path(r"^values\.(?P<ending>xlsx|csv)$", views.download, name="download"),
    path("drafts/<int:pk>/release/", views.release, name="release"),
    path("<int:pk>/", views.indicator, name="indicator"),
    path("<int:pk>/enter/", views.enter, name="enter"),
    path("<int:pk>/<int:year>/", views.year, name="year"),
]
