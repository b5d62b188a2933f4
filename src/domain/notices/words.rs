//! Fills in templates, strictly, so that nothing is left out silently.

use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior, escape_formatter,
    syntax::SyntaxConfig,
    value::{Serde, Value, ValueKind},
};
use schemars::JsonSchema;
use serde::Serialize;

use super::{Facts, defaults, filters};
use crate::domain::model::{Advice, Language, Note, NoticeKind, TemplateForm, text};

/// The maximum number of steps of a template; a longer one is stopped.
const MAX_STEPS: u64 = 200_000;

/// The maximum size of a letter, in bytes.
const MAX_BYTES: usize = 256 * 1024;

/// The start of the first line of a text template.
const SUBJECT: &str = "Subject:";

/// The template of one kind of notice.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Words {
    text: String,
    html: Option<String>,
}

/// A filled-in template.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RenderedNotice {
    /// The subject.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
}

/// What is wrong with a template.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TemplateError {
    /// Which of the two files it is in.
    pub form: TemplateForm,
    /// The line and column in it, both counted from 1, if known.
    pub at: Option<(u32, u32)>,
    /// What is wrong, and what to do about it.
    pub note: Note,
}

impl Words {
    /// Takes templates. Without a text, the built-in one of the kind in a language is used; without HTML, it is
    /// made from the text.
    ///
    /// # Errors
    /// There is no built-in text for this kind.
    pub fn new(
        (kind, language): (NoticeKind, Language),
        text: Option<String>,
        html: Option<String>,
    ) -> Result<Self, TemplateError> {
        let text = match text.or_else(|| defaults::text(kind, language).map(str::to_owned)) {
            Some(text) => text,
            None => {
                let note = format!("there is no template for {kind}").into();
                return Err(TemplateError { form: TemplateForm::Text, at: None, note });
            }
        };
        Ok(Self { text, html })
    }

    /// Fills in the facts.
    ///
    /// # Errors
    /// A template has a syntax error, uses an unknown variable, or takes too long.
    pub fn render(&self, facts: &Facts) -> Result<RenderedNotice, TemplateError> {
        let invalid = |message: &str| TemplateError {
            form: TemplateForm::Text,
            at: Some((1, 1)),
            note: message.into(),
        };
        let source = self.text.strip_prefix('\u{feff}').unwrap_or(&self.text);
        let (first, body) = source.split_once('\n').unwrap_or((source, ""));
        let subject = first.strip_prefix(SUBJECT).ok_or_else(|| {
            invalid("does not begin with a subject: write `Subject: …` in the first line")
        })?;
        let space = &facts.space;
        let style = Style {
            currency: &space.currency,
            day_form: space.day_form.as_deref(),
            language: space.language,
        };
        let render =
            |source: &str, facts: &Value, form, above| render(source, (facts, style), form, above);
        let facts = Value::from(Serde(facts));
        let subject = render(subject, &facts, TemplateForm::Text, (0, SUBJECT.chars().count()))?;
        let subject = subject.trim();
        if let Some(complaint) = text::complaint(subject) {
            return Err(invalid(&format!("the subject {complaint}: correct it")));
        }
        let body = render(body, &facts, TemplateForm::Text, (1, 0))?;
        let body = body.trim().replace('\r', "");
        if body.is_empty() {
            return Err(invalid("has no text below its subject: add some"));
        }
        let html = match &self.html {
            Some(source) => render(source, &facts, TemplateForm::Html, (0, 0))?,
            None => framed(subject, &body)?,
        };
        Ok(RenderedNotice { subject: subject.to_owned(), text: format!("{body}\n"), html })
    }
}

/// How a space writes amounts and days.
#[derive(Clone, Copy, Default)]
struct Style<'s> {
    currency: &'s str,
    day_form: Option<&'s str>,
    language: Language,
}

/// Makes HTML from a plain text.
///
/// # Errors
/// It becomes too long.
pub(super) fn framed(subject: &str, body: &str) -> Result<String, TemplateError> {
    let frame = Frame { subject, paragraphs: paragraphs(body) };
    let frame = Value::from(Serde(frame));
    render(defaults::frame(), (&frame, Style::default()), TemplateForm::Html, (0, 0))
}

