"""S3 and the stores that speak like it: the bucket, its conditions, large files, leases."""
