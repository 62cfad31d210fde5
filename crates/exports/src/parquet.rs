//! Tables as Parquet: days are days, numbers numbers; what is said of them is in the file's key-value metadata.

use std::sync::Arc;

use jiff::civil::{Date, date};
use parquet::basic::{ConvertedType, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;

use crate::about::About;
use crate::table::{Cell, Column, Kind, Table};

/// Rows in a group.
const GROUP: usize = 65_536;

/// A table as Parquet.
///
/// # Errors
/// None that is known: writing to memory does not fail.
pub(crate) fn write(table: &Table, about: &About) -> Result<Vec<u8>, ParquetError> {
    let fields = table.columns.iter().map(field).collect::<Result<Vec<_>, _>>()?;
    let schema = Type::group_type_builder(table.name).with_fields(fields).build()?;
    let properties = WriterProperties::builder()
        .set_created_by(about.program.clone())
        .set_key_value_metadata(Some(metadata(table, about)))
        .build();
    let mut writer = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties))?;
    for rows in table.rows.chunks(GROUP) {
        let mut group = writer.next_row_group()?;
        for (at, column) in table.columns.iter().enumerate() {
            let cells: Vec<&Cell> = rows.iter().filter_map(|row| row.get(at)).collect();
            fill(&mut group, column.kind, &cells)?;
        }
        group.close()?;
    }
    writer.into_inner()
}

fn metadata(table: &Table, about: &About) -> Vec<KeyValue> {
    let value = |name: String, says: String| KeyValue::new(name, says);
    let mut all: Vec<KeyValue> = about.lines().into_iter().map(|(name, says)| value(name.to_owned(), says)).collect();
    all.push(value("about".to_owned(), serde_json::to_string(about).unwrap_or_default()));
    all.extend(table.columns.iter().map(|c| value(format!("column.{}", c.name), format!("{} {}", c.tag, c.says))));
    all
}

fn field(column: &Column) -> Result<Arc<Type>, ParquetError> {
    let (physical, logical, converted) = match column.kind {
        Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String), ConvertedType::UTF8),
        Kind::Day => (Physical::INT32, Some(LogicalType::Date), ConvertedType::DATE),
        Kind::Whole => (Physical::INT64, None, ConvertedType::NONE),
        Kind::Real => (Physical::DOUBLE, None, ConvertedType::NONE),
        Kind::Flag => (Physical::BOOLEAN, None, ConvertedType::NONE),
    };
    let builder = Type::primitive_type_builder(column.name, physical)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(logical)
        .with_converted_type(converted);
    Ok(Arc::new(builder.build()?))
}

fn fill(group: &mut SerializedRowGroupWriter<'_, Vec<u8>>, kind: Kind, cells: &[&Cell]) -> Result<(), ParquetError> {
    match kind {
        Kind::Text => put::<ByteArrayType>(group, cells, |cell| match cell {
            Cell::Text(words) => Some(ByteArray::from(words.as_str())),
            _ => None,
        }),
        Kind::Day => put::<Int32Type>(group, cells, |cell| match cell {
            Cell::Day(day) => Some(days_since_1970(*day)),
            _ => None,
        }),
        Kind::Whole => put::<Int64Type>(group, cells, |cell| match cell {
            Cell::Whole(number) => Some(*number),
            _ => None,
        }),
        Kind::Real => put::<DoubleType>(group, cells, |cell| match cell {
            Cell::Real(number) => Some(*number),
            _ => None,
        }),
        Kind::Flag => put::<BoolType>(group, cells, |cell| match cell {
            Cell::Flag(is) => Some(*is),
            _ => None,
        }),
    }
}

/// One column of a group: the values that there are, and for each cell whether it has one.
fn put<D: DataType>(
    group: &mut SerializedRowGroupWriter<'_, Vec<u8>>,
    cells: &[&Cell],
    value: impl Fn(&Cell) -> Option<D::T>,
) -> Result<(), ParquetError> {
    let Some(mut column) = group.next_column()? else { return Ok(()) };
    let all: Vec<Option<D::T>> = cells.iter().map(|cell| value(cell)).collect();
    let there: Vec<i16> = all.iter().map(|v| i16::from(v.is_some())).collect();
    let values: Vec<D::T> = all.into_iter().flatten().collect();
    column.typed::<D>().write_batch(&values, Some(&there), None)?;
    column.close()
}

fn days_since_1970(day: Date) -> i32 {
    (day - date(1970, 1, 1)).get_days()
}

#[cfg(test)]
mod tests {
    use parquet::file::reader::{FileReader, SerializedFileReader};

    use super::*;
    use crate::sample::Sample;

    #[test]
    fn days_are_counted_from_1970() {
        assert_eq!(days_since_1970(date(1969, 12, 31)), -1);
        assert_eq!(days_since_1970(date(2031, 3, 7)), 22_345);
    }

    #[test]
    fn it_is_read_back_with_its_metadata() {
        let sample = Sample::new();
        let matter = sample.matter();
        let table = crate::incidents::table(&matter);
        let written = write(&table, &matter.about).unwrap();
        let read = SerializedFileReader::new(bytes::Bytes::from(written)).unwrap();
        let about = read.metadata().file_metadata().key_value_metadata().unwrap();
        assert!(about.iter().any(|k| k.key == "filter" && k.value.as_deref() == Some("place=Hollin' OR 1=1")));
        let rows: Vec<String> = read.get_row_iter(None).unwrap().map(|r| r.unwrap().to_string()).collect();
        assert_eq!(rows.len(), table.rows.len());
        assert!(rows.iter().any(|r| r.contains("date_from: 2031-03-07")), "{rows:?}");
    }
}
