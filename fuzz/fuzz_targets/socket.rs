//! Any bytes as a line on a door's socket: `cargo +nightly fuzz run socket`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use space::control::Request;

fuzz_target!(|line: &[u8]| {
    let Ok(request) = Request::parse(line) else { return };
    // What is understood is written in one way, which means the same.
    let written = serde_json::to_vec(&request).expect("a request can be written");
    assert_eq!(Request::parse(&written), Ok(request));
});
