"""The addresses of the pages."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path

from heed.web.views import health, sign_in
from heed.web.views.coming import coming

urlpatterns = [
    path("", coming, name="today"),
    path("sign-in", login_not_required(sign_in.SignIn.as_view()), name="sign-in"),
    path("sign-out", sign_in.SignOut.as_view(), name="sign-out"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("concerns/new", coming, name="raise"),
    path("concerns/saved/<int:seq>", coming, name="saved"),
    path("children", coming, name="children"),
    path("children/<str:person>", coming, name="child"),
    path("findings", coming, name="findings"),
    path("findings/<str:finding>", coming, name="finding"),
    path("links", coming, name="links"),
    path("links/<int:number>", coming, name="link"),
    path("duties/<str:reference>", coming, name="duty"),
]
