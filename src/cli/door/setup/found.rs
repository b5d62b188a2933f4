//! What is on the machine already, so that a setup that stopped half-way goes on from there.

/// What an earlier setup, or a person, has made.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Found {
    /// The key for the server.
    pub(super) deploy_key: DeployKey,
    /// The address that the mirror was cloned from, if there is a mirror.
    pub(super) mirror: Option<String>,
    /// Whether the door's clone is there.
    pub(super) records: bool,
    /// Whether the door's clone has the key of the space.
    pub(super) key: bool,
    /// Clones that were interrupted.
    pub(super) unfinished: Vec<&'static str>,
    /// The text of the configuration.
    pub(super) config: Option<String>,
    /// Whether the system is run by systemd, so that units can be started.
    pub(super) systemd: bool,
    /// Whether the door runs.
    pub(super) runs: bool,
    /// The name of the machine.
    pub(super) host: String,
}

/// How much of the key for the server is there.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum DeployKey {
    #[default]
    None,
    /// Its public half is missing.
    Private,
    Both,
}
