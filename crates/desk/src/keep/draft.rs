//! From what was received and read to what the ledger keeps.

use intake::{Language, Received};
use ledger::entry::{DocumentDraft, DocumentRecord, ReadingRecord};
use ledger::stored;
use serde_json::{Map, Value, json};

use crate::world::{Read, SystemWorld};

/// The document and its reading as they are kept.
pub(crate) fn both(world: &SystemWorld, read: &Read) -> (DocumentDraft, ReadingRecord) {
    (document(read), reading(world, read))
}

fn document(read: &Read) -> DocumentDraft {
    let received = &read.received;
    let (document, meta) = (&received.document, received.document.meta());
    let record = DocumentRecord {
        id: document.id().to_owned(),
        name: document.name().to_owned(),
        outlet: meta.outlet.clone(),
        url: meta.url.clone(),
        title: meta.title.clone(),
        published: meta.published.map(|p| p.to_string()),
        readable: received.is_english,
        notes: received.notes.iter().map(stored::Note::keep).collect(),
        intake: way_in(received),
    };
    let original = Some(received.original.bytes.to_vec());
    DocumentDraft { record, text: document.text().to_owned(), original }
}

/// What the way in knows of a document.
fn way_in(received: &Received) -> Map<String, Value> {
    let Received { id, language, encoding, format, original, .. } = received;
    let language = match language {
        Language::English => "English",
        Language::Other(name) => name,
        Language::Unclear => "unclear",
    };
    let known = json!({
        "id": id,
        "language": language,
        "encoding": encoding,
        "format": format.media(),
        "original": {
            "sha256": original.sha256,
            "media": original.media,
            "part": original.part.map(|p| p.to_string()),
        },
    });
    let Value::Object(known) = known else { return Map::new() };
    known.into_iter().filter(|(_, value)| !value.is_null()).collect()
}

/// What was read, as it is kept.
#[must_use]
pub fn reading(world: &SystemWorld, read: &Read) -> ReadingRecord {
    let reading = &read.reading;
    ReadingRecord {
        reader: world.reader(&read.lore),
        published: reading.published.map(|p| p.to_string()),
        dated_by: reading.dated_by.clone(),
        sentences: reading.sentences.iter().map(|s| [s.start, s.end]).collect(),
        notes: read.notes.iter().map(stored::Note::keep).collect(),
        claims: reading.claims.iter().map(stored::Claim::keep).collect(),
    }
}
