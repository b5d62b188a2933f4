//! A space with some members, and the files of its bank.

use std::fmt::Write as _;

use jiff::civil::{Date, date};
use space::{
    domain::{
        check,
        model::{
            Columns, DuesRules, Member, MemberId, Record, RecordPath, Space, StatementProfile, Tag,
            Tier,
        },
        ops::{self, Plan, payment},
        payments::{LineOutcome, Statement, TransactionStatus},
        records::{Catalogue, Records as _},
    },
    integrations::statement::{Layout, StatementContext, read},
};

/// The day of all imports.
pub(crate) const TODAY: Date = date(2026, 6, 15);

/// Members 0001 to 0011, 0042 and 0420, who owe 25.00 a month; 0004 is a child of 0003.
pub(crate) struct Bank {
    pub(crate) records: Catalogue,
}

impl Bank {
    pub(crate) fn new() -> Self {
        let mut records = Catalogue::default();
        records.insert(RecordPath::Space, Record::Space(settings()));
        let tier = Tier {
            name: "Standard".into(),
            price: Some(2500),
            year: Some(27_500),
            concessions: true,
        };
        records.insert(RecordPath::Tier("standard".parse().unwrap()), Record::Tier(tier));
        for number in (1..=11).chain([42, 420]) {
            let member = Member {
                name: format!("Member {number}"),
                tier: "standard".parse().unwrap(),
                joined: date(2020, 1, 1),
                left: None,
                suspended: None,
                suspended_until: None,
                parent: (number == 4).then(|| id(3)),
                concession: false,
                chosen_amount: None,
                paid_until: None,
            };
            records.insert(RecordPath::Member(id(number)), Record::Member(member));
        }
        Self { records }
    }

    /// Imports files, and describes the result of each line: `credited 0001 1`, `known`,
    /// `ignored`, or `aside <reason>` with the members who may be meant.
    ///
    /// Whatever the files are: all lines and all money are accounted for, and a second time changes
    /// nothing.
    pub(crate) fn import(&mut self, files: &[&str]) -> Vec<String> {
        let statements: Vec<Statement> = files.iter().map(|file| statement(file)).collect();
        let done = payment::import(&self.records, &statements, TODAY).unwrap();
        let totals = &done.lines.totals;
        let parts = [totals.credited, totals.known, totals.unmatched, totals.ignored];
        assert_eq!(parts.iter().map(|it| it.lines).sum::<u64>(), totals.all.lines);
        assert_eq!(parts.iter().map(|it| it.money).sum::<i128>(), totals.all.money);
        self.apply(&done.plan);
        let again = payment::import(&self.records, &statements, TODAY).unwrap();
        assert!(again.plan.change.edits.is_empty(), "a second time: {:?}", again.plan.change);
        done.lines.outcomes.iter().map(describe).collect()
    }

    /// Assigns the only transaction that is kept aside with such a text.
    pub(crate) fn assign(&mut self, text: &str, member: u64, remember: bool) -> Result<(), String> {
        let (year, transaction) = self.waiting(text);
        let remember = remember.then_some(payment::Remember::Keep);
        let (member, months) = (id(member), None);
        let request = payment::Assign { year, id: transaction, member, months, remember };
        let plan = payment::assign(&self.records, request).map_err(|it| it.message)?;
        self.apply(&plan);
        Ok(())
    }

    /// Says that such a transaction is of the same money as its twin.
    pub(crate) fn same(&mut self, text: &str) {
        let (year, id) = self.waiting(text);
        let request = payment::Same { year, id, other: None };
        let plan = payment::same(&self.records, request).unwrap();
        self.apply(&plan);
    }

    /// Records cash.
    pub(crate) fn cash(&mut self, member: u64, day: Date) {
        let cash = payment::Add {
            member: id(member),
            id: "cash".parse().unwrap(),
            date: day,
            amount: 2500,
            months: None,
            text: String::new(),
            source: Some("cash".into()),
        };
        let plan = ops::payment::add(&self.records, cash).unwrap();
        self.apply(&plan);
    }

    /// Returns the number of months that a member has paid for.
    pub(crate) fn months(&self, member: u64) -> u16 {
        let of = |(_, record): (&RecordPath, &Record)| match record {
            Record::Payment(payment) => Some(payment.paid_months()),
            _ => None,
        };
        let own = self.records.iter().filter(|(path, _)| path.member() == Some(id(member)));
        own.filter_map(of).sum()
    }

    fn waiting(&self, text: &str) -> (i16, Tag) {
        let is_such = |(year, id): &(i16, Tag)| {
            let record = self.records.record(&RecordPath::Unmatched(*year, id.clone()));
            matches!(record, Some(Record::Unmatched(it)) if it.text.contains(text) && it.same_as.is_none())
        };
        let mut found: Vec<_> = self.records.unmatched().into_iter().filter(is_such).collect();
        assert_eq!(found.len(), 1, "{text}");
        found.remove(0)
    }

    /// Takes a payment back.
    pub(crate) fn reverse(&mut self, member: MemberId, payment: &Tag, on: Date) {
        let request = payment::Refund {
            member,
            payment: payment.clone(),
            on,
            amount: None,
            months: None,
            reason: "bounced".into(),
            verb: "reverse",
        };
        let plan = payment::give_back(&self.records, request).unwrap();
        self.apply(&plan);
    }

