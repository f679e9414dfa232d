from django.urls import URLPattern, URLResolver, path

from hopluc.documents import views

app_name = "documents"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.document_list, name="list"),
]
