"""A fourth language, as somebody would add it: one line in the settings, one file of rules, one page."""
