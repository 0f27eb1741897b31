"""What reading took and how right it is: answers of a language model, their cost, and measurements of the engines."""

from __future__ import annotations

from django.db import models

from articles.models.press import Article


class ModelAnswer(models.Model):
    """A language model's answer to one piece of text, kept by content so that it is never paid for twice."""

    key = models.CharField(max_length=64, unique=True, help_text="SHA-256 of model, prompt and text")
    model = models.CharField(max_length=200)
    answer = models.JSONField()
    prompt_tokens = models.PositiveIntegerField(default=0)
    completion_tokens = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.model} {self.key[:12]}"


class ModelRun(models.Model):
    """What reading one article with a language model took, and how much of its answer had to be dropped."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="model_runs")
    engine_version = models.CharField(max_length=120)
    calls = models.PositiveIntegerField(default=0)
    cached = models.PositiveIntegerField(default=0, help_text="answers taken from the cache")
    prompt_tokens = models.PositiveIntegerField(default=0)
    completion_tokens = models.PositiveIntegerField(default=0)
    cost_usd = models.DecimalField(max_digits=12, decimal_places=6, default=0)
    ungrounded = models.PositiveIntegerField(default=0, help_text="records whose quote or names are not in the text")
    malformed = models.PositiveIntegerField(default=0, help_text="records or answers that broke the schema")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.engine_version} on {self.article_id}"


class Evaluation(models.Model):
    """One measurement of the engine against hand-made gold, as the page on accuracy shows it."""

    run_at = models.DateTimeField()
    engine_version = models.CharField(max_length=120)
    gold = models.CharField(max_length=200, help_text="name of the set")
    articles = models.PositiveIntegerField()
    report = models.JSONField()

    class Meta:
        ordering = ["-run_at", "-id"]
        indexes = [models.Index(fields=["-run_at", "-id"], name="evaluation_newest")]

    def __str__(self) -> str:
        return f"{self.engine_version} on {self.gold}"
