//! Runs a parser that we did not write where it can do no harm: on a thread of its own, with a stack of known size and
//! a time limit, its panics caught.

use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;

use crate::{Limits, Refusal};

/// Name of the threads that parsers run on; panics on them are told as refusals, not on standard error.
const NAME: &str = "intake-parser";
/// Stack of such a thread. With [`Limits::depth`] at its default, a walk over a tree takes a small part of it.
const STACK: usize = 64 << 20;

/// What `work` returns, or a refusal where it panics or takes too long. `what` names what is read, such as "the PDF
/// file". A parser that takes too long is left to end by itself; its input is bounded, so it does.
pub(crate) fn guarded<T: Send + 'static>(
    what: &str,
    limits: &Limits,
    work: impl FnOnce() -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    hush();
    let (done, result) = mpsc::sync_channel(1);
    let run = move || {
        let outcome = panic::catch_unwind(AssertUnwindSafe(work));
        done.send(outcome).ok();
    };
    let thread = thread::Builder::new().name(NAME.to_owned()).stack_size(STACK).spawn(run);
    if let Err(error) = thread {
        return Err(Refusal::new(format!("{what} cannot be read: no thread ({error})"), "read fewer files at once"));
    }
    match result.recv_timeout(limits.time) {
        Ok(Ok(outcome)) => outcome,
        Err(RecvTimeoutError::Timeout) => {
            Err(Refusal::over(format!("{what} takes longer to read than {} s", limits.time.as_secs()), "time"))
        }
        Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => {
            Err(Refusal::new(format!("{what} is damaged in a way that its reader does not expect"), DAMAGED))
        }
    }
}

const DAMAGED: &str = "open it in the program that made it and save it again, or save it as plain text";

/// Keeps panics of guarded parsers off standard error; all others are told as before.
fn hush() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if thread::current().name() != Some(NAME) {
                before(info);
            }
        }));
    });
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_panic_is_a_refusal() {
        let refused = guarded::<()>("the page", &Limits::default(), || panic!("no"));
        assert_eq!(refused.unwrap_err().to_string(), "the page is damaged in a way that its reader does not expect");
    }

    #[test]
    fn what_takes_too_long_is_refused_in_time() {
        let limits = Limits { time: Duration::from_millis(20), ..Limits::default() };
        let slow = || {
            thread::sleep(Duration::from_millis(300));
            Ok(())
        };
        assert!(guarded("the page", &limits, slow).unwrap_err().to_string().contains("takes longer"));
    }

    #[test]
    fn a_result_comes_through() {
        assert_eq!(guarded("the page", &Limits::default(), || Ok(7)).unwrap(), 7);
    }
}
