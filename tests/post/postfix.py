"""The real mail server of the tests, by the names that they use: the torture of the product starts the same one."""

from habitue.workshop.postfix_server import PATIENCE_SECONDS, Postfix, free_port, postfix, wait_for

__all__ = ["PATIENCE_SECONDS", "Postfix", "free_port", "postfix", "wait_for"]
