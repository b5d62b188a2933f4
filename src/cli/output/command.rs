//! Commands in what is printed, completed by the folder that was named, so that they run as printed.

use std::{borrow::Cow, path::Path, sync::OnceLock};

/// What `-C` named on the command line of this process, as one word for a shell.
static FOLDER: OnceLock<String> = OnceLock::new();

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

/// Completes the commands in a text, which stand between backquotes.
#[must_use]
pub(in crate::cli) fn complete(text: &str) -> Cow<'_, str> {
    FOLDER.get().map_or(Cow::Borrowed(text), |folder| completed(text, folder))
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

fn completed<'t>(text: &'t str, folder: &str) -> Cow<'t, str> {
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
                whole.push_str(&format!("{name}-C {folder} {arguments}"));
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
            assert_eq!(completed(text, "makers"), whole);
            assert_eq!(completed(whole, "makers"), whole, "once is enough");
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
