//! What was answered so far about the transactions that an import cannot credit. The browser keeps it:
//! nothing is written before the end.

use maud::{Markup, html};

use super::{statement_plan::StatementPlan, upload_form};
use crate::{
    app::{
        AppError,
        payment::{Answer, Waiting, shares},
    },
    domain::{
        model::{CommitId, Note},
        ops::payment::Decisions,
    },
    store::Revision,
    web::fields::Fields,
};

/// The names of the hidden fields.
const ANSWER: &str = "past";
const MONTHS: &str = "past-months";

/// The answers so far, one for each transaction from the first on.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Past(Vec<Given>);

/// An answer as it is sent: what is done, with whom or what, and for how many months.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Given {
    words: String,
    months: String,
}

impl Given {
    /// Reads what was chosen on the page of one transaction.
    pub(super) fn chosen(fields: &Fields) -> Self {
        let choice = fields.text("choice");
        let words = match choice {
            "member" | "split" | "same" => format!("{choice} {}", fields.text(choice).trim()),
            _ => choice.to_owned(),
        };
        Self { words, months: fields.get("months").unwrap_or_default().to_owned() }
    }

    /// Returns the field of the page that it comes from.
    pub(super) fn field(&self) -> &'static str {
        match self.words.split(' ').next() {
            Some("member") => "member",
            Some("split") => "split",
            Some("same") => "same",
            _ => "choice",
        }
    }

    /// Returns the answer; `None` if the transaction is left as it is.
    fn answer(&self) -> Result<Option<Answer>, AppError> {
        let (choice, rest) = self.words.split_once(' ').unwrap_or((&self.words, ""));
        let given = |what: &str| match rest {
            "" => Err(AppError::user(format!("{what} is missing"))),
            rest => Ok(rest.to_owned()),
        };
        Ok(Some(match choice {
            "leave" | "" => return Ok(None),
            "member" => Answer::Member(given("the member")?),
            "split" => Answer::Split(shares(&given("the list of parts")?).map_err(AppError::user)?),
            "same" => Answer::Same((!rest.is_empty()).then(|| rest.to_owned())),
            number => {
                let unknown = |_| AppError::user("there is no such answer");
                Answer::Suggestion(number.parse().map_err(unknown)?)
            }
        }))
    }

    fn months(&self) -> Result<Option<u16>, AppError> {
        if self.months.is_empty() {
            return Ok(None);
        }
        let months = self.months.parse::<u16>().ok().filter(|months| *months <= 1200);
        months.map(Some).ok_or_else(|| AppError::user("that is not a number of months"))
    }
}

impl Past {
    /// Reads the answers.
    pub(super) fn of(fields: &Fields) -> Self {
        let months = fields.all(MONTHS).map(str::to_owned).chain(std::iter::repeat(String::new()));
        let given = fields.all(ANSWER).zip(months);
        Self(given.map(|(words, months)| Given { words: words.to_owned(), months }).collect())
    }

    /// Returns how many transactions were answered about.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Adds the next answer.
    pub(super) fn push(&mut self, given: Given) {
        self.0.push(given);
    }

    /// Takes the last answer back.
    pub(super) fn pop(&mut self) {
        self.0.pop();
    }

    /// Carries the answers on, unseen.
    pub(super) fn hidden(&self) -> Markup {
        html! {
            @for it in &self.0 {
                input type="hidden" name=(ANSWER) value=(it.words);
                input type="hidden" name=(MONTHS) value=(it.months);
            }
        }
    }

    /// Asks whether to import, with what was answered about single transactions.
    pub(super) fn agree(&self, kept: &str, base: CommitId) -> Markup {
        html! {
            form.buttons method="post" action="/payments/import/commit" {
                input type="hidden" name="upload" value=(kept);
                input type="hidden" name="base" value=(base);
                (self.hidden())
                button { "Import these transactions" }
                a.button.quiet href=(upload_form::PATH) { "Other files" }
            }
        }
    }

    /// Takes all decisions again, in their order.
    ///
    /// # Errors
    /// An answer cannot be carried out.
    pub(super) fn decide<'a>(
        &self,
        head: &'a Revision<'_>,
        plan: &'a StatementPlan,
    ) -> Result<Decisions<'a>, AppError> {
        let mut decisions = Decisions::new(head, &plan.import);
        for (waiting, given) in Waiting::of(&plan.lines).iter().zip(&self.0) {
            take(head, waiting, given, &mut decisions)?;
        }
        Ok(decisions)
    }
}

/// Takes one decision; returns what to say about it.
///
/// # Errors
/// The answer cannot be carried out.
pub(super) fn take(
    head: &Revision<'_>,
    waiting: &Waiting<'_>,
    given: &Given,
    decisions: &mut Decisions<'_>,
) -> Result<Vec<Note>, AppError> {
    let Some(answer) = given.answer()? else { return Ok(Vec::new()) };
    let decision = waiting.decision(head, &answer, given.months()?)?;
    Ok(decisions.take(decision)?.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(of: &[(&str, &str)]) -> Fields {
        let mut fields = Fields::default();
        of.iter().for_each(|(name, value)| fields.add(name, value));
        fields
    }

    #[test]
    fn answers_come_back_as_they_were_sent() {
        let mut past = Past::default();
        for (choice, value) in [
            ("2", ""),
            ("member", "ada b"),
            ("split", "0013=5, 0015=5"),
            ("same", ""),
            ("leave", ""),
        ] {
            past.push(Given::chosen(&fields(&[("choice", choice), (choice, value)])));
        }
        let page = past.hidden().into_string();
        let mut sent = Fields::default();
        for part in page.split("<input ").skip(1) {
            let value = |name: &str| part.split(&format!("{name}=\"")).nth(1)?.split('"').next();
            sent.add(value("name").unwrap(), value("value").unwrap());
        }
        assert_eq!(Past::of(&sent), past);
        let answers: Vec<_> = past.0.iter().map(|it| it.answer().unwrap()).collect();
        let split = Answer::Split(shares("0013=5,0015=5").unwrap());
        let expected = [
            Some(Answer::Suggestion(2)),
            Some(Answer::Member("ada b".into())),
            Some(split),
            Some(Answer::Same(None)),
            None,
        ];
        assert_eq!(answers, expected);
    }

    #[test]
    fn what_is_no_answer_is_refused() {
        for (choice, value) in [("member", " "), ("split", "x"), ("split", ""), ("most", "")] {
            let given = Given::chosen(&fields(&[("choice", choice), (choice, value)]));
            assert!(given.answer().is_err(), "{choice} {value}");
        }
        for months in ["-1", "x", "1201"] {
            let given = Given::chosen(&fields(&[("choice", "1"), ("months", months)]));
            assert!(given.months().is_err(), "{months}");
        }
    }
}
