"""GitHub as a place where reports go: what a workflow run knows, the files that it reads back, and the REST API for one comment."""
