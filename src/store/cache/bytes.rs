//! The file as a whole: a head, and parts that are verified and read on several cores.

use std::thread;

use git2::Oid;
use serde::{Deserialize, Serialize};

use super::row::Row;
use crate::{
    domain::model::{Finding, MemberFolder, Severity},
    store::Roster,
};

/// Changes whenever what is written changes, so that another version's file is not misread.
const MAGIC: &[u8; 8] = b"space\0\0\x01";

/// So many members are one part.
const PART: usize = 4_096;

/// What the file says before its parts.
#[derive(Serialize, Deserialize)]
struct Head {
    /// The tree of `members/` that it came from.
    of: [u8; 20],
    /// The length and the hash of each part.
    parts: Vec<(u32, [u8; 16])>,
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
        parts: Vec::new(),
        findings: roster.findings().iter().map(Found::of).collect(),
    };
    for members in roster.members().chunks(PART) {
        let rows: Vec<Row<'_>> = members.iter().map(Row::of).collect();
        let part = postcard::to_stdvec(&rows).ok()?;
        head.parts.push((u32::try_from(part.len()).ok()?, hash(&part)));
        body.extend(part);
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
    let mut parts = Vec::with_capacity(head.parts.len());
    for (length, sum) in &head.parts {
        let (part, after) = rest.split_at_checked(usize::try_from(*length).ok()?)?;
        parts.push((part, sum));
        rest = after;
    }
    let findings: Option<Vec<Finding>> = head.findings.into_iter().map(Found::finding).collect();
    let of = Oid::from_bytes(&head.of).ok()?;
    Some((of, Roster::new(members(&parts)?, findings?)))
}

/// Reads the parts, each core an equal run of them.
fn members(parts: &[(&[u8], &[u8; 16])]) -> Option<Vec<MemberFolder>> {
    let cores = thread::available_parallelism().map_or(1, usize::from).min(8);
    let run = parts.len().div_ceil(cores).max(1);
    let mut all = Vec::with_capacity(parts.len() * PART);
    thread::scope(|scope| {
        let runs: Vec<_> = parts.chunks(run).map(|run| scope.spawn(|| decode_run(run))).collect();
        for run in runs {
            all.append(&mut run.join().ok().flatten()?);
        }
        Some(all)
    })
}

fn decode_run(parts: &[(&[u8], &[u8; 16])]) -> Option<Vec<MemberFolder>> {
    let mut members = Vec::with_capacity(parts.len() * PART);
    let mut names = Vec::new();
    for (part, sum) in parts {
        if hash(part) != **sum {
            return None;
        }
        let rows: Vec<Row<'_>> = postcard::from_bytes(part).ok()?;
        for row in rows {
            members.push(row.folder(&mut names)?);
        }
    }
    Some(members)
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
