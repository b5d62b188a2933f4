//! Commands in what is printed, completed by the folder that was named, so that they run as printed.

use std::{borrow::Cow, path::Path, sync::OnceLock};

/// What `-C` named on the command line of this process, as one word for a shell.
static FOLDER: OnceLock<String> = OnceLock::new();

/// How a command is given as the user who owns the space, if this process speaks to somebody else.
static USER: OnceLock<String> = OnceLock::new();

/// What a command begins with that concerns no folder, or names it itself.
const ANYWHERE: [&str; 5] = ["-C ", "clone ", "config --global ", "init ", "--version"];

/// What stands behind a command that is for another machine.
const ELSEWHERE: &str = "` on a machine";

/// Remembers the folder that was named on the command line.
pub(in crate::cli) fn remember(folder: &Path) {
    if folder != Path::new(".") {
        // A process has one command line.
        let _ = FOLDER.set(word(&folder.display().to_string()));
    }
}

/// Tells whether a folder was named on the command line.
pub(in crate::cli) fn names_folder() -> bool {
    FOLDER.get().is_some()
}

/// Remembers how a command is given as the user who owns the space: `sudo -u space-door`.
pub(in crate::cli) fn speak_for(user: String) {
    // A process speaks for one user.
    let _ = USER.set(user);
}

/// Completes the commands in a text, which stand between backquotes.
#[must_use]
pub(in crate::cli) fn complete(text: &str) -> Cow<'_, str> {
    let user = USER.get().map_or("", String::as_str);
    FOLDER.get().map_or(Cow::Borrowed(text), |folder| completed(text, folder, user))
}

/// Quotes a word for a shell, if it needs that.
#[must_use]
pub(in crate::cli) fn word(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/._-+:@~,=".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

fn completed<'t>(text: &'t str, folder: &str, user: &str) -> Cow<'t, str> {
    let mut whole = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('`') {
        whole.push_str(before);
        whole.push('`');
        rest = after;
        let Some(end) = rest.find('`') else { break };
        let (command, behind) = rest.split_at(end);
        let name = ["space ", "git "].into_iter().find(|name| command.starts_with(name));
        let arguments = name.and_then(|name| command.strip_prefix(name));
        match (name, arguments) {
            (Some(name), Some(arguments))
                if !behind.starts_with(ELSEWHERE)
                    && !ANYWHERE.iter().any(|start| arguments.starts_with(start)) =>
            {
                let user = if user.is_empty() { String::new() } else { format!("{user} ") };
                // The shell reads the file, since that user may not be able to.
                let arguments = match arguments {
                    "key import space.key" if !user.is_empty() => "key import < space.key",
                    other => other,
                };
                whole.push_str(&format!("{user}{name}-C {folder} {arguments}"));
            }
            _ => whole.push_str(command),
        }
        whole.push('`');
        rest = &behind[1..];
    }
    if whole.is_empty() {
        return Cow::Borrowed(text);
    }
    whole.push_str(rest);
    Cow::Owned(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_goes_into_each_command_that_concerns_it_once() {
        for (text, whole) in [
            ("`space check` shows it", "`space -C makers check` shows it"),
            (
                "run `git fetch`, then `space sync`",
                "run `git -C makers fetch`, then `space -C makers sync`",
            ),
            (
                "`tier` is no tier; `space tier list`",
                "`tier` is no tier; `space -C makers tier list`",
            ),
            ("`git clone URL`", "`git clone URL`"),
            ("`space -C there check`", "`space -C there check`"),
            (
                "`space key export` on a machine that has it",
                "`space key export` on a machine that has it",
            ),
            ("a ` alone", "a ` alone"),
            ("nothing", "nothing"),
        ] {
            assert_eq!(completed(text, "makers", ""), whole);
            assert_eq!(completed(whole, "makers", ""), whole, "once is enough");
        }
    }

    #[test]
    fn a_command_is_given_as_the_owner_once() {
        let user = "sudo -u space-door";
        for (text, whole) in [
            ("`space check HEAD` shows", "`sudo -u space-door space -C /srv check HEAD` shows"),
            ("`chmod 600 /srv/key`", "`chmod 600 /srv/key`"),
            (
                "then `space key import space.key` here",
                "then `sudo -u space-door space -C /srv key import < space.key` here",
            ),
        ] {
            assert_eq!(completed(text, "/srv", user), whole);
            assert_eq!(completed(whole, "/srv", user), whole);
        }
    }

    #[test]
    fn a_folder_with_any_name_is_one_word() {
        for (name, quoted) in
            [("makers", "makers"), ("our space", "'our space'"), ("o'hara", r"'o'\''hara'")]
        {
            assert_eq!(word(name), quoted);
        }
    }
}
