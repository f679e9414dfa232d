"""Every address of the application."""

from __future__ import annotations

from django.urls import include, path

from hopluc.plans.urls import overview_patterns

urlpatterns = [
    path("", include("hopluc.web.urls")),
    path("", include("hopluc.web.units.urls")),
    path("", include("hopluc.accounts.urls")),
    path("", include("hopluc.forms.urls")),
    path("documents/", include("hopluc.documents.urls")),
    path("indicators/", include("hopluc.indicators.urls")),
    path("registry/overview/", include("hopluc.web.economy.urls")),
    path("registry/", include("hopluc.registry.urls")),
    path("plans/", include("hopluc.plans.urls")),
    path("reports/", include("hopluc.reports.urls")),
    path("overview/", include((overview_patterns, "overview"))),
    path("work/", include("hopluc.plans.work_urls")),
]
