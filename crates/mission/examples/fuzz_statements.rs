//! Bent forms for some minutes: what people hand to a mission (statements, registers of borders, lists of segments, files of
//! posts, tables of field reports) is taken, or refused with a reason; nothing panics.
//!
//! `cargo run --release -p mission --example fuzz_statements -- [FORM|all] [MINUTES] [SEED]`

#![expect(clippy::print_stdout, reason = "figures are printed")]

#[path = "../../ledger/examples/bent/mod.rs"]
mod bent;

use std::error::Error;

use line::watch::Watches;
use mission::border::{list, register};
use mission::field::sheet;
use mission::{Book, Heard, Mandate, Statement, watch};

const FORMS: &[&str] = &["statement", "border", "register", "list", "posts", "csv", "xlsx"];

/// Scraps that forms are made of.
const SCRAPS: &[&str] = &[
    "\n",
    "\"",
    "[",
    "]",
    "[[watch]]\n",
    "{",
    "=",
    ",",
    ";",
    "-1",
    "1e308",
    "nan",
    "inf",
    "9223372036854775808",
    "''",
    "\"\"\"",
    "2031-02-30",
    "\u{feff}",
    "\u{0}",
    "é",
    "/",
    "PK",
];

fn main() -> Result<(), Box<dyn Error>> {
    bent::fuzz(FORMS, SCRAPS, good, take)
}

/// A sample that is taken.
fn good(form: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    let sample = sample(form)?;
    if !take(form, &sample) {
        return Err(format!("{form}: the sample itself is refused").into());
    }
    Ok(sample)
}

const HEAD: &str = "mission = \"line-mission-2031\"\nat = \"2031-03-07T10:00:00Z\"\nby = \"Orn\"\nrole = \"chief\"\n";

const MANDATE: &str = "id = \"line-mission-2031\"\ntitle = \"Joint Line Mission\"\nparty = \"jlm\"\npack = \"p\"\n\
    parties = [\"vesk\", \"orlava\"]\nfrom = \"2031-03-06\"\nzone = \"-08:00\"\n\
    [[needs]]\nsubject = \"border-segment\"\nconsent = [\"vesk\", \"orlava\"]\n";

const DRAWN: &str = "[drawn]\nmap = \"sheet 12\"\nline = [[-124.92, -45.48], [-125.02, -46.2]]\nleft = \"orlava\"\nright = \"vesk\"\n\
    [[drawn.enclaves]]\nholder = \"orlava\"\nring = [[-125.2, -45.6], [-125.3, -45.6], [-125.3, -45.7]]\n";

const WATCH: &str = "[[watch]]\nid = \"a\"\nlat = -44.8\nlon = -124.98\nreach-km = 7\nhours = [\"20:00-04:00\"]\nweekdays = [\"sat\"]\n\
    consents = { vesk = \"consents\" }\n";

fn sample(form: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    let text = match form {
        "statement" => {
            let answer = "statement = \"answer\"\nproposal = \"3f2a\"\nanswer = \"on-condition\"\nwords = \"by day\"\n";
            format!("{HEAD}{answer}")
        }
        "border" => {
            let said = "statement = \"propose\"\nsubject = \"border-segment\"\ntitle = \"South\"\nsegment = \"south\"\n";
            format!("{HEAD}{said}{DRAWN}")
        }
        "register" => concat!(
            r#"{"at": "2031-04-02T09:00:00Z", "by": "c", "segment": "s", "open": {"title": "S", "parties": ["vesk", "orlava"]}}"#,
            "\n",
            r#"{"at": "2031-04-03T09:00:00Z", "by": "vesk", "segment": "s", "propose": {"map": "m", "line": [[-125.0, -45.0], [-125.1, -45.2]]}}"#,
            "\n",
            r#"{"at": "2031-04-04T09:00:00Z", "by": "vesk", "segment": "s", "answer": {"version": 1, "answer": "consents"}}"#,
        )
        .to_owned(),
        "list" => "[[segments]]\nsegment = \"south\"\ntitle = \"South\"\n[[segments.preconditions]]\nid = \"w\"\nwhat = \"it\"\nconfirmed-by = [\"jlm\"]\n"
            .to_owned(),
        "posts" => WATCH.to_owned(),
        "csv" => "number,observer,at,how,thing,count,bearing\nP3-61,Post 3,2031-03-07T19:12,heard,explosion,10-15,NNE\n".to_owned(),
        _ => return Ok(mission::field::xlsform::xlsx(&Mandate::parse(MANDATE)?)?),
    };
    Ok(text.into_bytes())
}

/// Whether a bent sample is taken.
fn take(form: &str, bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    match form {
        "statement" | "border" => Statement::parse(&text).is_ok_and(book_takes),
        "register" => {
            let entries: Result<Vec<register::Entry>, _> = text.lines().map(serde_json::from_str).collect();
            entries.is_ok_and(|entries| register::replay(&entries).1.is_empty())
        }
        "list" => list(&text).is_ok(),
        "posts" => {
            let read = toml::from_str::<Watches>(&text);
            read.is_ok_and(|mut w| w.check().is_ok() && watch::judge(&mut w).is_ok())
        }
        _ => sheet::rows(bytes).is_ok(),
    }
}

/// Whether a statement is read back as it was written, and is heard by a book without falling over.
fn book_takes(statement: Statement) -> bool {
    let again = Statement::parse(&statement.to_text());
    assert!(again.as_ref() == Ok(&statement) || statement.to_text().contains("nan"), "{}", statement.to_text());
    let at = statement.at;
    let opening = format!("{HEAD}statement = \"segment\"\nsegment = \"south\"\ntitle = \"South\"\n");
    let mandate =
        format!("{HEAD}statement = \"mandate\"\n[mandate]\n{}", MANDATE.replace("[[needs]]", "[[mandate.needs]]"));
    let begun = [mandate, opening].map(|text| Statement::parse(&text));
    let all = begun.into_iter().flatten().chain([statement]);
    let heard = |(entry, statement): (u64, Statement)| Heard {
        entry,
        at,
        id: mission::sha256(&entry.to_le_bytes()),
        signature: None,
        statement,
    };
    let heard: Vec<Heard> = (0..).zip(all).map(heard).collect();
    let book = Book::replay(&heard);
    book.missions.values().for_each(|m| m.segments.values().for_each(|s| drop(m.standing(s))));
    heard.len() == 3
}
