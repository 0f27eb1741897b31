"""The closed lists of words that the tables know, with their labels."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    CONFIRMED = "confirmed", _("confirmed")
    REPORTED = "reported", _("reported")
    PLANNED = "planned", _("planned")
    RUMOURED = "rumoured", _("rumoured")
    DECLINED = "declined", _("declined")
    DENIED = "denied", _("denied")


class Visibility(models.TextChoices):
    PUBLIC = "public", _("public")
    UNLISTED = "unlisted", _("not for search engines")
    HIDDEN = "hidden", _("hidden")
    WITHDRAWN = "withdrawn", _("withdrawn")


class AliasKind(models.TextChoices):
    NAME = "name", _("name")
    ALIAS = "alias", _("alias")
    TRANSLITERATION = "transliteration", _("transliteration")
    FORMER = "former", _("former name")


class MoveKind(models.TextChoices):
    HIRE = "hire", _("hire")
    DEPARTURE = "departure", _("departure")
    FOUNDING = "founding", _("founding")
    RETURN = "return", _("return")
    ACQUIHIRE = "acquihire", _("acquihire")
    INTERNAL = "internal", _("internal change")


class RoleFamily(models.TextChoices):
    """Families of work, as ``talent/role_families.toml`` tells them apart."""

    RESEARCH = "research", _("research")
    ENGINEERING = "engineering", _("engineering")
    PRODUCT = "product", _("product and design")
    LEADERSHIP = "leadership", _("leadership")
    POLICY = "policy", _("policy, safety and law")
    BUSINESS = "business", _("business and finance")
    OPERATIONS = "operations", _("operations and people")


class Component(models.TextChoices):
    TOTAL = "total", _("total")
    SALARY = "salary", _("salary")
    BONUS = "bonus", _("bonus")
    SIGNING_BONUS = "signing_bonus", _("signing bonus")
    EQUITY = "equity", _("equity")


class CompensationKind(models.TextChoices):
    PAID = "paid", _("paid")
    OFFERED = "offered", _("offered")
    COUNTEROFFER = "counteroffer", _("counter-offer")
    TYPICAL = "typical", _("typical")


class Metric(models.TextChoices):
    HEADCOUNT = "headcount", _("headcount")
    OPENINGS = "openings", _("openings")
    HIRING_PLAN = "hiring_plan", _("hiring plan")
    LAYOFFS = "layoffs", _("layoffs")
    HIRING_FREEZE = "hiring_freeze", _("hiring freeze")
    PRACTICE = "practice", _("practice")


class ClaimKind(models.TextChoices):
    MOVE = "move", _("move")
    COMPENSATION = "compensation", _("compensation")
    SIGNAL = "signal", _("signal")


class ClaimOrigin(models.TextChoices):
    RULES = "rules", _("rule engine")
    MODEL = "model", _("language model")
    BOTH = "both", _("both engines")
    EDITOR = "editor", _("editor")


class Review(models.TextChoices):
    UNREVIEWED = "unreviewed", _("not reviewed")
    ACCEPTED = "accepted", _("accepted")
    REJECTED = "rejected", _("rejected")
    # An editor's version stands in its place.
    CORRECTED = "corrected", _("corrected")
    # A newer engine no longer finds it.
    SUPERSEDED = "superseded", _("superseded")


class AttributionKind(models.TextChoices):
    PERSON = "person", _("named person")
    COMPANY = "company", _("company statement")
    DOCUMENT = "document", _("document")
    UNNAMED = "unnamed", _("unnamed sources")
    OUTLET = "outlet", _("other outlet")
    ARTICLE = "article", _("the article itself")


class Subject(models.TextChoices):
    PERSON = "person", _("person")
    COMPANY = "company", _("company")
    # Two claims of one event that the rules keep apart.
    EVENT = "event", _("event")


class Verdict(models.TextChoices):
    SAME = "same", _("same")
    DIFFERENT = "different", _("different")
    UNSURE = "unsure", _("unsure")


class Noun(models.TextChoices):
    """What a page can be about."""

    MOVE = "move", _("move")
    COMPENSATION = "compensation", _("compensation")
    SIGNAL = "signal", _("signal")
    PERSON = "person", _("person")
    COMPANY = "company", _("company")
    ARTICLE = "article", _("article")


class ChangeNoun(models.TextChoices):
    """Whose changes are kept."""

    CLAIM = "claim", _("claim")
    MOVE = "move", _("move")
    COMPENSATION = "compensation", _("compensation")
    SIGNAL = "signal", _("signal")
    PERSON = "person", _("person")
    COMPANY = "company", _("company")
    JUDGEMENT = "judgement", _("judgement")
    CORRECTION = "correction", _("request for correction")
    RESPONSE = "response", _("response")
    RESTRICTION = "restriction", _("restriction")
    NOTICE = "notice", _("notice")
    DECISION = "decision", _("decision")


class Operation(models.TextChoices):
    INSERT = "insert", _("entered")
    UPDATE = "update", _("changed")
    DELETE = "delete", _("removed")


class EventType(models.TextChoices):
    CREATED = "created", _("created")
    UPDATED = "updated", _("updated")
    RESTORED = "restored", _("restored")
    MERGED = "merged", _("merged")
    RETRACTED = "retracted", _("retracted")
    WITHDRAWN = "withdrawn", _("withdrawn")


class EvidenceState(models.TextChoices):
    UNCHECKED = "unchecked", _("not checked yet")
    # The text is the one that was read, and the quote stands where it stood.
    VERIFIED = "verified", _("quote verified")
    # The stored text was altered, but still has the quote.
    DRIFTED = "drifted", _("text altered, quote still in it")
    ORPHANED = "orphaned", _("quote no longer in the text")


class CorrectionCategory(models.TextChoices):
    FACT = "fact", _("factual error")
    PERSON = "person", _("wrong person")
    QUOTE = "quote", _("wrong quote or source")
    PRIVACY = "privacy", _("privacy or removal")
    RESPONSE = "response", _("response of the person or company named")
    OTHER = "other", _("other")


class CorrectionState(models.TextChoices):
    RECEIVED = "received", _("received")
    IN_REVIEW = "in_review", _("in review")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")


class Effect(models.TextChoices):
    CORRECTED = "corrected", _("corrected")
    RESPONSE = "response", _("response published")
    UNLISTED = "unlisted", _("kept from search engines")
    HIDDEN = "hidden", _("hidden")
    WITHDRAWN = "withdrawn", _("withdrawn")
    RESTORED = "restored", _("shown again")


class Requester(models.TextChoices):
    READER = "reader", _("a reader")
    PERSON = "person", _("the person concerned")
    COMPANY = "company", _("the company concerned")
    PUBLISHER = "publisher", _("the publisher")
    EDITOR = "editor", _("the editors")


class AlertPage(models.TextChoices):
    """Lists that can be followed, by the names of their pages."""

    MOVES = "moves", _("Moves")
    COMPENSATION = "compensation", _("Compensation")
    SIGNALS = "signals", _("Signals")


class Frequency(models.TextChoices):
    AT_ONCE = "at_once", _("at once")
    DAILY = "daily", _("daily")
    WEEKLY = "weekly", _("weekly")
