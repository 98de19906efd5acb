"""The addresses of the pages."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path

from heed.web.case_urls import case_urls
from heed.web.views import (
    api,
    concern_steps,
    concerns,
    duties,
    erasures,
    files,
    health,
    holds,
    receipts,
    sign_in,
    today,
    welcome,
)

urlpatterns = [
    path("", today.today, name="today"),
    path("sign-in", login_not_required(sign_in.SignIn.as_view()), name="sign-in"),
    path("sign-out", sign_in.SignOut.as_view(), name="sign-out"),
    path("welcome/<once:uidb64>/<once:token>", welcome.Welcome.as_view(), name="welcome"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("api/records", api.records, name="api-records"),
    path("concerns/new", concerns.new, name="raise"),
    path("concerns/pause", concern_steps.pause, name="pause"),
    path("concerns/saved/<number:seq>", concerns.saved, name="saved"),
    path("concerns/saved/<number:seq>/receipt", receipts.as_file, name="receipt"),
    path("concerns/saved/<number:seq>/files", files.of_saved, name="saved-files"),
    path("files/<opaque:file>", files.download, name="file"),
    path("files/<opaque:file>/picture", files.picture, name="file-picture"),
    *case_urls,
    path("erasures", erasures.erasures, name="erasures"),
    path("erasures/<number:number>", erasures.erasure, name="erasure"),
    path("holds", holds.holds, name="holds"),
    path("holds/<number:number>", holds.hold, name="hold"),
    path("duties/several", duties.theme, name="theme"),
    path("duties/<opaque:reference>", duties.show, name="duty"),
    path("duties/<opaque:reference>/lower", duties.lower, name="duty-lower"),
    path("duties/<opaque:reference>/second", duties.second, name="duty-second"),
    path("duties/<opaque:reference>/join", duties.join, name="duty-join"),
    path("duties/<opaque:reference>/skip", duties.skip, name="duty-skip"),
    path("duties/<opaque:reference>/acknowledge", duties.acknowledge, name="duty-acknowledge"),
    path("duties/<opaque:reference>/answer", duties.answer, name="duty-answer"),
    path("duties/<opaque:reference>/hand-over", duties.hand_over, name="duty-hand-over"),
    path("duties/<opaque:reference>/accept", duties.accept, name="duty-accept"),
    path("duties/<opaque:reference>/disagree", duties.disagree, name="duty-disagree"),
]
