"""What the edge and the application cost beside a file, and a television evening. Bounded, loopback only."""

import os
import re
import secrets
import statistics
import subprocess
import threading
import time
from pathlib import Path

from tests.bench import cpu_seconds, pin, processes
from tests.rehearse.machine import run
from tests.rehearse.rows import (
    FORM,
    PUBLIC,
    RELEASE,
    STAFF,
    Table,
    both_well,
    forget_cache,
    health,
    some_page,
)
from tests.rehearse.systemctl import pid
from tests.rehearse.visitors import MIRROR, SITE, Browser, pages, until

PAIRS = 5
MEASURED = """
    server {
        listen 443 ssl http2; listen 127.0.0.1:8080; server_name files.example.org; root /srv/measured;
        location / { default_type text/html; gzip_static off; brotli_static off;
            add_header Content-Encoding gzip; add_header Cache-Control no-store; try_files /page =404; }
    }
    server {
        listen 443 ssl http2; server_name mirror.example.org; root /srv/baken/mirror;
        location / { include /etc/nginx/headers.conf; add_header Cache-Control no-store always;
            try_files ${uri}index.html $uri =404; }
    }
}
"""
EVENING = """
local paths = { %s }
request = function()
    return wrk.format("GET", paths[math.random(#paths)], { ["Accept-Encoding"] = "br", ["Host"] = "%s" })
end
delay = function() return 50 end
done = function(summary, latency)
    local errors = summary.errors
    io.write(string.format("DONE %%d %%d %%d %%d %%f\\n", summary.requests, summary.duration, errors.status,
        errors.connect + errors.read + errors.write + errors.timeout, latency:percentile(95) / 1000))
end
"""


def evenings(table: Table) -> None:
    """An evening after a broadcast, then the same with nothing kept."""
    evening(table, "2,000 requests per second over all pages", seconds=60, busy=True)
    for unit in PUBLIC:
        run("systemctl", "restart", unit)
    until(both_well, 30)
    forget_cache()
    before = _rendered()
    evening(
        table,
        "the same from the first second on, with nothing kept anywhere",
        seconds=10,
        busy=False,
    )
    made, asked = _rendered() - before, len(pages())
    table.row(
        "renderings during it", "at most one of each page in each process",
        f"{made} of {asked} pages, {made / asked:.2f} a page", made <= asked * len(PUBLIC),
    )  # fmt: skip


def _rendered() -> int:
    return sum(int(str(health(port)["rendered"])) for port in (8001, 8002))


def ratios(table: Table) -> None:
    """CPU per request of each beside nginx serving the same bytes as a file, in alternating slices."""
    configuration = Path("/etc/nginx/nginx.conf")
    configuration.write_text(configuration.read_text().rstrip().removesuffix("}") + MEASURED)
    Path("/srv/measured").mkdir(exist_ok=True)
    (Path("/srv/measured") / "page").write_bytes(
        (MIRROR / some_page()[1][1:] / "index.html.gz").read_bytes()
    )
    run("nginx", "-t", "-q")
    run("systemctl", "restart", "nginx")
    until(lambda: Browser().ask(some_page()[1])[0] == 200, 10)
    nginx = processes(pid("nginx", "main"))
    application = processes(pid(PUBLIC[0], "main"))
    pin(nginx + application)  # the load comes from the other core
    for name, candidate, pids, base, bar in (
        (
            "the edge from its cache",
            f"https://{SITE}{some_page()[1]}",
            nginx,
            "https://files.example.org/",
            0.75,
        ),
        (
            "the mirror",
            f"https://mirror.example.org{some_page()[1]}",
            nginx,
            "https://files.example.org/",
            0.88,
        ),
        (
            "the application alone",
            f"http://127.0.0.1:8001{some_page()[1]}",
            application,
            "http://127.0.0.1:8080/",
            0.40,
        ),
    ):
        host = {} if pids is nginx else {"Host": SITE, "X-Forwarded-Proto": "https"}
        slice_of(candidate, pids, host), slice_of(base, nginx, {})  # warm
        costs, files = [], [slice_of(base, nginx, {})]
        for _ in range(PAIRS):
            cost = slice_of(candidate, pids, host)
            files.append(slice_of(base, nginx, {}))
            costs.append(statistics.mean(files[-2:]) / cost)
        ratio = statistics.median(costs)
        table.row(
            f"CPU per request: a file beside {name}", f"{bar:.0%}",
            f"{ratio:.0%} (file {statistics.median(files):.0f} us)", ratio >= bar,
        )  # fmt: skip
    pin(nginx + application, frozenset(os.sched_getaffinity(0)))


