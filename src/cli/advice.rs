//! How the command line tells people what to do next: by the command that does it.

use super::output::command;
use crate::{
    app::view,
    domain::model::{
        Advice, Finding, Note,
        advice::{Listed, joined},
    },
};

/// Puts advice into one sentence.
#[must_use]
pub fn words(advice: &Advice) -> String {
    match advice {
        Advice::Say(sentence) => sentence.clone(),

        Advice::FindSpace => {
            "change to the folder of the space, name it with -C, or create a space with `space init FOLDER`"
                .into()
        }
        Advice::MakeSpace => "create a space with `space init`".into(),
        Advice::MakeSpaceElsewhere => "create a space in an empty folder, with `space init FOLDER`".into(),
        Advice::BringKey => {
            "run `space key export --to space.key` on a machine that has it, then `space key import space.key` here".into()
        }
        Advice::UpdateProgram => "update this program (`space --version` shows its version)".into(),
        Advice::Migrate => "`space migrate` brings the data up to date".into(),
        Advice::WriteElsewhere(url) => format!(
            "run the command in a clone of your own (`space clone {url} FOLDER`), and push; if this \
             clone is meant to be changed, run `git config space.role own`"
        ),
        Advice::Confirm(count) => format!(
            "if that is meant, say so: --confirm {count}, or in the message of the newest commit \
             the line `Space-Confirm: {count} members`"
        ),
        Advice::FollowRewritten => {
            "nothing was changed; find out who rewrote it and why, then run `space sync \
             --follow-rewritten` to go by it"
                .into()
        }
        Advice::JoinClones => {
            "`space sync` joins them; if the history there was rewritten, clone it anew".into()
        }
        Advice::JoinByProgram => {
            "`git merge --abort` (or `git rebase --abort`), then `space sync`, which renumbers one"
                .into()
        }
        Advice::DateAnew => "set the clock that is wrong, then give the commits new dates: `git \
                             rebase --force-rebase origin/main`"
            .into(),
        Advice::BuildOn => {
            "pull first (`git pull`), and commit on top of what is there; never rewrite the history, \
             because doors and clones could not follow"
                .into()
        }
        Advice::Finish => {
            "nothing is lost: the next command that changes something finishes it, and so does \
             `space maintain`"
                .into()
        }
        Advice::Check => "`space check` shows why".into(),
        Advice::FindFault => "`space check` shows what is wrong".into(),
        Advice::CheckAll => "`space check` shows them all".into(),
        Advice::CheckTemplates => {
            "`space check` shows what is wrong with the templates and records".into()
        }
        Advice::MendOrUndo => "fix the file, or `space undo` the commit that broke it".into(),
        Advice::SetZone => "`space settings edit --zone Europe/London` sets it".into(),
        Advice::SetSender => "`space settings edit --mail-from members@example.org` sets it".into(),

        Advice::List(listed) => list(listed),
        Advice::ListMany(listed, count) => format!("`{}` shows all {count}", command(listed)),
        Advice::GiveMore(listed) => {
            let what = match listed {
                Listed::Payments | Listed::Unmatched => "id",
                _ => "tag",
            };
            format!("give more of the {what}; `{} --json` shows it in full", command(listed))
        }
        Advice::DidYouMean(name) => format!("did you mean `{name}`?"),
        Advice::Known(names) => format!("known: {}", names.join(", ")),

        Advice::ShowMember(id) => {
            format!("`space member show {id}` shows what is recorded of them")
        }
        Advice::EditMember(id) => format!("`space member edit {id}` changes it"),
        Advice::PayBy(id) => format!("`space member edit {id} --pays-by stripe` changes that"),
        Advice::CompareService(name) => format!("`space service plan {name}` shows what differs"),
        Advice::ApplyService(name) => format!("`space service apply {name}` brings it to agree"),
        Advice::OpenAccount(name) => format!("`space service apply {name}` opens one"),
        Advice::LookAtService(name) => format!("`space service status {name}` says what to look at"),
        Advice::StartServices => {
            "`sudo systemctl enable --now space-services.timer` does it by itself".into()
        }
        Advice::SendNotices => "`space notice send` tells them".into(),
        Advice::ReturnMember(id) => format!("`space member return {id}` takes them back"),
        Advice::ResumeMember(id) => format!("end it first with `space member resume {id}`"),

        Advice::CorrectTier(name) => {
            format!("correct the name, or add it with `space tier add {name}`")
        }
        Advice::EditTier(name) => format!("`space tier edit {name}` changes it"),
        Advice::AllowConcessions(name) => {
            format!("choose another tier, or run `space tier edit {name} --concessions yes` first")
        }
        Advice::CorrectFacility(name) => {
            format!("correct the name, or add it with `space facility add {name}`")
        }
        Advice::EditFacility(name) => format!("`space facility edit {name}` changes it"),
        Advice::EditMeter(name) => format!("`space meter edit {name}` changes it"),
        Advice::CorrectZone(name) => {
            format!("correct the name, or add it with `space zone add {name}`")
        }
        Advice::AddRequirement(name) => {
            format!("add one with `space requirement add {name} always`")
        }
        Advice::SetRequirement(tag) => format!("`space requirement set {tag}` changes it"),
        Advice::RevokeRequirement(tag) => {
            format!("`space requirement revoke {tag}` revokes it")
        }

        Advice::NudgeAgain(id) => format!("`space notice nudge {id} --again` asks once more"),

        Advice::AddInduction { member, facility } => {
            format!("add it with `space induction add {member} {facility}`")
        }
        Advice::RevokeInduction { member, facility } => {
            format!("to replace it, first run `space induction revoke {member} {facility}`")
        }
        Advice::MakeInductor { member, facility } => {
            format!("`space induction add {member} {facility} --inductor` makes them one")
        }
        Advice::CorrectInductor { member, facility } => format!(
            "correct it, or make them an inductor with `space induction add {member} {facility} \
             --inductor`"
        ),

        Advice::GrantFacility { member, facility, priority } => {
            let priority = priority.map(|it| format!(" --priority {it}")).unwrap_or_default();
            format!(
                "`space credential grant --member {member} --facility {facility}{priority}` lets \
                 their fobs in"
            )
        }
        Advice::GrantPriority { facility, priority } => format!(
            "`space credential grant --member MEMBER --facility {facility} --priority {priority}` \
             gives it to somebody"
        ),
        Advice::Enrol(facility) => {
            format!("enrol it with `space credential add --member MEMBER --last-unknown {facility}`")
        }
        Advice::GiveFob(id) => {
            format!("give one with `space credential add --member {id} --fob NUMBER`")
        }
        Advice::RevokeWhole(tag) => {
            format!("to take it back, run `space credential revoke {tag}`")
        }
        Advice::RevokeCredential(tag) => {
            format!("revoke it first: `space credential revoke {tag}`")
        }
        Advice::RevokeCredentials(id) => {
            format!("`space credential revoke --member {id}` frees their fobs for others")
        }
        Advice::FindHolder => {
            "find out whose it is and revoke the other; `space check` names both".into()
        }

        Advice::AddPayment(id) => format!("record a payment with `space payment add {id} AMOUNT`"),
        Advice::SettlePayments(id) => format!("`space payment settle {id}` corrects it"),
        Advice::ShowPayment(payment) => {
            let id = view::short_id(payment);
            format!("`space payment show {id}` shows what was paid")
        },
        Advice::ReversePayment { payment, on } => {
            let id = view::short_id(payment);
            format!("`space payment reverse {id} --on {on}` records that")
        }
        Advice::SayMonths => {
            "give the number of months that it buys with --months N; 0 for none".into()
        }
        Advice::SayMonthsBack => {
            "give the number of months that are no longer paid with --months N".into()
        }
        Advice::SayAmountBack => "for a further refund, give its amount with --amount".into(),
        Advice::SayDayBack => "if it is another refund, give its day with --on".into(),
        Advice::ForgetPayer => "leave out --remember".into(),
        Advice::ReplacePayer => "--replace credits them to the new member from now on".into(),
        Advice::NameOther => {
            "name the other one with `space payment same TRANSACTION OTHER`".into()
        }
        Advice::WriteProfile => {
            "`space payment profile new FILE` describes its columns; `space payment profile list` \
             shows the banks that are known"
                .into()
        }
        Advice::ChooseProfile => "`space payment profile list` shows all profiles".into(),
        Advice::TrustDays => {
            "correct `date_form` in the profile, or confirm it with --trust-days".into()
        }
        Advice::NameProfile(names) => {
            let names = names.join(", ");
            format!("choose one with --profile: {names}")
        }
        Advice::ReviewDues => "`space dues review` lists who pays less than is due now".into(),
        Advice::ReportByToday => {
            "leave out --as-recorded to report the day by today's records".into()
        }

        Advice::TemplateFacts => {
            "`space notice template KIND --facts` lists what it can use".into()
        }

        Advice::AskWhy { member, facility } => {
            format!("`space why {member} {facility}` shows why")
        }
        Advice::OpeningTimes(facility) => {
            format!("`space requirement list {facility}` shows when it opens")
        }
        Advice::AwaitLockout => "wait; `space door status` shows until when".into(),
        Advice::TrustClock => {
            "if the clock is right, run `space door clock trust`; if not, set the clock".into()
        }
        Advice::StartDoor => {
            "start it with `space door run`, or name its socket with --socket".into()
        }
    }
}

