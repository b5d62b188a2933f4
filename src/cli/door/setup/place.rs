//! Where the parts of a door's machine are, and whose they are: as the package has them.

use std::path::Path;

/// The user who fetches, and the only one with a network.
pub(super) const FETCHER: &str = "space-fetch";

/// The user who opens doors.
pub(super) const OPENER: &str = "space-door";

/// The private half of the key that the server lets in.
pub(super) const DEPLOY_KEY: &str = "/var/lib/space-fetch/.ssh/id_ed25519";

/// Its public half.
pub(super) const PUBLIC_KEY: &str = "/var/lib/space-fetch/.ssh/id_ed25519.pub";

/// The host keys that the fetcher trusts.
pub(super) const KNOWN_HOSTS: &str = "/var/lib/space-fetch/.ssh/known_hosts";

/// The host key that a server has shown and that nobody has confirmed yet.
pub(super) const OFFERED: &str = "/var/lib/space-fetch/.ssh/offered_host";

/// The copy of the shared repository that is fetched into.
pub(super) const MIRROR: &str = "/var/lib/space-fetch/mirror.git";

/// The clone that the door decides by.
pub(super) const RECORDS: &str = "/var/lib/space/space.git";

/// The configuration of the machine.
pub(super) const CONFIG: &str = crate::config::PATH;

/// The socket of the door while it is tried.
pub(super) const TRIAL_SOCKET: &str = "/var/lib/space/trial.sock";

/// The units that make a door of the machine: the first fetches, the second opens.
pub(super) const UNITS: [&str; 2] = ["space-fetch.timer", "space-door.service"];

/// What a clone is called until it is whole.
pub(super) fn unfinished(path: &str) -> String {
    format!("{path}.new")
}

/// Returns where a user is at home.
pub(super) fn home(user: &str) -> &'static Path {
    Path::new(match user {
        FETCHER => "/var/lib/space-fetch",
        OPENER => "/var/lib/space",
        _ => "/root",
    })
}
