"""A proposal with a plain state, and its rows of who did what."""

from django.db import models

from peers.audited import Audited, Proposed


class Doc(Proposed):
    state = models.CharField(max_length=20, default="draft", db_index=True)


class DocAudit(Audited):
    doc = models.ForeignKey(Doc, models.CASCADE)
