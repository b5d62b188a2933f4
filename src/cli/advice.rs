//! How the command line says what can be done next: with the command that does it.

use crate::domain::model::{
    Advice, Finding, Note,
    advice::{Listed, joined},
};

/// Says what can be done, in one sentence.
#[must_use]
pub fn words(advice: &Advice) -> String {
    match advice {
        Advice::Say(sentence) => sentence.clone(),

        Advice::FindSpace => {
            "go into the folder of the space, name it with -C, or make one: space init".into()
        }
        Advice::MakeSpace => "make a space: space init".into(),
        Advice::MakeSpaceElsewhere => "make a space in an empty folder: space init".into(),
        Advice::BringKey => {
            "on a machine that has it: space key export; then here: space key import".into()
        }
        Advice::UpdateProgram => "update this program (`space --version` says which it is)".into(),
        Advice::Migrate => "`space migrate` brings them up to it".into(),
        Advice::Finish => {
            "nothing is lost: the next command that changes something finishes it, and so does \
             `space maintain`"
                .into()
        }
        Advice::Check => "`space check` says why".into(),
        Advice::FindFault => "find out what is wrong: space check".into(),
        Advice::CheckAll => "space check".into(),
        Advice::CheckTemplates => {
            "`space check` shows what is wrong with the templates and records".into()
        }
        Advice::MendOrUndo => "mend the file, or `space undo` the commit that broke it".into(),
        Advice::SetZone => "`space settings edit --zone Europe/London` sets it".into(),
        Advice::SetSender => {
            "`space settings edit --mail-from members@example.org` gives it one".into()
        }

        Advice::List(listed) => list(listed),
        Advice::ListMany(listed, count) => format!("`{}` shows all {count}", command(listed)),
        Advice::GiveMore(listed) => {
            let what = match listed {
                Listed::Payments | Listed::Unmatched => "id",
                _ => "tag",
            };
            format!("give more of the {what}; `{} --json` shows them whole", command(listed))
        }
        Advice::DidYouMean(name) => format!("did you mean `{name}`?"),
        Advice::Known(names) => format!("known: {}", names.join(", ")),

        Advice::ShowMember(id) => format!("see what {id} has: space member show {id}"),
        Advice::EditMember(_) => "`space member edit` changes that".into(),
        Advice::ReturnMember(_) => "`space member return` takes that back".into(),
        Advice::ResumeMember(_) => "`space member resume` ends that first".into(),

        Advice::CorrectTier(name) => {
            format!("correct the name, or add it with `space tier add {name}`")
        }
        Advice::EditTier(name) => format!("`space tier edit {name}` changes it"),
        Advice::CorrectFacility(name) => {
            format!("correct the name, or add it with `space facility add {name}`")
        }
        Advice::EditFacility(name) => format!("`space facility edit {name}` changes it"),
        Advice::AddRequirement(name) => format!("`space requirement add {name} always`"),
        Advice::SetRequirement(tag) => format!("`space requirement set {tag}` changes it"),
        Advice::RevokeRequirement(tag) => {
            format!("`space requirement revoke {tag}` takes that away")
        }

        Advice::AddInduction { member, facility } => {
            format!("`space induction add {member} {facility}`")
        }
        Advice::RevokeInduction { member, facility } => {
            format!("`space induction revoke {member} {facility}` first, to write it anew")
        }
        Advice::MakeInductor { member, facility } => {
            format!("`space induction add {member} {facility} --inductor` makes them one")
        }
        Advice::CorrectInductor { .. } => {
            "correct it, or make them one with `space induction add --inductor`".into()
        }

        Advice::Enrol(facility) => {
            format!("enrol it: space credential add --member <name> --last-unknown {facility}")
        }
        Advice::RevokeCredential(tag) => {
            format!("revoke it first: `space credential revoke {tag}`")
        }
        Advice::RevokeCredentials(id) => {
            format!("`space credential revoke --member {id}` frees the fobs for others")
        }
        Advice::FindHolder => {
            "find out whose it is, and revoke the other: space check names both".into()
        }

        Advice::AddPayment(id) => format!("`space payment add {id} AMOUNT`"),
        Advice::SettlePayments(id) => format!("`space payment settle {id}` writes that"),
        Advice::ShowPayment(_) => "see `space payment show` for what was paid".into(),
        Advice::SayMonths => "--months N says how many months it buys; 0 is none".into(),
        Advice::SayMonthsBack => "--months N says how many are no longer paid".into(),
        Advice::ForgetPayer => "leave --remember out".into(),
        Advice::WriteProfile => "a table needs a file statement-profiles/<name>.json; \
                                 `space init --example` lays one down to look at"
            .into(),
        Advice::NameProfile(names) => {
            let names = names.join(", ");
            format!("--profile says what stands where in a table; there is: {names}")
        }
        Advice::ReviewDues => "`space dues review` lists who pays less than is due now".into(),
        Advice::ReportByToday => {
            "without --as-recorded the day is reported by today's records".into()
        }

        Advice::TemplateFacts => "`space notice template KIND --facts` lists what there is".into(),

        Advice::AskWhy { member, facility } => {
            format!("see what is missing: space why {member} {facility}")
        }
        Advice::OpeningTimes(facility) => {
            format!("see when it opens: space requirement list {facility}")
        }
        Advice::AwaitLockout => "wait; space door status says until when".into(),
        Advice::StartDoor => {
            "start it with `space door run`, or name its socket with --socket".into()
        }
    }
}

/// Returns a finding as the command line tells it: what can be done is part of its message.
#[must_use]
pub fn told(finding: &Finding) -> Finding {
    finding.in_words(words)
}

/// Returns findings as the command line tells them.
#[must_use]
pub fn all_told(findings: &[Finding]) -> Vec<Finding> {
    findings.iter().map(told).collect()
}

/// Returns notes as the command line tells them.
#[must_use]
pub fn noted(notes: &[Note]) -> Vec<String> {
    notes.iter().map(|note| note.in_words(words)).collect()
}

/// Returns a message and what can be done as one sentence.
#[must_use]
pub fn with(message: &str, advice: Option<&Advice>) -> String {
    advice.map_or_else(|| message.to_owned(), |step| joined(message, &words(step)))
}

fn list(listed: &Listed) -> String {
    let command = command(listed);
    match listed {
        Listed::Members => format!("`{command}` shows who there is"),
        Listed::Requirements | Listed::Credentials | Listed::Tiers | Listed::Facilities => {
            format!("`{command}` shows all")
        }
        Listed::Payments | Listed::Unmatched => format!("`{command}` shows them"),
        Listed::Commits => format!("see `{command}` for the commits there are"),
        Listed::CredentialsOf(_) | Listed::InductionsOf(_) | Listed::Profiles => {
            format!("see `{command}`")
        }
    }
}

fn command(listed: &Listed) -> String {
    match listed {
        Listed::Members => "space member list".into(),
        Listed::Tiers => "space tier list".into(),
        Listed::Facilities => "space facility list".into(),
        // No command lists the profiles, but these are files.
        Listed::Profiles => "ls statement-profiles".into(),
        Listed::Requirements => "space requirement list".into(),
        Listed::Credentials => "space credential list".into(),
        Listed::CredentialsOf(id) => format!("space credential list --member {id}"),
        Listed::InductionsOf(id) => format!("space induction list --member {id}"),
        Listed::Payments => "space payment list".into(),
        Listed::Unmatched => "space payment list --unmatched".into(),
        Listed::Commits => "space log".into(),
    }
}
