//! A bank of two years: what happened on the accounts of a space, and exports of it.

use std::fmt::Write as _;

use jiff::{ToSpan as _, civil::Date, civil::date};

/// The first day of everything.
pub(crate) const BEGIN: Date = date(2024, 6, 1);

/// The number of months.
pub(crate) const MONTHS: u32 = 24;

/// The members who pay, each by a standing order.
pub(crate) const MEMBERS: [u64; 10] = [1, 2, 3, 5, 6, 7, 8, 9, 42, 420];

/// What the bank knows about one movement of money.
#[derive(Clone, Debug)]
pub(crate) struct Movement {
    /// Its own number.
    pub(crate) number: usize,
    pub(crate) day: Date,
    /// In pence; negative for outgoing money.
    pub(crate) amount: i64,
    /// Whose dues it is; `None` for what is nobody's.
    pub(crate) member: Option<u64>,
    name: String,
    memo: String,
    /// The bank's id, which another movement may have as well.
    id: String,
    account: u8,
    /// The movement that it takes back.
    pub(crate) bounced: Option<usize>,
    /// Whether the bank corrects it by another line, in one of its formats.
    corrected: bool,
    /// The movements that a batch consists of.
    pub(crate) parts: Vec<Movement>,
}

/// The formats of the bank.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Format {
    Ofx,
    /// OFX with other ids and other words, some of it booked a day later.
    OtherOfx,
    /// A table without ids, some of it booked up to two days later.
    Csv,
    /// CAMT, which lists the parts of most batches.
    Camt,
}

/// Random numbers that are the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn one_in(&mut self, sides: u64) -> bool {
        self.roll(sides) == 0
    }
}

/// Two years of movements, in order.
pub(crate) fn movements(seed: u64) -> Vec<Movement> {
    let mut dice = Dice(seed);
    let mut all: Vec<Movement> = Vec::new();
    for month in 0..MONTHS {
        let first = BEGIN + (month as i32).months();
        for (at, member) in MEMBERS.into_iter().enumerate() {
            let day = first + (at as i32 * 2 + dice.roll(2) as i32).days();
            pay(&mut all, &mut dice, member, day);
        }
        let day = first + (20 + dice.roll(5) as i32).days();
        match dice.roll(4) {
            0 => put(&mut all, day, 1000 + dice.roll(9000) as i64, None, "Z STRANGER", "A GIFT"),
            1 => put(&mut all, day, 5000, None, "A COUPLE", "SM0001 & 0002"),
            2 => batch(&mut all, &mut dice, day),
            _ => {}
        }
        put(&mut all, day, -80_000, None, "LANDLORD", "RENT");
    }
    all.sort_by_key(|it| (it.day, it.number));
    // The ids begin again each month, and now and then one is used twice.
    for at in 0..all.len() {
        let again = at > 0 && dice.one_in(40);
        all[at].id = if again { all[at - 1].id.clone() } else { format!("N{}", at % 17) };
    }
    all
}

fn pay(all: &mut Vec<Movement>, dice: &mut Dice, member: u64, day: Date) {
    let name = format!("PAYER {}", ["A", "B", "C", "D"][member as usize % 4]);
    let memo = match dice.roll(40) {
        0 => format!("SM-{member:04}"),
        1 => format!("SM  {member:04}"),
        2 => "DUES".to_owned(),
        3..8 => format!("sm {member:04}"),
        _ => format!("SM{member:04}"),
    };
    let amount = if dice.one_in(20) { 5000 } else { 2500 };
    put(all, day, amount, Some(member), &name, &memo);
    let last = all.len() - 1;
    all[last].account = u8::from(dice.one_in(10));
    all[last].corrected = dice.one_in(60);
    match dice.roll(40) {
        0 => {
            // It bounces, and is paid again.
            let back = day + (1 + dice.roll(4) as i32).days();
            put(all, back, -amount, Some(member), &name, &format!("{memo} UNPAID"));
            all[last + 1].bounced = Some(last);
            put(all, back + 3.days(), amount, Some(member), &name, &memo);
        }
        1 => put(all, day + (dice.roll(3) as i32).days(), amount, Some(member), &name, &memo),
        _ => {}
    }
}

fn batch(all: &mut Vec<Movement>, dice: &mut Dice, day: Date) {
    let mut parts: Vec<Movement> = Vec::new();
    for at in 0..3 {
        let member = MEMBERS[(dice.roll(3) as usize) * 3 + at];
        let name = format!("PART {at}");
        put(&mut parts, day, 2500, Some(member), &name, &format!("SM{member:04}"));
        parts[at].number = all.len() * 10 + at + 100_000;
    }
    put(all, day, 7500, None, "COLLECTION", "3 PAYMENTS");
    all.last_mut().unwrap().parts = parts;
}

