"""Paper: what was written becomes typed page data, and Typst makes of it a tagged PDF or page images.

No window, no database, and nothing on disk but the PDF that the counsellor asks for.
"""
