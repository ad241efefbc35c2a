from django.db import migrations, models
import django.db.models.deletion


class Migration(migrations.Migration):
    dependencies = [("guidance", "0005_move")]

    operations = [
        migrations.AlterField(
            model_name='service',
            name='country',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='guidance.country', verbose_name='country'),
        ),
        migrations.RemoveField(
            model_name='service',
            name='country_code',
        ),
        migrations.RemoveField(
            model_name='service',
            name='always_web',
        ),
        migrations.RemoveField(
            model_name='service',
            name='chat',
        ),
        migrations.RemoveField(
            model_name='service',
            name='email',
        ),
        migrations.RemoveField(
            model_name='service',
            name='hours',
        ),
        migrations.RemoveField(
            model_name='service',
            name='phone',
        ),
        migrations.RemoveField(
            model_name='service',
            name='sms',
        ),
        migrations.AlterModelOptions(name='service', options={'verbose_name': 'service', 'verbose_name_plural': 'services', 'ordering': ['country', 'order', 'code']}),
    ]
