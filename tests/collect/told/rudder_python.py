"""What a server of a brand tells with rudder-sdk-python: `python rudder_python.py ADDRESS KEY`."""

import sys

import rudderstack.analytics as analytics


def fail(error: Exception, _items: object) -> None:
    sys.exit(f"the client was refused: {error}")


analytics.dataPlaneUrl, analytics.write_key = sys.argv[1:]
analytics.on_error = fail
analytics.identify("cust-42", {"email": "camille@example.fr", "firstName": "Camille"})
analytics.track("cust-42", "Order Completed", {"order_id": "o-1", "total": 24.9, "products": [{"product_id": "p1", "quantity": 1, "price": 24.9}]})
analytics.page("cust-42", "Shop", "Home")
analytics.shutdown()
