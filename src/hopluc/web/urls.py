from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from hopluc.web import views
from hopluc.web.workdays import views as workdays

working_days = [
    path("", workdays.this_year, name="this_year"),
    path("<int:number>/", workdays.year, name="year"),
    path("new/", workdays.create, name="create"),
    path("entries/<int:pk>/", workdays.change, name="change"),
    path("entries/<int:pk>/remove/", workdays.remove, name="remove"),
    path("undo/<int:event_id>/", workdays.undo, name="undo"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("bodies/", views.bodies, name="bodies"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("working-days/", include((working_days, "workdays"))),
    path("language/", set_language, name="set_language"),
]
