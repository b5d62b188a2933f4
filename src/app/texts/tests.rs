//! Every text is there in every language, with the same values, and somebody uses it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::PathBuf,
};

use super::*;

/// Returns the names of the texts of a language, each with the values that are filled in.
fn texts(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current = String::new();
    for line in source(language).lines() {
        if let Some((name, _)) = line.split_once(" =").filter(|_| !line.starts_with([' ', '#'])) {
            name.clone_into(&mut current);
            assert!(found.insert(current.clone(), BTreeSet::new()).is_none(), "{name} twice");
        }
        for part in line.split('$').skip(1) {
            let end = part.find(|c: char| !c.is_ascii_alphanumeric() && c != '-');
            let value = &part[..end.unwrap_or(part.len())];
            found.get_mut(&current).unwrap().insert(value.to_owned());
        }
    }
    assert!(found.len() > 5);
    found
}

/// Returns the sources that may use texts, as one.
fn sources() -> String {
    let mut open = ["src/app", "src/web", "src/cli"].map(PathBuf::from).to_vec();
    let mut all = String::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(path).unwrap().map(|it| it.unwrap().path()));
        } else if path.extension().is_some_and(|it| it == "rs") && !path.ends_with("texts/tests.rs")
        {
            all += &fs::read_to_string(path).unwrap();
        }
    }
    all
}

#[test]
fn every_file_can_be_read() {
    for language in Language::ALL {
        let read = FluentResource::try_new(source(*language).to_owned());
        assert!(read.is_ok(), "{language}: {:?}", read.err().map(|(_, errors)| errors));
    }
}

/// A text that a language lacks, or has with other values, fails here.
#[test]
fn every_language_has_every_text_with_the_same_values() {
    let english = texts(Language::English);
    for language in Language::ALL {
        assert_eq!(texts(*language), english, "{language}");
    }
}

/// A family of texts, such as `reason-expired`, is used by the beginning of its name.
#[test]
fn every_text_is_used() {
    let sources = sources();
    let unused: Vec<String> = texts(Language::English)
        .into_keys()
        .filter(|name| {
            let families = name.match_indices('-').map(|(end, _)| &name[..=end]);
            let mut uses = families.map(|it| format!("\"{it}{{"));
            !sources.contains(&format!("\"{name}\"")) && !uses.any(|it| sources.contains(&it))
        })
        .collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn every_text_that_is_used_exists() {
    let (sources, texts) = (sources(), texts(Language::English));
    let mut used = 0;
    for call in ["texts.say(", "texts.fill(", "texts.count("] {
        for (at, _) in sources.match_indices(call) {
            let rest = sources[at + call.len()..].trim_start();
            let Some((name, _)) = rest.strip_prefix('"').and_then(|it| it.split_once('"')) else {
                continue;
            };
            // A name that is put together is looked for by the other test.
            if name.is_empty()
                || name
                    .contains(|c: char| !c.is_ascii_lowercase() && !c.is_ascii_digit() && c != '-')
            {
                continue;
            }
            used += 1;
            assert!(texts.contains_key(name), "there is no text `{name}`");
        }
    }
    assert!(used > 5);
}

#[test]
fn days_and_amounts_are_written_as_is_usual() {
    let day = jiff::civil::date(2026, 3, 1);
    let [english, german] = [Language::English, Language::German].map(Texts::of);
    assert_eq!((english.day(day), german.day(day)), ("1 March 2026".into(), "1.3.2026".into()));
    let [euro, pound] = ["EUR", "GBP"].map(Currency::named);
    assert_eq!(english.money(&euro, 1250), "€12.50");
    assert_eq!(german.money(&euro, 1250), "12,50 €");
    assert_eq!(german.money(&pound, -5), "-0,05 GBP");
}
