//! Walks through the transactions that an import cannot credit, one by one, before it is written.

use std::io::Write as _;

use super::walk_answer::{HELP, WalkAnswer};
use crate::{
    app::{
        payment::{Answer, ImportedLine, Waiting, shares},
        view,
    },
    cli::{CliError, ErrorKind, Opened, advice, input::prompt},
    domain::{
        model::{Advice, text},
        ops::{
            Refusal,
            payment::{Assign, Decision, Decisions},
        },
    },
};

/// What is done next.
enum Next {
    Forward { decided: bool },
    Back,
    Quit,
}

/// Asks about each unmatched row, in order, and takes the decisions.
///
/// # Errors
/// Fails if the terminal cannot be read or written.
pub(super) fn through(
    space: &Opened<'_>,
    rows: &[ImportedLine],
    decisions: &mut Decisions<'_>,
) -> Result<(), CliError> {
    let waiting = Waiting::of(rows);
    // Whether a decision was taken about each row before the current one.
    let mut taken: Vec<bool> = Vec::new();
    while let Some(current) = waiting.get(taken.len()) {
        let walk = Walk { space, current };
        walk.show(taken.len() + 1, waiting.len())?;
        match walk.ask(decisions)? {
            Next::Forward { decided } => taken.push(decided),
            Next::Back => match taken.pop() {
                Some(decided) => {
                    if decided {
                        decisions.take_back();
                    }
                }
                None => say("this is the first one")?,
            },
            Next::Quit => break,
        }
    }
    Ok(())
}

/// The question about one transaction.
struct Walk<'w> {
    space: &'w Opened<'w>,
    current: &'w Waiting<'w>,
}

impl Walk<'_> {
    fn show(&self, number: usize, of: usize) -> Result<(), CliError> {
        let row = self.current.row;
        let mut err = anstream::stderr().lock();
        let bold = anstyle::Style::new().bold();
        let amount = row.amount.as_ref().map(ToString::to_string).unwrap_or_default();
        let date = row.date.map(|date| date.to_string()).unwrap_or_default();
        let what = text::shown(row.text.as_deref().unwrap_or_default());
        writeln!(err)?;
        writeln!(err, "{bold}{number} of {of}: {date}  {amount}  {what}{bold:#}")?;
        writeln!(err, "  {}", text::printable(row.why.as_deref().unwrap_or_default()))?;
        for (number, suggestion) in (1..).zip(&row.suggestions) {
            writeln!(err, "  {number}  {} {}", suggestion.member, text::shown(&suggestion.name))?;
        }
        if let Some(twin) = &row.twin {
            writeln!(err, "  =  the same money as {}", view::short(twin.as_str()))?;
        }
        Ok(())
    }

    /// Asks until there is an answer that can be carried out.
    fn ask(&self, decisions: &mut Decisions<'_>) -> Result<Next, CliError> {
        let choices = match self.current.row.suggestions.len() {
            0 => "member",
            1 => "1, member",
            _ => "1, 2 …, member",
        };
        loop {
            let typed =
                prompt::line(&format!("Credit it to whom? [{choices}, s, =, l, b, q, ?]"), None)?;
            let answer = match typed.parse::<WalkAnswer>() {
                Ok(answer) => answer,
                Err(why) => {
                    say(&why)?;
                    continue;
                }
            };
            let decision = match answer {
                WalkAnswer::Leave => return Ok(Next::Forward { decided: false }),
                WalkAnswer::Back => return Ok(Next::Back),
                WalkAnswer::Quit => return Ok(Next::Quit),
                WalkAnswer::Help => {
                    write!(anstream::stderr().lock(), "{HELP}")?;
                    continue;
                }
                WalkAnswer::Done(answer) => self.decision(&answer),
                WalkAnswer::Split => self.split(),
            };
            match decision.and_then(|decision| self.take(decision, decisions)) {
                Ok(true) => return Ok(Next::Forward { decided: true }),
                Ok(false) => {}
                Err(why) if why.kind == ErrorKind::User => {
                    say(&why.message)?;
                    why.hint.iter().try_for_each(|hint| say(hint))?;
                }
                Err(why) => return Err(why),
            }
        }
    }

    /// Asks for the parts.
    fn split(&self) -> Result<Decision, CliError> {
        let typed = prompt::line("Parts, like 0013=25, 0015=25", None)?;
        self.decision(&Answer::Split(shares(&typed).map_err(CliError::user)?))
    }

    fn decision(&self, answer: &Answer) -> Result<Decision, CliError> {
        Ok(self.current.decision(&self.space.head, answer, None)?)
    }

    /// Takes a decision, asking for the number of months if it does not follow; tells whether it
    /// was taken.
    fn take(&self, decision: Decision, decisions: &mut Decisions<'_>) -> Result<bool, CliError> {
        let refusal = match decisions.take(decision.clone()) {
            Ok(notes) => {
                for note in advice::notes(notes) {
                    say(&note)?;
                }
                return Ok(true);
            }
            Err(refusal) => refusal,
        };
        let (Decision::Assign(assign), Refusal { advice: Some(Advice::SayMonths), message, .. }) =
            (decision, refusal.clone())
        else {
            return Err(refusal.into());
        };
        say(&message)?;
        let months = prompt::line(
            "How many months does it buy? [0 for a donation; empty for another answer]",
            None,
        )?;
        if months.is_empty() {
            return Ok(false);
        }
        let months = months.parse::<u16>().ok().filter(|months| *months <= 1200);
        let months = months.ok_or_else(|| CliError::user("that is not a number of months"))?;
        self.take(Decision::Assign(Assign { months: Some(months), ..assign }), decisions)
    }
}

fn say(line: &str) -> Result<(), CliError> {
    Ok(writeln!(anstream::stderr().lock(), "  {}", text::printable(line))?)
}
