//! Any bytes through the front that reads `.xml` files.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let shelf = intake::files::Shelf::default();
    shelf.bytes("a.xml", bytes.to_vec(), trucewatch::document::Meta::default()).for_each(drop);
});
