"""Addresses of the site's pages."""

from functools import partial

from django.urls import URLPattern, URLResolver, path, re_path

from talent.models import CompensationReport, Move, Signal
from talent.short import Short, short
from talent.views import (
    account,
    accuracy,
    alerts,
    cards,
    cite,
    corrections,
    crawling,
    data,
    desk,
    disputed,
    downloads,
    embeds,
    entities,
    explore,
    facts,
    feeds,
    front,
    history,
    interlocks,
    membership,
    mentions,
    moves,
    pictures,
    press,
    pressroom,
    search,
    sources,
    webhooks,
)
from talent.views.answers import addressed

# Pages that are answered before Django is asked: see ``talent.short``.
short_ways: list[Short] = [
    short(f"{prefix}/moves/", "moves", partial(moves.answer, language=language), kind="page", language=language)
    for prefix, language in (("", "en"), ("/zh-hans", "zh-hans"))
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", front.home, name="home"),
    path("search", search.search, name="search"),
    path("search/suggest", search.suggestions, name="suggest"),
    path("mentions/", mentions.mentions, name="mentions"),
    path("quotes/", search.Quotes.as_view(), name="quotes"),
    path("robots.txt", crawling.robots, name="robots"),
    path("sitemap.xml", crawling.sitemap_index, name="sitemaps"),
    path("sitemap-<slug:name>.xml", crawling.sitemap, name="sitemap"),
    # Before facts: “picture” could be one's identifier.
    *pictures.urlpatterns,
    *cards.urlpatterns,
    *embeds.urlpatterns,
    *cite.urlpatterns,
    path("about/", front.about, name="about"),
    path("accuracy/", accuracy.accuracy, name="accuracy"),
    path("data/", data.data, name="data"),
    path("data/index.json", data.index, name="dumps"),
    path("data/<str:name>/<str:file>", data.dump_file, name="dump-file"),
    path("companies/", entities.Companies.as_view(), name="companies"),
    path("companies/<slug:slug>/", addressed(entities.company_page), name="company"),
    path("companies/<slug:slug>/with/<slug:other>/", interlocks.interlock, name="interlock"),
    path("companies/<slug:slug>/history/", addressed(history.company_history), name="company-history"),
    path("people/", entities.People.as_view(), name="people"),
    path("people/<slug:slug>/", addressed(entities.person_page), name="person"),
    path("people/<slug:slug>/history/", addressed(history.person_history), name="person-history"),
    path("moves/", explore.Moves.as_view(), name="moves"),
    path("moves/feed.<slug:ending>", feeds.feed_of("moves"), name="moves-feed"),
    path("moves/download.<slug:ending>", downloads.download_of("moves"), name="moves-download"),
    path("moves/<slug:public_id>/", addressed(facts.MovePage.as_view()), name="move"),
    path("moves/<slug:public_id>/history/", addressed(history.move_history), name="move-history"),
    path("moves/<slug:public_id>/cite/", cite.page_of(Move), name="move-cite"),
    path("moves/<slug:public_id>/cite.<slug:ending>", cite.file_of(Move), name="move-cite-file"),
    path("compensation/", explore.Compensation.as_view(), name="compensation"),
    path("compensation/feed.<slug:ending>", feeds.feed_of("compensation"), name="compensation-feed"),
    path("compensation/download.<slug:ending>", downloads.download_of("compensation"), name="compensation-download"),
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
    path("compensation/<slug:public_id>/cite/", cite.page_of(CompensationReport), name="compensation-report-cite"),
    path(
        "compensation/<slug:public_id>/cite.<slug:ending>",
        cite.file_of(CompensationReport),
        name="compensation-report-cite-file",
    ),
    path("signals/", explore.Signals.as_view(), name="signals"),
    path("signals/feed.<slug:ending>", feeds.feed_of("signals"), name="signals-feed"),
    path("signals/download.<slug:ending>", downloads.download_of("signals"), name="signals-download"),
    path("signals/<slug:public_id>/", addressed(facts.SignalPage.as_view()), name="signal"),
    path("signals/<slug:public_id>/history/", addressed(history.signal_history), name="signal-history"),
    path("signals/<slug:public_id>/cite/", cite.page_of(Signal), name="signal-cite"),
    path("signals/<slug:public_id>/cite.<slug:ending>", cite.file_of(Signal), name="signal-cite-file"),
    path("articles/", press.Articles.as_view(), name="articles"),
    path("articles/<slug:public_id>/", press.article_page, name="article"),
    path("articles/<slug:public_id>/changes/", press.article_changes, name="article-changes"),
    path("articles/<slug:public_id>/retry/", press.retry_article, name="article-retry"),
    path("disputed/", disputed.disputed_page, name="disputed"),
    path("sources/", sources.Sources.as_view(), name="sources"),
    # A slug in any script.
    path("sources/<str:slug>/", sources.source_page, name="source"),
    path("corrections/", corrections.log, name="corrections"),
    path("corrections/new", corrections.new, name="correction-new"),
    path("corrections/status/<slug:token>/", corrections.status, name="correction"),
    path("account/keys/", account.keys, name="account-keys"),
    path("account/keys/<int:pk>/revoke/", account.revoke, name="account-key-revoke"),
    path("account/alerts/", alerts.all_alerts, name="alerts"),
    path("account/alerts/new", alerts.new, name="alert-new"),
    # Opened from a mail, by a program or by somebody who is not signed in.
    path("account/alerts/stop/<str:token>/", alerts.stop, name="alert-stop"),
    path("account/alerts/<str:public_id>/", alerts.preview, name="alert"),
    re_path(
        r"^account/alerts/(?P<public_id>[-\w]+)/(?P<what>pause|resume|frequency|remove)/$", alerts.act, name="alert-act"
    ),
    path("account/webhooks/", webhooks.all_webhooks, name="webhooks"),
    path("account/webhooks/<str:public_id>/", webhooks.one_webhook, name="webhook"),
    path("account/webhooks/<str:public_id>/<int:pk>/replay/", webhooks.replay, name="webhook-replay"),
    re_path(
        r"^account/webhooks/(?P<public_id>[-\w]+)/(?P<what>test|pause|resume|rotate|remove)/$",
        webhooks.act,
        name="webhook-act",
    ),
    *membership.urlpatterns,
    *desk.urlpatterns,
    *pressroom.urlpatterns,
]
