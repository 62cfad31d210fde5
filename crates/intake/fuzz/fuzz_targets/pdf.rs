//! Any bytes through the front that reads `.pdf` files.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let shelf = intake::files::Shelf::default();
    shelf.bytes("a.pdf", bytes.to_vec(), trucewatch::document::Meta::default()).for_each(drop);
});
