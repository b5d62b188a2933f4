//! One step of the setup: what it is for, and everything that it does.

use std::fmt::Write as _;

use schemars::JsonSchema;
use serde::Serialize;

use crate::cli::output::command::word;

/// A step, which can be read before it is taken.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub(super) struct Step {
    /// How it is taken.
    #[serde(skip)]
    pub(super) kind: Kind,
    /// What it is for, as a sentence without a full stop.
    pub(super) what: String,
    /// What it does, in order.
    pub(super) acts: Vec<Act>,
}

/// How a step is taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// Everything in order.
    Plain,
    /// Until the server lets this machine in.
    Admission,
    /// With the key of the space as the input of its command.
    Key,
    /// With a person at the reader.
    Trial,
}

/// One thing that a step does.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Act {
    /// A command, as a user of this machine.
    Run {
        /// Who gives it.
        user: &'static str,
        /// The program and its arguments.
        command: Vec<String>,
    },
    /// A file of root's.
    Write {
        /// Where it is.
        path: &'static str,
        /// Who may read it, as for `chmod`.
        mode: u32,
        /// Its content.
        text: String,
        /// What is there so far.
        before: Option<String>,
    },
    /// What people do, or what is decided meanwhile.
    Note(String),
}

/// The user who may do everything.
pub(super) const ROOT: &str = "root";

/// Makes a command of a user.
pub(super) fn run<const N: usize>(user: &'static str, command: [&str; N]) -> Act {
    Act::Run { user, command: command.map(str::to_owned).to_vec() }
}

impl Step {
    /// Makes a step whose acts are done in order.
    pub(super) fn plain(what: impl Into<String>, acts: Vec<Act>) -> Self {
        Self { kind: Kind::Plain, what: what.into(), acts }
    }

    /// Describes the step in lines: what for, then each command, file and owner.
    pub(super) fn words(&self, number: usize) -> String {
        let mut text = format!("{number}. {}\n", self.what);
        for act in &self.acts {
            // Writing to a string cannot fail.
            let _ = match act {
                Act::Run { user, command } => {
                    let line: Vec<String> = command.iter().map(|it| word(it)).collect();
                    writeln!(text, "     as {user}: {}", line.join(" "))
                }
                Act::Write { path, mode, text: content, before } => {
                    let how = if before.is_some() { "changes" } else { "is new" };
                    let _ = writeln!(text, "     {path} {how}, root:root, mode {mode:04o}:");
                    lines(&mut text, before.as_deref().unwrap_or_default(), content)
                }
                Act::Note(words) => writeln!(text, "     {words}"),
            };
        }
        text
    }
}

/// Writes the lines of a file, and which of them come and go.
fn lines(to: &mut String, before: &str, after: &str) -> std::fmt::Result {
    use similar::{ChangeTag, TextDiff};
    for line in TextDiff::from_lines(before, after).iter_all_changes() {
        let mark = match line.tag() {
            _ if before.is_empty() => '|',
            ChangeTag::Insert => '+',
            ChangeTag::Delete => '-',
            ChangeTag::Equal => ' ',
        };
        let whole = format!("       {mark} {}", line.value().trim_end_matches('\n'));
        writeln!(to, "{}", whole.trim_end())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_is_done_can_be_read() {
        let write = |before: Option<&str>| Act::Write {
            path: "/etc/space/door.toml",
            mode: 0o644,
            text: "a\nc\n".into(),
            before: before.map(Into::into),
        };
        let acts = vec![run("space-door", ["rm", "our file"]), write(None), write(Some("a\nb\n"))];
        let words = Step::plain("Do it", acts).words(3);
        assert_eq!(
            words,
            "3. Do it\n\
             \x20    as space-door: rm 'our file'\n\
             \x20    /etc/space/door.toml is new, root:root, mode 0644:\n\
             \x20      | a\n\
             \x20      | c\n\
             \x20    /etc/space/door.toml changes, root:root, mode 0644:\n\
             \x20        a\n\
             \x20      - b\n\
             \x20      + c\n"
        );
    }
}
