"""What the surroundings say about proxies: read by the standard library's rules, so that no notation ends the program.

httpx reads ``NO_PROXY`` itself and stops at an entry such as ``fe80::/10``; it is given the answer instead.
"""

from __future__ import annotations

import ipaddress
import urllib.request
from typing import Any

import httpx

from trialfinder.base.text import harmless
from trialfinder.errors import InputError

LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


def transport(url: httpx.URL, **settings: Any) -> httpx.HTTPTransport:
    """The way to an address: directly, or by the proxy that ``HTTPS_PROXY`` and the like prescribe for it.

    Args:
        url: where to.
        settings: further ones of ``httpx.HTTPTransport``.

    Raises:
        InputError: the proxy's address is none, or of a kind that cannot be used.
    """
    # A proxy of the surroundings is for the outside world, never for this machine.
    local = url.host in LOCAL
    name, proxy = (None, None) if local else proxy_of(url.scheme, url.host)
    try:
        return httpx.HTTPTransport(proxy=proxy, trust_env=not local, **settings)
    except ImportError as error:
        raise InputError(f"{name}: a SOCKS proxy needs one more package: pip install 'httpx[socks]'") from error
    except (httpx.InvalidURL, ValueError) as error:
        raise InputError(
            f"{name} is not the address of a proxy such as http://proxy.example:3128 ({harmless(str(error), 60)})"
        ) from error


def proxy_of(scheme: str, host: str) -> tuple[str, str | None]:
    """The variable that prescribes a proxy for a host, and the proxy's address; None to go there directly."""
    known = urllib.request.getproxies()
    kind = scheme if known.get(scheme) else "all"
    proxy = known.get(kind)
    if not proxy or _excepted(host, known.get("no", "")):
        return "", None
    return f"{kind.upper()}_PROXY", proxy if "://" in proxy else f"http://{proxy}"


def _excepted(host: str, listed: str) -> bool:
    """Names and their endings by the system's rules; networks such as 10.0.0.0/8 by ours, since it has none."""
    if urllib.request.proxy_bypass(host):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return any(address in network for network in map(_network, listed.split(",")) if network is not None)


def _network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(text.strip().strip("[]"), strict=False)
    except ValueError:
        return None
