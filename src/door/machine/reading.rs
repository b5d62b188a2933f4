//! Handles a reading: whether it is decided, and the consequences.

use jiff::Timestamp;

use super::{
    super::{event::ScreenLine, note, unlocks::Cause},
    Machine, Outcomes, ReadingPoint,
};
use crate::{
    config::Wire,
    domain::{
        access::{self, Reading, Side},
        model::{AccessResult, Activity, Code, CodeHash, CredentialType, Reason, Slug},
    },
    hardware::Feedback,
};

impl Machine {
    pub(super) fn simulated_reading(
        &mut self,
        reading: &Reading,
        now: Timestamp,
        out: &mut Outcomes,
    ) {
        match self.simulated_door(&reading.facility) {
            Some(door) => {
                let spot = ReadingPoint::Simulated(door.clone(), reading.side == Side::Exit);
                self.read(&door, reading.side, spot, &reading.code, now, out);
            }
            None => out.lines.push(ScreenLine::NotServed(reading.facility.clone())),
        }
    }

    /// Returns the door that a reading without a reader is for, given the name of a door or of a
    /// facility.
    fn simulated_door(&self, name: &Slug) -> Option<Slug> {
        self.doors_named(name).into_iter().next()
    }

    pub(super) fn read(
        &mut self,
        door: &Slug,
        side: Side,
        spot: ReadingPoint,
        code: &Code,
        now: Timestamp,
        out: &mut Outcomes,
    ) {
        let Some(opening) = self.doors.get(door).filter(|_| !self.stopped) else { return };
        let facility = opening.layout.facility.clone();
        let wire = spot.wire().cloned();
        let hash = self.key.as_ref().map(|key| code.hash(key));
        let fob = code.kind() == CredentialType::Fob;
        let held = hash.filter(|_| fob && wire.is_some());
        if self.readers.entry(spot.clone()).or_default().is_repeat(held, now) {
            return;
        }
        let mut activity =
            note::with_reader(self.decide(&facility, side, code, now), wire.as_ref());
        let patience = self.layout.patience;
        let first = self.index.as_ref().is_some_and(|index| index.fob_first(&facility));
        let reader = self.readers.entry(spot).or_default();
        let guesses = reader.guesses(code.kind());
        if side == Side::Entry && guesses.lockout_end(now).is_some() {
            out.lock_out(activity, wire, guesses.claim_report(now));
            return;
        }
        let pause = match activity.reason {
            Reason::UnknownCredential => guesses.count(hash, patience, now),
            _ => None,
        };
        if fob
            && is_valid(activity.reason)
            && let Some(member) = activity.member
        {
            reader.note_fob(member, now);
        }
        let granted = activity.result == AccessResult::Granted;
        if granted && first && !fob && !reader.had_fob_of(activity.member, now) {
            (activity.result, activity.reason) = (AccessResult::Denied, Reason::FobFirst);
        }
        match (activity.result, hash) {
            (AccessResult::Granted, Some(hash)) => self.grant(door, &facility, hash, now),
            (AccessResult::Exit, Some(hash)) => {
                let openings = self.doors.values_mut().filter(|it| it.layout.facility == facility);
                openings.for_each(|opening| opening.unlocks.end(Cause::Credential(hash)));
            }
            _ => {}
        }
        let feedback = match activity.result {
            AccessResult::Denied => Feedback::Denied,
            AccessResult::Granted | AccessResult::Exit | AccessResult::Operated => {
                Feedback::Granted
            }
        };
        out.feedback.extend(wire.clone().map(|wire| (wire, feedback)));
        out.activities.push(activity.clone());
        out.lines.push(ScreenLine::Reading(activity));
        if pause.is_some() {
            self.record(&facility, Reason::LockedOut, wire.as_ref(), now, out);
        }
    }

    /// Counts a wrong code of the time before this machine was started.
    pub(super) fn count_again(&mut self, activity: &Activity) {
        let Some(kind) = activity.kind else { return };
        let wire = activity.reader.as_ref().and_then(|it| it.parse().ok()).map(ReadingPoint::Wire);
        let simulated =
            || Some(ReadingPoint::Simulated(self.simulated_door(&activity.facility)?, false));
        let Some(spot) = wire.or_else(simulated) else { return };
        let code = activity.fob.as_deref().and_then(|number| Code::fob(number).ok());
        let hash = code.zip(self.key.as_ref()).map(|(code, key)| code.hash(key));
        let reader = self.readers.entry(spot).or_default();
        reader.guesses(kind).count(hash, self.layout.patience, activity.time);
    }

    fn grant(&mut self, door: &Slug, facility: &Slug, hash: CodeHash, now: Timestamp) {
        if let Some(opening) = self.doors.get_mut(door) {
            opening.unlocks.add(Cause::Credential(hash), now, opening.layout.unlock);
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
        let age = self.freshness.age(now);
        let activity = access::attempt(known, facility, side, code, now, age);
        Activity { doubted: self.doubt.is_some(), ..activity }
    }
}

impl ReadingPoint {
    /// Returns the wired reader, if it is one.
    const fn wire(&self) -> Option<&Wire> {
        match self {
            Self::Wire(wire) => Some(wire),
            Self::Simulated(..) => None,
        }
    }
}

impl Outcomes {
    /// Refuses a reading during a lockout, whatever the decision on it. Strangers are told once a
    /// minute, a member always; what is simulated gets an answer, but leaves no more traces.
    fn lock_out(&mut self, mut activity: Activity, wire: Option<Wire>, tell: bool) {
        (activity.result, activity.reason) = (AccessResult::Denied, Reason::LockedOut);
        let told = tell || activity.member.is_some();
        if told {
            self.activities.push(activity.clone());
        }
        if told || wire.is_none() {
            self.lines.push(ScreenLine::Reading(activity));
        }
        self.feedback.extend(wire.map(|wire| (wire, Feedback::Denied)));
    }
}

/// Tells whether a decision found a grant that is valid here and now, of a member who may use the
/// space.
const fn is_valid(reason: Reason) -> bool {
    matches!(reason, Reason::PrioritySuffices | Reason::PriorityTooLow | Reason::NoRequirement)
}
