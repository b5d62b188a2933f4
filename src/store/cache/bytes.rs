//! The file as a whole: a head, and parts that are verified before they are read.

use git2::Oid;
use serde::{Deserialize, Serialize};

use super::{
    cursor::{Cursor, Pen},
    row,
};
use crate::{
    domain::model::{Finding, Severity, Slug},
    store::Roster,
};

/// Changes whenever what is written changes, so that another version's file is not misread.
const MAGIC: &[u8; 8] = b"space\0\0\x02";

/// So many members are one part.
const PART: usize = 4_096;

/// What the file says before its parts.
#[derive(Serialize, Deserialize)]
struct Head {
    /// The tree of `members/` that it came from.
    of: [u8; 20],
    /// The names of facilities and tiers, which members give by their number here.
    names: Vec<Slug>,
    /// How many members each part has, its length and its hash.
    parts: Vec<(u32, u32, [u8; 16])>,
    findings: Vec<Found>,
}

#[derive(Serialize, Deserialize)]
struct Found {
    path: String,
    at: Option<(u32, Option<u32>)>,
    code: String,
    message: String,
}

/// The codes that reading a member's folder can end in.
const CODES: [&str; 10] = [
    "damaged",
    "duplicate-key",
    "misplaced",
    "missing-field",
    "no-json",
    "no-plain-file",
    "too-large",
    "unknown-field",
    "wrong-type",
    "wrong-value",
];

/// Writes members as a file; nothing if that is not possible.
pub(super) fn encode(of: Oid, roster: &Roster) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    let mut head = Head {
        of: of.as_bytes().try_into().ok()?,
        names: Vec::new(),
        parts: Vec::new(),
        findings: roster.findings().iter().map(Found::of).collect(),
    };
    for members in roster.members().chunks(PART) {
        let mut pen = Pen::default();
        members.iter().for_each(|member| row::write(member, &mut head.names, &mut pen));
        let count = u32::try_from(members.len()).ok()?;
        head.parts.push((count, u32::try_from(pen.0.len()).ok()?, hash(&pen.0)));
        body.extend(pen.0);
    }
    let head = postcard::to_stdvec(&head).ok()?;
    let length = u32::try_from(head.len()).ok()?.to_le_bytes();
    Some([&MAGIC[..], &length, &hash(&head), &head, &body].concat())
}

/// Reads a file; nothing if it is damaged or from another version.
#[expect(clippy::needless_pass_by_value, reason = "the bytes are of no use afterwards")]
pub(super) fn decode(bytes: Vec<u8>) -> Option<(Oid, Roster)> {
    let rest = bytes.strip_prefix(MAGIC)?;
    let (length, rest) = rest.split_at_checked(4)?;
    let (sum, rest) = rest.split_at_checked(16)?;
    let length = u32::from_le_bytes(length.try_into().ok()?);
    let (head, mut rest) = rest.split_at_checked(usize::try_from(length).ok()?)?;
    if hash(head) != sum {
        return None;
    }
    let head: Head = postcard::from_bytes(head).ok()?;
    let count = head.parts.iter().map(|(count, ..)| *count).sum::<u32>();
    let mut members = Vec::with_capacity(usize::try_from(count).ok()?);
    // One core is quicker at this than two that wait for each other's memory.
    for (count, length, sum) in &head.parts {
        let (part, after) = rest.split_at_checked(usize::try_from(*length).ok()?)?;
        if hash(part) != *sum {
            return None;
        }
        let mut at = Cursor(part);
        for _ in 0..*count {
            members.push(row::read(&head.names, &mut at)?);
        }
        rest = after;
    }
    let findings: Option<Vec<Finding>> = head.findings.into_iter().map(Found::finding).collect();
    let of = Oid::from_bytes(&head.of).ok()?;
    Some((of, Roster::new(members, findings?)))
}

fn hash(bytes: &[u8]) -> [u8; 16] {
    let mut half = [0; 16];
    half.copy_from_slice(&blake3::hash(bytes).as_bytes()[..16]);
    half
}

impl Found {
    fn of(finding: &Finding) -> Self {
        Self {
            path: finding.path.clone(),
            at: finding.line.map(|line| (line, finding.column)),
            code: finding.code.to_owned(),
            message: finding.message.clone(),
        }
    }

    fn finding(self) -> Option<Finding> {
        Some(Finding {
            path: self.path,
            line: self.at.map(|(line, _)| line),
            column: self.at.and_then(|(_, column)| column),
            code: CODES.into_iter().find(|code| *code == self.code)?,
            severity: Severity::Error,
            message: self.message,
        })
    }
}
