//! Templates put into words: rendered strictly, so that nothing is left out silently.

use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior, escape_formatter,
    syntax::SyntaxConfig,
    value::{Serde, Value},
};
use serde::Serialize;

use super::{Facts, defaults};
use crate::domain::{
    model::{Advice, Note, NoticeKind, TemplateForm, text},
    money::Currency,
};

/// No template needs more steps; one that does is stopped.
const FUEL: u64 = 200_000;

/// The most bytes that a message may have.
const LONGEST: usize = 256 * 1024;

/// What begins the first line of a text.
const SUBJECT: &str = "Subject:";

/// The words of one kind of notice.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Words {
    text: String,
    html: Option<String>,
}

/// A message in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Said {
    /// The line above it.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The same for programs that show HTML.
    pub html: String,
}

/// What is wrong with a template.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Trouble {
    /// Which of the two files.
    pub form: TemplateForm,
    /// The line and the column in it, where they are known; both from one.
    pub at: Option<(u32, u32)>,
    /// What is wrong, and what can be done.
    pub note: Note,
}

impl Words {
    /// Takes templates; where there is no text, the built-in one of the kind is used, and where
    /// there is no HTML, it is made from the text.
    ///
    /// # Errors
    /// There are no built-in words for this kind.
    pub fn new(
        kind: NoticeKind,
        text: Option<String>,
        html: Option<String>,
    ) -> Result<Self, Trouble> {
        let text = match text.or_else(|| defaults::text(kind).map(str::to_owned)) {
            Some(text) => text,
            None => {
                let note = format!("there are no words for {kind}").into();
                return Err(Trouble { form: TemplateForm::Text, at: None, note });
            }
        };
        Ok(Self { text, html })
    }

    /// Puts facts into words.
    ///
    /// # Errors
    /// A template is not written right, names what is unknown, or goes on for too long.
    pub fn say(&self, facts: &Facts) -> Result<Said, Trouble> {
        let trouble = |message: &str| Trouble {
            form: TemplateForm::Text,
            at: Some((1, 1)),
            note: message.into(),
        };
        let source = self.text.strip_prefix('\u{feff}').unwrap_or(&self.text);
        let (first, body) = source.split_once('\n').unwrap_or((source, ""));
        let subject = first.strip_prefix(SUBJECT).ok_or_else(|| {
            trouble("does not begin with the subject: write `Subject: …` into the first line")
        })?;
        let currency = facts.space.currency.as_str();
        let render = |source: &str, facts: &Value, form, above| {
            render(source, (facts, currency), form, above)
        };
        let facts = Value::from(Serde(facts));
        let subject = render(subject, &facts, TemplateForm::Text, (0, SUBJECT.chars().count()))?;
        let subject = subject.trim();
        if let Some(complaint) = text::complaint(subject) {
            return Err(trouble(&format!("the subject {complaint}: put it into plain words")));
        }
        let body = render(body, &facts, TemplateForm::Text, (1, 0))?;
        let body = body.trim().replace('\r', "");
        if body.is_empty() {
            return Err(trouble("says nothing below its subject: write what there is to say"));
        }
        let html = match &self.html {
            Some(source) => render(source, &facts, TemplateForm::Html, (0, 0))?,
            None => {
                let frame = Frame { subject, paragraphs: paragraphs(&body) };
                let frame = Value::from(Serde(frame));
                render(defaults::frame(), &frame, TemplateForm::Html, (0, 0))?
            }
        };
        Ok(Said { subject: subject.to_owned(), text: format!("{body}\n"), html })
    }
}

/// What the HTML around a plain text is made of.
#[derive(Serialize)]
struct Frame<'t> {
    subject: &'t str,
    paragraphs: Vec<Vec<&'t str>>,
}

fn paragraphs(text: &str) -> Vec<Vec<&str>> {
    text.split("\n\n")
        .map(|part| part.lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>())
        .filter(|lines| !lines.is_empty())
        .collect()
}

/// Renders one template; what is wrong is told as lines and columns of the file, which begins
/// `above` lines and, in its first line, `left` characters before.
fn render(
    source: &str,
    (facts, currency): (&Value, &str),
    form: TemplateForm,
    (above, left): (usize, usize),
) -> Result<String, Trouble> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    environment.set_debug(true); // or errors would not say where
    environment.set_auto_escape_callback(move |_| match form {
        TemplateForm::Text => AutoEscape::None,
        TemplateForm::Html => AutoEscape::Html,
    });
    // What there is none of is left out; what is unknown is an error.
    environment.set_formatter(|out, state, value| {
        if value.is_none() { Ok(()) } else { escape_formatter(out, state, value) }
    });
    let currency = Currency::named(currency);
    environment.add_filter("money", move |minor: i64| currency.amount(minor).to_string());
    let mut syntax = SyntaxConfig::builder();
    syntax.trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true);
    if let Ok(syntax) = syntax.build() {
        environment.set_syntax(syntax);
    }
    let rendered = environment.render_str(source, facts.clone());
    let trouble = |error: &Error| trouble(error, source, form, (above, left));
    let rendered = rendered.map_err(|error| trouble(&error))?;
    if rendered.len() > LONGEST {
        let note = format!("becomes longer than {LONGEST} bytes, which no message is").into();
        return Err(Trouble { form, at: None, note });
    }
    Ok(rendered)
}

