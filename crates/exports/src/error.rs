//! Why something could not be written.

/// Why something could not be written, or not be read back.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The file that a format is first written to could not be.
    #[error("a temporary file: {0}")]
    Io(#[from] std::io::Error),
    /// SQLite would not.
    #[error("the GeoPackage: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// A shape of a pack does not go into bytes.
    #[error("a shape: {0}")]
    Shape(#[from] geozero::error::GeozeroError),
    /// The ledger cannot be read.
    #[error(transparent)]
    Ledger(#[from] ledger::LedgerError),
    /// A ZIP cannot be written or read.
    #[error("the ZIP: {0}")]
    Zip(#[from] zip::result::ZipError),
    /// Parquet would not.
    #[error("the Parquet file: {0}")]
    Parquet(#[from] parquet::errors::ParquetError),
    /// A line that is read back is none of ours.
    #[error("line {line}: {problem}")]
    Line {
        /// Number of the line, the first being 1.
        line: usize,
        /// What is wrong with it.
        problem: String,
    },
    /// A form for which the ledger is needed, and there is none.
    #[error("{0} holds the history, which only a ledger has")]
    NoLedger(&'static str),
}
