"""A proposal with the state of its workflow as JSON, and its rows of who did what."""

from django.db import models

from peers.audited import Audited, Proposed


class Doc(Proposed):
    workflow = models.JSONField()
    state = models.CharField(max_length=20, default="draft", db_index=True)


class DocAudit(Audited):
    doc = models.ForeignKey(Doc, models.CASCADE)
