"""What came in, how it was read, and what waits: one face for the press's tables."""

from articles.models.engines import Evaluation, ModelAnswer, ModelRun
from articles.models.feeds import Entry, Feed, Host
from articles.models.jobs import Job, Shard
from articles.models.press import Article, Snapshot, Source
from articles.models.stage import Stage

__all__ = [
    "Article", "Entry", "Evaluation", "Feed", "Host", "Job", "ModelAnswer", "ModelRun", "Shard", "Snapshot", "Source",
    "Stage",
]  # fmt: skip
