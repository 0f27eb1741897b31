"""The press room: what waits, what failed and why, and what an operator can do about it."""

from django.urls import URLPattern, URLResolver, path

from talent.roles import INGEST, RUN_PRESS
from talent.views.pressroom import failures, feeds, jobs, overview, uploads
from talent.views.pressroom.entrance import in_the_press_room

urlpatterns: list[URLPattern | URLResolver] = [
    path("press/", in_the_press_room()(overview.overview), name="press"),
    path("press/feeds/", in_the_press_room()(feeds.feeds), name="press-feeds"),
    path("press/feeds/add/", in_the_press_room(RUN_PRESS)(feeds.add), name="press-feeds-add"),
    path("press/feeds/<int:pk>/", in_the_press_room()(feeds.feed), name="press-feeds-one"),
    path("press/feeds/<int:pk>/<slug:what>/", in_the_press_room(RUN_PRESS)(feeds.act), name="press-feeds-act"),
    path("press/upload/", in_the_press_room(INGEST)(uploads.upload), name="press-upload"),
    path("press/jobs/", in_the_press_room()(jobs.jobs), name="press-jobs"),
    path("press/jobs/<int:pk>/", in_the_press_room()(jobs.job), name="press-jobs-one"),
    path("press/jobs/<int:pk>/<slug:what>/", in_the_press_room(RUN_PRESS)(jobs.act), name="press-jobs-act"),
    path("press/failures/", in_the_press_room()(failures.failures), name="press-failures"),
    path("press/failures/<slug:stage>/", in_the_press_room()(failures.failures_of), name="press-failures-of"),
    path("press/failures/<slug:stage>/act/", in_the_press_room(RUN_PRESS)(failures.act), name="press-failures-act"),
]
