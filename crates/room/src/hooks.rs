//! Webhooks: addresses that are told of new findings. What is told is signed after Standard Webhooks, tried again with
//! growing pauses, and written down; no address of this machine or its network is told unless that is allowed.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use intake::watch::{agent, web_address};
use jiff::Timestamp;
use publish::v1;
use serde_json::json;
use sha2::Sha256;
use trucewatch::finding::Finding;
use ureq::Agent;

use crate::accounts::{Delivery, Hook, Outcome, SigningKey};
use crate::books::{Books, Wanted};
use crate::error::Refusal;
use crate::room::{Room, aside};

/// Seconds between two looks at whether there is something new.
const EVERY: Duration = Duration::from_secs(5);
/// Time for one delivery, from looking the name up to the answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// Findings in one delivery, at most.
const TOGETHER: usize = 100;
/// Deliveries to one address in one round, at most.
const AT_ONCE: usize = 10;

/// Looks for what is new and delivers it, as long as the room is open.
pub(crate) async fn run(room: Arc<Room>) {
    loop {
        if let Err(refusal) = round(&room, Timestamp::now()).await {
            tracing::error!(message = refusal.message, "webhooks");
        }
        tokio::time::sleep(EVERY).await;
    }
}

/// One look: has new findings told to all that are to be told, and tries what is due.
///
/// # Errors
/// Where the ledger or the accounts cannot be read or written.
pub async fn round(room: &Arc<Room>, now: Timestamp) -> Result<(), Refusal> {
    let hooks: Vec<Hook> = room.accounts.hooks()?;
    if hooks.is_empty() {
        return Ok(());
    }
    let moment = room.read(|ledger| Ok(ledger.moment(None)?)).await?;
    if moment != room.told_up_to() {
        tell(room, &*room.books(None, Wanted::default()).await?, now)?;
    }
    let tried = hooks.into_iter().map(|hook| {
        let room = Arc::clone(room);
        tokio::spawn(aside(move || deliver(&room, &hook, now)))
    });
    for done in tried.collect::<Vec<_>>() {
        done.await.map_err(|e| Refusal::broken(format!("a delivery was broken off: {e}")))??;
    }
    Ok(())
}

/// The findings that are told: those that a term covers, and those of which that cannot be told.
pub(crate) fn worth_telling(books: &Books) -> impl Iterator<Item = &Finding> {
    books.findings.iter().filter(|f| f.answer.as_str() != "out-of-scope")
}

fn tell(room: &Room, books: &Books, now: Timestamp) -> Result<(), Refusal> {
    let found: BTreeMap<&str, &Finding> = worth_telling(books).map(|f| (f.id.as_str(), f)).collect();
    let ids = room.accounts.not_told(found.keys().copied())?;
    let new: Vec<v1::Finding> = ids.iter().filter_map(|id| found.get(id)).map(|f| v1::Finding::new(f)).collect();
    for findings in new.chunks(TOGETHER) {
        let data = json!({"entries": books.moment.0, "findings": findings});
        let body = json!({"type": "findings.new", "timestamp": now.to_string(), "data": data});
        room.accounts.deliver(None, &body.to_string(), now)?;
    }
    room.accounts.note_told(&ids)?;
    room.set_told(books.moment);
    Ok(())
}

/// What is sent to try whether an address takes what it is told.
pub(crate) fn trial(now: Timestamp) -> String {
    json!({"type": "trial", "timestamp": now.to_string(), "data": {}}).to_string()
}

/// Tries what is due for an address, in order, as long as somebody answers.
fn deliver(room: &Room, hook: &Hook, now: Timestamp) -> Result<(), Refusal> {
    let (key, due) = room.accounts.due(hook.id, now, AT_ONCE)?;
    let Some(key) = key.filter(|_| !due.is_empty()) else { return Ok(()) };
    let agent = agent(PATIENCE, room.options.allow_local);
    for delivery in due {
        let (outcome, said) = post(&agent, hook, &key, &delivery, now);
        tracing::info!(hook = hook.id, delivery = delivery.id, tries = delivery.tries + 1, said, "webhook");
        room.accounts.tried(&delivery, outcome, &said, now)?;
        if outcome == Outcome::Unreached {
            break;
        }
    }
    Ok(())
}

/// Sends a delivery, and what came of it. An address that sends on to another has not taken it.
fn post(agent: &Agent, hook: &Hook, key: &SigningKey, delivery: &Delivery, now: Timestamp) -> (Outcome, String) {
    let address = match web_address(&hook.address) {
        Ok(address) => address,
        Err(error) => return (Outcome::Refused, error.message),
    };
    let second = now.as_second().to_string();
    let request = agent
        .post(address.as_str())
        .header("content-type", "application/json")
        .header("webhook-id", &delivery.id)
        .header("webhook-timestamp", &second)
        .header("webhook-signature", signature(key, &delivery.id, &second, &delivery.body));
    match request.send(&delivery.body) {
        Err(error) => (Outcome::Unreached, error.to_string()),
        Ok(answer) => {
            let status = answer.status();
            let outcome = match status.as_u16() {
                _ if status.is_success() => Outcome::Delivered,
                408 | 429 | 502..=504 => Outcome::Unreached,
                _ => Outcome::Refused,
            };
            (outcome, format!("status {}", status.as_u16()))
        }
    }
}

/// The signature of Standard Webhooks: HMAC-SHA256 over id, time and body, in base64.
fn signature(key: &SigningKey, id: &str, second: &str, body: &str) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&key.bytes()) else { return String::new() };
    for part in [id, ".", second, ".", body] {
        mac.update(part.as_bytes());
    }
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::accounts::Accounts;

    #[test]
    fn the_signature_is_that_of_the_standard() {
        // The example of the reference libraries of Standard Webhooks.
        let key = SigningKey::known("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        let body = r#"{"test": 2432232314}"#;
        let signed = signature(&key, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", body);
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn two_addresses_have_two_keys() {
        let (accounts, now) = (Accounts::in_memory().unwrap(), Timestamp::now());
        let make = || accounts.make_hook("https://a.example/", "Orn", &BTreeSet::new(), now).unwrap();
        assert_ne!(make().reveal(), make().reveal());
    }
}
