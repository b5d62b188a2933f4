//! Handles a reading: whether it is decided, and the consequences.

use jiff::Timestamp;

use super::{
    super::{event::Line, note, reader::Admit},
    Machine, Outcomes, Spot,
};
use crate::{
    domain::{
        access::{Scan, Side},
        model::{Activity, Code, CodeHash, CredentialType, Outcome, Reason, Slug},
    },
    hardware::Feedback,
};

impl Machine {
    pub(super) fn scan(&mut self, scan: &Scan, now: Timestamp, out: &mut Outcomes) {
        match self.meant(&scan.facility).first() {
            Some(door) => {
                let spot = Spot::Simulated(door.clone(), scan.side == Side::Exit);
                self.read(&door.clone(), scan.side, spot, &scan.code, now, out);
            }
            None => out.lines.push(Line::NotServed(scan.facility.clone())),
        }
    }

    pub(super) fn read(
        &mut self,
        door: &Slug,
        side: Side,
        spot: Spot,
        code: &Code,
        now: Timestamp,
        out: &mut Outcomes,
    ) {
        let Some(opening) = self.doors.get(door).filter(|_| !self.stopped) else { return };
        let facility = opening.plan.facility.clone();
        let wire = match &spot {
            Spot::Wire(wire) => Some(wire.clone()),
            Spot::Simulated(..) => None,
        };
        let hash = self.key.as_ref().map(|key| code.hash(key));
        let fob = code.kind() == CredentialType::Fob;
        let held = hash.filter(|_| fob && wire.is_some());
        let admit = self.readers.entry(spot.clone()).or_default().admit(held, now);
        match admit {
            Admit::Same => return,
            Admit::Paused(_, first) if side == Side::Entry => {
                let activity = self.happened(&facility, Reason::LockedOut, wire.as_ref(), now);
                // The first one in each lockout is recorded for all; a simulated one always gets
                // an answer.
                if first || wire.is_none() {
                    let kind = Some(code.kind());
                    out.lines.push(Line::Reading(Activity { kind, ..activity }));
                }
                out.feedback.extend(wire.map(|wire| (wire, Feedback::Denied)));
                return;
            }
            Admit::Paused(..) | Admit::Decide => {}
        }
        let mut activity = note::at(self.decide(&facility, side, code, now), wire.as_ref());
        let patience = self.plan.patience;
        let reader = self.readers.entry(spot).or_default();
        if fob && let Some(member) = activity.member {
            reader.note_fob(member, now);
        }
        let first = self.index.as_ref().is_some_and(|index| index.fob_first(&facility));
        let granted = activity.result == Outcome::Granted;
        if granted && first && !fob && !reader.had_fob_of(activity.member, now) {
            (activity.result, activity.reason) = (Outcome::Denied, Reason::FobFirst);
        }
        let pause = match activity.reason {
            Reason::UnknownCredential => reader.wrong(patience, now),
            Reason::PrioritySuffices => {
                reader.right();
                None
            }
            _ => None,
        };
        match (activity.result, hash) {
            (Outcome::Granted, hash) => self.grant(door, &facility, hash, now),
            (Outcome::Exit, Some(hash)) => {
                let of = self.doors.values_mut().filter(|it| it.plan.facility == facility);
                of.for_each(|opening| opening.unlocks.end(&hash));
            }
            _ => {}
        }
        let feedback = match activity.result {
            Outcome::Denied => Feedback::Denied,
            Outcome::Granted | Outcome::Exit => Feedback::Granted,
        };
        out.feedback.extend(wire.clone().map(|wire| (wire, feedback)));
        out.activities.push(activity.clone());
        out.lines.push(Line::Reading(activity));
        if pause.is_some() {
            let activity = self.happened(&facility, Reason::LockedOut, wire.as_ref(), now);
            out.activities.push(activity.clone());
            out.lines.push(Line::Happened(activity));
        }
    }

    fn grant(&mut self, door: &Slug, facility: &Slug, hash: Option<CodeHash>, now: Timestamp) {
        if let Some(opening) = self.doors.get_mut(door) {
            opening.unlocks.add(hash, now, opening.plan.unlock);
        }
        if let Some(index) = &self.index {
            self.arming.grant(index, facility, now);
        }
    }

    pub(super) fn decide(
        &self,
        facility: &Slug,
        side: Side,
        code: &Code,
        now: Timestamp,
    ) -> Activity {
        let known = self.index.as_deref().zip(self.key.as_ref().map(|key| code.hash(key)));
        let activity = note::reading(known, facility, side, code, now);
        Activity { doubted: self.doubt.is_some(), ..activity }
    }
}
