"""People, companies, and the names they go by."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Collate, Lower
from django.urls import reverse

from articles.characters import Spaced
from talent.models.constraints import one_of
from talent.models.orders import by_pinyin
from talent.models.vocabulary import AliasKind, Visibility
from talent.querysets import CompanyQuerySet, PersonQuerySet


class Entity(models.Model):
    """What people and companies share: a stable public identifier, names in two scripts, and who may see them."""

    public_id = models.CharField(max_length=16, unique=True)
    slug = models.SlugField(max_length=160, unique=True)
    name = models.CharField(max_length=200)
    name_zh = models.CharField(max_length=200, blank=True)
    wikidata_id = models.CharField(max_length=20, blank=True)
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.PUBLIC)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class Company(Entity):
    """An organisation that people leave or join. Labs and teams belong to their employer."""

    key = models.CharField(max_length=200, unique=True, help_text="the canonical name, normalised")
    parent = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="subsidiaries")
    # The name without words like "Labs", in Latin letters: companies of one stem may be one.
    stem = models.CharField(max_length=200, blank=True)
    # The company that this one is part of, by an editor's judgement; its page leads there.
    merged_into = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="merged")

    objects = CompanyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "companies"
        ordering = ["slug"]
        indexes = [
            models.Index(Collate(Lower("name"), "C"), "id", name="company_by_name"),
            models.Index(by_pinyin(), "id", name="company_by_pinyin"),
            models.Index(fields=["stem"], name="company_stem", condition=~Q(stem="")),
            GinIndex(OpClass(Lower("name"), name="gin_trgm_ops"), name="company_name_trigram"),
        ]
        constraints = [
            one_of("visibility", Visibility, "company_visibility"),
            models.CheckConstraint(
                condition=Q(wikidata_id="") | Q(wikidata_id__regex=r"^Q[1-9]\d*$"), name="company_wikidata"
            ),
            models.CheckConstraint(condition=~Q(parent=F("pk")), name="company_not_own_parent"),
            models.CheckConstraint(condition=~Q(merged_into=F("pk")), name="company_not_merged_into_itself"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("company", args=[self.slug])


class Person(Entity):
    """A human being named in at least one claim. Two people with one name are two rows until evidence joins them."""

    # Low-profile people stay out of search engines unless an editor decides otherwise.
    indexable = models.BooleanField(default=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "people"
        ordering = ["slug"]
        indexes = [
            models.Index(Collate(Lower("name"), "C"), "id", name="person_by_name"),
            models.Index(by_pinyin(), "id", name="person_by_pinyin"),
            GinIndex(OpClass(Lower("name"), name="gin_trgm_ops"), name="person_name_trigram"),
        ]
        constraints = [
            one_of("visibility", Visibility, "person_visibility"),
            models.CheckConstraint(
                condition=Q(wikidata_id="") | Q(wikidata_id__regex=r"^Q[1-9]\d*$"), name="person_wikidata"
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("person", args=[self.slug])


class Alias(models.Model):
    """A name that a person or a company goes by, as it was written."""

    Kind = AliasKind

    company = models.ForeignKey(Company, on_delete=models.CASCADE, null=True, blank=True, related_name="aliases")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True, related_name="aliases")
    name = models.CharField(max_length=200)
    key = models.CharField(max_length=200)
    language = models.CharField(max_length=12, blank=True)
    script = models.CharField(max_length=4, blank=True, help_text="ISO 15924")
    kind = models.CharField(max_length=16, choices=AliasKind, default=AliasKind.ALIAS)
    # Of a company that is part of this one, as long as it is.
    borrowed = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "aliases"
        ordering = ["name"]
        indexes = [
            models.Index(fields=["key"], name="alias_key"),
            models.Index(Collate(Lower("name"), "C"), "id", name="alias_by_name"),
            # Among the names of many people those of companies would not be met on a short walk.
            models.Index(
                Collate(Lower("name"), "C"), "id", name="alias_company_by_name", condition=Q(company__isnull=False)
            ),
            GinIndex(OpClass(Spaced("key"), name="gin_trgm_ops"), name="alias_characters", condition=Q(script="Hani")),
            GinIndex(OpClass(Lower("name"), name="gin_trgm_ops"), name="alias_name_trigram"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(company=None) ^ Q(person=None), name="alias_of_one"),
            models.UniqueConstraint(fields=["company", "name"], name="alias_company_name"),
            models.UniqueConstraint(fields=["person", "name"], name="alias_person_name"),
        ]

    def __str__(self) -> str:
        return self.name
