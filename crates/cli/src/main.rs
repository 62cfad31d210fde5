//! trucewatch
fn main() {}
