//! Reads what a newcomer filled in, and finds everything that is wrong with it.

use jiff::civil::Date;

use super::{FormFault, FormField, Offer, dues};
use crate::domain::{
    model::{
        Agreement, Application, Language, Money, application::ApplicationChild, contact::YearMonth,
        email, text,
    },
    money::{Currency, WrittenAmount},
};

/// How many children can join with a parent.
pub const MOST_CHILDREN: usize = 12;

/// How many lines an address has at most.
const MOST_LINES: usize = 10;

/// How old somebody can be, in years.
const OLDEST: i16 = 130;

/// What was filled in, as it was typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[expect(missing_docs, reason = "each is named like the field of the application")]
pub struct Form<'f> {
    pub name: &'f str,
    pub email: &'f str,
    pub phone: &'f str,
    pub address: &'f str,
    pub born: &'f str,
    pub tier: &'f str,
    /// The reason for reduced dues.
    pub concession: &'f str,
    /// The monthly amount that they chose to pay, in major units.
    pub amount: &'f str,
    pub news: bool,
    pub named: bool,
    pub heard_of_us: &'f str,
    pub language: Language,
    /// Whether they agree to the house rules.
    pub house_rules: bool,
    /// Whether they agree to the privacy notice.
    pub privacy: bool,
}

/// Everything that is wrong with a form.
type FormFaults = Vec<(FormField, FormFault)>;

/// Reads a form; `agreed` is what there is to agree to, in the version that was shown.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read(
    form: &Form<'_>,
    offer: &Offer,
    agreed: Agreement,
    children: Vec<ApplicationChild>,
) -> Result<Application, FormFaults> {
    let today = agreed.on;
    let mut faults = FormFaults::new();
    let mut line = |field, text, is_needed| read_line(field, text, is_needed, &mut faults);
    let name = line(FormField::Name, form.name, true).unwrap_or_default();
    let address = line(FormField::Email, form.email, true);
    let phone = line(FormField::Phone, form.phone, false);
    let concession = line(FormField::Concession, form.concession, false);
    let heard_of_us = line(FormField::HeardOfUs, form.heard_of_us, false);
    if address.as_ref().is_some_and(|it| !email::is_address(it)) {
        faults.push((FormField::Email, FormFault::NoAddress));
    }
    let postal = read_lines(form.address, &mut faults);
    let born = match form.born.trim() {
        "" => {
            faults.push((FormField::Born, FormFault::Missing));
            None
        }
        text => read_month(FormField::Born, text, today, &mut faults),
    };
    let tier = offer.tier(form.tier.trim());
    if tier.is_none() {
        faults.push((FormField::Tier, FormFault::NotOffered));
    }
    let currency = Currency::named(&offer.space.currency);
    let amount = read_amount(form.amount, &currency);
    let chosen_amount = amount.unwrap_or_else(|fault| {
        faults.push((FormField::Amount, fault));
        None
    });
    if let Some((_, tier)) = tier {
        let births: Vec<_> = children.iter().map(|it| Some(it.born)).collect();
        let terms = (born, concession.is_some() && tier.concessions, None);
        let least = dues(&offer.space, tier, terms, &births, today).amount;
        // Whoever pays exactly the dues chose nothing.
        if chosen_amount.is_some_and(|it| it < least) {
            faults.push((FormField::Amount, FormFault::BelowDues(least)));
        }
    }
    for (field, is_needed, is_given) in [
        (FormField::HouseRules, agreed.house_rules.is_some(), form.house_rules),
        (FormField::Privacy, agreed.privacy.is_some(), form.privacy),
    ] {
        if is_needed && !is_given {
            faults.push((field, FormFault::NotAgreed));
        }
    }
    let (Some((tier, _)), [], Some(email)) = (tier, &faults[..], address) else {
        return Err(faults);
    };
    Ok(Application {
        name,
        email,
        phone,
        address: postal,
        born,
        tier: tier.clone(),
        concession,
        chosen_amount,
        news: form.news,
        named: form.named,
        heard_of_us,
        language: form.language,
        agreed,
        children,
    })
}

