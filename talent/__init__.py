"""The knowledge base of people, companies, moves and pay, and its pages."""
