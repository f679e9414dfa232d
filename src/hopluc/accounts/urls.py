from allauth.account import views as allauth
from django.urls import URLPattern, URLResolver, include, path

from hopluc.accounts import importing, views

people = [
    path("", views.people, name="people"),
    path("new/", views.create, name="create"),
    path("agencies/", views.agencies, name="agencies"),
    path("import/", importing.begin, name="import"),
    path("import/workbook/", importing.download, name="workbook"),
    path("import/<int:pk>/", importing.preview, name="import_preview"),
    path("import/<int:pk>/apply/", importing.apply, name="import_apply"),
    path("import/<int:pk>/undo/", importing.undo, name="import_undo"),
    path("rights/", views.rights, name="rights"),
    path("<int:pk>/", views.person, name="person"),
    path("<int:pk>/name/", views.rename, name="rename"),
    path("<int:pk>/contact/", views.contact, name="contact"),
    path("<int:pk>/look/", views.look, name="look"),
    path("<int:pk>/posts/", views.post_give, name="post_give"),
    path("<int:pk>/posts/<int:post_id>/", views.post_change, name="post_change"),
    path("<int:pk>/open/", views.activate, name="activate"),
    path("<int:pk>/close/", views.deactivate, name="deactivate"),
    path("<int:pk>/password/", views.password_reset, name="password_reset"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", allauth.login, name="account_login"),
    path("sign-out/", allauth.logout, name="account_logout"),
    path("password/", allauth.password_change, name="account_change_password"),
    path("password/first/", allauth.password_set, name="account_set_password"),
    path("closed/", allauth.account_inactive, name="account_inactive"),
    path("people/", include((people, "accounts"))),
]
