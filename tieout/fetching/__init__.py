"""What lies in a lender's database or on a storage becomes files, as if it had been delivered."""

from tieout.fetching.databases import database_session
from tieout.fetching.delivery import Fetched, deliver
from tieout.fetching.feed_file import write_feed
from tieout.fetching.storages import copy_files

__all__ = ["Fetched", "copy_files", "database_session", "deliver", "write_feed"]
