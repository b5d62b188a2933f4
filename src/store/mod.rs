//! The truth: a git repository of JSON files, one commit a change.
