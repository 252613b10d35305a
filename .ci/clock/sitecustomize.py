"""Puts every Python that finds this folder on its path some years ahead: ``ODD_YEARS``, see ``.ci/odd``.

Debian's libfaketime would do it for all programs, but not for Python 3.11: with a false monotonic clock a wait for an
event never ends, and without one ``time.sleep`` fails.
"""

import datetime as dt
import os

if os.environ.get("ODD_YEARS"):
    import time_machine

    ahead = dt.timedelta(days=365.2425 * float(os.environ["ODD_YEARS"]))
    time_machine.travel(dt.datetime.now(dt.UTC) + ahead, tick=True).start()
