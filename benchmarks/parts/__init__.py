"""The bare parts that retrotui is compared with: what its libraries cost when they do nothing else."""
