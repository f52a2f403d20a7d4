"""One URL → its bytes: the only file that touches the network. http and https only, also after a redirect."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from pathlib import PurePosixPath
from typing import IO
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from onrecord.records import Original, Problem

TIMEOUT = 20.0  # seconds without an answer
MAX_BYTES = 20_000_000
AGENT = "onrecord/0.1 (reads pages named by its user)"
CHUNK = 65_536  # bytes
ADVICE = {
    401: "the page asks for a login; save it by hand and add the file",
    402: "the page is paid; save it by hand and add the file",
    403: "the server refuses programs; save the page by hand and add the file",
    404: "there is no such page; check the address",
    410: "the page was taken down; look for an archived copy",
    429: "the server asks for fewer requests; try again later",
}


def fetch(url: str, *, timeout: float = TIMEOUT, limit: int = MAX_BYTES) -> Original | Problem:
    """The page's bytes as they came, under its address after redirects; a Problem says why there are none."""
    try:
        request = urllib.request.Request(_ascii(url), headers={"User-Agent": AGENT, "Accept": "*/*"})
        with urllib.request.build_opener(_Redirects).open(request, timeout=timeout) as answer:
            said = answer.headers.get("Content-Length", "")
            data = b"" if said.isdigit() and int(said) > limit else _read(answer, limit)
            if data is None or (said.isdigit() and int(said) > limit):
                return _problem(
                    url, "too-long", f"the page has more than {limit:,} bytes; save it by hand and add the file"
                )
            if said.isdigit() and len(data) < int(said):
                return _problem(url, "fetch", f"the connection broke after {len(data):,} of {said} bytes; try again")
            final = answer.geturl()
            return Original(name=_name(final), url=final, data=data, media_type=answer.headers.get("Content-Type"))
    except _OtherScheme as e:
        return _problem(url, "unknown-scheme", str(e))
    except urllib.error.HTTPError as e:
        e.close()
        hint = ADVICE.get(e.code, "try again later" if e.code >= 500 else "check the address")
        return _problem(url, f"http-{e.code}", f"the server answered {e.code} {e.reason}; {hint}")
    except urllib.error.URLError as e:
        return _problem(url, "fetch", f"no answer ({e.reason}); check the address and the connection")
    except TimeoutError:
        return _problem(url, "fetch", f"no answer within {timeout:g} seconds; try again later")
    except (OSError, http.client.HTTPException, ValueError) as e:
        return _problem(url, "fetch", f"it could not be fetched ({type(e).__name__}: {e}); check the address"[:400])


class _OtherScheme(ValueError):
    """A redirect to a scheme that is not fetched."""


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects (ten at most, by the library) to http and https only."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        """The next request. Raises _OtherScheme where it would leave the web."""
        if urlsplit(newurl).scheme.lower() not in ("http", "https"):
            raise _OtherScheme(f"the page redirects to {newurl[:100]}, which is neither http nor https")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _read(answer: http.client.HTTPResponse, limit: int) -> bytes | None:
    parts, size = [], 0
    while chunk := answer.read(CHUNK):
        parts.append(chunk)
        size += len(chunk)
        if size > limit:
            return None
    return b"".join(parts)


def _ascii(url: str) -> str:
    """The address with its non-ASCII letters escaped, host in punycode. Raises ValueError for other schemes."""
    parts = urlsplit(url.strip())
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        raise _OtherScheme("only http and https addresses are fetched")
    host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode("ascii")
    safe = "/%:=&?~#+!$,;'@()*[]"
    return urlunsplit((parts.scheme, host, quote(parts.path, safe=safe), quote(parts.query, safe=safe), ""))


def _name(url: str) -> str:
    parts = urlsplit(url)
    return unquote(PurePosixPath(parts.path).name) or parts.hostname or url


def _problem(url: str, code: str, detail: str) -> Problem:
    return Problem.of("read", url, code, f"{url}: {detail}", place=url)
