//! Joins what one person is told on one day to one letter.

use super::{RenderedNotice, TemplateError, words};
use crate::domain::model::Language;

/// The longest subject that two are joined to, in characters.
const LONGEST_SUBJECT: usize = 90;

/// Joins filled-in notices, the most important first.
///
/// Each paragraph is said once: the greeting of the first, and the signature of the first at the
/// very end. The HTML is made from the text, whatever HTML the parts have of their own.
///
/// # Errors
/// The HTML becomes too long.
pub fn joined(
    mut parts: Vec<RenderedNotice>,
    language: Language,
) -> Result<RenderedNotice, TemplateError> {
    if parts.len() == 1
        && let Some(only) = parts.pop()
    {
        return Ok(only);
    }
    let subject = subject(&parts, language);
    let mut closing = None;
    let mut said: Vec<&str> = Vec::new();
    for part in &parts {
        let mut paragraphs: Vec<&str> = paragraphs(&part.text).collect();
        let ends = paragraphs.pop_if(|last| match closing {
            None => true,
            Some(closing) => closes(closing, last),
        });
        closing = closing.or(ends);
        for paragraph in paragraphs {
            if !said.contains(&paragraph) {
                said.push(paragraph);
            }
        }
    }
    said.extend(closing);
    let text = said.join("\n\n");
    let html = words::framed(&subject, &text)?;
    Ok(RenderedNotice { subject, text: format!("{text}\n"), html })
}

/// Tells whether the end of one letter says what that of another says.
fn closes(closing: &str, last: &str) -> bool {
    closing == last || closing.strip_suffix(last).is_some_and(|rest| rest.ends_with('\n'))
}

fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    text.split("\n\n").map(str::trim).filter(|it| !it.is_empty())
}

fn subject(parts: &[RenderedNotice], language: Language) -> String {
    let more = |first: &RenderedNotice| match language {
        Language::English => format!("{}, and more", first.subject),
        Language::German => format!("{}, und mehr", first.subject),
    };
    match parts {
        [] => String::new(),
        [only] => only.subject.clone(),
        [first, second] if first.subject == second.subject => first.subject.clone(),
        [first, second] => {
            let both = format!("{}; {}", first.subject, second.subject);
            if both.chars().count() <= LONGEST_SUBJECT { both } else { more(first) }
        }
        [first, ..] => more(first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(subject: &str, text: &str) -> RenderedNotice {
        RenderedNotice { subject: subject.into(), text: text.into(), html: String::new() }
    }

    #[test]
    fn greeting_and_signature_are_said_once() {
        let letter = joined(
            vec![
                part("Welcome", "Hello Ada,\n\nWelcome!\n\nAccount 1\n\nSee you!\nTool Shed\n"),
                part("Dues", "Hello Ada,\n\nYour dues are due.\n\nAccount 1\n\nTool Shed\n"),
                part("Fob", "Hello Ada,\n\nA fob was added.\n\nTool Shed\n"),
            ],
            Language::English,
        )
        .unwrap();
        assert_eq!(letter.subject, "Welcome, and more");
        assert_eq!(
            letter.text,
            "Hello Ada,\n\nWelcome!\n\nAccount 1\n\nYour dues are due.\n\nA fob was added.\n\n\
             See you!\nTool Shed\n"
        );
        assert!(letter.html.contains("<p>See you!<br>Tool Shed</p>"), "{}", letter.html);
    }

    #[test]
    fn a_letter_about_one_thing_stays_as_it_is() {
        let own = RenderedNotice { html: "<i>own</i>".into(), ..part("Fob", "Hello,\n\na\n\nb\n") };
        assert_eq!(joined(vec![own.clone()], Language::English), Ok(own));
    }

    #[test]
    fn letters_that_end_differently_keep_both_ends() {
        let letter = joined(
            vec![
                part(
                    "Fob",
                    "Hello Ada,\n\nA fob was added.\n\nReply if you did not expect this.\n",
                ),
                part("Induction", "Hello Ada,\n\nJoan has recorded it.\n\nReply if it is wrong.\n"),
            ],
            Language::English,
        )
        .unwrap();
        assert_eq!(letter.subject, "Fob; Induction");
        let ends = "Reply if it is wrong.\n\nReply if you did not expect this.\n";
        assert!(letter.text.ends_with(ends), "{}", letter.text);
    }
}
