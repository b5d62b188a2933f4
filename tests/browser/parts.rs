//! The browser, and what drives it: Debian's Chromium, and two packages from npm.

use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::{Mutex, PoisonError},
};

use crate::part::{missing, there, works};

/// The packages, at the versions that the tests were written for.
const PACKAGES: [&str; 2] = ["playwright-core@1.65.1", "axe-core@4.14.1"];

/// What the browser test needs.
pub(crate) struct Parts {
    /// The browser.
    pub(crate) chromium: &'static str,
    /// The folder in which the packages are.
    pub(crate) modules: PathBuf,
}

impl Parts {
    /// Finds everything, fetching the packages if necessary; if that is impossible, the test is
    /// skipped.
    pub(crate) fn find() -> Option<Self> {
        // Whoever comes first fetches them, and the other tests wait.
        static TURN: Mutex<()> = Mutex::new(());
        let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let chromium = "/usr/bin/chromium";
        if !there(chromium, &["--version"]) || !there("node", &["--version"]) {
            return None;
        }
        let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser-parts");
        let modules = home.join("node_modules");
        let version = |package: &str| {
            let (name, version) = package.rsplit_once('@').unwrap();
            let text = std::fs::read_to_string(modules.join(name).join("package.json"));
            text.is_ok_and(|it| it.contains(&format!("\"version\": \"{version}\"")))
        };
        let ready = || PACKAGES.iter().all(|it| version(it));
        let install =
            ["install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"];
        let made = ready()
            || works(Command::new("npm").args(install).arg(&home).args(PACKAGES)) && ready();
        if !made {
            missing(&format!("npm with {}", PACKAGES.join(" and ")));
        }
        made.then_some(Self { chromium, modules })
    }
}
