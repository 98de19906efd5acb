"""The door for a WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

from heed.casework.together import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heed.config.settings")
end_with_parent()
application = get_wsgi_application()
