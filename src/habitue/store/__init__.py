"""Where everything is kept: the truth (SQLite or PostgreSQL), the settings, named SQL and the columnar projection."""

from habitue.store.queries import sql_text, step_text
from habitue.store.settings import Settings, clock_of, data_folder, load_settings, save_settings
from habitue.store.truth import Truth, open_truth

__all__ = ["Settings", "Truth", "clock_of", "data_folder", "load_settings", "open_truth", "save_settings", "sql_text", "step_text"]
