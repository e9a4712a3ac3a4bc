"""S3 servers for tests, on this computer only: moto, Ceph and rclone.

``python -m tests.servers start ceph DIR`` starts one by hand and prints what to put into the
environment; ``stop DIR`` ends it.
"""
