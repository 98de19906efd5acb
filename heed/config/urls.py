"""The address table: pages."""

from django.urls import include, path

urlpatterns = [path("", include("heed.web.urls"))]

# Not found and not allowed answer alike: nobody learns from the answer which it was.
handler403 = handler404 = "heed.web.views.refused.not_found"
