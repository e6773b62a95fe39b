"""Reports, comparisons and charts as files: no Django, no database, no network."""
