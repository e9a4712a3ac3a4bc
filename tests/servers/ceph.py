"""Ceph: a store that is used in production, as one monitor, one disk and one gateway.

The gateway answers over HTTP and HTTPS at once. A bucket that is set up as a website is read at
``http://BUCKET.website.localhost`` on the plain port; programs that do not know that all names
below ``localhost`` are this computer send that as their ``Host``.
"""

from __future__ import annotations

import json
import shutil
import uuid
from typing import TYPE_CHECKING

from tests.servers.certificate import write_certificate
from tests.servers.server import (
    ACCESS_KEY,
    SECRET_KEY,
    Processes,
    Server,
    free_ports,
    program,
)

if TYPE_CHECKING:
    from pathlib import Path

WEBSITE_DOMAIN = "website.localhost"
S3_DOMAIN = "s3.localhost"

_PROGRAMS = ("radosgw", "ceph-mon", "ceph-osd", "ceph", "monmaptool", "radosgw-admin")

_SETTINGS = """\
[global]
fsid = {fsid}
mon host = {monitors}
mon initial members = a
public network = 127.0.0.0/8
auth cluster required = none
auth service required = none
auth client required = none
# The gateway asks for an encrypted way to the monitor, which needs the keys that are switched off.
ms mon client mode = crc
run dir = {folder}/run
pid file = {folder}/run/$name.pid
admin socket =
log file = {folder}/logs/$name.log
mon data = {folder}/mon
osd data = {folder}/osd
rgw data = {folder}/rgw
mon allow pool size one = true
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pgp num = 1
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
osd objectstore = bluestore
bluestore block size = {block_bytes}
bluestore cache autotune = false
bluestore cache size = 67108864
mon max pg per osd = 1000
# A test store must not stop because the disk of the computer is rather full.
mon data avail crit = 1
# Each step of the start waits for the monitor, which by itself answers once a second.
paxos propose interval = 0.05
paxos min wait = 0.01
rgw frontends = beast endpoint=127.0.0.1:{port} ssl_endpoint=127.0.0.1:{tls_port} \
ssl_certificate={folder}/certificate-and-key.pem
rgw enable static website = true
rgw enable apis = s3, s3website, admin
rgw dns name = {s3_domain}
rgw dns s3website name = {website_domain}
"""


def why_not() -> str | None:
    """What is missing, in one line; None where nothing is."""
    missing = [name for name in _PROGRAMS if program(name) is None]
    if not missing:
        return None
    packages = "apt-get install --no-install-recommends radosgw ceph-mon ceph-osd"
    return f"Ceph's {missing[0]} is missing; on Debian type: {packages}"


def start(folder: Path, processes: Processes, block_bytes: int = 10 * 2**30) -> tuple[Server, ...]:
    """Start it; a folder that it has run in before is served again, on the same ports.

    ``block_bytes`` is how much it may hold; the disk gives only what is used.
    """
    made = folder / "made.json"
    is_new = not made.exists()
    if is_new:
        port, tls_port, *monitor = free_ports(4)
        _lay_out(folder, processes, port, tls_port, monitor, block_bytes)
    else:
        port, tls_port = json.loads(made.read_text("utf-8"))
    ceph = ("-c", folder / "ceph.conf")
    processes.begin("monitor", "ceph-mon", *ceph, "-f", "-i", "a")
    if is_new:
        disk = str(uuid.uuid4())
        processes.call("disk-new", "ceph", *ceph, "--connect-timeout=30", "osd", "new", disk)
        processes.call("disk-made", "ceph-osd", *ceph, "-i", "0", "--mkfs", "--osd-uuid", disk)
    processes.begin("disk", "ceph-osd", *ceph, "-f", "-i", "0")
    processes.begin("gateway", "radosgw", *ceph, "-f", "-n", "client.rgw")
    processes.wait_for("gateway", port)
    processes.wait_for("gateway", tls_port)
    if is_new:
        keys = (f"--access-key={ACCESS_KEY}", f"--secret-key={SECRET_KEY}")
        user = ("user", "create", "--uid=test", "--display-name=test")
        processes.call("user", "radosgw-admin", *ceph, *user, *keys)
        made.write_text(json.dumps([port, tls_port]), "utf-8")
    plain, safe = f"http://127.0.0.1:{port}", f"https://127.0.0.1:{tls_port}"
    return (
        Server("ceph", plain),
        Server("ceph-tls", safe, certificate=folder / "certificate.pem"),
    )


def _lay_out(
    folder: Path,
    processes: Processes,
    port: int,
    tls_port: int,
    monitor: list[int],
    block_bytes: int,
) -> None:
    """Settings, a certificate and an empty monitor."""
    for name in ("run", "mon", "osd", "rgw"):
        shutil.rmtree(folder / name, ignore_errors=True)
        (folder / name).mkdir()
    fsid = str(uuid.uuid4())
    monitors = f"[v2:127.0.0.1:{monitor[0]}/0,v1:127.0.0.1:{monitor[1]}/0]"
    settings = _SETTINGS.format(
        fsid=fsid,
        monitors=monitors,
        folder=folder,
        block_bytes=block_bytes,
        port=port,
        tls_port=tls_port,
        s3_domain=S3_DOMAIN,
        website_domain=WEBSITE_DOMAIN,
    )
    (folder / "ceph.conf").write_text(settings, "utf-8")
    names = ("localhost", S3_DOMAIN, f"*.{S3_DOMAIN}")
    write_certificate(folder / "certificate.pem", folder / "certificate-and-key.pem", *names)
    place = folder / "monmap"
    known = ("--create", "--clobber", "--fsid", fsid, "--addv", "a", monitors, place)
    processes.call("monitor-map", "monmaptool", *known)
    ceph = ("-c", folder / "ceph.conf")
    processes.call("monitor-made", "ceph-mon", *ceph, "--mkfs", "-i", "a", "--monmap", place)