fn trouble(
    error: &Error,
    source: &str,
    form: TemplateForm,
    (above, left): (usize, usize),
) -> Trouble {
    let span = error.range();
    let before = span.as_ref().and_then(|span| source.get(..span.start));
    let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let at = match (before, error.line()) {
        (Some(before), _) => {
            let lines = before.matches('\n').count();
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count();
            let left = if lines == 0 { left } else { 0 };
            Some((small(above + lines + 1), small(left + column + 1)))
        }
        (None, Some(line)) => Some((small(above + line), 1)),
        (None, None) => None,
    };
    let named = span.and_then(|span| source.get(span)).map(text::shown);
    let note = match (error.kind(), named) {
        (ErrorKind::UndefinedError, Some(named)) => Note::new(
            format!("`{named}` is nothing that this kind of notice knows"),
            Advice::TemplateFacts,
        ),
        (ErrorKind::OutOfFuel, _) => "goes on for too long: make it simpler".into(),
        (kind, _) => {
            let detail = error.detail().map_or_else(|| kind.to_string(), text::shown);
            format!("cannot be put into words: {detail}").into()
        }
    };
    Trouble { form, at, note }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn say(text: &str) -> Result<Said, Trouble> {
        let words = Words::new(NoticeKind::Reminder, Some(text.into()), None).unwrap();
        words.say(&Facts::sample(NoticeKind::Reminder))
    }

    #[test]
    fn every_kind_has_words_that_fit_but_announcements() {
        for kind in NoticeKind::ALL {
            match Words::new(*kind, None, None) {
                Ok(words) => {
                    let said = words.say(&Facts::sample(*kind)).unwrap();
                    assert!(!said.text.contains("none") && !said.text.contains("  \n"), "{said:?}");
                    assert!(!said.text.contains("\n\n\n"), "{}", said.text);
                    assert!(said.html.contains("<p>"), "{}", said.html);
                }
                Err(_) => assert_eq!(*kind, NoticeKind::Announcement),
            }
        }
    }

    #[test]
    fn what_is_unknown_is_told_with_its_place() {
        let trouble = say("Subject: Hello {{ membr.name }}\n\nText\n").unwrap_err();
        assert_eq!(trouble.at, Some((1, 19)), "{trouble:?}");
        assert!(trouble.note.text.starts_with("`membr"), "{trouble:?}");
        let trouble = say("Subject: Hello\n\nDear {{ member.nam }},\n").unwrap_err();
        assert_eq!(trouble.at.map(|at| at.0), Some(3), "{trouble:?}");
        assert!(trouble.note.text.contains("is nothing that"), "{trouble:?}");
        let trouble = say("Subject: Hello\n\n{% if x %}\n").unwrap_err();
        assert!(trouble.note.text.starts_with("cannot be put into words"), "{trouble:?}");
    }

    #[test]
    fn what_would_break_a_header_is_refused() {
        for text in [
            "Hello\n",
            "Subject:\n\nText\n",
            "Subject: {{ \"a\\nb\" }}\n\nText\n",
            "",
            "Subject: a\n \n",
        ] {
            assert!(say(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn what_there_is_none_of_is_left_out_and_html_is_escaped() {
        let mut facts = Facts::sample(NoticeKind::Reminder);
        facts.member.as_mut().unwrap().name = "Ada <b>&\"".into();
        facts.dues.as_mut().unwrap().year = None;
        let text = "Subject: For {{ member.name }}\n\n{{ member.name }}[{{ dues.year }}]\nsecond\n";
        let words = Words::new(NoticeKind::Reminder, Some(text.into()), None).unwrap();
        let said = words.say(&facts).unwrap();
        assert_eq!(said.subject, "For Ada <b>&\"");
        assert_eq!(said.text, "Ada <b>&\"[]\nsecond\n");
        assert!(said.html.contains("Ada &lt;b&gt;&amp;&quot;[]<br>"), "{}", said.html);
        let html = Some("<i>{{ member.name }}</i>".into());
        let words = Words::new(NoticeKind::Reminder, None, html).unwrap();
        assert_eq!(words.say(&facts).unwrap().html, "<i>Ada &lt;b&gt;&amp;&quot;</i>");
    }

    #[test]
    fn no_template_goes_on_for_ever() {
        for text in [
            "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}",
            "{{ \"x\" * 100000000 }}",
            "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        ] {
            let trouble = say(&format!("Subject: a\n\n{text}\n"));
            assert!(trouble.is_err(), "{text}");
        }
    }
}
