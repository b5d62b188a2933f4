//! Any payload of any kind of device: `cargo +nightly fuzz run sources`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use space::domain::{
    model::{DeviceProfile, MqttSource, Quantity},
    sources,
};

fuzz_target!(|input: &[u8]| {
    let [kind, measured, channel, payload @ ..] = input else { return };
    let kinds = DeviceProfile::ALL.len() + 2;
    let kind = usize::from(*kind) % kinds;
    let source = MqttSource {
        topic: "device".into(),
        pointer: (kind == kinds - 1).then(|| "/a/0".into()),
        profile: DeviceProfile::ALL.get(kind).map(|(profile, _)| *profile),
        channel: *channel,
    };
    let measures = Quantity::ALL[usize::from(*measured) % Quantity::ALL.len()];
    for topic in sources::topics(&source, measures) {
        if let Ok(Some(number)) = sources::read(&source, measures, &topic, payload) {
            assert!(number.value.is_finite());
            if measures.is_flag() {
                assert!((0.0..=1.0).contains(&number.value));
            }
        }
    }
    let _ = sources::read_document(payload, "/a/0", measures);
});
