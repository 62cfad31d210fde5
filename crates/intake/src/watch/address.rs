//! Which addresses may be fetched from: public ones. A name is looked up once, what it stands for is checked, and the
//! connection goes to the very address that was checked, so that a second answer of the name server changes nothing.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// Looks names up and passes on public addresses only.
#[derive(Debug)]
pub(super) struct PublicOnly {
    allow_local: bool,
    inner: DefaultResolver,
}

impl PublicOnly {
    /// One that passes on local and private addresses too where that is allowed.
    #[must_use]
    pub(super) fn new(allow_local: bool) -> PublicOnly {
        PublicOnly { allow_local, inner: DefaultResolver::default() }
    }
}

impl Resolver for PublicOnly {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        let mut passed = self.empty();
        for address in found.iter().filter(|a| self.allow_local || is_public(a.ip())) {
            passed.push(*address);
        }
        match passed.is_empty() {
            true => Err(ureq::Error::Io(std::io::Error::new(std::io::ErrorKind::PermissionDenied, LOCAL))),
            false => Ok(passed),
        }
    }
}

/// Why an address is not asked.
pub const LOCAL: &str = "the address is a private or local one";

/// Whether an address is one of the public internet: none of this machine, its network, or a reserved range (IANA's
/// special-purpose registries, RFC 6890).
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        || address.is_multicast()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (18..20).contains(&b));
    !special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, c, ..] = address.segments();
    let last = |high: u16, low: u16| {
        let ([h1, h2], [l1, l2]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(h1, h2, l1, l2))
    };
    if let [0x64, 0xff9b, 0, 0, 0, 0, high, low] = address.segments() {
        return last(high, low);
    }
    if let Some(v4) = address.to_ipv4_mapped() {
        return is_public_v4(v4);
    }
    let special = matches!((a, b), (0x2001, ..0x200 | 0xdb8) | (0x3fff, ..0x1000));
    match a {
        0x2002 => last(b, c),
        _ => (0x2000..0x4000).contains(&a) && !special,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_near_is_not_public() {
        let near = [
            "127.0.0.1",
            "127.9.9.9",
            "10.0.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",
            "0.1.2.3",
            "100.64.0.1",
            "192.0.0.8",
            "198.18.0.1",
            "203.0.113.1",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1",
            "fec0::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2002:0a00:1::",
            "2001::1",
            "2001:db8::1",
            "4000::1",
        ];
        for address in near {
            assert!(!is_public(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn what_is_far_is_public() {
        for address in [
            "1.1.1.1",
            "172.32.0.1",
            "100.128.0.1",
            "2606:4700::1",
            "2a00:1450::1",
            "64:ff9b::101:101",
            "2002:0101:101::",
        ] {
            assert!(is_public(address.parse().unwrap()), "{address}");
        }
    }
}
