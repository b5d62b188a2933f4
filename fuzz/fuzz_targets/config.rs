//! Any text as the configuration of a machine: `cargo +nightly fuzz run config`.

#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use space::{
    config::{BridgeConfig, Config, MailConfig, WebConfig},
    domain::model::SpaceKey,
};

fuzz_target!(|text: &str| {
    let path = Path::new("door.toml");
    if let Err(findings) = Config::parse(path, text) {
        assert!(!findings.is_empty(), "a refusal has a reason");
    }
    let _ = (MailConfig::parse(path, text), WebConfig::parse(path, text));
    let _ = BridgeConfig::parse(path, text);
    if let Ok(key) = text.parse::<SpaceKey>() {
        assert_eq!(key.to_hex().parse::<SpaceKey>().map(|it| it.id()), Ok(key.id()));
    }
});
