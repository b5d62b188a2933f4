//! How a template writes amounts and days as a person would: `£12.50`, `1 June 2026`.

use jiff::{civil::Date, fmt::strtime};
use minijinja::{Environment, Error, ErrorKind, value::Value};

use crate::domain::{
    model::{Language, contact::YearMonth},
    money::Currency,
};

/// How days are written unless the settings say otherwise (a format of strftime).
pub const DAY_FORM: &str = "%-d %B %Y";

/// Returns how days are written in a language unless the settings say otherwise.
#[must_use]
pub const fn day_form(language: Language) -> &'static str {
    match language {
        Language::English => DAY_FORM,
        Language::German => "%-d.%-m.%Y",
    }
}

/// Tells whether a day can be written in a form: `%-d %B %Y`, `%Y-%m-%d`.
#[must_use]
pub fn is_day_form(form: &str) -> bool {
    strtime::format(form, Date::constant(2026, 6, 1)).is_ok_and(|it| !it.trim().is_empty())
}

/// Adds the filters.
///
/// `money` writes minor units with the digits of the currency, `amount` the same, or an amount in
/// text, with the sign of the currency; `day` writes a date, or a month, in words.
pub(super) fn add(
    environment: &mut Environment<'_>,
    currency: &str,
    form: Option<&str>,
    language: Language,
) {
    let currency = Currency::named(currency);
    let digits = currency.clone();
    environment.add_filter("money", move |minor: i64| digits.amount(minor).to_string());
    environment.add_filter("amount", move |value: Value| amount(&currency, language, &value));
    let form = form.unwrap_or(day_form(language)).to_owned();
    environment.add_filter("day", move |value: Value| day(&form, &value));
}

fn amount(currency: &Currency, language: Language, value: &Value) -> Result<Value, Error> {
    if let Some(nothing) = nothing(value)? {
        return Ok(nothing);
    }
    let minor = match value.as_str() {
        Some(text) => currency.parse_bank_amount(text, Some('.')).ok(),
        None => value.as_i64(),
    };
    let minor = minor.ok_or_else(|| wrong("amount", "25.00, or a number of minor units"))?;
    Ok(Value::from(currency.in_language(minor, language)))
}

fn day(form: &str, value: &Value) -> Result<Value, Error> {
    let wrong = || wrong("day", "a date like 2026-06-01, or a month like 2026-06");
    if let Some(nothing) = nothing(value)? {
        return Ok(nothing);
    }
    let text = value.as_str().ok_or_else(wrong)?;
    if let Ok(YearMonth { year, month }) = text.parse() {
        let first = Date::new(year, month, 1).map_err(|_| wrong())?;
        return Ok(Value::from(first.strftime("%B %Y").to_string()));
    }
    let day: Date = text.parse().map_err(|_| wrong())?;
    strtime::format(form, day).map(Value::from).map_err(|_| wrong())
}

/// Leaves out what is missing; a variable that is unknown is an error.
fn nothing(value: &Value) -> Result<Option<Value>, Error> {
    if value.is_undefined() {
        return Err(Error::from(ErrorKind::UndefinedError));
    }
    Ok(value.is_none().then(|| value.clone()))
}

fn wrong(filter: &str, expected: &str) -> Error {
    Error::new(ErrorKind::InvalidOperation, format!("`{filter}` takes {expected}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(template: &str, form: Option<&str>) -> String {
        let mut environment = Environment::new();
        add(&mut environment, "GBP", form, Language::English);
        environment.render_str(template, ()).unwrap()
    }

    #[test]
    fn days_and_amounts_read_as_a_person_writes_them() {
        for (template, expected) in [
            ("{{ \"2026-06-01\" | day }}", "1 June 2026"),
            ("{{ \"2026-06\" | day }}", "June 2026"),
            ("{{ \"12.50\" | amount }}", "£12.50"),
            ("{{ 1250 | amount }}", "£12.50"),
            ("{{ -1250 | amount }}", "-£12.50"),
            ("{{ 1250 | money }}", "12.50"),
        ] {
            assert_eq!(filled(template, None), expected, "{template}");
        }
        assert_eq!(filled("{{ \"2026-06-01\" | day }}", Some("%B %-d, %Y")), "June 1, 2026");
    }

    #[test]
    fn what_is_neither_is_an_error_of_the_template() {
        let mut environment = Environment::new();
        add(&mut environment, "GBP", None, Language::English);
        for template in ["{{ \"soon\" | day }}", "{{ 5 | day }}", "{{ \"x\" | amount }}"] {
            assert!(environment.render_str(template, ()).is_err(), "{template}");
        }
    }

    #[test]
    fn a_form_of_days_is_one_that_can_be_written() {
        for form in [DAY_FORM, "%Y-%m-%d", "%d.%m.%Y", "%A, %-d %B"] {
            assert!(is_day_form(form), "{form}");
        }
        for form in ["", " ", "%", "%H:%M", "%Q"] {
            assert!(!is_day_form(form), "{form}");
        }
    }
}