def slice_of(url: str, pids: list[int], headers: dict[str, str]) -> float:
    """Load one server for a second; give its CPU microseconds per request."""
    given = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    before = cpu_seconds(pids)
    output = run(
        "taskset",
        "-c",
        "1",
        "wrk",
        "-t1",
        "-c16",
        "-d1s",
        "-H",
        "Accept-Encoding: gzip",
        *given,
        url,
    )
    assert "Non-2xx" not in output, output
    requests = int(re.search(r"(\d+) requests in", output)[1])  # type: ignore[index]  # wrk prints it, or the row is over
    return (cpu_seconds(pids) - before) / requests * 1e6


def evening(table: Table, done: str, seconds: int, busy: bool) -> None:
    """Load every page at once, for some seconds, while staff and others do what they do."""
    script = Path("/run/evening.lua")
    script.write_text(EVENING % (", ".join(f'"{page}"' for page in pages()), SITE))
    stop = threading.Event()
    others = (
        [threading.Thread(target=what, args=(stop,), daemon=True) for what in (_chat, _log_in)]
        if busy
        else []
    )
    publisher = (
        subprocess.Popen(_publishing(seconds), cwd="/", stdout=subprocess.DEVNULL) if busy else None
    )
    for other in others:
        other.start()
    # who gets nothing for eight seconds is counted as turned away, as by visitors.Browser
    before = _cpu()
    output = run(
        "wrk", "-t2", "-c110", f"-d{seconds}s", "--timeout", "8s", "--latency", "-s", str(script),
        f"https://{SITE}/",
    )  # fmt: skip
    spent = {name: seconds - before.get(name, 0) for name, seconds in _cpu().items()}
    stop.set()
    for other in others:
        other.join(20)
    if publisher:
        publisher.wait(30)
    requests, micro, status, broken, p95 = map(float, output.partition("DONE ")[2].split()[:5])
    rate = requests / micro * 1e6
    table.row(
        f"{done} for {seconds} s" + (", with publishes, logins and chat replies" if busy else ""),
        "1,900/s, 0 errors, p95 100 ms" if busy else "0 errors",
        f"{rate:.0f}/s, {status + broken:.0f} errors of {requests:.0f}, p95 {p95:.1f} ms",
        not status + broken and (not busy or (rate >= 1900 and p95 < 100)),
    )  # fmt: skip
    print(f"     CPU: {', '.join(f'{name} {each:.1f} s' for name, each in spent.items())}")


def _cpu() -> dict[str, float]:
    """Give the CPU seconds each of the processes has used."""
    units = {"nginx": "nginx", "visitors' first": PUBLIC[0], "second": PUBLIC[1], "staff's": "baken-staff", "the mirror's": "baken-mirror"}  # fmt: skip
    return {name: cpu_seconds(processes(pid(unit, "main"))) for name, unit in units.items()}


def _chat(stop: threading.Event) -> None:
    browser = Browser()
    while not stop.is_set():
        browser.ask("/fr-be/chat/", "POST", "moves=", Content_Type=FORM)
        time.sleep(0.1)


def _log_in(stop: threading.Event) -> None:
    browser = Browser(STAFF, timeout=30)
    while not stop.is_set():
        browser.ask(
            "/admin/login/",
            "POST",
            f"username=first&password={secrets.token_hex(4)}",
            Content_Type=FORM,
        )
        time.sleep(0.5)


def _publishing(seconds: int) -> list[str]:
    code = (
        "import time; from guidance.models import Page; from sextortion_help.publishing.publish import publish;"
        f"[(page := Page.objects.get(code={some_page()[0]!r}), setattr(page, 'title_nl', f'Al betaald {{n}}'), page.save(),"
        f" publish([page], None, 'rehearsed'), time.sleep(3)) for n in range({seconds // 4})]"
    )
    return ["bash", RELEASE, "manage", "shell", "-v0", "-c", code]
