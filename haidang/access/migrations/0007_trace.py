"""The trace becomes a chain: what stands already is sealed as it stands, in the order it was written."""

from django.conf import settings
from django.db import migrations, models

from haidang.access.tracing import chain


def begin(apps, schema_editor):
    trace, heads = apps.get_model("access", "Trace"), apps.get_model("access", "TraceHead")
    key = chain.made_key(settings.TRACE_KEY or settings.SECRET_KEY)
    number, digest = 0, chain.FIRST
    for row in trace.objects.order_by("pk").iterator(chunk_size=2000):
        number += 1
        digest = chain.seal(key, digest, number, [getattr(row, name) for name in chain.FIELDS])
        trace.objects.filter(pk=row.pk).update(number=number, digest=digest)
    seal = chain.seal_head(key, chain.Head(number, digest, 1, ""))
    told = {"number": number, "digest": digest, "kept_from": 1, "anchor": "", "seal": seal}
    heads.objects.update_or_create(pk=1, defaults={**told, "key": chain.name_of(key)})


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0006_providers"),
    ]

    operations = [
        migrations.AddField(model_name="trace", name="times", field=models.PositiveIntegerField(default=1)),
        migrations.AddField(model_name="trace", name="plain", field=models.TextField(blank=True, default="")),
        migrations.AddField(model_name="tracehead", name="seal", field=models.CharField(default="", max_length=64)),
        migrations.AddField(model_name="tracehead", name="key", field=models.CharField(default="", max_length=16)),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