fn put(
    all: &mut Vec<Movement>,
    day: Date,
    amount: i64,
    member: Option<u64>,
    name: &str,
    memo: &str,
) {
    all.push(Movement {
        number: all.len(),
        day,
        amount,
        member,
        name: name.to_owned(),
        memo: memo.to_owned(),
        id: String::new(),
        account: 0,
        bounced: None,
        corrected: false,
        parts: Vec::new(),
    });
}

/// Returns the day on which a format books a movement.
pub(crate) fn booked(movement: &Movement, format: Format) -> Date {
    let late = match format {
        Format::Ofx | Format::Camt => 0,
        Format::OtherOfx => movement.number % 2,
        Format::Csv => movement.number % 3,
    };
    movement.day + (late as i32).days()
}

/// Exports the movements of some days.
pub(crate) fn export(all: &[Movement], format: Format, from: Date, until: Date) -> String {
    let some: Vec<&Movement> =
        all.iter().filter(|it| (from..until).contains(&booked(it, format))).collect();
    match format {
        Format::Ofx | Format::OtherOfx => ofx(&some, format),
        Format::Csv => csv(&some),
        Format::Camt => camt(&some),
    }
}

fn amount(pence: i64) -> String {
    format!("{}{}.{:02}", if pence < 0 { "-" } else { "" }, pence.abs() / 100, pence.abs() % 100)
}

fn ofx(some: &[&Movement], format: Format) -> String {
    let mut text = "OFXHEADER:100\nCHARSET:1252\n\n<OFX><BANKMSGSRSV1>\n".to_owned();
    for account in 0..2_u8 {
        writeln!(text, "<STMTRS><CURDEF>GBP<BANKACCTFROM><ACCTID>{account}</BANKACCTFROM>")
            .unwrap();
        for it in some.iter().filter(|it| it.account == account) {
            let (id, name, memo) = match format {
                Format::Ofx => (it.id.clone(), it.name.clone(), it.memo.clone()),
                _ => {
                    (format!("X{}", it.number), it.name.to_lowercase(), format!("{} STO", it.memo))
                }
            };
            let day = booked(it, format).strftime("%Y%m%d");
            let memo = memo.replace('&', "&amp;");
            let line = |id: &str, more: &str| {
                format!(
                    "<STMTTRN><DTPOSTED>{day}<TRNAMT>{}<FITID>{id}{more}<NAME>{name}<MEMO>{memo}</STMTTRN>\n",
                    amount(it.amount)
                )
            };
            text += &line(&id, "");
            if it.corrected {
                text +=
                    &line(&format!("{id}C"), &format!("<CORRECTFITID>{id}<CORRECTACTION>REPLACE"));
            }
        }
        text += "</STMTRS>\n";
    }
    text + "</BANKMSGSRSV1></OFX>\n"
}

fn csv(some: &[&Movement]) -> String {
    let mut text = "Date,Amount,Text,Id\n".to_owned();
    for it in some {
        let day = booked(it, Format::Csv).strftime("%d/%m/%Y");
        writeln!(text, "{day},{},\"{} {}\",", amount(it.amount), it.memo, it.name).unwrap();
    }
    text
}

fn camt(some: &[&Movement]) -> String {
    let mut text = "<?xml version=\"1.0\"?>\n<Document><BkToCstmrStmt>\n".to_owned();
    for account in 0..2_u8 {
        writeln!(text, "<Stmt><Acct><Id><Othr><Id>{account}</Id></Othr></Id></Acct>").unwrap();
        for it in some.iter().filter(|it| it.account == account) {
            let details: String = match it.parts.as_slice() {
                [] => detail(it, ""),
                _ if it.number % 4 == 0 => "<Btch><NbOfTxs>3</NbOfTxs></Btch>".into(),
                parts => {
                    parts.iter().map(|part| detail(part, "<Amt Ccy=\"GBP\">25.00</Amt>")).collect()
                }
            };
            writeln!(
                text,
                "<Ntry><Amt Ccy=\"GBP\">{}</Amt><CdtDbtInd>{}</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>{}</Dt>\
                 </BookgDt><AcctSvcrRef>C{}</AcctSvcrRef><NtryDtls>{details}</NtryDtls></Ntry>",
                amount(it.amount.abs()),
                if it.amount < 0 { "DBIT" } else { "CRDT" },
                it.day,
                it.number,
            )
            .unwrap();
        }
        text += "</Stmt>\n";
    }
    text + "</BkToCstmrStmt></Document>\n"
}

fn detail(it: &Movement, amount: &str) -> String {
    let memo = it.memo.replace('&', "&amp;");
    format!(
        "<TxDtls>{amount}<RltdPties><Dbtr><Nm>{}</Nm></Dbtr></RltdPties><RmtInf><Ustrd>{memo}</Ustrd></RmtInf></TxDtls>",
        it.name
    )
}
