//! Any bytes as the month of a journal, plain and compressed: `cargo +nightly fuzz run journal`.

#![no_main]

use std::{fs, path::PathBuf, sync::LazyLock};

use libfuzzer_sys::fuzz_target;
use space::store::journal::{Aside, Filter, Tail};

static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = std::env::temp_dir().join(format!("space-fuzz-journal-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder for the journal");
    folder
});

fuzz_target!(|input: (bool, &[u8])| {
    let (compressed, bytes) = input;
    let names = ["door-2026-01.jsonl", "door-2026-01.jsonl.gz"];
    for (name, wanted) in names.into_iter().zip([!compressed, compressed]) {
        let path = FOLDER.join(name);
        if wanted {
            fs::write(&path, bytes).expect("the file can be written");
        } else {
            let _ = fs::remove_file(path);
        }
    }
    let _ = Tail::new(&*FOLDER, Filter::default()).all();
    fs::write(FOLDER.join("clock-aside"), bytes).expect("the file can be written");
    let _ = Aside::read(&FOLDER);
});
