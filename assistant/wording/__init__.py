"""Words that the portal may use besides the shipped ones: an institution's portal file, and what was learnt here."""
