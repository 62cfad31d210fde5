//! The line of a border among the shapes of a file, with its enclaves.

use super::drawn::{Drawn, DrawnEnclave};
use crate::shapes::{Misdrawn, Shape};

/// A line as a file draws it.
#[derive(Debug, Clone, PartialEq)]
pub struct Sketch {
    /// The line with its enclaves; its map is empty where the file names none.
    pub drawn: Drawn,
    /// Who proposes it, else what it is called.
    pub title: String,
    /// Which feature of the file it is, from 1.
    pub number: usize,
}

/// Why a file holds no line that could be a border's.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Unsketched {
    /// None that is meant, or no line at all.
    #[error("holds no such line")]
    Missing(Vec<String>),
    /// Several, and none is named.
    #[error("holds {0} lines")]
    Several(usize, Vec<String>),
    /// One that is none.
    #[error(transparent)]
    Shape(#[from] Misdrawn),
    /// An enclave of nobody on either side.
    #[error("feature {0}: `{1}` lies on neither side of the line")]
    Holder(usize, String),
}

impl Unsketched {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Unsketched::Missing(ids) | Unsketched::Several(_, ids) if ids.is_empty() => {
                "draw the border as a line".to_owned()
            }
            Unsketched::Missing(ids) | Unsketched::Several(_, ids) => format!("name one behind #: {}", ids.join(", ")),
            Unsketched::Shape(why) => why.hint(),
            Unsketched::Holder(..) => "give the line `left` and `right`, one of which is the holder".to_owned(),
        }
    }
}

/// The line of some shapes that is meant, or the only one.
///
/// # Errors
/// See [`Unsketched`].
pub fn sketch(all: &[Shape], part: Option<&str>) -> Result<Sketch, Unsketched> {
    let line = meant(all, part)?;
    let text = |name: &str| line.text(name).map(str::to_owned);
    let (left, right) = (text("left"), text("right"));
    let mut enclaves = Vec::new();
    for shape in all.iter().filter(|s| s.text("holder").is_some()) {
        if shape.text("of").is_some_and(|of| Some(of) != line.id.as_deref()) {
            continue;
        }
        let (holder, ring) = (shape.needed("holder")?.to_owned(), shape.ring()?);
        if Some(&holder) != left.as_ref() && Some(&holder) != right.as_ref() {
            return Err(Unsketched::Holder(shape.number, holder));
        }
        enclaves.push(DrawnEnclave { holder, ring });
    }
    let map = text("map").unwrap_or_default();
    let title = text("by").unwrap_or_else(|| line.name());
    let drawn = Drawn { map, crs: "EPSG:4326".to_owned(), line: line.line()?, left, right, enclaves };
    Ok(Sketch { drawn, title, number: line.number })
}

fn meant<'a>(all: &'a [Shape], part: Option<&str>) -> Result<&'a Shape, Unsketched> {
    let lines: Vec<&Shape> = all.iter().filter(|s| s.is_line()).collect();
    let wanted = |s: &&&Shape| part.is_none_or(|p| s.id.as_deref() == Some(p) || s.name() == p);
    let found: Vec<&Shape> = lines.iter().filter(wanted).copied().collect();
    let ids = || lines.iter().map(|s| s.id.clone().unwrap_or_else(|| s.name())).collect();
    match found.as_slice() {
        [one] => Ok(one),
        [] => Err(Unsketched::Missing(ids())),
        several => Err(Unsketched::Several(several.len(), ids())),
    }
}
