//! Any bytes through the front that reads `.docx` files.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let shelf = intake::files::Shelf::default();
    shelf.bytes("a.docx", bytes.to_vec(), trucewatch::document::Meta::default()).for_each(drop);
});
