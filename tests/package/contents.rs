//! What is in the package, held against what the program writes by itself.

use std::{
    collections::BTreeMap,
    fs,
    io::Read as _,
    path::{Path, PathBuf},
    process::Command,
};

use flate2::read::GzDecoder;

use crate::made::{ours, package, run};

/// Where the package has what is in a folder here.
struct Pair {
    here: PathBuf,
    there: Box<dyn Fn(&str) -> String>,
}

#[test]
fn the_package_holds_what_the_program_writes_and_nothing_else() {
    let Some(deb) = package() else { return };
    let dir = tempfile::tempdir().unwrap();
    run(Command::new("dpkg-deb").arg("--extract").arg(&deb).arg(dir.path().join("package")));
    let at = |name: &str| dir.path().join(name);
    ours(&["door", "service", "--to", at("service").to_str().unwrap()]);
    ours(&["man", "--to", at("man").to_str().unwrap()]);
    let pairs = [
        Pair { here: at("service"), there: Box::new(place_of_service) },
        Pair { here: at("man"), there: Box::new(|page| format!("usr/share/man/man1/{page}.gz")) },
        Pair { here: "completions".into(), there: Box::new(place_of_completions) },
    ];
    let mut packed = files(&at("package"));
    for program in ["usr/bin/space", "usr/bin/space-guard"] {
        assert!(packed.remove(program).is_some_and(|it| it.starts_with(b"\x7fELF")), "{program}");
    }
    for Pair { here, there } in pairs {
        for (name, text) in files(&here) {
            let place = there(&name);
            let text_there = packed.remove(&place).unwrap_or_else(|| panic!("{place} is missing"));
            assert!(text == text_there, "{place} is another than {name}");
        }
    }
    let documents: Vec<&str> = packed.keys().map(String::as_str).collect();
    let expected = [
        "usr/share/doc/space/LICENSE",
        "usr/share/doc/space/LICENSE-APACHE",
        "usr/share/doc/space/LICENSE-MIT",
        "usr/share/doc/space/README.md",
        "usr/share/doc/space/changelog.gz",
        "usr/share/doc/space/copyright",
    ];
    assert_eq!(documents, expected);
    let copyright = String::from_utf8_lossy(&packed["usr/share/doc/space/copyright"]);
    // Crates, the library within one of them, and a notice that has to be passed on.
    for words in ["\nserde 1.", "\nlibgit2-sys ", "LINKING EXCEPTION", "Copyright (c)"] {
        assert!(copyright.contains(words), "{words}");
    }
}

#[test]
fn the_package_names_what_the_program_needs() {
    let Some(deb) = package() else { return };
    let field = |name| run(Command::new("dpkg-deb").arg("--field").arg(&deb).arg(name));
    let depends = field("Depends");
    for needed in ["git", "passwd", "systemd", "libc6"] {
        assert!(depends.split([',', ' ']).any(|it| it.trim() == needed), "{needed}: {depends}");
    }
    assert!(field("Version").starts_with(env!("CARGO_PKG_VERSION")));
}

/// Where the package has a file of `space door service`.
fn place_of_service(name: &str) -> String {
    match name.rsplit_once('.').unwrap().1 {
        "service" | "timer" => format!("usr/lib/systemd/system/{name}"),
        "sysusers" => "usr/lib/sysusers.d/space.conf".to_owned(),
        "rules" => format!("usr/lib/udev/rules.d/{name}"),
        "toml" => format!("usr/share/doc/space/examples/{name}"),
        _ => panic!("the package has no place for {name}"),
    }
}

/// Where each shell looks for completions.
fn place_of_completions(name: &str) -> String {
    match name {
        "space.bash" => "usr/share/bash-completion/completions/space".to_owned(),
        "space.fish" => "usr/share/fish/vendor_completions.d/space.fish".to_owned(),
        "_space" => "usr/share/zsh/vendor-completions/_space".to_owned(),
        _ => panic!("the package has no place for {name}"),
    }
}

/// Reads all files below a folder; what is compressed as it was before.
fn files(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let mut bytes = fs::read(&path).unwrap();
            if path.extension().is_some_and(|it| it == "gz") {
                let packed = std::mem::take(&mut bytes);
                GzDecoder::new(&packed[..]).read_to_end(&mut bytes).unwrap();
            }
            let name = path.strip_prefix(dir).unwrap().to_str().unwrap();
            found.insert(name.to_owned(), bytes);
        }
    }
    found
}
