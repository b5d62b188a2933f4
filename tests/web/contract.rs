//! The interface for programs against its own description, by an external tester.

use std::{fs, process::Command};

use crate::{program::configure, python::python, world::World};

/// What the rules of a space refuse is valid by the description, which cannot know the records; and a
/// commit that does not exist is refused whatever else is wrong.
const CONFIG: &str = "[checks]\n\
                      positive_data_acceptance.expected-statuses = [\"2xx\", \"4xx\"]\n\
                      negative_data_rejection.expected-statuses = [\"4xx\"]\n";

#[test]
fn what_is_answered_is_as_described() {
    let Some(python) = python("schemathesis", &["schemathesis"], "schemathesis") else { return };
    let world = World::new();
    let all = ["decisions", "activity", "records", "changes", "payments"];
    let tokens = configure(&world, &[("tester", &all)]);
    let web = world.web();
    let config = world.config().with_file_name("schemathesis.toml");
    fs::write(&config, CONFIG).unwrap();
    let tested = Command::new(python.with_file_name("st"))
        .current_dir(world.config().parent().unwrap())
        .arg("--config-file")
        .arg(&config)
        .arg("run")
        .arg(format!("{}/api/v1/openapi.json", web.url))
        .args(["--header", &format!("Authorization: Bearer {}", tokens[0])])
        .args(["--seed", "1", "--max-examples", "10", "--phases", "examples,coverage,fuzzing"])
        .args(["--suppress-health-check", "all", "--continue-on-failure"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&tested.stdout);
    assert!(tested.status.success(), "{said}{}", String::from_utf8_lossy(&tested.stderr));
    // Whatever came, the records are sound.
    world.good(&["check"]);
}
