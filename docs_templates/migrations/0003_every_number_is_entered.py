"""Every number of a paper stands in one register: given ones get their key, typed and external ones are entered."""

import json

from django.db import migrations

from proposals.text import document_numbers

CODES = ("committee_code", "office_code", "letter_code", "permit_code")
OF_THE_CITY = ("shipifu", "huizhi")


def enter(apps, schema_editor):
    """Give keys to what was given; then enter the numbers that only papers bear, the first paper of each number."""
    numbers = apps.get_model("docs_templates", "AllocatedNumber").objects
    for row in numbers.select_related("series"):
        numbers.filter(pk=row.pk).update(territory=row.series.territory, key=document_numbers.key(row.text))
    cases = {case.uuid: case for case in apps.get_model("proposals", "Proposal").objects.select_related("territory__parent")}
    known = set(numbers.values_list("territory", "key"))
    borne = {}
    for paper in apps.get_model("docs_templates", "FrozenPaper").objects.order_by("frozen_at", "pk"):
        text, case = printed(paper), cases.get(paper.subject_uuid)
        if not text or case is None:
            continue
        issuer = case.territory.parent if paper.slug in OF_THE_CITY and case.territory.parent else case.territory
        key = document_numbers.key(text)
        if (issuer.path, key) in known:
            continue
        known.add((issuer.path, key))
        times = borne[case.uuid, paper.slug] = borne.get((case.uuid, paper.slug), 0) + 1
        _enter(apps, issuer, paper, text, f"{paper.slug}/typed{times}")


def printed(paper):
    """Return the number that a paper bears, or nothing."""
    facts = json.loads(paper.facts)
    return (facts.get("head") or {}).get("number", "") or (facts.get("number", "") if paper.slug == "hezhundan" else "")


def _enter(apps, issuer, paper, text, purpose):
    parts = document_numbers.parse(text)
    own = parts is not None and parts.word in [getattr(issuer, code) for code in CODES]
    series = None
    if parts:
        series, _ = apps.get_model("docs_templates", "NumberSeries").objects.get_or_create(
            territory=issuer.path, word=parts.word, year=parts.year, defaults={"own": own}
        )
    apps.get_model("docs_templates", "AllocatedNumber").objects.create(
        series=series, number=parts.n if parts else None, territory=issuer.path, text=document_numbers.normal(text),
        key=document_numbers.key(text), use="TYPED" if own else "EXTERNAL", subject_uuid=paper.subject_uuid,
        purpose=purpose, allocated_at=paper.frozen_at, dated=paper.frozen_at.date(),
    )


class Migration(migrations.Migration):

    dependencies = [
        ("docs_templates", "0002_one_register_of_numbers"),
    ]

    operations = [
        migrations.RunPython(enter, migrations.RunPython.noop),
    ]
