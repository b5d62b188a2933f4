//! A real server of ssh, which whoever tests may log in to with the keys in a file.

use std::{
    ffi::OsStr,
    fs,
    net::TcpListener,
    os::fd::OwnedFd,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
};

/// Starts a server whose files are in a folder; `authorized` has the keys that it lets in, and `path` are
/// the folders of the programs that can be run there. Returns its port; where there is no sshd, the test is
/// skipped.
pub(crate) fn start(dir: &Path, authorized: &Path, path: &OsStr) -> Option<u16> {
    let program = ["/usr/sbin/sshd", "/usr/local/sbin/sshd"].map(PathBuf::from);
    let Some(sshd) = program.into_iter().find(|it| it.is_file()) else {
        crate::part::missing("sshd, for a remote over ssh");
        return None;
    };
    // Without this folder it does not start as root, and who is not root does not need it.
    let _ = fs::create_dir("/run/sshd");
    let key = dir.join("host");
    let mut keygen = Command::new("ssh-keygen");
    let made = keygen.args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(&key).status().unwrap();
    assert!(made.success());
    let config = dir.join("sshd_config");
    let text = format!(
        "HostKey {}\nAuthorizedKeysFile {}\nUsePAM no\nStrictModes no\nPidFile none\n\
         PermitRootLogin prohibit-password\nLogLevel QUIET\nSetEnv PATH={} SPACE_NOW=2026-03-02T18:00:00Z\n",
        key.display(),
        authorized.display(),
        path.to_string_lossy(),
    );
    fs::write(&config, text).unwrap();
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for line in listener.incoming().flatten() {
            // One for each connection, as inetd starts it.
            let ends = [line.try_clone().unwrap(), line].map(OwnedFd::from);
            let [input, output] = ends.map(Stdio::from);
            let mut server = Command::new(&sshd);
            server.arg("-i").arg("-f").arg(&config);
            let server = server.stdin(input).stdout(output).stderr(Stdio::null()).spawn();
            // The client says what went wrong.
            thread::spawn(move || server.map(|mut it| it.wait()));
        }
    });
    Some(port)
}
