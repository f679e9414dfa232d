from allauth.account import views as allauth
from django.urls import URLPattern, URLResolver, include, path

from hopluc.accounts import views

people = [
    path("", views.people, name="people"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", allauth.login, name="account_login"),
    path("sign-out/", allauth.logout, name="account_logout"),
    path("password/", allauth.password_change, name="account_change_password"),
    path("people/", include((people, "accounts"))),
]
