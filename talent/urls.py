"""Addresses of the site's pages."""

from django.urls import URLPattern, URLResolver, path

from talent.views import accuracy, corrections, desk, entities, facts, front, history, press, session
from talent.views.answers import addressed

urlpatterns: list[URLPattern | URLResolver] = [
    path("", front.home, name="home"),
    path("search", front.search, name="search"),
    path("about/", front.about, name="about"),
    path("accuracy/", accuracy.accuracy, name="accuracy"),
    path("companies/", entities.Companies.as_view(), name="companies"),
    path("companies/<slug:slug>/", addressed(entities.company_page), name="company"),
    path("companies/<slug:slug>/history/", addressed(history.company_history), name="company-history"),
    path("people/", entities.People.as_view(), name="people"),
    path("people/<slug:slug>/", addressed(entities.person_page), name="person"),
    path("people/<slug:slug>/history/", addressed(history.person_history), name="person-history"),
    path("moves/", facts.Moves.as_view(), name="moves"),
    path("moves/<slug:public_id>/", addressed(facts.MovePage.as_view()), name="move"),
    path("moves/<slug:public_id>/history/", addressed(history.move_history), name="move-history"),
    path("compensation/", facts.Compensation.as_view(), name="compensation"),
    path(
        "compensation/<slug:public_id>/",
        addressed(facts.CompensationReportPage.as_view()),
        name="compensation-report",
    ),
    path(
        "compensation/<slug:public_id>/history/",
        addressed(history.report_history),
        name="compensation-report-history",
    ),
    path("signals/", facts.Signals.as_view(), name="signals"),
    path("signals/<slug:public_id>/", addressed(facts.SignalPage.as_view()), name="signal"),
    path("signals/<slug:public_id>/history/", addressed(history.signal_history), name="signal-history"),
    path("articles/", press.Articles.as_view(), name="articles"),
    path("articles/<slug:public_id>/", press.article_page, name="article"),
    path("articles/<slug:public_id>/retry/", press.retry_article, name="article-retry"),
    path("corrections/", corrections.log, name="corrections"),
    path("corrections/new", corrections.new, name="correction-new"),
    path("corrections/status/<slug:token>/", corrections.status, name="correction"),
    path("login/", session.SignIn.as_view(), name="login"),
    path("logout/", session.SignOut.as_view(), name="logout"),
    *desk.urlpatterns,
]
