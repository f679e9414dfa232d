from django.urls import URLPattern, URLResolver, path
from django.views.i18n import set_language

from hopluc.web import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("bodies/", views.bodies, name="bodies"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("language/", set_language, name="set_language"),
]
