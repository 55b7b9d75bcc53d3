"""What a run imports and reads only when it gets there: done here, once for all runs."""

import pandas  # noqa: F401  the engine's, when it is given an Arrow table
import xlsxwriter  # noqa: F401

from tieout.business_calendar import refuse_unknown_country
from tieout.reading.catalogue import load_formats
from tieout.warehouse import load_models

refuse_unknown_country("CN")
load_formats(None)
load_models()
