"""What a corpus looks like, for whoever gave something else."""

SHAPES = 'A corpus is .jsonl or .parquet files, a row a tool ({"server", "definition"}) or a row a server ({"serverName", "tools"}).'
