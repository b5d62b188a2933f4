//! Files that only the user and their group may read.

/// Keeps other users of this machine from reading what this process creates from now on: members'
/// data, exports, the repository.
pub(super) fn exclude_others() {
    #[cfg(unix)]
    {
        use rustix::{fs::Mode, process::umask};
        let before = umask(Mode::RWXG | Mode::RWXO); // the only way to read it is to replace it
        umask(before | Mode::RWXO);
    }
}
