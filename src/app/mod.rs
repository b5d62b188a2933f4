//! What all who ask have in common, whichever program they ask through.

pub mod view;
