//! Finds what may be codes in a file that cannot be read as a credential.

use git2::Oid;

use crate::{
    domain::model::{CodeHash, budget},
    store::objects::{database::Database, tree::Mode},
};

/// How many digits a code has.
const DIGITS: usize = 32;

/// Lists everything that looks like a code in a file, or in the files of a folder; nothing in what
/// cannot be read at all.
pub(super) fn codes(database: Database<'_>, mode: Mode, id: Oid) -> Vec<CodeHash> {
    let (mut codes, mut open) = (Vec::new(), vec![(mode, id)]);
    // How much there may be below a folder is checked before anything of a commit is used.
    for _ in 0..=budget::IN_MEMBER {
        match open.pop() {
            None => break,
            Some((Mode::Module, _)) => {}
            Some((Mode::Folder, id)) => {
                if let Ok(tree) = database.tree(id) {
                    open.extend(tree.entries().map(|it| (it.mode, it.id)));
                }
            }
            Some((Mode::File | Mode::Executable | Mode::Link, id)) => {
                if let Ok(Some(bytes)) = database.short_file(id, budget::MEMBER_RECORD_BYTES) {
                    codes.extend(find_codes(&bytes));
                }
            }
        }
    }
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// Finds what looks like a code, in quotes or not, since the file may no longer be JSON.
fn find_codes(bytes: &[u8]) -> impl Iterator<Item = CodeHash> {
    let runs = bytes.split(|byte| !byte.is_ascii_hexdigit()).filter(|it| it.len() == DIGITS);
    runs.filter_map(|it| std::str::from_utf8(it).ok()?.to_ascii_lowercase().parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_found_whatever_became_of_the_file_around_it() {
        let code = "00112233445566778899aabbccddeeff";
        let whole = format!("{{\"type\": \"fob\", \"code\": \"{code}\", \"grants\": []}}");
        let upper = code.to_ascii_uppercase();
        for text in [
            whole.as_str(),
            &whole[..60],
            code,
            &format!("<<<<<<< HEAD\n\"code\": \"{code}\",\n=======\n"),
            &format!("\u{feff}code: {upper};"),
        ] {
            let found: Vec<CodeHash> = find_codes(text.as_bytes()).collect();
            assert_eq!(found, [code.parse().unwrap()], "{text}");
        }
        for text in ["", "{", &code[1..], &format!("{code}0")] {
            assert_eq!(find_codes(text.as_bytes()).count(), 0, "{text}");
        }
    }
}
