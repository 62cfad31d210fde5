//! What several tests share.

#![allow(clippy::allow_attributes, dead_code, reason = "each test uses a part of it")]
#![allow(clippy::unwrap_used, clippy::string_slice, reason = "a failure here is one of the test")]

pub(crate) mod corpus;
pub(crate) mod random;
pub(crate) mod server;
