//! ZIP files whose bytes depend on their members alone.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::error::ExportError;

/// A ZIP of some members, by name, in their order; all of them dated 1980-01-01, as ZIP begins.
///
/// # Errors
/// Where a member is larger than 4 GiB.
pub(crate) fn write(members: &[(&str, &[u8])]) -> Result<Vec<u8>, ExportError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for (name, bytes) in members {
        zip.start_file(*name, options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}
