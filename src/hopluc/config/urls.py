"""Every address of the application."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("hopluc.web.urls")),
    path("", include("hopluc.web.units.urls")),
    path("", include("hopluc.accounts.urls")),
    path("documents/", include("hopluc.documents.urls")),
    path("indicators/", include("hopluc.indicators.urls")),
    path("plans/", include("hopluc.plans.urls")),
]
