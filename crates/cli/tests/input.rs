//! Bad and odd input: each is named or read, none crashes, hangs or grows without bound.

mod common;

use common::Place;
use insta::assert_snapshot;

const GOOD: &str = "Orlavan forces shelled Hollin on Monday, the Veskan Defence Ministry said.\n";

#[test]
fn an_empty_file_is_read_and_noted() {
    needs_model!();
    let place = Place::new();
    place.file("empty.txt", "");
    assert_snapshot!(place.run(&["read", "empty.txt"]).seen(), @"
    empty.txt  undated
      no claims
      note: the document holds no text (empty)
      note: nothing in the text says when it was written (undated)
    ");
}

#[test]
fn a_binary_file_is_refused_by_name() {
    needs_model!();
    let place = Place::new();
    place
        .file("scan.txt", b"%PDF-1.7\n\x80\x81")
        .file("tool.txt", b"\x7FELF\x02\x01\x01\0\0\0")
        .file("data.txt", b"abc\0\x01");
    assert_snapshot!(place.run(&["read", "."]).seen(), @"
    --- standard error
    error: ./data.txt: is binary data (a zero byte at offset 3), not plain text
    hint: only text is read; if it is UTF-16 without a byte order mark, save it as UTF-8
    error: ./scan.txt: is a PDF file that cannot be opened: failed parsing cross reference table
    hint: save its text first, for example with pdftotext
    error: ./tool.txt: is a program, not plain text
    hint: only text is read
    --- exit code 1
    ");
}

#[test]
fn fifty_megabytes_of_text_are_refused_before_they_are_read() {
    needs_model!();
    let place = Place::new();
    place.file("huge.txt", GOOD.repeat((50 << 20) / GOOD.len())).file("small.txt", GOOD);
    let ran = place.run(&["read", ".", "--format", "jsonl"]);
    assert_snapshot!(ran.stderr, @"
    error: ./huge.txt: is larger than 4194304 bytes
    hint: cut it into its reports, or raise the limit with --max-bytes
    ");
    assert_eq!((ran.code, ran.documents().len()), (4, 1));
}

#[test]
fn ten_thousand_open_brackets_do_no_harm() {
    needs_model!();
    let place = Place::new();
    place.file("brackets.txt", format!("{}\n{GOOD}", "(".repeat(10_000)));
    assert_eq!(place.run(&["read", "brackets.txt"]).code, 0);
}

#[test]
fn a_line_of_a_megabyte_does_no_harm() {
    needs_model!();
    let place = Place::new();
    let line = GOOD.trim_end().repeat((1 << 20) / GOOD.len());
    place.file("words.txt", &line).file("letters.txt", "x".repeat(1 << 20));
    let ran = place.run(&["read", ".", "--format", "jsonl"]);
    assert_eq!((ran.code, ran.documents().len()), (0, 2));
}

#[test]
fn an_older_encoding_is_read_with_a_note_that_names_it() {
    needs_model!();
    let place = Place::new();
    let mut bytes = GOOD.as_bytes().to_vec();
    bytes.extend_from_slice(b"It was \x93quiet\x94 since, it said.\n");
    place.file("old.txt", bytes);
    let ran = place.run(&["read", "old.txt", "--format", "jsonl"]);
    assert_snapshot!(ran.documents()[0]["notes"][0]["message"].as_str().unwrap(), @"the bytes are no UTF-8; they look like windows-1252 and are read as such");
    assert!(!ran.documents()[0]["claims"].as_array().unwrap().is_empty());
}

#[test]
fn line_ends_of_any_kind_give_the_same_claims() {
    needs_model!();
    let place = Place::new();
    let text = format!("{GOOD}\nVesk denied it.\n");
    place.file("unix.txt", &text).file("windows.txt", text.replace('\n', "\r\n"));
    let ran = place.run(&["read", ".", "--format", "jsonl"]);
    let quotes = |i: usize| -> Vec<String> {
        let documents = ran.documents();
        documents[i]["claims"].as_array().unwrap().iter().map(|c| c["quote"].to_string()).collect()
    };
    assert_eq!(quotes(0), quotes(1));
    assert!(!quotes(0).is_empty());
}

#[test]
fn a_text_in_another_language_is_named_and_not_read() {
    needs_model!();
    let place = Place::new();
    place.file(
        "german.txt",
        "Das Verteidigungsministerium teilte mit, dass in der Nacht mehrere Granaten auf das Dorf gefallen seien. \
         Die Bewohner verbrachten die Nacht in ihren Kellern und warteten auf den Morgen.\n",
    );
    place.file(
        "arabic.txt",
        "قالت الوزارة إن قذائف سقطت على القرية خلال الليل ولم يصب أحد بأذى. وأضافت أن السكان أمضوا الليل في الأقبية ثم \
         عادوا إلى بيوتهم في الصباح.\n",
    );
    assert_snapshot!(place.run(&["read", "."]).seen(), @"
    arabic.txt  undated
      no claims
      note: the text is in Arabic; only English is read (language)

    german.txt  undated
      no claims
      note: the text is in German; only English is read (language)
    ");
}

#[test]
fn right_to_left_words_in_an_english_text_are_read_past() {
    needs_model!();
    let place = Place::new();
    place.file(
        "mixed.txt",
        format!("{GOOD}\nThe minister, Salwa al-Meshrafi (سلوى المشرفي), asked both to \u{202E}stop\u{202C}.\n"),
    );
    let ran = place.run(&["read", "mixed.txt", "--format", "jsonl"]);
    assert_eq!(ran.documents()[0]["claims"][0]["type"], "shelling");
}

#[test]
fn what_cannot_be_opened_is_told_and_the_rest_is_read() {
    needs_model!();
    let place = Place::new();
    place.file("good.txt", GOOD);
    let ran = place.run(&["read", "good.txt", "missing.txt", "--format", "jsonl"]);
    assert_snapshot!(ran.stderr, @"
    error: missing.txt: no such file or folder
    hint: check the spelling; paths count from the current folder
    ");
    assert_eq!((ran.code, ran.documents().len()), (4, 1));
}

#[cfg(unix)]
#[test]
fn an_unreadable_folder_is_told() {
    needs_model!();
    let place = Place::new();
    // A link to itself cannot be opened by anybody, not even by the administrator.
    std::os::unix::fs::symlink("loop", place.path().join("loop")).unwrap();
    assert_snapshot!(place.run(&["read", "loop"]).seen(), @"
    --- standard error
    error: loop: cannot be read: Too many levels of symbolic links (os error 40)
    hint: check that you may read it
    --- exit code 1
    ");
}

#[test]
fn a_folder_without_reports_is_nothing_to_read() {
    needs_model!();
    let place = Place::new();
    place.file("notes.md", "x");
    assert_snapshot!(place.run(&["read", "."]).seen(), @"
    --- standard error
    error: there is nothing to read in what was named
    hint: a folder is read for text, pages, feeds, mail, DOCX, PDF, JSONL and web archives; name other files themselves
    --- exit code 3
    ");
}

#[test]
fn a_wrong_file_beside_a_report_is_told_with_its_line() {
    needs_model!();
    let place = Place::new();
    place.file("a.txt", GOOD).file("a.meta.toml", "outlet = \"Ternwire\"\npublished = \"last Monday\"\n");
    assert_snapshot!(place.run(&["read", "a.txt"]).seen(), @"
    --- standard error
    error: a.meta.toml:2: published = `last Monday` is no day, month, year or interval
    hint: the file may hold published (a day such as 2020-10-10), outlet, url and title
    --- exit code 1
    ");
}

#[test]
fn lines_of_json_are_read_and_wrong_ones_told() {
    needs_model!();
    let place = Place::new();
    let lines = format!(
        "{}\nnothing\n{}\n",
        serde_json::json!({"id": "r1", "text": GOOD, "dct": "2031-03-05"}),
        serde_json::json!({"id": "r2", "text": "Quiet."}),
    );
    let ran = place.pipe(&["read", "--input", "jsonl", "--format", "jsonl"], lines.as_bytes());
    assert_snapshot!(ran.stderr, @r#"
    error: standard input:2: is no line of JSON: expected ident (column 2)
    hint: each line is one object such as {"id": "r1", "text": "…", "dct": "2020-10-10"}; dct may be missing
    "#);
    let documents = ran.documents();
    assert_eq!((documents[0]["id"].as_str(), documents[1]["id"].as_str()), (Some("r1"), Some("r2")));
    assert_eq!((documents[0]["published"].as_str(), ran.code), (Some("2031-03-05"), 4));
}
