//! What each command answers to programs.

use super::{
    activity, backup, bridge, building, channel, chat, class, clone, context, credential, doctor,
    door, drill, dues, facility, guard, induction, init, join, key, maintain, member, merge, meter,
    notice,
    output::{AnswerSchema, answer::OneOf, error::ErrorAnswer, written::WriteAnswer},
    payment, processor, report, requirement, retention, schema, service, settings, status, sync,
    tier, timespec, undo, web, why, zone,
};
use crate::{
    app::{diff::Difference, view},
    domain::model::Finding,
    simulation::Report,
};

/// The commands without verbs, and what all commands have in common.
const ALONE: &[AnswerSchema] = &[
    AnswerSchema::of::<Vec<Finding>>("check"),
    AnswerSchema::of::<clone::Cloned>("clone"),
    AnswerSchema::of::<Difference>("diff"),
    AnswerSchema::of::<Vec<doctor::Diagnosis>>("doctor"),
    AnswerSchema::of::<drill::Drill>("drill"),
    AnswerSchema::of::<ErrorAnswer<'static>>("error"),
    AnswerSchema::of::<init::Created>("init"),
    AnswerSchema::of::<Vec<view::ChangeView>>("log"),
    AnswerSchema::of::<maintain::Maintained>("maintain"),
    AnswerSchema::of::<merge::Merged>("merge"),
    AnswerSchema::of::<WriteAnswer>("migrate"),
    AnswerSchema::of::<WriteAnswer>("redo"),
    AnswerSchema::of::<WriteAnswer>("restore"),
    AnswerSchema::of::<Vec<schema::Row>>("schema"),
    AnswerSchema::of::<OneOf<Report, context::FileWritten>>("simulate"),
    AnswerSchema::of::<status::Status>("status"),
];

/// Returns the schema of each command's answer, and that of a failure, `error`.
#[must_use]
pub fn all() -> Vec<AnswerSchema> {
    let mut all = [
        ALONE,
        activity::ANSWERS,
        backup::ANSWERS,
        bridge::ANSWERS,
        building::ANSWERS,
        channel::ANSWERS,
        chat::ANSWERS,
        class::ANSWERS,
        credential::ANSWERS,
        door::ANSWERS,
        dues::ANSWERS,
        facility::ANSWERS,
        guard::ANSWERS,
        induction::ANSWERS,
        join::ANSWERS,
        key::ANSWERS,
        member::ANSWERS,
        meter::ANSWERS,
        notice::ANSWERS,
        payment::ANSWERS,
        processor::ANSWERS,
        report::ANSWERS,
        requirement::ANSWERS,
        retention::ANSWERS,
        service::ANSWERS,
        settings::ANSWERS,
        sync::ANSWERS,
        tier::ANSWERS,
        timespec::ANSWERS,
        undo::ANSWERS,
        web::ANSWERS,
        why::ANSWERS,
        zone::ANSWERS,
    ]
    .concat();
    all.sort_by_key(|it| it.command);
    all
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::{Command, CommandFactory as _};

    use super::*;
    use crate::cli::Cli;

    /// Commands that answer nobody: they run until they are stopped, or print what is not an answer.
    const WITHOUT: [&str; 13] = [
        "bridge run",
        "building run",
        "chat run",
        "completions",
        "demo",
        "door run",
        "door simulate-board",
        "guard run",
        "man",
        "merge-file",
        "service simulate gocardless",
        "service simulate slack",
        "service simulate stripe",
    ];

    fn collect(command: &Command, path: &str, all: &mut BTreeSet<String>) {
        for it in command.get_subcommands().filter(|it| it.get_name() != "help") {
            let path = format!("{path} {}", it.get_name()).trim().to_owned();
            if !it.has_subcommands() || !it.is_subcommand_required_set() {
                all.insert(path.clone());
            }
            collect(it, &path, all);
        }
    }

    #[test]
    fn every_command_has_a_schema_or_no_answer() {
        let mut commands = BTreeSet::from(["error".to_owned()]);
        collect(&Cli::command(), "", &mut commands);
        let known: BTreeSet<String> = all().iter().map(|it| it.command.to_owned()).collect();
        assert_eq!(known.len(), all().len(), "a command twice");
        let known: BTreeSet<String> = known
            .into_iter()
            .chain(WITHOUT.map(str::to_owned))
            .filter(|it| it != "web run")
            .collect();
        commands.remove("web run");
        assert_eq!(known, commands);
    }
}
