"""The whole registry on one machine or a cluster: Parquet parts, and the same reading and judging over all of them."""
