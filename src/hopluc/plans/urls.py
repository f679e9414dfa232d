from django.urls import URLPattern, URLResolver, path

from hopluc.plans import views

app_name = "plans"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.plan_list, name="list"),
]
