//! How things look when they leave: for people in a terminal, and as JSON.

pub(crate) mod json;
mod paint;
pub(crate) mod text;

pub(crate) use paint::Paint;
