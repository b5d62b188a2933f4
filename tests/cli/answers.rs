//! Runs every command of the sessions with `--json`: the answer is one JSON document, of the form that
//! `space schema` prints for it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    process::Command,
};

use jsonschema::Validator;
use serde_json::Value;
use space::cli::answers;

use super::hints::{Desk, commands};

/// Commands whose answer is a document a line.
const LINES: [&str; 2] = ["activity export", "activity tail"];

/// Flags that ask for another form than JSON, or for what is no answer.
const OTHER_FORMS: [&str; 11] = [
    "--csv",
    "--svg",
    "--markdown",
    "--html",
    "--help",
    "--version",
    "-h",
    "--format",
    "--script",
    "--receive",
    "--auto",
];

/// Commands that print something else.
const NO_ANSWERS: [&str; 6] = ["completions", "demo", "man", "merge-file", "door run", "schema"];

#[test]
fn every_answer_is_as_its_schema_says() {
    let validators: BTreeMap<&str, Validator> = answers::all()
        .iter()
        .map(|it| (it.command, jsonschema::validator_for(it.schema().as_value()).unwrap()))
        .collect();
    let pages = super::pages();
    let validators = &validators;
    let each: Vec<(Vec<String>, BTreeSet<String>)> = std::thread::scope(|scope| {
        let running: Vec<_> =
            pages.iter().map(|page| scope.spawn(move || walk(page, validators))).collect();
        running.into_iter().map(|page| page.join().unwrap()).collect()
    });
    let (wrong, tried): (Vec<_>, Vec<_>) = each.into_iter().unzip();
    let wrong: Vec<String> = wrong.into_iter().flatten().collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    let tried: BTreeSet<String> = tried.into_iter().flatten().collect();
    assert!(tried.len() > 100, "only {} commands answered: {tried:?}", tried.len());
}

/// Goes through a page; returns what is wrong, and which commands have answered.
fn walk(page: &Path, validators: &BTreeMap<&str, Validator>) -> (Vec<String>, BTreeSet<String>) {
    let desk = Desk::new(page);
    let (mut wrong, mut answered) = (Vec::new(), BTreeSet::new());
    for line in commands(&fs::read_to_string(page).unwrap()) {
        let Some(name) = answering(&line, validators) else {
            desk.run(&line, &desk.folder());
            continue;
        };
        let with_json = match line.contains("--json") {
            true => line.clone(),
            false => format!("{line} --json"),
        };
        let output = desk.run(&with_json, &desk.folder());
        let (out, err) =
            (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        let at = |why: &str| format!("{}: `{with_json}`: {why}\n{out}{err}", page.display());
        // A command may fail after its answer: a check that has found errors.
        if out.is_empty() {
            let begins = err.find("{\n").unwrap_or_default();
            match serde_json::from_str::<Value>(&err[begins..]) {
                Ok(error) if !output.status.success() => {
                    if let Err(why) = validators["error"].validate(&error) {
                        wrong.push(at(&why.to_string()));
                    }
                }
                _ => wrong.push(at("no answer")),
            }
            continue;
        }
        let documents: Result<Vec<Value>, _> =
            serde_json::Deserializer::from_str(&out).into_iter().collect();
        match documents {
            Ok(all) if all.len() == 1 || LINES.contains(&name) => {
                for answer in all {
                    for why in validators[name].iter_errors(&answer) {
                        wrong.push(at(&format!("{}: {why}", why.instance_path())));
                    }
                }
            }
            _ => wrong.push(at("not one document")),
        }
        answered.insert(name.to_owned());
    }
    (wrong, answered)
}

/// Returns which command answers, if it is only one and a program could have asked.
fn answering<'n>(line: &str, validators: &BTreeMap<&'n str, Validator>) -> Option<&'n str> {
    if line.contains(['|', '>', ';', '&', '$', '\n']) || line.contains("<<") {
        return None;
    }
    let mut words = line.split(' ').peekable();
    if words.next() != Some("space") {
        return None;
    }
    if OTHER_FORMS.iter().any(|flag| line.contains(flag)) {
        return None;
    }
    let mut plain: Vec<&str> = Vec::new();
    while let Some(word) = words.next() {
        match word {
            "-C" => drop(words.next()),
            "--json" => {}
            word if word.starts_with('-') => break,
            word => plain.push(word),
        }
    }
    let known = |length: &usize| {
        let name = plain[..*length].join(" ");
        let name = singular(&name);
        validators.keys().find(|it| **it == name).copied()
    };
    let name = (1..=plain.len().min(3)).rev().find_map(|length| known(&length))?;
    (!NO_ANSWERS.contains(&name)).then_some(name)
}

