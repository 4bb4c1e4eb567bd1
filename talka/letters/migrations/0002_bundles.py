from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('letters', '0001_initial')]

    operations = [
        migrations.RemoveIndex('letter', 'letter_batch'),
        migrations.RenameField('letter', 'batch', 'bundle'),
        migrations.AddIndex('letter', models.Index(fields=['bundle'], name='letter_bundle')),
    ]
