from django.urls import URLPattern, URLResolver, path, re_path

from hopluc.registry.views import directory

app_name = "registry"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", directory.directory, name="list"),
    re_path(r"^directory\.(?P<ending>xlsx|csv)$", directory.download, name="download"),
]
