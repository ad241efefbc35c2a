"""What a warm page costs, beside nginx serving the same bytes as a file. Run by `make bench`.

By the method of shared/performance.md: one-second slices alternate between nginx and the
application on core 0, the load comes from core 1; per slice the CPU time of the server's processes
per request. The ratio of each application slice to the mean of its two neighbours, and the median
of those. Needs Debian's nginx and wrk; as root they are installed.
"""

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.server import free_port, running

PAGE = "/nl-be/check/"
PAIRS = 9
TICK = os.sysconf("SC_CLK_TCK")


def tool(name: str, package: str) -> str:
    """Give the path of a program; install its Debian package if it is missing and we are root."""
    if not shutil.which(name) and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=True)
        subprocess.run(["apt-get", "install", "-y", "-qq", package], check=True)
    return shutil.which(name) or sys.exit(f"{name} is needed (Debian package {package}).")


def processes(root: int) -> list[int]:
    """Give a process and all its descendants."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True)
    parents = [tuple(map(int, row.split())) for row in listed.stdout.splitlines()]
    found = [root]
    for pid in found:
        found += [child for child, parent in parents if parent == pid]
    return found


def cpu_seconds(pids: list[int]) -> float:
    """Give the user and system time these processes have used."""
    total = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICK


def slice_of(url: str, pids: list[int]) -> tuple[float, float]:
    """Load one server for a second; give (requests per second, CPU microseconds per request)."""
    before = cpu_seconds(pids)
    load = ["taskset", "-c", "1", "wrk", "-t1", "-c16", "-d1s"]
    command = [*load, "-H", "Accept-Encoding: gzip", url]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "Non-2xx" not in output, output
    requests = int(re.search(r"(\d+) requests in", output)[1])  # type: ignore[index]  # wrk prints it, or the bench is over
    seconds = float(re.search(r"requests in ([\d.]+)s", output)[1])  # type: ignore[index]  # wrk prints it, or the bench is over
    return requests / seconds, (cpu_seconds(pids) - before) / requests * 1e6


def pin(pids: list[int], cores: frozenset[int] = frozenset({0})) -> None:
    """Keep every thread of these processes on some cores, the first alone if none are named."""
    for pid in pids:
        for thread in Path(f"/proc/{pid}/task").iterdir():
            os.sched_setaffinity(int(thread.name), cores)


def main() -> None:
    """Print the figures of each pair, then the medians."""
    tool("wrk", "wrk")
    with tempfile.TemporaryDirectory() as name, running() as server:
        folder = Path(name)
        folder.chmod(0o755)
        request = urllib.request.Request(server.url + PAGE, headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(request) as response:
            body, encoding = response.read(), response.headers["Content-Encoding"]
        (folder / "page").write_bytes(body)
        port = free_port()
        (folder / "nginx.conf").write_text(
            f"""
            worker_processes 1; daemon off; pid {folder}/pid; error_log {folder}/log;
            events {{ worker_connections 512; }}
            http {{
                access_log off; sendfile on; open_file_cache max=10; keepalive_requests 1000000; root {folder};
                server {{ listen 127.0.0.1:{port};
                    location = {PAGE} {{ try_files /page =404; default_type text/html;
                        add_header Content-Encoding {encoding};
                        add_header Cache-Control no-store; }} }}
            }}"""
        )
        nginx = subprocess.Popen([tool("nginx", "nginx-light"), "-c", str(folder / "nginx.conf")])
        try:
            time.sleep(1)
            file_url = f"http://127.0.0.1:{port}{PAGE}"
            with urllib.request.urlopen(file_url) as response:
                assert response.read() == body
            report(file_url, nginx.pid, server.url + PAGE, server.pid)
        finally:
            nginx.terminate()
            nginx.wait()


def report(file_url: str, nginx: int, page_url: str, application: int) -> None:
    """Alternate the slices and print what they say."""
    base, candidate = processes(nginx), processes(application)
    pin(base + candidate)
    slice_of(file_url, base), slice_of(page_url, candidate)  # warm
    files, pages = [slice_of(file_url, base)], []
    for _ in range(PAIRS):
        pages.append(slice_of(page_url, candidate))
        files.append(slice_of(file_url, base))
    rates, costs = [], []
    for page, before, after in zip(pages, files, files[1:], strict=False):
        rates.append(page[0] / statistics.mean((before[0], after[0])))
        costs.append(statistics.mean((before[1], after[1])) / page[1])
        print(
            f"file {before[0]:7.0f}/s {before[1]:6.1f} us   page {page[0]:7.0f}/s {page[1]:6.1f} us"
            f"   requests {rates[-1]:5.1%}   CPU {costs[-1]:5.1%}"
        )
    print(f"{PAGE}: {statistics.median(rates):.1%} of nginx's requests per second (median)")
    print(
        f"{PAGE}: {statistics.median(costs):.1%} by CPU time per request (median); the bar is 5 %"
    )


if __name__ == "__main__":
    main()
