"""Whole registries: hundreds of thousands of tools scored into Parquet, again and again, on one machine or many."""
