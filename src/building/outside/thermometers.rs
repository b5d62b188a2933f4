//! Thermometers on the one-wire bus of this machine.

use std::{collections::BTreeMap, io, time::Duration};

use super::{InForce, Inbox};
use crate::{
    building::Input,
    clock,
    domain::{
        model::{Source, Unit},
        sources::Number,
    },
    hardware::thermometer::{OneWire, Thermometer as _},
};

/// How often they are read; each takes most of a second.
const PERIOD: Duration = Duration::from_secs(30);

/// How often to look whether the program is to end.
const STEP: Duration = Duration::from_secs(1);

/// Starts to read them.
pub(super) fn start(inbox: Inbox, in_force: InForce) -> io::Result<()> {
    super::start("thermometers", move || {
        let mut known: BTreeMap<String, OneWire> = BTreeMap::new();
        loop {
            let plan = in_force.plan();
            for (name, meter) in plan.iter().flat_map(|plan| &plan.meters) {
                let Some(Source::W1(source)) = &meter.source else { continue };
                let answer = match is_device(&source.device) {
                    true => {
                        let new = || OneWire::new(&source.device);
                        known.entry(source.device.clone()).or_insert_with(new).read()
                    }
                    false => Err(format!("{:?} is not a thermometer on the bus", source.device)),
                };
                let answer = match answer {
                    Ok(None) => continue,
                    Ok(Some(value)) => Ok(Number::of(f64::from(value) / 1_000.0, Unit::Celsius)),
                    Err(why) => Err(why),
                };
                if !inbox.tell(Input::Asked { meter: name.clone(), answer }) {
                    return;
                }
            }
            for _ in 0..PERIOD.as_secs() / STEP.as_secs() {
                if inbox.is_ending() {
                    return;
                }
                clock::pause(STEP);
            }
        }
    })
}

/// Tells whether a text is a name on the bus, and not a path to somewhere else.
fn is_device(text: &str) -> bool {
    text.split_once('-').is_some_and(|(family, number)| {
        let digits = |it: &str| it.bytes().all(|b| b.is_ascii_hexdigit());
        family.len() == 2 && number.len() == 12 && digits(family) && digits(number)
    })
}
