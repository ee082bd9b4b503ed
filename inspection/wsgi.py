"""WSGI entry point; it also looks after the embedded job runner and the embedded vault where there are no others."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inspection.settings")

application = get_wsgi_application()

# This code needs loaded apps, so it can only be imported once the application stands.
from core.jobs import embedded  # noqa: E402
from findings.services.petitions import vault  # noqa: E402

embedded.start()
vault.start()
