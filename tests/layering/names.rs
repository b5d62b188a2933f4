//! Reads which names a source file defines, imports and uses.

use std::collections::BTreeSet;

/// The names in a file. Comments, strings and the tests at its end do not count.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// The names that it defines itself.
    pub(crate) items: BTreeSet<String>,
    /// The modules that it declares, and whether they are only for tests.
    pub(crate) modules: Vec<(String, bool)>,
    /// Its imports, and the name of each in the file.
    pub(crate) imports: Vec<Import>,
    /// Every path of more than one name that it uses.
    pub(crate) paths: Vec<Vec<String>>,
}

/// An import, `use a::b as c`; each member of a group is one.
#[derive(Clone, Debug)]
pub(crate) struct Import {
    /// The path as written.
    pub(crate) path: Vec<String>,
    /// Its name in the file.
    pub(crate) name: String,
    /// Whether it is re-exported.
    pub(crate) public: bool,
}

const KEYWORDS: &[&str] =
    &["fn", "struct", "enum", "trait", "type", "const", "static", "union", "mod", "macro_rules"];

impl Names {
    /// Reads a file.
    pub(crate) fn of(text: &str) -> Self {
        let end = text.find("#[cfg(test)]\nmod tests {").unwrap_or(text.len());
        let words = words(&bare(&text[..end]));
        let mut names = Self::default();
        let mut at = 0;
        while at < words.len() {
            at = names.read(&words, at);
        }
        names
    }

    /// Reads what begins at a word, and returns where the next begins.
    fn read(&mut self, words: &[String], at: usize) -> usize {
        let word = words[at].as_str();
        let next = |by: usize| words.get(at + by).map_or("", String::as_str);
        if word == "use" {
            let end = words[at..].iter().position(|it| it == ";").map_or(words.len(), |n| at + n);
            let public = at > 0 && (words[at - 1] == "pub" || words[at - 1] == ")");
            self.import(&words[at + 1..end], &[], public);
            return end + 1;
        }
        if KEYWORDS.contains(&word) && is_name(next(1)) {
            if word == "mod" && next(2) == ";" {
                let test = words[..at]
                    .ends_with(&["#", "[", "cfg", "(", "test", ")", "]"].map(String::from));
                self.modules.push((next(1).to_owned(), test));
            } else {
                self.items.insert(next(1).to_owned());
            }
            return at + 2;
        }
        if word == "macro_rules" && next(1) == "!" {
            self.items.insert(next(2).to_owned());
            return at + 3;
        }
        if is_name(word) && next(1) == "::" && is_name(next(2)) {
            let mut path = vec![word.to_owned()];
            let mut here = at + 1;
            while words.get(here).is_some_and(|it| it == "::")
                && words.get(here + 1).is_some_and(|it| is_name(it))
            {
                path.push(words[here + 1].clone());
                here += 2;
            }
            self.paths.push(path);
            return here;
        }
        at + 1
    }

    fn import(&mut self, words: &[String], before: &[String], public: bool) {
        let mut path = before.to_vec();
        let mut at = 0;
        while at < words.len() {
            match words[at].as_str() {
                "{" => {
                    let (mut depth, mut start) = (0, at + 1);
                    for here in at..words.len() {
                        match words[here].as_str() {
                            "{" => depth += 1,
                            "}" => depth -= 1,
                            _ => {}
                        }
                        let ends = depth == 0 || (depth == 1 && words[here] == ",");
                        if ends && start < here {
                            self.import(&words[start..here], &path, public);
                        }
                        if ends {
                            start = here + 1;
                        }
                    }
                    return;
                }
                "as" => {
                    let name = words[at + 1].clone();
                    self.imports.push(Import { path, name, public });
                    return;
                }
                "::" => {}
                "self" if !path.is_empty() => {}
                name => path.push(name.to_owned()),
            }
            at += 1;
        }
        if let Some(name) = path.last().cloned() {
            self.imports.push(Import { path, name, public });
        }
    }
}

fn is_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Returns the text without comments, strings and characters.
fn bare(text: &str) -> String {
    let all: Vec<char> = text.chars().collect();
    let (mut out, mut at) = (String::new(), 0);
    let from =
        |at: usize, word: &str| word.chars().enumerate().all(|(n, c)| all.get(at + n) == Some(&c));
    while at < all.len() {
        let raw = (all[at] == 'r').then(|| all[at + 1..].iter().take_while(|c| **c == '#').count());
        let raw = raw.filter(|n| all.get(at + 1 + n) == Some(&'"'));
        let glued =
            at > 0 && (all[at - 1].is_alphanumeric() || all[at - 1] == '_') && all[at - 1] != 'b';
        if from(at, "//") {
            at += all[at..].iter().take_while(|c| **c != '\n').count();
        } else if from(at, "/*") {
            while at < all.len() && !from(at, "*/") {
                at += 1;
            }
            at += 2;
        } else if let Some(hashes) = raw.filter(|_| !glued) {
            let end = format!("\"{}", "#".repeat(hashes));
            at += hashes + 2;
            while at < all.len() && !from(at, &end) {
                at += 1;
            }
            at += end.len();
            out.push(' ');
        } else if all[at] == '"' {
            at += 1;
            while at < all.len() && all[at] != '"' {
                at += if all[at] == '\\' { 2 } else { 1 };
            }
            at += 1;
            out.push(' ');
        } else if all[at] == '\'' && (from(at + 1, "\\") || all.get(at + 2) == Some(&'\'')) {
            at += 2;
            while at < all.len() && all[at] != '\'' {
                at += 1;
            }
            at += 1;
            out.push(' ');
        } else {
            out.push(all[at]);
            at += 1;
        }
    }
    out
}

fn words(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = if first.is_alphanumeric() || first == '_' {
            rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())
        } else if rest.starts_with("::") {
            2
        } else {
            first.len_utf8()
        };
        let (word, after) = rest.split_at(length);
        // `r#try` is the name `try`.
        if word == "r" && after.starts_with('#') && after[1..].starts_with(char::is_alphabetic) {
            rest = &after[1..];
            continue;
        }
        found.push(word.to_owned());
        rest = after.trim_start();
    }
    found
}

#[test]
fn names_are_read_from_groups_and_single_paths() {
    let text = "//! Text with crate::nowhere.\nuse crate::{domain::{model::{self, Tag}, ops}, store::Store as S};\n\
                pub mod a;\n#[cfg(test)]\nmod fixture;\nfn f<'a>(x: &'a str) { super::super::g::h(\"crate::no::no\", 'x'); }";
    let names = Names::of(text);
    let imports: Vec<String> =
        names.imports.iter().map(|it| format!("{} {}", it.path.join("::"), it.name)).collect();
    assert_eq!(
        imports,
        [
            "crate::domain::model model",
            "crate::domain::model::Tag Tag",
            "crate::domain::ops ops",
            "crate::store::Store S",
        ]
    );
    assert_eq!(names.modules, [("a".into(), false), ("fixture".into(), true)]);
    assert!(names.items.contains("f"));
    let paths: Vec<String> = names.paths.iter().map(|it| it.join("::")).collect();
    assert_eq!(paths, ["super::super::g::h"]);
}
