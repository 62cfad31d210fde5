//! The forms.

use crate::error::ExportError;
use crate::matter::Matter;
use crate::{acled, bundle, claims, csv, docx, ftm, ged, geojson, geopackage, html, incidents, jsonl, parquet};
use publish::v1;

/// A form that a file may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Incidents as CSV with HXL tags.
    Csv,
    /// Claims as CSV with HXL tags.
    ClaimsCsv,
    /// Claims as lines of JSON, which can be read back.
    Jsonl,
    /// Incidents as GeoJSON.
    Geojson,
    /// Incidents, areas, lines, claims, findings and documents as a GeoPackage.
    Geopackage,
    /// Incidents as a table (Parquet).
    Parquet,
    /// Claims with their quotes as a table (Parquet).
    ClaimsParquet,
    /// Reports, parties, incidents and claims as FollowTheMoney entities.
    Ftm,
    /// Incidents as a table in the manner of ACLED (CSV).
    Acled,
    /// Incidents with dead as a table in the manner of UCDP GED (CSV).
    Ged,
    /// The brief as Markdown.
    Markdown,
    /// The brief as a page that needs nothing else, made to be printed (HTML).
    Html,
    /// The brief for word processors, with footnotes (DOCX).
    Docx,
    /// All of these with the ledger's history and proofs (ZIP).
    Zip,
}

impl Format {
    /// All of them.
    pub const ALL: &[Format] = &[
        Format::Csv,
        Format::ClaimsCsv,
        Format::Jsonl,
        Format::Geojson,
        Format::Geopackage,
        Format::Parquet,
        Format::ClaimsParquet,
        Format::Ftm,
        Format::Acled,
        Format::Ged,
        Format::Markdown,
        Format::Html,
        Format::Docx,
        Format::Zip,
    ];

    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::ClaimsCsv => "claims-csv",
            Format::Jsonl => "jsonl",
            Format::Geojson => "geojson",
            Format::Geopackage => "gpkg",
            Format::Parquet => "parquet",
            Format::ClaimsParquet => "claims-parquet",
            Format::Ftm => "ftm",
            Format::Acled => "acled",
            Format::Ged => "ged",
            Format::Markdown => "markdown",
            Format::Html => "html",
            Format::Docx => "docx",
            Format::Zip => "zip",
        }
    }

    /// The form of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Format> {
        Format::ALL.iter().copied().find(|f| f.as_str() == word)
    }

    /// What it is, for people.
    #[must_use]
    pub fn says(self) -> &'static str {
        match self {
            Format::Csv => "Incidents as a table (CSV with a row of HXL tags)",
            Format::ClaimsCsv => "Claims with their quotes as a table (CSV with a row of HXL tags)",
            Format::Jsonl => "Claims with quotes, offsets and texts as lines of JSON, which can be read back",
            Format::Geojson => "Incidents for the map (GeoJSON)",
            Format::Geopackage => "Incidents, areas, lines and tables for QGIS (GeoPackage)",
            Format::Parquet => "Incidents as a table (Parquet)",
            Format::ClaimsParquet => "Claims with their quotes as a table (Parquet)",
            Format::Ftm => "Reports, parties, incidents and claims as FollowTheMoney entities",
            Format::Acled => "Incidents as a table in the manner of ACLED (CSV)",
            Format::Ged => "Incidents with dead as a table in the manner of UCDP GED (CSV)",
            Format::Markdown => "The brief as Markdown",
            Format::Html => "The brief as a page that needs nothing else, made to be printed (HTML)",
            Format::Docx => "The brief for word processors, with footnotes (DOCX)",
            Format::Zip => "All of these with the ledger's history and proofs (ZIP)",
        }
    }

    /// The name that a file of it is given.
    #[must_use]
    pub fn file_name(self) -> &'static str {
        match self {
            Format::Csv => "incidents.csv",
            Format::ClaimsCsv => "claims.csv",
            Format::Jsonl => "claims.jsonl",
            Format::Geojson => "incidents.geojson",
            Format::Geopackage => "trucewatch.gpkg",
            Format::Parquet => "incidents.parquet",
            Format::ClaimsParquet => "claims.parquet",
            Format::Ftm => "entities.ftm.json",
            Format::Acled => "acled.csv",
            Format::Ged => "ged.csv",
            Format::Markdown => "brief.md",
            Format::Html => "brief.html",
            Format::Docx => "brief.docx",
            Format::Zip => "bundle.zip",
        }
    }

    /// Its media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Csv | Format::ClaimsCsv | Format::Acled | Format::Ged => "text/csv; charset=utf-8",
            Format::Jsonl => "application/jsonl",
            Format::Geojson => "application/geo+json",
            Format::Geopackage => "application/geopackage+sqlite3",
            Format::Parquet | Format::ClaimsParquet => "application/vnd.apache.parquet",
            Format::Ftm => "application/json+ftm",
            Format::Markdown => "text/markdown; charset=utf-8",
            Format::Html => "text/html; charset=utf-8",
            Format::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Format::Zip => "application/zip",
        }
    }

    /// Whether it is text, and may be printed.
    #[must_use]
    pub fn is_text(self) -> bool {
        !matches!(self, Format::Geopackage | Format::Parquet | Format::ClaimsParquet | Format::Docx | Format::Zip)
    }

    /// Whether it holds nothing but what the public view shows, once that has hidden what it hides.
    #[must_use]
    pub fn is_public(self) -> bool {
        matches!(self, Format::Csv | Format::Geojson | Format::Parquet | Format::Markdown | Format::Html | Format::Docx)
    }

    /// The bytes of a file of it.
    ///
    /// # Errors
    /// Where a temporary file cannot be made, or the form needs a ledger and there is none.
    pub fn write(self, matter: &Matter<'_>) -> Result<Vec<u8>, ExportError> {
        Ok(match self {
            Format::Csv => csv::write(&incidents::table(matter), &matter.about),
            Format::ClaimsCsv => csv::write(&claims::table(matter), &matter.about),
            Format::Jsonl => jsonl::write(matter),
            Format::Geojson => geojson::write(matter),
            Format::Geopackage => geopackage::write(matter)?,
            Format::Parquet => parquet::write(&incidents::table(matter), &matter.about)?,
            Format::ClaimsParquet => parquet::write(&claims::table(matter), &matter.about)?,
            Format::Ftm => ftm::write(matter),
            Format::Acled => csv::write(&acled::table(matter), &matter.about),
            Format::Ged => csv::write(&ged::table(matter), &matter.about),
            Format::Markdown => markdown(matter),
            Format::Html => html::write(&v1::Brief::new(matter.brief()), &matter.about),
            Format::Docx => docx::write(&v1::Brief::new(matter.brief()), &matter.about)?,
            Format::Zip => bundle::write(matter)?,
        })
    }
}