    /// Applies a plan, which has to pass the checks.
    pub(crate) fn apply(&mut self, plan: &Plan) {
        let findings = check::change(&plan.change, &self.records);
        assert!(findings.iter().all(|it| !it.is_error()), "{findings:?}");
        self.records.apply(&plan.change);
    }
}

pub(crate) fn id(number: u64) -> MemberId {
    MemberId::new(number).unwrap()
}

/// Describes what happens to a line.
pub(crate) fn describe(outcome: &LineOutcome) -> String {
    match &outcome.status {
        TransactionStatus::Credited { member, months, .. } => format!("credited {member} {months}"),
        TransactionStatus::Known(_) => "known".into(),
        TransactionStatus::Ignored(_) => "ignored".into(),
        TransactionStatus::Unmatched(reason) => {
            let mut text = format!("aside {}", reason.code());
            for suggestion in &outcome.suggestions {
                write!(text, " {}", suggestion.member).unwrap();
            }
            text
        }
    }
}

/// Reads a file; the format is detected.
pub(crate) fn statement(file: &str) -> Statement {
    let profile = profile();
    let layout = Layout::Profile(&profile);
    let context = StatementContext { currency: "GBP", layout, trust_days: false };
    read("statement", file.as_bytes(), &context).unwrap().statement
}

/// Makes an OFX file of transactions: day of June, amount, id, name and memo.
pub(crate) fn ofx(rows: &[(u8, &str, &str, &str, &str)]) -> String {
    format!(
        "OFXHEADER:100\nCHARSET:1252\n\n<OFX><BANKMSGSRSV1>{}</BANKMSGSRSV1></OFX>\n",
        account("1", rows)
    )
}

/// Makes an OFX file of the statements of two accounts.
pub(crate) fn ofx_of_two_accounts(
    one: &[(u8, &str, &str, &str, &str)],
    two: &[(u8, &str, &str, &str, &str)],
) -> String {
    let (one, two) = (account("1", one), account("2", two));
    format!("OFXHEADER:100\nCHARSET:1252\n\n<OFX><BANKMSGSRSV1>{one}{two}</BANKMSGSRSV1></OFX>\n")
}

fn account(number: &str, rows: &[(u8, &str, &str, &str, &str)]) -> String {
    let mut text = format!(
        "<STMTTRNRS><STMTRS><CURDEF>GBP\n<BANKACCTFROM><BANKID>1<ACCTID>{number}</BANKACCTFROM>\n<BANKTRANLIST>\n"
    );
    for (day, amount, id, name, memo) in rows {
        writeln!(
            text,
            "<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>202606{day:02}<TRNAMT>{amount}<FITID>{id}<NAME>{name}<MEMO>{memo}</STMTTRN>"
        )
        .unwrap();
    }
    text + "</BANKTRANLIST></STMTRS></STMTTRNRS>"
}

/// Makes a table: day of June, amount, text and id.
pub(crate) fn csv(rows: &[(u8, &str, &str, &str)]) -> String {
    let mut text = "Date,Amount,Text,Id\n".to_owned();
    for (day, amount, words, id) in rows {
        writeln!(text, "{day:02}/06/2026,{amount},\"{words}\",{id}").unwrap();
    }
    text
}

/// Makes a CAMT.053 file of entries: amount, the bank's reference, and what is between `NtryDtls`.
pub(crate) fn camt(entries: &[(&str, &str, &str)]) -> String {
    let mut text = "<?xml version=\"1.0\"?>\n<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\"><BkToCstmrStmt><Stmt><Id>1</Id>\n".to_owned();
    for (amount, reference, details) in entries {
        writeln!(
            text,
            "<Ntry><Amt Ccy=\"GBP\">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>\
             <BookgDt><Dt>2026-06-01</Dt></BookgDt><AcctSvcrRef>{reference}</AcctSvcrRef>\
             <NtryDtls>{details}</NtryDtls></Ntry>"
        )
        .unwrap();
    }
    text + "</Stmt></BkToCstmrStmt></Document>\n"
}

/// Makes the details of one transaction in an entry; without an amount if it is empty.
pub(crate) fn detail(amount: &str, text: &str) -> String {
    let amount = match amount {
        "" => String::new(),
        amount => format!("<Amt Ccy=\"GBP\">{amount}</Amt>"),
    };
    format!("<TxDtls>{amount}<RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls>")
}

fn profile() -> StatementProfile {
    StatementProfile {
        name: "p".into(),
        separator: ',',
        encoding: "utf-8".into(),
        decimal: '.',
        date_form: "%d/%m/%Y".into(),
        lines_above: 0,
        header: true,
        columns: Columns {
            date: "Date".into(),
            amount: Some("Amount".into()),
            text: vec!["Text".into()],
            id: Some("Id".into()),
            ..Columns::default()
        },
    }
}

fn settings() -> Space {
    Space {
        format: 1,
        name: "Test Space".into(),
        time_zone: "Europe/London".into(),
        currency: "GBP".into(),
        reference_prefix: "SM".into(),
        dues: DuesRules {
            minimum: 0,
            included_children: 1,
            per_further_child: 500,
            concession_age: 65,
        },
        grace_days: 14,
        self_service: Box::default(),
        shortest_passcode: 4,
        brake: Default::default(),
        auto_sync: false,
        language: Default::default(),
        joining: Default::default(),
        levels: Default::default(),
        notices: Default::default(),
        alarms: Default::default(),
        retention: Default::default(),
        next_member: None,
        key_id: None,
    }
}
