"""The pages: each view asks for rows and hands them to a template; no rule of the domain lives here."""
