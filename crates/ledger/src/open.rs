//! Opening the file: what it is, which format it has, whether it may be written to.

use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::error::{LedgerError, Result};
use crate::projection;

/// The format that this version writes.
pub(crate) const FORMAT: i64 = 1;

/// "TRWC": by which SQLite's own tools tell what the file is.
const APPLICATION: i64 = 0x5452_5743;

const SCHEMA: &str = include_str!("schema.sql");

/// How long a writer waits for another one.
const PATIENCE: Duration = Duration::from_secs(20);

/// How long it then waits before it tries again.
const PAUSE: Duration = Duration::from_millis(5);

/// Steps from each format to the next one, the first from 1 to 2.
const STEPS: &[&str] = &[];

/// Opens a file for reading.
pub(crate) fn for_reading(path: &Path) -> Result<Connection> {
    is_no_folder(path)?;
    if !path.is_file() {
        return Err(LedgerError::Missing(path.to_path_buf()));
    }
    let connection = readable(path)?;
    connection.busy_timeout(PATIENCE)?;
    match format_now(path, &connection)? {
        Some(FORMAT) if projection::is_current(&connection) => Ok(connection),
        Some(_) => Err(LedgerError::Refused(format!(
            "{}: was written by an earlier version; `trucewatch rebuild` brings it up to date",
            path.display()
        ))),
        None => Err(LedgerError::Missing(path.to_path_buf())),
    }
}

fn is_no_folder(path: &Path) -> Result<()> {
    if path.is_dir() { Err(LedgerError::Foreign(path.to_path_buf())) } else { Ok(()) }
}

/// A connection that reads. On a medium that cannot be written to, and on which nobody writes, the file is taken as
/// it stands.
fn readable(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let tried = Connection::open_with_flags(path, flags)?;
    match tried.pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0)) {
        Err(e) if is_refusal(&e) && !has_wal(path) => {
            let uri = format!("file:{}?immutable=1", escaped(path));
            Ok(Connection::open_with_flags(uri, flags | OpenFlags::SQLITE_OPEN_URI)?)
        }
        _ => Ok(tried),
    }
}

fn is_refusal(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{CannotOpen, PermissionDenied, ReadOnly};
    matches!(error.sqlite_error_code(), Some(CannotOpen | PermissionDenied | ReadOnly))
}

/// Whether something was written that is not yet in the file itself.
fn has_wal(path: &Path) -> bool {
    let mut wal = path.as_os_str().to_owned();
    wal.push("-wal");
    fs::metadata(wal).is_ok_and(|m| m.len() > 0)
}

/// A path as a URI writes it.
fn escaped(path: &Path) -> String {
    path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23")
}

/// Opens a file for writing; makes it, and its folder, where they are not there.
pub(crate) fn for_writing(path: &Path) -> Result<Connection> {
    is_no_folder(path)?;
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|e| not_made(path, e))?;
    }
    let connection = Connection::open(path).map_err(|e| refused(path, e))?;
    connection.busy_timeout(PATIENCE)?;
    let found = format_now(path, &connection)?;
    set_up(&connection).map_err(|e| refused(path, e))?;
    match found {
        Some(FORMAT) if projection::is_current(&connection) => {}
        _ => bring_up(path, &connection)?,
    }
    Ok(connection)
}

fn not_made(path: &Path, error: std::io::Error) -> LedgerError {
    match error.kind() {
        std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => {
            LedgerError::ReadOnly(format!("{}: {error}", path.display()))
        }
        _ => LedgerError::io(path)(error),
    }
}

/// A refusal to write, with its file.
pub(crate) fn refused(path: &Path, error: rusqlite::Error) -> LedgerError {
    if is_refusal(&error) {
        return LedgerError::ReadOnly(format!("{}: {error}", path.display()));
    }
    error.into()
}

fn set_up(connection: &Connection) -> rusqlite::Result<()> {
    keep_a_log(connection)?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "secure_delete", true)
}

/// Writes ahead to a log. Where two begin a file at once, SQLite does not wait for the one who changes this first, so it
/// is tried again.
fn keep_a_log(connection: &Connection) -> rusqlite::Result<()> {
    let until = Instant::now() + PATIENCE;
    loop {
        match connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(())) {
            Err(e) if e.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) && Instant::now() < until => sleep(PAUSE),
            done => return done,
        }
    }
}

/// The format of a file at one moment: another process may be making it.
fn format_now(path: &Path, connection: &Connection) -> Result<Option<i64>> {
    let _moment = connection.unchecked_transaction()?;
    format(path, connection)
}

/// The format of a file; none where it is empty.
fn format(path: &Path, connection: &Connection) -> Result<Option<i64>> {
    let number = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let foreign = || LedgerError::Foreign(path.to_path_buf());
    let application = number("application_id").map_err(|e| match e.sqlite_error_code() {
        Some(rusqlite::ErrorCode::NotADatabase | rusqlite::ErrorCode::DatabaseCorrupt) => foreign(),
        _ => refused(path, e),
    })?;
    let found = number("user_version")?;
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    match (application, found) {
        (APPLICATION, found) if found > FORMAT => {
            Err(LedgerError::Newer { path: path.to_path_buf(), found, known: FORMAT })
        }
        (APPLICATION, found) => Ok(Some(found)),
        (0, 0) if tables == 0 => Ok(None),
        _ => Err(foreign()),
    }
}

/// Makes the tables, or brings those of an earlier version up to date. Whoever comes second finds it done.
fn bring_up(path: &Path, connection: &Connection) -> Result<()> {
    connection.execute_batch("BEGIN IMMEDIATE").map_err(|e| refused(path, e))?;
    let done = step_by_step(path, connection);
    let end = if done.is_ok() { "COMMIT" } else { "ROLLBACK" };
    done.and(connection.execute_batch(end).map_err(LedgerError::from))
}

fn step_by_step(path: &Path, connection: &Connection) -> Result<()> {
    match format(path, connection)? {
        None => connection.execute_batch(SCHEMA)?,
        Some(found) => {
            let skip = usize::try_from(found - 1).unwrap_or(0);
            STEPS.iter().skip(skip).try_for_each(|step| connection.execute_batch(step))?;
        }
    }
    connection.pragma_update(None, "application_id", APPLICATION)?;
    connection.pragma_update(None, "user_version", FORMAT)?;
    if !projection::is_current(connection) {
        projection::rebuild(connection)?;
    }
    Ok(())
}
