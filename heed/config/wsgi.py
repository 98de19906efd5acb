"""The doors for a server: `application` for one that speaks WSGI, `whole` for `heed serve`."""

import os

from django.core.wsgi import get_wsgi_application

from heed.casework.together import end_with_parent
from heed.config.whole import Whole

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heed.config.settings")
THREADS = 8
"""Pages run at once by each web process: what SQLite and 2 cores make use of."""

end_with_parent()
application = get_wsgi_application()
whole = Whole(application, THREADS)
