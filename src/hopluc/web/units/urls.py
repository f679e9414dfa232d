from django.urls import path

from hopluc.web.units import deviations, views

app_name = "units"
urlpatterns = [
    path("units/", views.units, name="list"),
    path("units/<str:key>/", views.unit, name="unit"),
    path("units/<str:key>/agencies/new/", deviations.agency_add, name="agency_add"),
    path("agencies/choose/", deviations.choose, name="choose"),
    path("agencies/<int:pk>/", views.agency, name="agency"),
    path("agencies/<int:pk>/end/", deviations.agency_end, name="agency_end"),
    path("agencies/<int:pk>/hand-over/", deviations.hand_over, name="hand_over"),
    path("agencies/<int:pk>/move/", deviations.move, name="move"),
]
