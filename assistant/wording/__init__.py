"""More words the portal may use: from an institution's portal file, and learnt on this computer."""
