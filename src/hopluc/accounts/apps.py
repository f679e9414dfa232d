from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "hopluc.accounts"
