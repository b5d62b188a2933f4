//! Providers for one test: real ones, one that lies, and the stand-in for GitHub.

use std::{
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
};

use crate::{
    part::{missing, there, works},
    python::python,
};

/// What the packages from PyPI are, and what is imported of them.
const PYTHON: (&[&str], &str) = (&["oidc-provider-mock", "joserfc"], "oidc_provider_mock, joserfc");

/// The package from npm, at the version that the tests were written for.
const PACKAGE: &str = "oidc-provider@9.13.3";

/// Where browsers are sent back to in these tests.
pub(crate) const REDIRECT: &str = "https://space.example.org/login/back/x";

/// A running provider; it stops with the test.
pub(crate) struct Peer {
    child: Child,
    pub(crate) issuer: String,
}

impl Peer {
    /// The provider from PyPI.
    pub(crate) fn mock() -> Option<Self> {
        let python = python("identity", PYTHON.0, PYTHON.1)?;
        let mut command = Command::new(python);
        command.args(["-m", "oidc_provider_mock", "-p", "0", "-n", "true"]);
        for claims in [
            r#"{"sub": "ada", "email": "ada@example.org", "email_verified": true}"#,
            r#"{"sub": "bob", "email": "bob@example.org", "email_verified": false}"#,
        ] {
            command.args(["--user-claims", claims]);
        }
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let out = BufReader::new(child.stderr.take().unwrap());
        let mut lines = out.lines().map_while(Result::ok);
        let running = lines.find_map(|line| {
            let (_, rest) = line.split_once("running on ")?;
            rest.split(' ').next().map(str::to_owned)
        });
        thread::spawn(move || lines.for_each(drop)); // it must never wait for a reader
        Some(Self { child, issuer: running.unwrap() })
    }

    /// The provider from npm.
    pub(crate) fn node() -> Option<Self> {
        if !there("node", &["--version"]) {
            return None;
        }
        let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("identity-parts");
        let modules = home.join("node_modules");
        let ready = || modules.join("oidc-provider/package.json").exists();
        let install =
            ["install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"];
        let made =
            ready() || works(Command::new("npm").args(install).arg(&home).arg(PACKAGE)) && ready();
        if !made {
            missing(&format!("npm with {PACKAGE}"));
            return None;
        }
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/identity/provider.mjs");
        let mut command = Command::new("node");
        command.arg(script).arg(modules).arg(REDIRECT);
        Some(Self::telling(command))
    }

    /// A provider that lies as the path of its issuer says.
    pub(crate) fn liar() -> Option<Self> {
        let python = python("identity", PYTHON.0, PYTHON.1)?;
        let mut command = Command::new(python);
        command.arg("tests/identity/liar.py");
        let it = Self::telling(command);
        let issuer = format!("http://127.0.0.1:{}", it.issuer);
        let mut it = it;
        it.issuer = issuer;
        Some(it)
    }

    /// Starts a provider that tells where it is in its first line.
    fn telling(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        thread::spawn(move || out.lines().map_while(Result::ok).for_each(drop));
        Self { child, issuer: line.trim().to_owned() }
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
