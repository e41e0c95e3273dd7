"""The version of the distribution, and where it is developed, each in one place."""

__version__ = "0.1.0"
REPOSITORY = "https://github.com/toolmark/toolmark"