/// The brief as Markdown, with what is said of it at the end.
fn markdown(matter: &Matter<'_>) -> Vec<u8> {
    let mut page = publish::markdown(matter.brief());
    page.push_str("\n## About this document\n\n");
    for (name, says) in matter.about.lines() {
        page.push_str(&format!("- {}: {}\n", name.replace('_', "-"), publish::escape(&says)));
    }
    page.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Sample;

    #[test]
    fn words_and_file_names_are_told_apart() {
        for format in Format::ALL {
            assert_eq!(Format::parse(format.as_str()), Some(*format));
            assert_eq!(Format::ALL.iter().filter(|f| f.file_name() == format.file_name()).count(), 1);
        }
        assert_eq!(Format::parse("../csv"), None);
    }

    #[test]
    fn the_page_of_exports_lists_every_form() {
        let page = include_str!("../../../docs/exports.md");
        for format in Format::ALL {
            let row = format!("| `{}` | {} |", format.as_str(), format.file_name());
            assert!(page.contains(&row), "docs/exports.md lacks {row}");
        }
    }

    #[test]
    fn the_same_matter_gives_the_same_bytes() {
        let (one, other) = (Sample::new(), Sample::new());
        for format in Format::ALL {
            let (Ok(a), Ok(b)) = (format.write(&one.matter()), format.write(&other.matter())) else { continue };
            assert!(a == b, "{}", format.as_str());
        }
    }
}
