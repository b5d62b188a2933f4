//! What members owe, and until when they are covered.
