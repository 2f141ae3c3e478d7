"""A client that finds the portal's origins, as the mock portal's own tests have it."""

from tests.mock_portal.conftest import new_visitor, visitor

__all__ = ["new_visitor", "visitor"]
