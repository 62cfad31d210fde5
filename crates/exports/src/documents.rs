//! Documents as a table: what the shown incidents rest on, without their texts.

use crate::matter::Matter;
use crate::table::{Cell, Column, Table, text, whole};

const COLUMNS: &[Column] = &[
    text("id", "#meta+document+code", "id: SHA-256 of the text"),
    text("name", "#meta+document+name", "name under which it came"),
    text("outlet", "#meta+source", "who published it"),
    text("published", "#date+published", "when it was published (EDTF)"),
    whole("characters", "#indicator+characters+num", "code points of its text"),
    text("copy_of", "#meta+document+copy", "id of the first document with this text"),
    text("notes", "#meta+remarks", "what could not be read, or was read with doubt"),
];

/// The documents that the shown incidents rest on, a row each.
#[must_use]
pub(crate) fn table(matter: &Matter<'_>) -> Table {
    let row = |s: &&trucewatch::incident::Source| {
        vec![
            s.id.as_str().into(),
            s.name.as_str().into(),
            s.outlet.as_deref().into(),
            s.published.map(|p| p.to_string()).into(),
            s.text.chars().count().into(),
            s.copy_of.as_ref().map(|c| c.first.as_str()).into(),
            Cell::list(s.notes.iter().map(|n| &n.message)),
        ]
    };
    let rows = matter.documents().iter().map(row).collect();
    Table { name: "documents", says: "The reports that incidents rest on: a row each", columns: COLUMNS, rows }
}
