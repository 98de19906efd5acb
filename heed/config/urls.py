"""The address table: pages."""

from django.urls import include, path

urlpatterns = [path("", include("heed.web.urls"))]

# Not found and not allowed answer alike: nobody learns from the answer which it was.
handler403 = handler404 = "heed.web.views.refused.not_found"
# Nothing could be written: a page that says so, whom to ring, and keeps the words.
handler500 = "heed.web.views.unwritten.went_wrong"