/// Commands may be written in the plural.
fn singular(name: &str) -> String {
    let (noun, verb) = name.split_once(' ').unwrap_or((name, ""));
    let noun = match noun {
        "activities" => "activity",
        "facilities" => "facility",
        "classes" => "class",
        "members" | "credentials" | "requirements" | "meters" | "zones" | "channels" | "tiers"
        | "inductions" | "payments" | "notices" | "reports" | "services" | "processors" => {
            &noun[..noun.len() - 1]
        }
        noun => noun,
    };
    format!("{noun} {verb}").trim_end().to_owned()
}

/// Fields with any content: records as they are in files, and what a person decides about.
const ANY: [&str; 11] = [
    "after",
    "before",
    "links",
    "ours",
    "records",
    "review",
    "sent_but_not_recorded",
    "sessions",
    "theirs",
    "value",
    "counts",
];

#[test]
fn a_field_of_an_answer_has_one_type() {
    let mut wrong = Vec::new();
    for answer in answers::all() {
        let schema = answer.schema();
        let root = schema.as_value();
        for form in forms(root, root) {
            let mut fields = BTreeMap::new();
            collect(form, root, "", &mut fields, 0);
            for (field, types) in fields {
                let last = field.rsplit('.').next().unwrap().trim_end_matches("[]");
                let any = types.is_empty() && !ANY.contains(&last);
                if types.len() > 1 || any {
                    wrong.push(format!("{}: {field}: {types:?}", answer.command));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Returns the forms of an answer that a program asks for by different flags.
fn forms<'s>(schema: &'s Value, root: &'s Value) -> Vec<&'s Value> {
    if let Some(name) = schema["$ref"].as_str() {
        return forms(root.pointer(name.strip_prefix('#').unwrap()).unwrap(), root);
    }
    match schema["anyOf"].as_array() {
        Some(several) => several.iter().flat_map(|it| forms(it, root)).collect(),
        None => vec![schema],
    }
}

/// Collects the types of each field but null, over all forms that the schema allows.
fn collect<'s>(
    schema: &'s Value,
    root: &'s Value,
    at: &str,
    fields: &mut BTreeMap<String, BTreeSet<&'s str>>,
    depth: usize,
) {
    assert!(depth < 40, "{at} has no end");
    if let Some(name) = schema["$ref"].as_str() {
        let target = root.pointer(name.strip_prefix('#').unwrap()).unwrap();
        collect(target, root, at, fields, depth + 1);
    }
    let here = fields.entry(at.to_owned()).or_default();
    match &schema["type"] {
        Value::String(one) => drop(here.insert(one)),
        Value::Array(several) => here.extend(several.iter().filter_map(Value::as_str)),
        _ => {}
    }
    // A whole number is a number.
    if here.contains("number") {
        here.remove("integer");
    }
    here.remove("null");
    for form in ["anyOf", "oneOf", "allOf"] {
        for it in schema[form].as_array().into_iter().flatten() {
            collect(it, root, at, fields, depth + 1);
        }
    }
    for (name, it) in schema["properties"].as_object().into_iter().flatten() {
        collect(it, root, &format!("{at}.{name}"), fields, depth + 1);
    }
    for inner in ["items", "additionalProperties"] {
        if schema[inner].is_object() {
            collect(&schema[inner], root, &format!("{at}[]"), fields, depth + 1);
        }
    }
    for (_, it) in schema["patternProperties"].as_object().into_iter().flatten() {
        collect(it, root, &format!("{at}[]"), fields, depth + 1);
    }
}

/// What programs get on standard error is JSON, whoever refuses.
#[test]
fn a_command_that_is_not_understood_is_an_error_for_programs_too() {
    let run =
        |args: &[&str]| Command::new(env!("CARGO_BIN_EXE_space")).args(args).output().unwrap();
    for args in [&["member", "liste", "--json"][..], &["--json", "member", "show"]] {
        let output = run(args);
        assert_eq!(output.status.code(), Some(1));
        assert!(output.stdout.is_empty());
        let error: Value = serde_json::from_slice(&output.stderr).unwrap();
        let schema = answers::all().into_iter().find(|it| it.command == "error").unwrap().schema();
        assert!(jsonschema::is_valid(schema.as_value(), &error), "{error}");
        assert_eq!(error["error"]["kind"], "user");
    }
    let error: Value = serde_json::from_slice(&run(&["member", "liste", "--json"]).stderr).unwrap();
    assert_eq!(error["error"]["message"], "unrecognized subcommand 'liste'");
    assert_eq!(error["error"]["hint"], "a similar subcommand exists: 'list'");
}