/// Returns a finding for the command line, with the advice as part of its message.
#[must_use]
pub fn finding(finding: &Finding) -> Finding {
    let mut told = finding.in_words(words);
    told.message = command::complete(&told.message).into_owned();
    told
}

/// Returns findings for the command line.
#[must_use]
pub fn findings(findings: &[Finding]) -> Vec<Finding> {
    findings.iter().map(finding).collect()
}

/// Returns notes for the command line.
#[must_use]
pub fn notes(notes: &[Note]) -> Vec<String> {
    let told = notes.iter().map(|note| note.in_words(words));
    told.map(|text| command::complete(&text).into_owned()).collect()
}

/// Joins a message and advice into one sentence.
#[must_use]
pub fn with(message: &str, advice: Option<&Advice>) -> String {
    advice.map_or_else(|| message.to_owned(), |step| joined(message, &words(step)))
}

fn list(listed: &Listed) -> String {
    let command = command(listed);
    match listed {
        Listed::Members => format!("`{command}` shows all members"),
        Listed::Requirements
        | Listed::Credentials
        | Listed::Tiers
        | Listed::Facilities
        | Listed::Classes => {
            format!("`{command}` shows all")
        }
        Listed::Payments | Listed::Unmatched => format!("`{command}` shows them"),
        Listed::Commits => format!("`{command}` lists the commits"),
        Listed::CredentialsOf(_)
        | Listed::InductionsOf(_)
        | Listed::Profiles
        | Listed::Meters
        | Listed::Zones
        | Listed::Channels => {
            format!("`{command}` lists what there is")
        }
    }
}

fn command(listed: &Listed) -> String {
    match listed {
        Listed::Members => "space member list".into(),
        Listed::Tiers => "space tier list".into(),
        Listed::Facilities => "space facility list".into(),
        Listed::Profiles => "space payment profile list".into(),
        Listed::Requirements => "space requirement list".into(),
        Listed::Credentials => "space credential list".into(),
        Listed::CredentialsOf(id) => format!("space credential list --member {id}"),
        Listed::InductionsOf(id) => format!("space induction list --member {id}"),
        Listed::Payments => "space payment list".into(),
        Listed::Unmatched => "space payment list --unmatched".into(),
        Listed::Classes => "space class list".into(),
        Listed::Commits => "space log".into(),
        Listed::Meters => "space meter list".into(),
        Listed::Zones => "space zone list".into(),
        Listed::Channels => "space channel list".into(),
    }
}
