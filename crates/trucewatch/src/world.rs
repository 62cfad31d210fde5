//! The one way by which the outside comes in.

use jiff::civil::Date;

use crate::pack::Knowledge;
use crate::party::Names;
use crate::place::Gazetteer;

/// What the stages may know beyond the document. Tests give a fixed day and a small pack.
pub trait World: Sync {
    /// The day on which this runs; only for documents that nothing else dates.
    fn today(&self) -> Date;

    /// The English model.
    fn model(&self) -> &syntax::Model;

    /// The packs in use, merged.
    fn knowledge(&self) -> &Knowledge;

    /// The packs' names of parties, indexed.
    fn names(&self) -> &Names;

    /// What can be looked up by name: the packs' places and, where it is installed, the world gazetteer.
    fn gazetteer(&self) -> &Gazetteer;
}
