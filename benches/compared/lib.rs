//! Benches with crates that nothing else needs: a database to compare with, and criterion.
//! They are a package of their own so that tests do not compile those.
