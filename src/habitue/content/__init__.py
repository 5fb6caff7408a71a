"""What could we say, and how does it look: the book of actions, read, checked and turned into what judgement reads."""

from habitue.content.audience import parse_whom
from habitue.content.book import read_book
from habitue.content.catalogue import Catalogue
from habitue.content.columns import COLUMNS
from habitue.content.lint import check_book
from habitue.content.model import Action, Book, BookErrors, Finding, Shop
from habitue.content.records import action_ids, item_keys, keep_book, kept_book, read_catalogue
from habitue.content.relation_rows import book_rows, whom_case

__all__ = [
    "COLUMNS",
    "Action",
    "Book",
    "BookErrors",
    "Catalogue",
    "Finding",
    "Shop",
    "action_ids",
    "book_rows",
    "check_book",
    "item_keys",
    "keep_book",
    "kept_book",
    "parse_whom",
    "read_book",
    "read_catalogue",
    "whom_case",
]
