//! Slowing down those who guess passwords: after some tries that failed, a name and an address have to wait, longer
//! each time.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Failures of one name that cost no waiting.
const FREE_OF_NAME: u32 = 4;
/// Failures from one address that cost none: several people may share it.
const FREE_OF_ADDRESS: u32 = 20;
/// The longest wait.
const LONGEST: Duration = Duration::from_secs(15 * 60);
/// What is remembered, at most.
const REMEMBERED: usize = 10_000;

/// Who tries to log in.
#[derive(Debug, Clone)]
pub(crate) struct Who {
    pub(crate) name: String,
    pub(crate) address: Option<IpAddr>,
}

impl Who {
    /// Under what failures are counted, and how many of them are free.
    fn keys(&self) -> Vec<(String, u32)> {
        let name = (format!("name {}", self.name.trim().to_lowercase()), FREE_OF_NAME);
        let address = self.address.map(|a| (format!("address {a}"), FREE_OF_ADDRESS));
        std::iter::once(name).chain(address).collect()
    }
}

/// Failures by name and by address.
#[derive(Debug, Default)]
pub(crate) struct Limiter(Mutex<BTreeMap<String, Failures>>);

#[derive(Debug, Clone, Copy)]
struct Failures {
    count: u32,
    last: Instant,
}

impl Failures {
    /// How long after the last failure the next try may be.
    fn wait(self, free: u32) -> Duration {
        match self.count.saturating_sub(free) {
            0 => Duration::ZERO,
            doublings => Duration::from_secs(1 << doublings.min(10)).min(LONGEST),
        }
    }
}

impl Limiter {
    /// Counts a try, as one that failed until it is [forgiven](Limiter::forgive); or, where it comes too early, how long
    /// is still to wait.
    pub(crate) fn try_once(&self, who: &Who, now: Instant) -> Duration {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let keys = who.keys();
        let left = |(key, free): &(String, u32)| {
            known.get(key).map(|f| (f.last + f.wait(*free)).saturating_duration_since(now))
        };
        let wait = keys.iter().filter_map(left).max().unwrap_or_default();
        if wait.is_zero() {
            if known.len() > REMEMBERED {
                known.retain(|_, f| now.saturating_duration_since(f.last) < LONGEST);
            }
            for (key, _) in keys {
                let failures = known.entry(key).or_insert(Failures { count: 0, last: now });
                *failures = Failures { count: failures.count.saturating_add(1), last: now };
            }
        }
        wait
    }

    /// Forgets the failures of somebody who has logged in.
    pub(crate) fn forgive(&self, who: &Who) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        who.keys().iter().for_each(|(key, _)| _ = known.remove(key));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn who(name: &str) -> Who {
        Who { name: name.to_owned(), address: None }
    }

    #[test]
    fn some_failures_are_free_and_then_waits_double() {
        let (limiter, begin) = (Limiter::default(), Instant::now());
        (0..5).for_each(|_| assert!(limiter.try_once(&who("Orn"), begin).is_zero()));
        assert_eq!(limiter.try_once(&who("orn "), begin).as_secs(), 2);
        assert!(limiter.try_once(&who("Vik"), begin).is_zero());
        let later = begin + Duration::from_secs(3);
        assert!(limiter.try_once(&who("Orn"), later).is_zero());
        assert_eq!(limiter.try_once(&who("Orn"), later).as_secs(), 4);
        limiter.forgive(&who("Orn"));
        assert!(limiter.try_once(&who("Orn"), later).is_zero());
    }

    #[test]
    fn many_names_from_one_address_are_slowed_too() {
        let (limiter, now) = (Limiter::default(), Instant::now());
        let from = |name: u32| Who { name: name.to_string(), address: Some(IpAddr::from([192, 0, 2, 1])) };
        let slowed = (0..40).filter(|n| !limiter.try_once(&from(*n), now).is_zero()).count();
        assert_eq!(slowed, 19);
    }
}