/// Reads what was filled in about a child.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read_child(name: &str, born: &str, today: Date) -> Result<ApplicationChild, FormFaults> {
    let mut faults = FormFaults::new();
    let name = read_line(FormField::ChildName, name, true, &mut faults).unwrap_or_default();
    if born.trim().is_empty() {
        faults.push((FormField::ChildBorn, FormFault::Missing));
    }
    let born = read_month(FormField::ChildBorn, born.trim(), today, &mut faults);
    match (born, &faults[..]) {
        (Some(born), []) => Ok(ApplicationChild { name, born }),
        _ => Err(faults),
    }
}

fn read_line(
    field: FormField,
    text: &str,
    is_needed: bool,
    faults: &mut FormFaults,
) -> Option<String> {
    let text = text.trim();
    if text.is_empty() {
        if is_needed {
            faults.push((field, FormFault::Missing));
        }
        return None;
    }
    if text.len() > text::LONGEST {
        faults.push((field, FormFault::TooLong));
    } else if text.chars().any(text::is_control) {
        faults.push((field, FormFault::Unreadable));
    }
    Some(text.to_owned())
}

/// Reads an address of several lines.
fn read_lines(text: &str, faults: &mut FormFaults) -> Option<String> {
    let lines: Vec<&str> =
        text.lines().map(str::trim).filter(|line| !line.is_empty()).take(MOST_LINES + 1).collect();
    if lines.len() > MOST_LINES || lines.iter().any(|line| line.len() > text::LONGEST) {
        faults.push((FormField::Address, FormFault::TooLong));
    } else if lines.iter().any(|line| line.chars().any(text::is_control)) {
        faults.push((FormField::Address, FormFault::Unreadable));
    } else if lines.is_empty() {
        faults.push((FormField::Address, FormFault::Missing));
        return None;
    }
    Some(lines.join("\n"))
}

fn read_month(
    field: FormField,
    text: &str,
    today: Date,
    faults: &mut FormFaults,
) -> Option<YearMonth> {
    if text.is_empty() {
        return None;
    }
    let Ok(month) = text.parse::<YearMonth>() else {
        faults.push((field, FormFault::NoMonth));
        return None;
    };
    if (month.year, month.month) > (today.year(), today.month()) {
        faults.push((field, FormFault::Future));
    } else if month.year < today.year() - OLDEST {
        faults.push((field, FormFault::TooOld));
    }
    Some(month)
}

