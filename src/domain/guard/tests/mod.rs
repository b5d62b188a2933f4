//! Tests the guard against what is demanded of it, not against how it does it.

mod cases;
mod decisions;
mod history;
mod sequences;
