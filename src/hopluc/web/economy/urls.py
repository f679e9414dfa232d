from django.urls import URLPattern, path, re_path

from hopluc.web.economy import views

app_name = "economy"
urlpatterns: list[URLPattern] = [
    path("", views.overview, name="overview"),
    path("white-spots/", views.white_spots, name="white_spots"),
    re_path(r"^white-spots\.(?P<ending>xlsx|csv)$", views.download, name="download"),
]
