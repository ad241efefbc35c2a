from django.db import migrations, models

import guidance.choices

# what the pages with the layout “story” showed until now, one for each step
ROBIN = ("request", "trust", "other_app", "camera", "threat", "way_out")


def draw(apps, schema_editor):
    step = apps.get_model("guidance", "Step")
    page = apps.get_model("guidance", "Page")
    for story in page._default_manager.filter(layout="story"):
        steps = step._default_manager.filter(page=story).order_by("order", "id")
        for picture, row in zip(ROBIN, steps):
            step._default_manager.filter(pk=row.pk).update(picture=picture)


class Migration(migrations.Migration):
    dependencies = [("guidance", "0008_references")]

    operations = [
        migrations.AddField(
            model_name="step",
            name="picture",
            field=models.CharField(
                blank=True, choices=guidance.choices.pictures, max_length=12,
                verbose_name="picture", help_text="Shown in a story, and on a page in easy words.",
            ),
        ),
        migrations.RunPython(draw, migrations.RunPython.noop),
    ]