fn read_amount(text: &str, currency: &Currency) -> Result<Option<Money>, FormFault> {
    let text = text.trim().replace(',', ".");
    if text.is_empty() {
        return Ok(None);
    }
    let written = text.parse::<WrittenAmount>().map_err(|_| FormFault::NoAmount)?;
    currency.minor(&written).map(Some).map_err(|_| FormFault::NoAmount)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::domain::{
        model::{Record, RecordPath},
        ops::fixture,
        records::Records as _,
    };

    const TODAY: Date = date(2026, 1, 15);

    fn offer() -> Offer {
        let mut all = fixture::space();
        let Some(Record::Space(mut space)) = all.record(&RecordPath::Space) else { panic!() };
        space.joining.tiers = vec!["standard".parse().unwrap()];
        all.insert(RecordPath::Space, Record::Space(space));
        Offer::of(&all).unwrap()
    }

    fn good() -> Form<'static> {
        Form {
            name: " Grace Hopper ",
            email: "grace@example.org",
            address: "1 Main Street\r\n\r\nArlington",
            born: "1986-12",
            tier: "standard",
            house_rules: true,
            privacy: true,
            ..Form::default()
        }
    }

    fn read(form: Form<'_>) -> Result<Application, FormFaults> {
        let some = || Some("abc".to_owned());
        let agreed = Agreement { on: TODAY, house_rules: some(), privacy: some() };
        super::read(&form, &offer(), agreed, Vec::new())
    }

    #[test]
    fn what_is_filled_in_well_is_an_application() {
        let read = read(good()).unwrap();
        assert_eq!(read.name, "Grace Hopper");
        assert_eq!(read.address.as_deref(), Some("1 Main Street\nArlington"));
        assert_eq!((read.phone, read.chosen_amount), (None, None));
    }

    #[test]
    fn everything_that_is_wrong_is_found_at_once() {
        use {FormFault as W, FormField as F};
        let long = "x".repeat(10_240);
        let least = dues(&offer().space, &offer().tiers[0].1, (None, false, None), &[], TODAY);
        for (form, expected) in [
            (Form { name: &long, ..good() }, (F::Name, W::TooLong)),
            (Form { name: "A\u{7}da", ..good() }, (F::Name, W::Unreadable)),
            (Form { name: "A\nBcc: b", ..good() }, (F::Name, W::Unreadable)),
            (Form { email: "a@example.org\r\nBcc: b@c.org", ..good() }, (F::Email, W::Unreadable)),
            (Form { email: "grace", ..good() }, (F::Email, W::NoAddress)),
            (Form { address: &long, ..good() }, (F::Address, W::TooLong)),
            (Form { address: "a\u{0}b", ..good() }, (F::Address, W::Unreadable)),
            (Form { born: "2026-02", ..good() }, (F::Born, W::Future)),
            (Form { born: "1990", ..good() }, (F::Born, W::NoMonth)),
            (Form { born: "1990-13", ..good() }, (F::Born, W::NoMonth)),
            (Form { born: " ", ..good() }, (F::Born, W::Missing)),
            (Form { tier: "guest", ..good() }, (F::Tier, W::NotOffered)),
            (Form { tier: "../x", ..good() }, (F::Tier, W::NotOffered)),
            (Form { amount: "1", ..good() }, (F::Amount, W::BelowDues(least.amount))),
            (Form { amount: "-5", ..good() }, (F::Amount, W::NoAmount)),
            (Form { amount: "99999999999999999999", ..good() }, (F::Amount, W::NoAmount)),
            (Form { privacy: false, ..good() }, (F::Privacy, W::NotAgreed)),
        ] {
            let faults = read(form).unwrap_err();
            assert!(faults.contains(&expected), "{form:?}: {faults:?}");
        }
        assert!(read(Form { amount: "1000,50", ..good() }).unwrap().chosen_amount == Some(100_050));
        let all = read(Form::default()).unwrap_err();
        for field in [F::Name, F::Email, F::Address, F::Born, F::Tier, F::HouseRules, F::Privacy] {
            assert!(all.iter().any(|(it, _)| *it == field), "{field:?}");
        }
    }

    #[test]
    fn a_child_has_a_name_and_a_birth() {
        let child = read_child(" Byron ", "2015-05", TODAY).unwrap();
        assert_eq!((child.name.as_str(), child.born.year), ("Byron", 2015));
        assert_eq!(read_child("", "", TODAY).unwrap_err().len(), 2);
        let future = read_child("Byron", "2027-01", TODAY).unwrap_err();
        assert_eq!(future, [(FormField::ChildBorn, FormFault::Future)]);
    }

    proptest! {
        /// Whatever is typed: it is refused, or what comes of it passes the checks of the records.
        #[test]
        fn what_is_taken_can_be_written(name in ".{0,40}", email in "[ -~]{0,20}@?[a-z.]{0,9}",
                                        address in "(?s).{0,60}", born in "[0-9-]{0,8}",
                                        amount in "[0-9.,-]{0,8}") {
            let form = Form { name: &name, email: &email, address: &address, born: &born,
                              amount: &amount, ..good() };
            if let Ok(read) = read(form) {
                prop_assert!(text::complaint(&read.name).is_none());
                prop_assert!(email::is_address(&read.email));
                let lines = read.address.unwrap_or_default();
                prop_assert!(lines.lines().all(|line| text::complaint(line).is_none()));
            }
        }
    }
}
