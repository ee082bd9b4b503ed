"""WSGI entry point; it also looks after the embedded job runner when no broker is configured."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inspection.settings")

application = get_wsgi_application()

# Job code needs loaded apps, so it can only be imported once the application stands.
from core.jobs import embedded  # noqa: E402

embedded.start()
