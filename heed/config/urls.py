"""The address table: pages."""

from django.urls import include, path

urlpatterns = [path("", include("heed.web.urls"))]
