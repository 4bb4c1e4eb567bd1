"""What a web server calls. In production it does not start when something unsafe is set."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection

from talka.kernel.guard import refuse_if_unsafe

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "talka.settings")
application = get_wsgi_application()

if settings.PRODUCTION:
    refuse_if_unsafe(settings, connection)
    connection.close()
