//! Any bytes as the parameters of a controller's request: `cargo +nightly fuzz run things`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use space::{domain::model::Code, web::Params};

fuzz_target!(|input: (&[u8], &[u8])| {
    let (query, form) = input;
    let params = Params::parse(query, form);
    for name in ["thing", "token", "token_t", "token_s", "msg", "state", "active_time", "time", "mac"] {
        let Some(value) = params.get(name) else { continue };
        assert_eq!(value, value.trim());
        // Whatever spelling a fob came in, its number is one that is read again.
        if let Ok(code) = Code::fob(value) {
            assert_eq!(Code::fob(code.reveal()), Ok(code));
        }
        for word in value.split_whitespace() {
            let _ = (word.parse::<u64>(), word.parse::<i64>());
        }
    }
    if let Some(text) = params.signed_text("GET", "/verify") {
        // A line for each parameter but the signature, and nothing that could be two.
        let rest = text.strip_prefix("GET /verify\n").expect("it begins with what is asked");
        for line in rest.lines() {
            let (name, _) = line.split_once('=').expect("a name and a value");
            assert_ne!(name, "mac");
        }
    }
});