/// Makes a notice of a plain text.
///
/// # Errors
/// It becomes too long.
pub fn plain(subject: &str, text: &str) -> Result<RenderedNotice, TemplateError> {
    let html = framed(subject, text)?;
    Ok(RenderedNotice { subject: subject.to_owned(), text: format!("{text}\n"), html })
}

/// What surrounds a plain text to make it HTML.
#[derive(Serialize, JsonSchema)]
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

/// Renders one template. Errors are reported with line and column of the file, in which the
/// template starts `above` lines down and, on its first line, `left` characters in.
fn render(
    source: &str,
    (facts, style): (&Value, Style<'_>),
    form: TemplateForm,
    (above, left): (usize, usize),
) -> Result<String, TemplateError> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(MAX_STEPS));
    environment.set_debug(true); // otherwise errors have no position
    environment.set_auto_escape_callback(move |_| match form {
        TemplateForm::Text => AutoEscape::None,
        TemplateForm::Html => AutoEscape::Html,
    });
    // A value that is missing is left out; a variable that is unknown is an error.
    environment.set_formatter(|out, state, value| match value.kind() {
        ValueKind::None => Ok(()),
        // Written as a whole, it may be far larger than what made it.
        ValueKind::Seq | ValueKind::Map | ValueKind::Iterable => Err(Error::new(
            ErrorKind::InvalidOperation,
            "a list cannot be written; go through its entries with a loop",
        )),
        _ => escape_formatter(out, state, value),
    });
    filters::add(&mut environment, style.currency, style.day_form, style.language);
    let mut syntax = SyntaxConfig::builder();
    syntax.trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true);
    if let Ok(syntax) = syntax.build() {
        environment.set_syntax(syntax);
    }
    let rendered = environment.render_str(source, facts.clone());
    let describe = |error: &Error| template_error(error, source, form, (above, left));
    let rendered = rendered.map_err(|error| describe(&error))?;
    if rendered.len() > MAX_BYTES {
        let note = format!("becomes longer than the limit of {MAX_BYTES} bytes").into();
        return Err(TemplateError { form, at: None, note });
    }
    Ok(rendered)
}

