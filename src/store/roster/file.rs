//! The roster as a file: a head, and parts that are verified before they are believed.

use std::{
    fs::File,
    mem,
    path::Path,
    sync::{Arc, Mutex},
};

use git2::Oid;
use serde::{Deserialize, Serialize};

use super::part::Part;
use crate::{
    domain::model::{Finding, FindingCode, Severity},
    store::{cores, read_at::read_at},
};

/// Changes whenever what is written changes, so that another version's file is not misread.
const MAGIC: &[u8; 8] = b"space\0\0\x03";

/// The magic, the length of the head, and its hash.
const BEFORE: usize = 8 + 4 + 16;

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
    code: FindingCode,
    message: String,
}

/// What a file holds: the tree that it came from, the members, and what could not be read of them.
pub(in crate::store) type Content = (Oid, Vec<Arc<Part>>, Vec<Finding>);

/// Returns the bytes of a file; nothing if that is not possible.
pub(in crate::store) fn bytes(
    of: Oid,
    parts: &[Arc<Part>],
    findings: &[Finding],
) -> Option<Vec<u8>> {
    let part =
        |part: &Arc<Part>| Some((u32::try_from(part.bytes().len()).ok()?, hash(part.bytes())));
    let head = Head {
        of: of.as_bytes().try_into().ok()?,
        parts: parts.iter().map(part).collect::<Option<_>>()?,
        findings: findings.iter().map(Found::of).collect(),
    };
    let head = postcard::to_stdvec(&head).ok()?;
    let length = u32::try_from(head.len()).ok()?.to_le_bytes();
    let mut bytes = [&MAGIC[..], &length, &hash(&head), &head].concat();
    parts.iter().for_each(|part| bytes.extend_from_slice(part.bytes()));
    Some(bytes)
}

/// Reads a file, its parts on every core; nothing if it is damaged or from another version.
pub(in crate::store) fn read(path: &Path) -> Option<Content> {
    let file = File::open(path).ok()?;
    let length = file.metadata().ok()?.len();
    let before = piece(&file, 0, BEFORE)?;
    let (length_of_head, sum) = before.strip_prefix(MAGIC)?.split_first_chunk()?;
    let size = usize::try_from(u32::from_le_bytes(*length_of_head)).ok()?;
    let start = (BEFORE + size) as u64;
    let head = (start <= length).then(|| piece(&file, BEFORE as u64, size))??;
    if hash(&head) != sum {
        return None;
    }
    let head: Head = postcard::from_bytes(&head).ok()?;
    if start + head.parts.iter().map(|(length, _)| u64::from(*length)).sum::<u64>() != length {
        return None;
    }
    // All of the memory is asked for by one thread: those that read would ask for it piece by
    // piece, and wait for each other.
    let mut places = Vec::with_capacity(head.parts.len());
    let mut end = start;
    for (length, sum) in &head.parts {
        places.push((end, Mutex::new(vec![0; usize::try_from(*length).ok()?]), sum));
        end += u64::from(*length);
    }
    let work = |(): &mut (), part: usize| {
        let (start, room, sum) = &places[part];
        let mut bytes = mem::take(&mut *room.lock().ok()?);
        fill(&file, *start, &mut bytes)?;
        if hash(&bytes) == **sum { Part::new(bytes) } else { None }
    };
    let mut parts = Vec::with_capacity(places.len());
    let take = |part: Option<Part>| part.map(|part| parts.push(Arc::new(part))).ok_or(());
    cores::in_order(places.len(), || (), work, take).ok()?;
    let ends: Option<Vec<_>> = parts.iter().map(|part| part.ends()).collect();
    if !ends?.windows(2).all(|pair| pair[0].1 < pair[1].0) {
        return None;
    }
    let findings = head.findings.into_iter().map(Found::finding).collect();
    Some((Oid::from_bytes(&head.of).ok()?, parts, findings))
}

fn piece(file: &File, start: u64, length: usize) -> Option<Vec<u8>> {
    let mut bytes = vec![0; length];
    fill(file, start, &mut bytes).map(|()| bytes)
}

fn fill(file: &File, start: u64, bytes: &mut [u8]) -> Option<()> {
    let read = read_at(file, bytes, start).ok()?;
    (read == bytes.len()).then_some(())
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
            code: finding.code,
            message: finding.message.clone(),
        }
    }

    fn finding(self) -> Finding {
        Finding {
            path: self.path,
            line: self.at.map(|(line, _)| line),
            column: self.at.and_then(|(_, column)| column),
            code: self.code,
            severity: Severity::Error,
            message: self.message,
            advice: None,
        }
    }
}
