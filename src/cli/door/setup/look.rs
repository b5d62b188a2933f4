//! Looks at what is on the machine already.

use std::{fs, path::Path, process::Command};

use super::{
    found::{DeployKey, Found},
    place,
};

/// Looks at the machine, as root; others see less.
pub(super) fn look() -> Found {
    let there = |path: &str| Path::new(path).exists();
    let systemd = there("/run/systemd/system");
    Found {
        deploy_key: match (there(place::DEPLOY_KEY), there(place::PUBLIC_KEY)) {
            (false, _) => DeployKey::None,
            (true, false) => DeployKey::Private,
            (true, true) => DeployKey::Both,
        },
        mirror: there(place::MIRROR).then(|| origin().unwrap_or_default()),
        records: there(place::RECORDS),
        key: Path::new(place::RECORDS).join("space/key").exists(),
        unfinished: [place::MIRROR, place::RECORDS]
            .into_iter()
            .filter(|it| there(&place::unfinished(it)))
            .collect(),
        config: fs::read_to_string(place::CONFIG).ok(),
        systemd,
        runs: systemd && succeeds(&["systemctl", "is-active", "--quiet", place::UNITS[1]]),
        host: fs::read_to_string("/etc/hostname")
            .ok()
            .and_then(|it| it.split_whitespace().next().map(ToOwned::to_owned))
            .unwrap_or_else(|| "door".to_owned()),
    }
}

/// Tells whether this user may look into the folders that matter.
pub(super) fn is_hidden() -> bool {
    [place::FETCHER, place::OPENER].iter().any(|user| {
        fs::read_dir(place::home(user))
            .is_err_and(|error| error.kind() == std::io::ErrorKind::PermissionDenied)
    })
}

/// Returns where the mirror was cloned from. Its settings are read as a file, since it belongs to another
/// user.
fn origin() -> Option<String> {
    let file = Path::new(place::MIRROR).join("config");
    let mut git = Command::new("git");
    git.args(["config", "--file"]).arg(file).arg("remote.origin.url");
    let output = git.output().ok().filter(|it| it.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Tells whether a command succeeds.
pub(super) fn succeeds(line: &[&str]) -> bool {
    let [program, arguments @ ..] = line else { return false };
    Command::new(program).args(arguments).output().is_ok_and(|it| it.status.success())
}