fn template_error(
    error: &Error,
    source: &str,
    form: TemplateForm,
    (above, left): (usize, usize),
) -> TemplateError {
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
            format!("`{named}` is not a variable of this kind of notice"),
            Advice::TemplateFacts,
        ),
        (ErrorKind::OutOfFuel, _) => "takes too many steps: simplify it".into(),
        (kind, _) => {
            let detail = error.detail().map_or_else(|| kind.to_string(), text::shown);
            format!("cannot be filled in: {detail}").into()
        }
    };
    TemplateError { form, at, note }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn render_text(text: &str) -> Result<RenderedNotice, TemplateError> {
        let words =
            Words::new((NoticeKind::Reminder, Language::English), Some(text.into()), None).unwrap();
        words.render(&Facts::sample(NoticeKind::Reminder))
    }

    #[test]
    fn every_kind_has_words_that_fit_but_announcements() {
        let all = NoticeKind::ALL.iter();
        for (kind, language) in all.flat_map(|kind| Language::ALL.iter().map(move |it| (kind, it)))
        {
            match Words::new((*kind, *language), None, None) {
                Ok(words) => {
                    let rendered = words.render(&Facts::sample(*kind)).unwrap();
                    assert!(
                        !rendered.text.contains("none") && !rendered.text.contains("  \n"),
                        "{rendered:?}"
                    );
                    assert!(!rendered.text.contains("\n\n\n"), "{}", rendered.text);
                    assert!(rendered.html.contains("<p>"), "{}", rendered.html);
                }
                Err(_) => assert_eq!(*kind, NoticeKind::Announcement),
            }
        }
    }

    #[test]
    fn who_pays_by_a_processor_is_not_told_to_pay_by_standing_order() {
        for kind in
            NoticeKind::ALL.iter().filter(|it| defaults::text(**it, Language::English).is_some())
        {
            for (language, page) in Language::ALL.iter().flat_map(|it| [(it, true), (it, false)]) {
                let mut facts = Facts::sample(*kind);
                let Some(member) = &mut facts.member else { continue };
                member.collected = true;
                if !page {
                    facts.space.pay_page = None;
                }
                let words = Words::new((*kind, *language), None, None).unwrap();
                let text = words.render(&facts).unwrap().text;
                for wrong in ["standing order", "Dauerauftrag", "sort code", "\n\n\n", "none"] {
                    let asks = *kind == NoticeKind::Nudge && !wrong.contains('\n');
                    assert!(asks || !text.contains(wrong), "{kind} {wrong}: {text}");
                }
                let names_it = matches!(
                    kind,
                    NoticeKind::Welcome | NoticeKind::PaymentFailed | NoticeKind::Lapsed
                );
                assert_eq!(names_it && page, names_it && text.contains("/profile/pay"), "{text}");
            }
        }
    }

    #[test]
    fn an_unknown_variable_is_reported_with_its_place() {
        let error = render_text("Subject: Hello {{ membr.name }}\n\nText\n").unwrap_err();
        assert_eq!(error.at, Some((1, 19)), "{error:?}");
        assert!(error.note.text.starts_with("`membr"), "{error:?}");
        let error = render_text("Subject: Hello\n\nDear {{ member.nam }},\n").unwrap_err();
        assert_eq!(error.at.map(|at| at.0), Some(3), "{error:?}");
        assert!(error.note.text.contains("is not a variable of"), "{error:?}");
        let error = render_text("Subject: Hello\n\n{% if x %}\n").unwrap_err();
        assert!(error.note.text.starts_with("cannot be filled in"), "{error:?}");
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
            assert!(render_text(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn missing_values_are_left_out_and_html_is_escaped() {
        let mut facts = Facts::sample(NoticeKind::Reminder);
        facts.member.as_mut().unwrap().name = "Ada <b>&\"".into();
        facts.dues.as_mut().unwrap().year = None;
        let text = "Subject: For {{ member.name }}\n\n{{ member.name }}[{{ dues.year }}]\nsecond\n";
        let words =
            Words::new((NoticeKind::Reminder, Language::English), Some(text.into()), None).unwrap();
        let rendered = words.render(&facts).unwrap();
        assert_eq!(rendered.subject, "For Ada <b>&\"");
        assert_eq!(rendered.text, "Ada <b>&\"[]\nsecond\n");
        assert!(rendered.html.contains("Ada &lt;b&gt;&amp;&quot;[]<br>"), "{}", rendered.html);
        let html = Some("<i>{{ member.name }}</i>".into());
        let words = Words::new((NoticeKind::Reminder, Language::English), None, html).unwrap();
        assert_eq!(words.render(&facts).unwrap().html, "<i>Ada &lt;b&gt;&amp;&quot;</i>");
    }

    #[test]
    fn no_template_runs_for_ever() {
        for text in [
            "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}",
            "{{ \"x\" * 100000000 }}",
            "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        ] {
            let error = render_text(&format!("Subject: a\n\n{text}\n"));
            assert!(error.is_err(), "{text}");
        }
    }

    /// Fuel pays for bytes as well as for steps, so values and output are bounded.
    #[test]
    fn no_template_takes_much_memory() {
        let doubled = "{% set a = a ~ a %}".repeat(40);
        for text in [
            "{{ [\"x\" * 1000000] * 1000 }}",
            "{% for a in [\"x\" * 1000000] * 1000 %}{{ a }}{% endfor %}",
            &format!("{{% set a = \"xxxxxxxx\" %}}{doubled}{{{{ a }}}}"),
            "{{ \"xxxxxxxxxxxxxxxx\"|replace(\"\", \"x\" * 100000)|replace(\"x\", \"y\" * 9999) }}",
            "{{ range(9999)|map(\"string\")|join(\"x\" * 99999) }}",
        ] {
            let mut refused = false;
            let used = allocation_counter::measure(|| {
                refused = render_text(&format!("Subject: a\n\n{text}\n")).is_err();
            });
            assert!(refused, "{text}");
            assert!(used.bytes_max < 64_000_000, "{} bytes for {text}", used.bytes_max);
        }
    }
}
