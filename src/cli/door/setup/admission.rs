//! Waits until the server lets this machine in: its host key is confirmed, and it is given ours.

use std::{fs, process::Output};

use super::{
    args::Args,
    hand,
    place::{FETCHER, KNOWN_HOSTS, OFFERED, PUBLIC_KEY},
    plan::SILENT_SSH,
    step::{Act, Step},
};
use crate::cli::{CliError, Context, input::prompt};

/// How a server answers.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Answer {
    /// It shows its branches.
    In,
    /// It shows its branches, and `main` is not among them.
    NoMain,
    /// Nobody has confirmed its host key.
    Stranger,
    /// Its host key is another one than it was.
    Changed,
    /// It does not know our key.
    Refused,
    /// Something else, in git's words.
    Failed(String),
}

/// Asks the server until it answers as it should.
///
/// # Errors
/// Fails if nobody is there to do what it needs, or if its host key is not the right one.
pub(super) fn wait(ctx: &Context, args: &Args, step: &Step) -> Result<(), CliError> {
    let Some(Act::Run { user, command }) = step.acts.first() else { return Ok(()) };
    loop {
        let (words, hint) = match judge(&hand::output(user, command, None)?) {
            Answer::In => return Ok(()),
            Answer::Stranger => {
                introduce(ctx, args, command)?;
                continue;
            }
            Answer::NoMain => {
                return Err(CliError::user("the repository there has no branch `main`")
                    .hint("a door follows `main`: push the records to it"));
            }
            Answer::Changed => {
                return Err(CliError::user(
                    "the host key of the server is another one than it was",
                )
                .hint(format!(
                    "find out why; if it is right, remove the old one from {KNOWN_HOSTS}"
                )));
            }
            Answer::Refused => (
                "the server does not let this machine in yet".to_owned(),
                "give it the key, then run the command again",
            ),
            Answer::Failed(why) => (
                format!("the server cannot be reached: {why}"),
                "see to it, then run the command again",
            ),
        };
        let key = fs::read_to_string(PUBLIC_KEY).unwrap_or_default();
        ctx.warn(&words)?;
        ctx.warn(format!("this is the key to let in, for reading only:\n\n{}\n", key.trim_end()))?;
        ctx.warn(
            "where: under `Deploy keys` in the settings of the repository, or as a line of \
             ~/.ssh/authorized_keys of the user there",
        )?;
        if !args.asks() {
            return Err(CliError::user(words).hint(hint));
        }
        prompt::line("Press Enter once that is done", None)?;
    }
}

/// Shows the fingerprint of a server that is new here, and trusts it if somebody confirms it.
fn introduce(ctx: &Context, args: &Args, ask: &[String]) -> Result<(), CliError> {
    let shell = |line: &str| hand::does(FETCHER, &["sh", "-c", line].map(ToOwned::to_owned));
    shell(&format!("rm -f {OFFERED}"))?;
    // Only the host key is of interest; whether it lets us in is seen later.
    let look =
        format!("{SILENT_SSH} -o StrictHostKeyChecking=accept-new -o UserKnownHostsFile={OFFERED}");
    let ask = ask.iter().map(|it| if it == SILENT_SSH { look.clone() } else { it.clone() });
    let asked = hand::output(FETCHER, &ask.collect::<Vec<_>>(), None)?;
    let Ok(shown) = shell(&format!("ssh-keygen -l -f {OFFERED}")) else {
        let why = hand::last_words(&asked);
        return Err(CliError::user(format!("the server does not show its host key: {why}")));
    };
    let shown = shown.trim_end();
    let right = match &args.host_key {
        Some(expected) => shown.split_whitespace().any(|it| it == expected),
        None if args.asks() => {
            ctx.warn(format!("the server is new here, and shows this host key:\n\n{shown}\n"))?;
            ctx.warn("its admin sees it by `ssh-keygen -l -f /etc/ssh/ssh_host_ed25519_key.pub` on a machine of theirs; others publish it")?;
            prompt::confirm("Is that the right one?")?
        }
        None => {
            return Err(CliError::user(format!(
                "nobody has confirmed the server's host key: {shown}"
            ))
            .hint("if it is right, give its fingerprint: --host-key SHA256:…"));
        }
    };
    if !right {
        shell(&format!("rm -f {OFFERED}"))?;
        return Err(CliError::user(format!("this is not the right server: it shows {shown}"))
            .hint("see whether its address is right, and who answers there"));
    }
    shell(&format!("cat {OFFERED} >> {KNOWN_HOSTS} && rm {OFFERED}")).map(drop)
}

/// Judges what git said.
fn judge(output: &Output) -> Answer {
    let said = String::from_utf8_lossy(&output.stderr);
    if output.status.success() {
        let heads = String::from_utf8_lossy(&output.stdout);
        let main = heads.lines().any(|line| line.ends_with("\trefs/heads/main"));
        return if main { Answer::In } else { Answer::NoMain };
    }
    if said.contains("HOST IDENTIFICATION HAS CHANGED") {
        Answer::Changed
    } else if said.contains("Host key verification failed") {
        Answer::Stranger
    } else if said.contains("Permission denied") || said.contains("Repository not found") {
        Answer::Refused
    } else {
        let first = said.lines().find(|line| !line.trim().is_empty());
        Answer::Failed(first.unwrap_or("git says nothing").to_owned())
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::process::ExitStatusExt as _;

    use super::*;

    #[test]
    fn what_git_says_is_understood() {
        let judged = |code: i32, stdout: &str, stderr: &str| {
            let status = std::process::ExitStatus::from_raw(code << 8);
            judge(&Output { status, stdout: stdout.into(), stderr: stderr.into() })
        };
        assert_eq!(judged(0, "0a1b\trefs/heads/main\n", ""), Answer::In);
        assert_eq!(judged(0, "0a1b\trefs/heads/master\n", ""), Answer::NoMain);
        let end = "fatal: Could not read from remote repository.\n";
        for (words, answer) in [
            ("Host key verification failed.\n", Answer::Stranger),
            (
                "@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\nHost key verification failed.\n",
                Answer::Changed,
            ),
            ("git@server: Permission denied (publickey).\n", Answer::Refused),
            ("ERROR: Repository not found.\n", Answer::Refused),
            (
                "ssh: Could not resolve hostname server: Name or service not known\n",
                Answer::Failed(
                    "ssh: Could not resolve hostname server: Name or service not known".into(),
                ),
            ),
        ] {
            assert_eq!(judged(128, "", &format!("{words}{end}")), answer);
        }
    }
}
